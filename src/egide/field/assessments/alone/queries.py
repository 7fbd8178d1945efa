"""The only reads of forms filled alone. By the link one learns which questions are answered, never what was answered."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from egide.field.assessments.models import AloneForm
from egide.field.casefiles.models import CaseFile


class AloneClosed(LookupError):
    """The link opens nothing; the sentence is the same whatever the reason (Z06)."""

    def __init__(self) -> None:
        super().__init__(closed_words())


@dataclass(frozen=True)
class Standing:
    """Where the form stands that the link opened."""

    grid: str
    route: str
    private: str
    answered: frozenset[str]


def closed_words() -> str:
    """What is said of an address or a code that opens nothing."""
    return _("This address or this code opens nothing. Ask whoever gave them to you.")


def get_standing() -> Standing:
    """Where the form stands that the link opened. Raises AloneClosed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT grid, route, private, answered FROM alone_stands()")
        row = cursor.fetchone()
    if row is None:
        raise AloneClosed
    grid, route, private, answered = row
    return Standing(grid, route, private, frozenset(answered))


def list_alone(case: CaseFile) -> QuerySet[AloneForm]:
    """The forms handed over in a file, latest first."""
    return AloneForm.objects.filter(case=case).order_by("-made_at")


def get_alone(case: CaseFile, id: UUID) -> AloneForm | None:
    """One form of a file, or None."""
    return AloneForm.objects.filter(case=case, id=id).first()
