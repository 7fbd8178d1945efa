"""The only writes on case files. Everything is done under the wall of the subject who entered the field."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from egide.field.persons.answers import Answer
from egide.field.persons.models import Person
from egide.foundation.audit.actions import record
from egide.foundation.organisations.models import Organisation

from . import permissions, policies
from .models import (
    Action,
    CaseFile,
    Category,
    Entry,
    EntryKind,
    Episode,
    Exclusion,
    Interview,
    Role,
    RoleKind,
    State,
    TeamMember,
)

_ROLE_OF = {
    Category.VICTIM: RoleKind.VICTIM,
    Category.OFFENDER: RoleKind.PERPETRATOR,
    Category.THIRD_PARTY: RoleKind.THIRD_PARTY,
}


@transaction.atomic
def open_case_file(
    *, person: Person, organisation: Organisation, category: Category, origin: str, by: UUID, now: datetime,
    reasons: Sequence[str] = (), violence_forms: Sequence[str] = (), commune: str = "",
) -> CaseFile:  # fmt: skip
    """Open a file for a person, wherever she lives (AT-02); the one who opens it is its first team member.

    Raises NotAllowed, MoveRefused for an unknown code, ValidationError when the account does not work in the organisation.
    """
    permissions.check_may(by, "R01", "N", now)
    policies.check_code("case-origins", origin)
    for reason in reasons:
        policies.check_code("case-reasons", reason)
    identifier, reference = uuid4(), f"{now:%y}-{secrets.token_hex(4).upper()}"
    with connection.cursor() as cursor:
        day = timezone.localdate(now)
        cursor.execute(
            "SELECT open_case(%s, %s, %s, %s, %s, %s, %s)",
            [identifier, reference, organisation.id, by, category, origin, day],
        )
    case = CaseFile.objects.filter(id=identifier).first()
    if case is None:
        raise ValidationError(_("You can open a file only in an organisation where you hold a position."))
    case.reasons, case.violence_forms, case.commune = list(reasons), list(violence_forms), commune
    case.save(update_fields=["reasons", "violence_forms", "commune"])
    Role(case=case, person=person, kind=_ROLE_OF[Category(category)], concerned=True).save(force_insert=True)
    record("CASE_OPENED", subject=("case", case.id), detail={"origin": origin}, at=now)
    return case


@transaction.atomic
def add_role(*, case: CaseFile, person: Person, kind: RoleKind, now: datetime) -> Role:
    """Put someone else in the file: a child, an alleged perpetrator, a relative."""
    role = Role(case=case, person=person, kind=kind)
    role.save(force_insert=True)
    record("ROLE_ADDED", subject=("case", case.id), detail={"kind": kind}, at=now)
    return role


@transaction.atomic
def move_case(*, case: CaseFile, to: State, now: datetime, closure_reason: str = "") -> CaseFile:
    """Move the support; closing needs a reason of the list. Raises MoveRefused."""
    policies.check_can_move(case, to)
    if to == State.CLOSED:
        policies.check_code("closure-reasons", closure_reason)
    closed = to == State.CLOSED
    case.state, case.closure_reason = to, closure_reason if closed else ""
    case.closed_on = timezone.localdate(now) if closed else None
    case.save(update_fields=["state", "closure_reason", "closed_on"])
    record("CASE_MOVED", subject=("case", case.id), detail={"to": to, "reason": closure_reason}, at=now)
    return case


@transaction.atomic
def note_complaint_lodged(*, case: CaseFile, now: datetime) -> CaseFile:
    """Note in the file that a complaint was taken; a log entry never leads here (AT-81)."""
    case.complaint = Answer.YES
    case.save(update_fields=["complaint"])
    record("COMPLAINT_LODGED", subject=("case", case.id), at=now)
    return case


@transaction.atomic
def record_interview(
    *, case: CaseFile, person: Person, held_at: datetime, minutes: int, by: UUID, now: datetime
) -> Interview:
    """Count an interview with someone of the file."""
    interview = Interview(case=case, person=person, held_at=held_at, minutes=minutes, held_by=by)
    interview.full_clean(validate_constraints=False)
    interview.save(force_insert=True)
    record("INTERVIEW_RECORDED", subject=("case", case.id), at=now)
    return interview


@transaction.atomic
def record_action(*, case: CaseFile, kind: str, done_at: datetime, minutes: int, by: UUID, now: datetime) -> Action:
    """Count something done, of a kind of the list. Raises MoveRefused for an unknown kind."""
    policies.check_code("action-kinds", kind)
    action = Action(case=case, kind=kind, done_at=done_at, minutes=minutes, done_by=by)
    action.full_clean(validate_constraints=False)
    action.save(force_insert=True)
    record("ACTION_RECORDED", subject=("case", case.id), detail={"kind": kind}, at=now)
    return action


@transaction.atomic
def record_episode(*, case: CaseFile, left_on: date, returned_on: date | None = None, now: datetime) -> Episode:
    """Note that she left and, perhaps, returned: a fact, without judgement (AT-03)."""
    episode = Episode(case=case, left_on=left_on, returned_on=returned_on)
    episode.full_clean()
    episode.save(force_insert=True)
    record("EPISODE_RECORDED", subject=("case", case.id), at=now)
    return episode


@transaction.atomic
def write_entry(
    *, case: CaseFile, section: str, purpose: str, kind: EntryKind, text: str, by: UUID, now: datetime
) -> Entry:
    """Keep words in a section, with their purpose; a fact and an opinion are different kinds (X10)."""
    policies.check_section(section)
    if not text.strip() or not purpose.strip():
        raise ValidationError(_("Write the words and say what they are for."))
    entry = Entry(case=case, section=section, purpose=purpose, kind=kind, text=text, written_at=now, written_by=by)
    entry.save(force_insert=True)
    record("ENTRY_WRITTEN", subject=("case", case.id), detail={"section": section}, at=now)
    return entry


@transaction.atomic
def join_team(*, case: CaseFile, account: UUID, now: datetime) -> TeamMember:
    """Let a colleague work on the file; a team member decides it. Raises NotAllowed for a position that follows no file."""
    permissions.check_may_join(account, now)
    member = TeamMember(case=case, account=account, since=now)
    member.save(force_insert=True)
    record("TEAM_JOINED", subject=("case", case.id), detail={"account": str(account)}, at=now)
    return member


@transaction.atomic
def leave_team(*, case: CaseFile, account: UUID, now: datetime) -> None:
    """End someone's work on the file at once. The last member stays: a file is never without anyone."""
    members = TeamMember.objects.filter(case=case, until__isnull=True)
    if members.count() <= 1:
        raise ValidationError(_("A file is never left without anyone: add a colleague first."))
    record("TEAM_LEFT", subject=("case", case.id), detail={"account": str(account)}, at=now)
    members.filter(account=account).update(until=now)


@transaction.atomic
def exclude(
    *, case: CaseFile, because: str, by: UUID, now: datetime, account: UUID | None = None,
    organisation: Organisation | None = None,
) -> Exclusion:  # fmt: skip
    """Hide the file from someone, or from everyone of an organisation, as if it did not exist (X08)."""
    if account == by:
        raise ValidationError(_("You cannot exclude yourself: leave the team instead."))
    exclusion = Exclusion(
        case=case, account=account, organisation=organisation, because=because, decided_by=by, decided_at=now
    )
    exclusion.full_clean()
    exclusion.save(force_insert=True)
    record("EXCLUSION_DECIDED", subject=("case", case.id), at=now)
    return exclusion


def export_own_year(*, account: UUID, year: int, now: datetime) -> None:
    """Note that an account took the return of its own year away: counts only (X09)."""
    record("OWN_YEAR_EXPORTED", subject=("account", account), detail={"year": year}, at=now)
