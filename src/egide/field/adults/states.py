"""Where a report stands: never stored, read from its referral and from what was written of its end."""

from enum import Enum

from egide.field.referrals.models import State

from .models import Report


class Step(Enum):
    """The road of a report. SILENT: the authority refused it, had no place, or let it lapse: another route is to be taken."""

    WRITTEN = "WRITTEN"
    SENT = "SENT"
    RECEIVED = "RECEIVED"
    SILENT = "SILENT"
    TO_TELL = "TO_TELL"
    CLOSED = "CLOSED"


_OF = {
    State.DRAFT: Step.WRITTEN, State.SENT: Step.SENT, State.RECEIVED: Step.RECEIVED, State.ACCEPTED: Step.RECEIVED,
    State.CONTACT_MADE: Step.RECEIVED, State.REFUSED: Step.SILENT, State.NO_CAPACITY: Step.SILENT,
    State.EXPIRED: Step.SILENT, State.WITHDRAWN: Step.SILENT, State.CLOSED: Step.SILENT,
}  # fmt: skip


def step_of(report: Report) -> Step:
    """Where the report stands now."""
    if report.closed_at is not None:
        return Step.CLOSED
    if report.outcome:
        return Step.TO_TELL
    return _OF[State(report.referral.state)]
