"""The only writes on notes: the short form, the official reading. Neither decides a level."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from egide.field.assessments.models import OfficialReading, ShortNote
from egide.field.assessments.policies import AssessmentRefused, read_answers
from egide.field.casefiles.models import CaseFile
from egide.field.casefiles.permissions import check_may
from egide.foundation.audit.actions import record
from egide.foundation.catalogue import get_official_profile, get_short_form
from egide.methods.danger import AnswerRefused, characterise, screen

from .policies import read_marks


@transaction.atomic
def write_short_note(
    *, case: CaseFile, marks: Mapping[str, Mapping[str, str]], by: UUID, now: datetime, words: str = ""
) -> ShortNote:
    """Keep the twelve lines as they were marked. Raises NotAllowed, AssessmentRefused for a line or a mark unknown to the form."""
    check_may(by, "R03", "N", now)
    form = get_short_form()
    try:
        reading = screen(form.method, read_marks(marks))
    except AnswerRefused as refused:
        raise AssessmentRefused(str(refused)) from refused
    note = ShortNote(
        case=case, form_version=form.version, marks={code: dict(mark) for code, mark in marks.items()}, words=words,
        written_at=now, written_by=by,
    )  # fmt: skip
    note.save(force_insert=True)
    record("SHORT_NOTE_WRITTEN", subject=("case", case.id), detail={"urgent": reading.urgent}, at=now)
    return note


@transaction.atomic
def read_official_form(
    *, case: CaseFile, answers: Mapping[str, str], red: Collection[str], filled_on: date, by: UUID, now: datetime
) -> OfficialReading:
    """Keep the answers of an official form, by number, and which numbers are red on it. Raises NotAllowed, AssessmentRefused."""
    check_may(by, "R03", "N", now)
    profile = get_official_profile()
    plain: dict[str, dict[str, Any]] = {code: {"value": value} for code, value in answers.items()}
    try:
        characterise(profile.method, read_answers(plain), red=red)
    except AnswerRefused as refused:
        wrong = len(set(red)) != profile.method.reds
        said = _("Tick the five questions that are red on the official form.") if wrong else str(refused)
        raise AssessmentRefused(said) from refused
    reading = OfficialReading(
        case=case, profile_version=profile.version, red=sorted(red), answers=dict(answers), filled_on=filled_on,
        written_at=now, written_by=by,
    )  # fmt: skip
    reading.save(force_insert=True)
    record("OFFICIAL_FORM_READ", subject=("case", case.id), at=now)
    return reading
