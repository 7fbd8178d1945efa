"""The bulk twin of `casefiles.actions`: the same rows, the same checks, one statement for each table, one trace for each case.

Everything is done under the wall of the subject who entered the field, who becomes the team of each case. An organisation that
is not marked fictional is refused, so that no real person can come this way.
"""

from collections.abc import Sequence
from datetime import datetime, time
from itertools import chain
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from egide.field.casefiles import permissions, policies
from egide.field.casefiles.models import Action, CaseFile, Episode, Interview, Role
from egide.field.persons.answers import Answer
from egide.field.persons.keys import name_key, sound_key
from egide.field.persons.models import Person, SafeContact
from egide.foundation.audit.actions import record
from egide.foundation.organisations.models import Organisation

from .cases import Case, Member

_OPEN = """
SELECT open_case(id, reference, %s, %s, category, origin, day)
FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::text[], %s::date[]) AS new(id, reference, category, origin, day)
"""
_COMPLETE = """
UPDATE field_casefiles_casefile AS held SET reasons = string_to_array(new.reasons, ','),
  violence_forms = string_to_array(new.forms, ','), commune = new.commune, state = new.state, complaint = new.complaint,
  closed_on = new.closed_on, closure_reason = new.closure_reason
FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::date[], %s::text[])
  AS new(id, reasons, forms, commune, state, complaint, closed_on, closure_reason)
WHERE held.id = new.id
"""


@transaction.atomic
def load_cases(*, cases: Sequence[Case], organisation: Organisation, by: UUID, now: datetime) -> int:
    """Load the cases that this account has not loaded yet, all or none; return how many.

    Raises NotAllowed, MoveRefused for an unknown code, ValidationError when the organisation is not fictional or is not the account's.
    """
    permissions.check_may(by, "R01", "N", now)
    if not organisation.fictional:
        raise ValidationError(
            f"{organisation.name} is not fictional: invented files enter only an organisation marked so."
        )
    known = set(CaseFile.objects.filter(id__in=[case.id for case in cases]).values_list("id", flat=True))
    fresh = [case for case in cases if case.id not in known]
    if not fresh:
        return 0
    _check_codes(fresh)
    Person.objects.bulk_create(_person(member) for case in fresh for member in case.members)
    _open(fresh, organisation, by)
    Role.objects.bulk_create(
        Role(case_id=case.id, person_id=member.id, kind=member.role, concerned=member.concerned)
        for case in fresh
        for member in case.members
    )
    _write_work(fresh, by)
    _state_contacts(fresh)
    for case in fresh:
        record("CASE_OPENED", subject=("case", case.id), detail={"origin": case.origin, "loaded": True}, at=now)
    return len(fresh)


def _check_codes(cases: Sequence[Case]) -> None:
    codes = {
        "case-origins": {case.origin for case in cases},
        "case-reasons": set(chain.from_iterable(case.reasons for case in cases)),
        "violence-forms": set(chain.from_iterable(case.violence_forms for case in cases)),
        "closure-reasons": {case.closure_reason for case in cases} - {""},
        "action-kinds": {deed.kind for case in cases for deed in case.deeds},
    }
    for nomenclature, found in codes.items():
        for code in sorted(found):
            policies.check_code(nomenclature, code)


def _person(member: Member) -> Person:
    return Person(
        id=member.id, given_name=member.given_name, family_name=member.family_name,
        name_key=name_key(member.given_name, member.family_name), sound_key=sound_key(member.family_name), sex=member.sex,
        age_band=member.age_band, language=member.language, minor=Answer.YES if member.minor else Answer.NO,
        needs_interpreter=Answer.NO if member.language == "fr" else Answer.YES,
    )  # fmt: skip


def _open(cases: Sequence[Case], organisation: Organisation, by: UUID) -> None:
    opening: list[list[Any]] = [
        [case.id for case in cases], [case.reference for case in cases], [case.category for case in cases],
        [case.origin for case in cases], [case.opened_on for case in cases],
    ]  # fmt: skip
    completing: list[list[Any]] = [
        [case.id for case in cases], [",".join(case.reasons) for case in cases],
        [",".join(case.violence_forms) for case in cases], [case.commune for case in cases], [case.state for case in cases],
        [case.complaint for case in cases], [case.closed_on for case in cases], [case.closure_reason for case in cases],
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, [organisation.id, by, *opening])
        cursor.execute(_COMPLETE, completing)
        if cursor.rowcount != len(cases):
            raise ValidationError(_("You can open a file only in an organisation where you hold a position."))


def _write_work(cases: Sequence[Case], by: UUID) -> None:
    Interview.objects.bulk_create(
        Interview(
            case_id=case.id,
            person_id=case.members[talk.member].id,
            held_at=talk.held_at,
            minutes=talk.minutes,
            held_by=by,
        )
        for case in cases
        for talk in case.talks
    )
    Action.objects.bulk_create(
        Action(case_id=case.id, kind=deed.kind, done_at=deed.done_at, minutes=deed.minutes, done_by=by)
        for case in cases
        for deed in case.deeds
    )
    Episode.objects.bulk_create(
        Episode(case_id=case.id, left_on=left, returned_on=returned)
        for case in cases
        for left, returned in case.episodes
    )


def _state_contacts(cases: Sequence[Case]) -> None:
    zone = timezone.get_current_timezone()
    SafeContact.objects.bulk_create(
        SafeContact(
            id=uuid4(), person_id=member.id, channel=member.contact.channel, address=member.contact.address,
            from_time=member.contact.from_time, to_time=member.contact.to_time,
            stated_at=datetime.combine(case.opened_on, time(9), zone),
        )
        for case in cases
        for member in case.members
        if member.contact
    )  # fmt: skip
