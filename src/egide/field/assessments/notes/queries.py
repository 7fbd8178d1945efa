"""The only reads of notes; what a note says is read anew from its marks each time."""

from uuid import UUID

from django.db.models import QuerySet

from egide.field.assessments.models import OfficialReading, ShortNote
from egide.field.assessments.policies import read_answers
from egide.field.casefiles.models import CaseFile
from egide.foundation.catalogue import get_official_profile, get_short_form
from egide.methods.danger import ProfileReading, ShortReading, characterise, screen

from .policies import read_marks


def list_short_notes(case: CaseFile) -> QuerySet[ShortNote]:
    """The short notes of a file, latest first."""
    return ShortNote.objects.filter(case=case).order_by("-written_at")


def get_short_note(case: CaseFile, id: UUID) -> ShortNote | None:
    """One short note of a file, or None."""
    return ShortNote.objects.filter(case=case, id=id).first()


def read_short_note(note: ShortNote) -> ShortReading:
    """Whether to call now, because of which lines, and what to ask again in calm."""
    return screen(get_short_form().method, read_marks(note.marks))


def list_official_readings(case: CaseFile) -> QuerySet[OfficialReading]:
    """The official forms read into a file, latest first."""
    return OfficialReading.objects.filter(case=case).order_by("-filled_on", "-written_at")


def get_official_reading(case: CaseFile, id: UUID) -> OfficialReading | None:
    """One official form of a file, or None."""
    return OfficialReading.objects.filter(case=case, id=id).first()


def read_official(reading: OfficialReading) -> ProfileReading:
    """What the profile says of the numbers, with the questions that made it (AT-09)."""
    plain = {code: {"value": value} for code, value in reading.answers.items()}
    return characterise(get_official_profile().method, read_answers(plain), red=reading.red)
