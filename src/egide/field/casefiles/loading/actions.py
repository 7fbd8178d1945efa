"""The bulk twin of `casefiles.actions`: the same rows, the same checks, one statement for each table, one trace for each case.

Everything is done under the wall of the subject who entered the field, who becomes the team of each case. An organisation that
is not marked fictional is refused, so that no real person can come this way.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from functools import lru_cache
from itertools import chain
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from egide.field.casefiles import permissions, policies
from egide.field.casefiles.models import Action, CaseFile, Episode, Interview, Role, TeamMember
from egide.field.persons.answers import Answer
from egide.field.persons.keys import stored_keys
from egide.field.persons.models import Person, SafeContact
from egide.foundation.audit.actions import record_many
from egide.foundation.organisations.models import Organisation

from .cases import Case, Contact, Member

_KEYS = lru_cache(100_000)(stored_keys)  # invented names come back often
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
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")  # a load that a crash undoes is run again
    _add_persons([member for case in fresh for member in case.members])
    _open(fresh, organisation, by)
    _give_roles([(case, member) for case in fresh for member in case.members])
    _seat_colleagues([(case.id, account) for case in fresh for account in case.colleagues], now)
    _write_work(fresh, by)
    _state_contacts([(case, member, member.contact) for case in fresh for member in case.members if member.contact])
    told = {case.id: {"origin": case.origin, "loaded": True} for case in fresh}
    record_many("CASE_OPENED", kind="case", details=told, at=now)
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


def _insert(model: type[Model], same: Mapping[str, Any] | None = None, **columns: Sequence[Any]) -> None:
    """One statement for the table: an array for each column, a value for those that are the `same` on every row.

    A column that is not told takes the field's own default. Django would make an object for each row, which costs more
    than the row itself.
    """
    same, varied, fixed, arrays, values = same or {}, [], [], [], []
    for field in model._meta.concrete_fields:
        kind = str(field.rel_db_type(connection) if field.is_relation else field.db_type(connection))
        if field.attname in columns:
            varied.append((str(field.column), f"%s::{kind}[]"))
            arrays.append(_array(columns[field.attname]))
        elif field.primary_key:
            fixed.append((str(field.column), "gen_random_uuid()"))
        else:
            fixed.append((str(field.column), f"%s::{kind}"))
            values.append(same.get(field.attname, field.get_default()))
    names = ", ".join(column for column, _value in [*varied, *fixed])
    chosen = ", ".join([*(f"new.{column}" for column, _array in varied), *(value for _column, value in fixed)])
    new, lists = ", ".join(column for column, _array in varied), ", ".join(array for _column, array in varied)
    statement = f"INSERT INTO {model._meta.db_table} ({names}) SELECT {chosen} FROM unnest({lists}) AS new({new})"  # noqa: S608  names of our own models
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, *arrays])


def _array(values: Sequence[Any]) -> Any:
    """A list for the database; what needs no quotes is written at once, ten times faster than value by value."""
    if any(isinstance(value, str) for value in values[:1]):
        return values
    return f"{{{','.join('NULL' if value is None else str(value) for value in values)}}}"


def _add_persons(members: Sequence[Member]) -> None:
    keys = [_KEYS(member.given_name, member.family_name) for member in members]
    _insert(
        Person,
        None,
        id=[member.id for member in members],
        given_name=[member.given_name for member in members],
        family_name=[member.family_name for member in members],
        **{name: [each[name] for each in keys] for name in _KEYS("", "")},
        sex=[member.sex for member in members],
        age_band=[member.age_band for member in members],
        language=[member.language for member in members],
        minor=[Answer.YES if member.minor else Answer.NO for member in members],
        needs_interpreter=[Answer.NO if member.language == "fr" else Answer.YES for member in members],
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


def _give_roles(seats: Sequence[tuple[Case, Member]]) -> None:
    _insert(
        Role,
        case_id=[case.id for case, _member in seats],
        person_id=[member.id for _case, member in seats],
        kind=[member.role for _case, member in seats],
        concerned=[member.concerned for _case, member in seats],
    )  # fmt: skip


def _seat_colleagues(seats: Sequence[tuple[UUID, UUID]], now: datetime) -> None:
    _insert(
        TeamMember,
        {"since": now},
        case_id=[case for case, _account in seats],
        account=[account for _case, account in seats],
    )


def _write_work(cases: Sequence[Case], by: UUID) -> None:
    talks = [(case, talk) for case in cases for talk in case.talks]
    _insert(
        Interview, {"held_by": by},
        case_id=[case.id for case, _talk in talks],
        person_id=[case.members[talk.member].id for case, talk in talks],
        held_at=[talk.held_at for _case, talk in talks],
        minutes=[talk.minutes for _case, talk in talks],
    )  # fmt: skip
    deeds = [(case, deed) for case in cases for deed in case.deeds]
    _insert(
        Action, {"done_by": by},
        case_id=[case.id for case, _deed in deeds],
        kind=[deed.kind for _case, deed in deeds],
        done_at=[deed.done_at for _case, deed in deeds],
        minutes=[deed.minutes for _case, deed in deeds],
    )  # fmt: skip
    episodes = [(case, left, returned) for case in cases for left, returned in case.episodes]
    _insert(
        Episode,
        case_id=[case.id for case, _left, _returned in episodes],
        left_on=[left for _case, left, _returned in episodes],
        returned_on=[returned for _case, _left, returned in episodes],
    )  # fmt: skip


def _state_contacts(stated: Sequence[tuple[Case, Member, Contact]]) -> None:
    zone = timezone.get_current_timezone()
    _insert(
        SafeContact,
        person_id=[member.id for _case, member, _contact in stated],
        channel=[contact.channel for _case, _member, contact in stated],
        address=[contact.address for _case, _member, contact in stated],
        from_time=[contact.from_time for _case, _member, contact in stated],
        to_time=[contact.to_time for _case, _member, contact in stated],
        stated_at=[datetime.combine(case.opened_on, time(9), zone) for case, _member, _contact in stated],
    )  # fmt: skip
