"""The only writes on children: one is added to the file as a person, their part is kept, words are written about that one."""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from egide.field.casefiles.actions import add_role
from egide.field.casefiles.models import CaseFile, EntryKind, Role, RoleKind
from egide.field.casefiles.permissions import check_may
from egide.field.casefiles.policies import MoveRefused
from egide.field.persons.actions import add_person
from egide.field.persons.answers import Answer
from egide.foundation.audit.actions import record
from egide.foundation.catalogue import get_nomenclature

from .models import Child, Word

LISTS = {"age": "child-ages", "home": "child-homes", "authority": "child-authority", "visits": "child-visits"}
BANDS = {"15-17": "Y15-17", "unknown": "U", "unborn": "U"}


class ChildRefused(MoveRefused):
    """What was asked about a child cannot be written."""


@dataclass(frozen=True)
class Told:
    """What is known of one child; the rest stays unknown."""

    age: str = "unknown"
    home: str = "unknown"
    authority: str = "unknown"
    visits: str = "unknown"
    safe_tonight: Answer = Answer.NOT_ASKED
    listened_to: Answer = Answer.NOT_ASKED
    seen_by_doctor: Answer = Answer.NOT_ASKED
    school_knows: Answer = Answer.NOT_ASKED


@transaction.atomic
def add_child(
    *, case: CaseFile, told: Told, by: UUID, now: datetime, given_name: str = "", family_name: str = "", sex: str = "U"
) -> Child:  # fmt: skip
    """Put a child in the file as a person in their own right, with or without a name. Raises NotAllowed, ChildRefused."""
    check_may(by, "R01", "N", now)
    _check(told)
    person = add_person(
        given_name=given_name.strip(), family_name=family_name.strip(), sex=sex, age_band=BANDS.get(told.age, "Y_LT15"),
        minor=Answer.YES, now=now,
    )  # fmt: skip
    return _open(add_role(case=case, person=person, kind=RoleKind.CHILD, now=now), told, by, now)


@transaction.atomic
def write_part(*, role: Role, told: Told, by: UUID, now: datetime) -> Child:
    """Keep what is known of one child of the file, whoever added them. Raises NotAllowed, ChildRefused."""
    check_may(by, "R01", "N", now)
    _check(told)
    if role.kind != RoleKind.CHILD:
        raise ChildRefused(_("This person is not a child of the file."))
    child = Child.objects.filter(role=role).first()
    if child is None:
        return _open(role, told, by, now)
    for name, value in asdict(told).items():
        setattr(child, name, value)
    child.written_at, child.written_by = now, by
    child.save()
    record("CHILD_WRITTEN", subject=("case", child.case_id), at=now)
    return child


@transaction.atomic
def write_word(*, child: Child, kind: EntryKind, text: str, by: UUID, now: datetime) -> Word:
    """Write something of that one child: observed, told or thought. Raises NotAllowed, ChildRefused when it says nothing."""
    check_may(by, "R01", "N", now)
    if not text.strip():
        raise ChildRefused(_("Write something: observed, told, or thought."))
    word = Word(case_id=child.case_id, child=child, kind=kind, text=text.strip(), written_at=now, written_by=by)
    word.save(force_insert=True)
    record("CHILD_WRITTEN", subject=("case", child.case_id), detail={"kind": kind}, at=now)
    return word


def _open(role: Role, told: Told, by: UUID, now: datetime) -> Child:
    child = Child(case_id=role.case_id, role=role, written_at=now, written_by=by, **asdict(told))
    child.save(force_insert=True)
    record("CHILD_WRITTEN", subject=("case", role.case_id), at=now)
    return child


def _check(told: Told) -> None:
    for name, nomenclature in LISTS.items():
        code = getattr(told, name)
        if code not in get_nomenclature(nomenclature).codes:
            raise ChildRefused(_("“%(code)s” is not in the list “%(list)s”.") % {"code": code, "list": nomenclature})
