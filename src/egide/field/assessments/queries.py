"""The only reads of assessments: those of a file, and side by side. No list is sorted by level (Z03)."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from egide.field.casefiles.models import CaseFile
from egide.foundation.catalogue import get_grid
from egide.methods.danger import Comparison, Level, Look, SafetyGap, assess, compare, list_safety_gaps

from .models import DangerAssessment, State
from .policies import read_answers


def list_assessments(case: CaseFile) -> QuerySet[DangerAssessment]:
    """The assessments of a file, latest first, whoever made them."""
    return DangerAssessment.objects.filter(case=case).order_by("-started_at")


def get_assessment(case: CaseFile, id: UUID) -> DangerAssessment | None:
    """One assessment of a file, or None."""
    return DangerAssessment.objects.filter(case=case, id=id).first()


def list_lapsed(assessment: DangerAssessment, *, on: date) -> tuple[SafetyGap, ...]:
    """The safety factors on which nobody may lean on the day `on`, and what each lacks."""
    return list_safety_gaps(get_grid(assessment.grid).method, read_answers(assessment.answers), on=on)


def compare_assessors(case: CaseFile) -> Comparison | None:
    """The latest assessment of each assessor side by side, where they differ (AT-08); None with fewer than two."""
    latest: dict[UUID, DangerAssessment] = {}
    for assessment in list_assessments(case).exclude(state=State.OPEN):
        latest.setdefault(assessment.assessor, assessment)
    version = get_grid("danger").version
    looks = [_look(each, case.violence_forms) for each in latest.values() if each.grid_version == version]
    return compare(looks) if len(looks) > 1 else None


def _look(assessment: DangerAssessment, forms: list[str]) -> Look:
    on = timezone.localdate(assessment.own_level_at)
    found = assess(get_grid(assessment.grid).method, read_answers(assessment.answers), forms=forms, on=on)
    decided = Level(assessment.decided_level) if assessment.decided_level else None
    return Look(str(assessment.assessor), found, Level(assessment.own_level), decided)
