"""The only writes on complaints: her wish first, then what each station did, then the steps she may follow."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from egide.field.casefiles.actions import note_complaint_lodged
from egide.field.casefiles.models import CaseFile, EntryKind
from egide.field.casefiles.queries import get_concerned
from egide.field.persons.answers import Answer
from egide.foundation import link_secrets
from egide.foundation.audit.actions import record
from egide.foundation.organisations.models import Organisation

from . import permissions, policies
from .models import Attempt, Certainty, Complaint, Escalation, Moment, Outcome, State, StatusLink, StatusUpdate, Wish
from .states import AFTER


@dataclass(frozen=True)
class Followed:
    """What her page shows once the code is right: where it stands, and each step with its day."""

    state: State
    steps: tuple[tuple[str, date], ...]


@transaction.atomic
def note_wish(*, case: CaseFile, wish: Wish, by: UUID, now: datetime, complaint: Complaint | None = None) -> Complaint:
    """Note what she wants today. "Nothing for now" sets it aside: nothing is lost, and she may come back to it.

    Raises NotAllowed, ComplaintRefused.
    """
    permissions.check_may_write(by, now)
    complaint = complaint or Complaint(case=case, person=get_concerned(case), noted_at=now, noted_by=by)
    to = State.ASIDE if wish == Wish.NONE else State.OPEN
    if complaint._state.adding or complaint.state in (State.OPEN, State.ASIDE) or to == State.ASIDE:
        policies.check_can_move(complaint, to)
        complaint.state = to
    complaint.wish = wish
    complaint.save()
    record("COMPLAINT_WISH_NOTED", subject=("case", case.id), detail={"wish": wish}, at=now)
    return complaint


@transaction.atomic
def explain(*, complaint: Complaint, accompaniment: str, by: UUID, now: datetime) -> Complaint:
    """Note that what happens next was explained, and who would go along. Raises NotAllowed, ComplaintRefused."""
    permissions.check_may_write(by, now)
    if accompaniment:
        policies.check_code("complaint-accompaniment", accompaniment)
    complaint.explained_at, complaint.accompaniment = now, accompaniment
    complaint.save(update_fields=["explained_at", "accompaniment"])
    record("COMPLAINT_EXPLAINED", subject=("case", complaint.case_id), at=now)
    return complaint


@transaction.atomic
def record_attempt(
    *, complaint: Complaint, outcome: Outcome, tried_on: date, by: UUID, now: datetime, station: Organisation | None = None,
    place: str = "", function: str = "", words: str = "", reason: str = "", receipt: Answer = Answer.NOT_ASKED,
    copy: Answer = Answer.NOT_ASKED, come_back_on: date | None = None,
) -> Attempt:  # fmt: skip
    """Note what a station did, anywhere (CPP 15-3). A refusal opens its escalation in the same breath (AT-81).

    Only a complaint that was taken counts as one: a log entry never does. Raises NotAllowed, ComplaintRefused.
    """
    permissions.check_may_write(by, now)
    policies.check_can_move(complaint, AFTER[outcome])
    policies.check_attempt(outcome, reason=reason, function=function, place=place, known=station is not None)
    attempt = Attempt(
        case_id=complaint.case_id, complaint=complaint, station=station, place=place or (station.name if station else ""),
        tried_on=tried_on, outcome=outcome, function=function, words=words.strip(), reason=reason, receipt=receipt, copy=copy,
        come_back_on=come_back_on, noted_at=now, noted_by=by,
    )  # fmt: skip
    attempt.full_clean(validate_unique=False)
    attempt.save(force_insert=True)
    complaint.state = AFTER[outcome]
    complaint.save(update_fields=["state"])
    if outcome == Outcome.REFUSED:
        _escalate(attempt, now)
    if outcome == Outcome.TAKEN:
        note_complaint_lodged(case=complaint.case, now=now)
        _add_step(complaint, "taken", tried_on, by, now)
    record("COMPLAINT_ATTEMPTED", subject=("case", complaint.case_id), detail={"outcome": outcome}, at=now)
    return attempt


@transaction.atomic
def tell_superiors(*, escalation: Escalation, told_to: str, by: UUID, now: datetime) -> Escalation:
    """Note which superior was told, by function. Raises NotAllowed, ComplaintRefused."""
    permissions.check_may_write(by, now)
    policies.check_code("escalation-recipients", told_to)
    escalation.told_to, escalation.told_at = told_to, now
    escalation.save(update_fields=["told_to", "told_at"])
    record("ESCALATION_TOLD", subject=("case", escalation.case_id), detail={"to": told_to}, at=now)
    return escalation


@transaction.atomic
def answer_escalation(*, escalation: Escalation, outcome: str, by: UUID, now: datetime) -> Escalation:
    """Stop the clock by the answer, or by the lack of one. Raises NotAllowed, ComplaintRefused."""
    permissions.check_may_write(by, now)
    policies.check_code("escalation-outcomes", outcome)
    if escalation.answered_at is not None:
        raise policies.ComplaintRefused(_("The answer to this refusal is already noted."))
    escalation.outcome, escalation.answered_at = outcome, now
    escalation.save(update_fields=["outcome", "answered_at"])
    record("ESCALATION_ANSWERED", subject=("case", escalation.case_id), detail={"outcome": outcome}, at=now)
    return escalation


@transaction.atomic
def add_step(*, complaint: Complaint, step: str, known_on: date, by: UUID, now: datetime) -> StatusUpdate:
    """Note a step of a complaint that was taken. Raises NotAllowed, ComplaintRefused."""
    permissions.check_may_write(by, now)
    policies.check_code("complaint-steps", step)
    policies.check_followed(complaint)
    if step == "forwarded" and complaint.state == State.TAKEN:
        complaint.state = State.FORWARDED
        complaint.save(update_fields=["state"])
    return _add_step(complaint, step, known_on, by, now)


@transaction.atomic
def write_moment(
    *, case: CaseFile, by: UUID, now: datetime, moment: Moment | None = None, certainty: Certainty = Certainty.UNKNOWN,
    earliest: str = "", latest: str = "", landmark: str = "", kind: EntryKind = EntryKind.FACT_TOLD, text: str = "",
    place: str = "",
) -> Moment | None:  # fmt: skip
    """Keep a moment of the time line as it was told. Nothing is required; None when nothing at all was written (AT-90).

    A date that cannot be read as one ("the summer of the move") is kept as the landmark, in her words. Raises NotAllowed.
    """
    permissions.check_may_write(by, now)
    if not any(each.strip() for each in (earliest, latest, landmark, text, place)):
        return None
    dates = {told: policies.read_date(told) for told in (earliest, latest)}
    said = [landmark.strip(), *(told.strip() for told, read in dates.items() if told.strip() and not read)]
    moment = moment or Moment(case=case)
    moment.earliest, moment.latest = dates[earliest], dates[latest]
    moment.certainty = certainty if moment.earliest or moment.latest else Certainty.UNKNOWN
    if certainty == Certainty.UNKNOWN and (moment.earliest or moment.latest):
        moment.certainty = Certainty.ABOUT
    moment.landmark = " – ".join(filter(None, said))[:150]
    moment.kind, moment.text, moment.place = kind, text.strip(), place.strip()
    moment.noted_at, moment.noted_by = now, by
    moment.save()
    record("TIMELINE_WRITTEN", subject=("case", case.id), at=now)
    return moment


@transaction.atomic
def remove_moment(*, moment: Moment, by: UUID, now: datetime) -> None:
    """Take a moment out for good, at her wish; the trail says that one was taken out, not what it said. Raises NotAllowed."""
    permissions.check_may_write(by, now)
    record("TIMELINE_REMOVED", subject=("case", moment.case_id), at=now)
    moment.delete()


@transaction.atomic
def make_status_link(*, complaint: Complaint, by: UUID, now: datetime) -> link_secrets.Secrets:
    """Draw the address and the code of her page, handed over once; those before open nothing any more.

    Raises NotAllowed, ComplaintRefused.
    """
    permissions.check_may_write(by, now)
    policies.check_followed(complaint)
    drawn = link_secrets.draw()
    link = StatusLink.objects.filter(complaint=complaint).first()
    link = link or StatusLink(case_id=complaint.case_id, complaint=complaint)
    link.token_hash = link_secrets.hash_token(drawn.token)
    link.code_hash = link_secrets.hash_code(link.token_hash, drawn.code)
    link.attempts, link.made_at, link.expires_at, link.closed_at = 0, now, now + policies.LINK_LASTS, None
    link.save()
    record("STATUS_LINK_MADE", subject=("case", complaint.case_id), at=now)
    return drawn


@transaction.atomic
def close_status_link(*, complaint: Complaint, by: UUID, now: datetime) -> None:
    """Close her page at once, when she no longer wants it or fears it was seen. Raises NotAllowed."""
    permissions.check_may_write(by, now)
    StatusLink.objects.filter(complaint=complaint, closed_at__isnull=True).update(closed_at=now)
    record("STATUS_LINK_CLOSED", subject=("case", complaint.case_id), at=now)


@transaction.atomic
def open_status(*, token: str, code: str, now: datetime) -> Followed | None:
    """Try an address and a code, inside `entering("field", Subject("link"))`. None means no, whatever the reason.

    It is not an exception, because the attempt must be counted (trap 12). Nothing is remembered: each look asks the code.
    """
    token_hash = link_secrets.hash_token(token)
    with connection.cursor() as cursor:
        code_hash = link_secrets.hash_code(token_hash, code)
        cursor.execute("SELECT case_id, state, steps, days FROM open_status_link(%s, %s)", [token_hash, code_hash])
        found = cursor.fetchone()
    subject = ("case", found[0]) if found else ("link", "refused")
    record("STATUS_READ" if found else "STATUS_LINK_REFUSED", subject=subject, at=now)
    return Followed(State(found[1]), tuple(zip(found[2], found[3], strict=True))) if found else None


def _escalate(attempt: Attempt, now: datetime) -> None:
    due = now + policies.ESCALATES_WITHIN
    Escalation(case_id=attempt.case_id, attempt=attempt, opened_at=now, due_at=due).save(force_insert=True)
    record("ESCALATION_OPENED", subject=("case", attempt.case_id), at=now)


def _add_step(complaint: Complaint, step: str, known_on: date, by: UUID, now: datetime) -> StatusUpdate:
    update = StatusUpdate(
        case_id=complaint.case_id, complaint=complaint, step=step, known_on=known_on, noted_at=now, noted_by=by
    )
    update.save(force_insert=True)
    record("COMPLAINT_STEP_NOTED", subject=("case", complaint.case_id), detail={"step": step}, at=now)
    return update
