"""The only reads of children: those of a file, each with their part, their words and what was told of that one in the last grid."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from egide.field.assessments.models import DangerAssessment
from egide.field.assessments.telling import list_tellings
from egide.field.casefiles.models import CaseFile, Role, RoleKind

from .models import Child, Word


class NotFound(LookupError):
    """No such child in the files that this subject may open."""


@dataclass(frozen=True)
class Telling:
    """What one source said of one child, in the last assessment: the factor, the answer, by whom."""

    factor: str
    value: str
    source: str
    words: str


def list_children(case: CaseFile) -> list[tuple[Role, Child | None]]:
    """Each child of a file, by given name, with their part; None where nothing was written yet."""
    roles = Role.objects.filter(case=case, kind=RoleKind.CHILD).select_related("person", "child")
    return [(role, getattr(role, "child", None)) for role in roles.order_by("person__given_name", "id")]


def count_children(case: CaseFile) -> int:
    """How many children stand in a file."""
    return Role.objects.filter(case=case, kind=RoleKind.CHILD).count()


def get_child(case: CaseFile, role: UUID) -> tuple[Role, Child | None]:
    """One child of this file, by role. Raises NotFound."""
    found = Role.objects.filter(case=case, kind=RoleKind.CHILD, id=role).select_related("person", "child").first()
    if found is None:
        raise NotFound(_("There is no such child in this file."))
    return found, getattr(found, "child", None)


def list_words(child: Child) -> Sequence[Word]:
    """What was written of one child, latest first."""
    return list(Word.objects.filter(child=child).order_by("-written_at"))


def list_told_of(case: CaseFile, role: Role) -> tuple[DangerAssessment | None, list[Telling]]:
    """What the last assessment holds of this one child, each telling with its source: never a sibling's, never a sum."""
    last = DangerAssessment.objects.filter(case=case).order_by("-started_at").first()
    return last, [
        Telling(code, each["value"], each.get("source", ""), each.get("words", ""))
        for code, stored in (last.answers if last else {}).items()
        for each in _of(stored, role)
    ]


def _of(stored: dict[str, Any], role: Role) -> list[dict[str, Any]]:
    return [each for each in list_tellings(stored) if each.get("about") == str(role.id)]
