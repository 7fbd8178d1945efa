"""When a complaint may move, what a refusal opens, and how an uncertain date is read without ever being demanded."""

import re
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from egide.core.period import NotAPeriod, Period
from egide.field.casefiles.policies import MoveRefused
from egide.foundation.catalogue import get_nomenclature

from .models import Complaint, Escalation, Outcome, State
from .states import FOLLOWED, MOVES

ESCALATES_WITHIN = timedelta(hours=24)
LINK_LASTS = timedelta(days=365)
_FRENCH = re.compile(r"(?:(?P<day>\d{1,2})[/.](?=\d{1,2}[/.]))?(?:(?P<month>\d{1,2})[/.])?(?P<year>\d{4})")
_PLAIN = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


class ComplaintRefused(MoveRefused):
    """What was asked about a complaint cannot be done."""


def check_can_move(complaint: Complaint, to: State) -> None:
    """Raise ComplaintRefused unless the table of moves allows it."""
    if to not in MOVES[State(complaint.state)]:
        told = {"state": State(complaint.state).label, "to": to.label}
        raise ComplaintRefused(_("A complaint that is “%(state)s” cannot become “%(to)s”.") % told)


def check_code(nomenclature: str, code: str) -> None:
    """Raise ComplaintRefused for a code that the list does not have."""
    if code not in get_nomenclature(nomenclature).codes:
        raise ComplaintRefused(_("“%(code)s” is not in the list “%(list)s”.") % {"code": code, "list": nomenclature})


def check_attempt(outcome: Outcome, *, reason: str, function: str, place: str, known: bool) -> None:
    """Raise ComplaintRefused for an attempt without its station, or a refusal without a reason of the list."""
    if not known and not place.strip():
        raise ComplaintRefused(_("Say in which station: the name of its town is enough."))
    if outcome == Outcome.REFUSED or reason:
        check_code("complaint-refusal-reasons", reason)
    if function:
        check_code("station-functions", function)


def check_followed(complaint: Complaint) -> None:
    """Raise ComplaintRefused for a step of a complaint that nobody has taken."""
    if complaint.state not in FOLLOWED:
        raise ComplaintRefused(_("No station has taken this complaint: there is no step to follow yet."))


def is_overdue(escalation: Escalation, now: datetime) -> bool:
    """Whether the 24 hours passed without an answer (AT-81)."""
    return escalation.answered_at is None and escalation.due_at <= now


def read_date(text: str) -> str:
    """A year, a month or a day as 2019, 2019-03 or 2019-03-12, typed so or as 03/2019, 12/03/2019; "" when it is none."""
    text = text.strip()
    found = _FRENCH.fullmatch(text)
    if found and not _PLAIN.fullmatch(text):
        parts = (found["year"], found["month"], found["day"])
        text = "-".join(part.zfill(2) for part in parts if part)
    if not _PLAIN.fullmatch(text):
        return ""
    try:
        Period.parse(text)
    except NotAPeriod:
        return ""
    return text
