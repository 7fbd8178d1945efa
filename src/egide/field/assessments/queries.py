"""The only reads of assessments: those of a file, side by side, and one's own reviews due. No list is sorted by level (Z03)."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from egide.field.casefiles.models import CaseFile
from egide.foundation.catalogue import get_grid
from egide.methods.danger import Comparison, Level, Look, assess, compare

from .models import DangerAssessment, State
from .policies import read_answers


def list_assessments(case: CaseFile) -> QuerySet[DangerAssessment]:
    """The assessments of a file, latest first, whoever made them."""
    return DangerAssessment.objects.filter(case=case).order_by("-started_at")


def get_assessment(case: CaseFile, id: UUID) -> DangerAssessment | None:
    """One assessment of a file, or None."""
    return DangerAssessment.objects.filter(case=case, id=id).first()


def list_reviews_due(*, account: UUID, now: datetime) -> QuerySet[DangerAssessment]:
    """The reviews that one's own decisions have brought due, by date."""
    due = DangerAssessment.objects.filter(assessor=account, state=State.DECIDED, review_at__lte=now)
    return due.select_related("case").order_by("review_at")


def compare_assessors(case: CaseFile) -> Comparison | None:
    """The latest assessment of each assessor side by side, where they differ (AT-08); None with fewer than two."""
    latest: dict[UUID, DangerAssessment] = {}
    for assessment in list_assessments(case).exclude(state=State.OPEN):
        latest.setdefault(assessment.assessor, assessment)
    if len(latest) < 2:
        return None
    looks = [_look(assessment, case.violence_forms) for assessment in latest.values()]
    return compare([look for look in looks if look.assessment.version == looks[0].assessment.version])


def _look(assessment: DangerAssessment, forms: list[str]) -> Look:
    found = assess(get_grid(assessment.grid).method, read_answers(assessment.answers), forms=forms)
    decided = Level(assessment.decided_level) if assessment.decided_level else None
    return Look(str(assessment.assessor), found, Level(assessment.own_level), decided)
