"""The only writes on reviews and tasks. What a level triggers, and when, is read in the grid: nothing is decided here."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from egide.field.assessments.models import DangerAssessment, Reason, Review, Task
from egide.field.assessments.policies import AssessmentRefused
from egide.field.casefiles.models import CaseFile
from egide.field.casefiles.permissions import check_may
from egide.foundation.audit.actions import record
from egide.foundation.catalogue import get_grid
from egide.methods.danger import Level

from .policies import CALM, CRISIS, FULL


def follow_start(*, assessment: DangerAssessment, now: datetime) -> None:
    """An assessment that stays unfinished is recalled; one made in the crisis calls for the full one, in calm."""
    grid, here = get_grid(assessment.grid), timezone.localtime(now)
    due = grid.levels[Level.NOT_ASSESSED].review.due_at(here)
    _open(assessment.case, Reason.REMINDER, due, assessment.assessor, now, assessment=assessment)
    if assessment.moment == CRISIS:
        _set_task(assessment, FULL, "assessor", grid.full_within.due_at(here), now)


def follow_decision(*, assessment: DangerAssessment, now: datetime) -> None:
    """A decided level closes what it answers, sets the next date, and makes the tasks of the level.

    It answers the reviews opened before it began, and its assessor's own dates and reminders. A task that is already to do
    in the file keeps its owner and its time.
    """
    for review in Review.objects.filter(case=assessment.case_id, closed_at__isnull=True):
        own = review.reason != Reason.EVENT and review.opened_by == assessment.assessor
        if own or review.opened_at <= assessment.started_at:
            review.closed_at, review.closed_by = now, assessment
            review.save(update_fields=["closed_at", "closed_by"])
    level = get_grid(assessment.grid).levels[Level(assessment.decided_level)]
    here = timezone.localtime(now)
    _open(assessment.case, Reason.CLOCK, level.review.due_at(here), assessment.assessor, now, assessment=assessment)
    waiting = set(Task.objects.filter(case=assessment.case_id, done_at__isnull=True).values_list("code", flat=True))
    for task in level.tasks:
        if task.id not in waiting:
            _set_task(assessment, task.id, task.owner, task.within.due_at(here), now)
    if assessment.moment == CALM:
        for full in Task.objects.filter(case=assessment.case_id, code=FULL, done_at__isnull=True):
            _finish(full, _("The full assessment was made in calm."), assessment.assessor, now)


@transaction.atomic
def record_event(*, case: CaseFile, event: str, by: UUID, now: datetime, happened_on: date | None = None) -> Review:
    """Note that something happened that opens a review at once, whatever the clock. Raises NotAllowed, AssessmentRefused.

    A day that has not come yet (a hearing, a release) is due on that day at the latest, and opened now.
    """
    check_may(by, "R03", "N", now)
    if event not in get_grid("danger").events:
        raise AssessmentRefused(_("Choose what happened in the list."))
    return _open(case, Reason.EVENT, now, by, now, event=event, happened_on=happened_on)


@transaction.atomic
def finish_task(*, task: Task, outcome: str, by: UUID, now: datetime) -> Task:
    """Note what came of a task: done, or why it was not. Raises NotAllowed, AssessmentRefused."""
    check_may(by, "R03", "N", now)
    if task.done_at is not None:
        raise AssessmentRefused(_("What came of this task is already written."))
    if not outcome.strip():
        raise AssessmentRefused(_("Say what came of it: done, or why it was not."))
    return _finish(task, outcome.strip(), by, now)


def _open(
    case: CaseFile, reason: Reason, due: datetime, by: UUID, now: datetime, *, assessment: DangerAssessment | None = None,
    event: str = "", happened_on: date | None = None,
) -> Review:  # fmt: skip
    review = Review(
        case=case, assessment=assessment, reason=reason, event=event, happened_on=happened_on, opened_at=now, opened_by=by,
        due_at=due,
    )  # fmt: skip
    review.save(force_insert=True)
    record("REVIEW_OPENED", subject=("case", case.id), detail={"reason": reason, "event": event}, at=now)
    return review


def _set_task(assessment: DangerAssessment, code: str, owner: str, due: datetime, now: datetime) -> None:
    task = Task(case_id=assessment.case_id, assessment=assessment, code=code, owner=owner, made_at=now, due_at=due)
    task.save(force_insert=True)


def _finish(task: Task, outcome: str, by: UUID, now: datetime) -> Task:
    task.done_at, task.done_by, task.outcome = now, by, outcome
    task.save(update_fields=["done_at", "done_by", "outcome"])
    record("DANGER_TASK_DONE", subject=("case", task.case_id), detail={"task": task.code}, at=now)
    return task
