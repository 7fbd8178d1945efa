"""What a level sets going: reviews by the clock or by an event, tasks with owners and times, for the file's owner alone."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.utils import timezone

from egide.field.assessments import actions
from egide.field.assessments.following import actions as following
from egide.field.assessments.following import queries
from egide.field.assessments.policies import AssessmentRefused
from egide.field.casefiles.actions import join_team
from egide.field.casefiles.permissions import NotAllowed
from egide.foundation.catalogue import get_grid
from egide.methods.danger import Level
from tests.people import acting

pytestmark = pytest.mark.django_db

YES = {"value": "YES", "source": "victim"}
FACTS = {"IMMEDIATE": "I1", "HIGH": "P03", "MEDIUM": "V09", "VIGILANCE": "V04"}


@pytest.fixture
def case(worker, open_file):
    with acting(worker):
        return open_file()


def decide(case, worker, now, level="HIGH", moment="calm", **answers):
    found = actions.start_assessment(case=case, moment=moment, by=worker.id, trained=True, now=now)
    actions.answer_factors(assessment=found, answers=answers or {FACTS[level]: YES}, now=now)
    actions.write_own_level(assessment=found, level=level, by=worker.id, now=now)
    return actions.decide_level(assessment=found, level=level, by=worker.id, now=now)


@pytest.mark.parametrize(
    ("level", "hours"), [("IMMEDIATE", 24), ("HIGH", 7 * 24), ("MEDIUM", 30 * 24), ("VIGILANCE", 90 * 24)]
)
def test_each_level_has_its_clock_and_its_tasks_from_the_grid(case, worker, now, level, hours):
    """R03: 24 h, 7, 30 and 90 days; the tasks, their owners and their delays are those of the file, none is in the code."""
    with acting(worker):
        found = decide(case, worker, now, level)
        [review] = queries.list_reviews(case)
        assert (review.reason, review.assessment) == ("CLOCK", found)
        assert timedelta(0) <= review.due_at - (now + timedelta(hours=hours)) < timedelta(days=1)
        listed = get_grid("danger").levels[Level(level)].tasks
        here = timezone.localtime(now)
        assert {(task.code, task.owner, task.due_at) for task in queries.list_tasks(case)} == {
            (task.id, task.owner, task.within.due_at(here)) for task in listed
        }


def test_an_assessment_left_unfinished_is_recalled_after_72_hours(case, worker, now):
    with acting(worker):
        actions.start_assessment(case=case, moment="calm", by=worker.id, trained=True, now=now)
        later = now + timedelta(hours=72)
        assert queries.list_reviews_due(account=worker.id, now=later - timedelta(minutes=1)) == []
        [recalled] = queries.list_reviews_due(account=worker.id, now=later)
        assert recalled.reason == "REMINDER"


def test_not_assessed_never_closes_and_is_recalled(case, worker, now):
    with acting(worker):
        found = decide(case, worker, now, "NOT_ASSESSED", V01={"value": "UNKNOWN", "source": "victim"})
        assert found.decided_level == "NOT_ASSESSED"
        [review] = queries.list_reviews(case)
        assert review.due_at == now + timedelta(hours=72)
        assert [task.code for task in queries.list_tasks(case)] == ["complete"]


def test_the_screen_of_the_crisis_calls_for_the_full_assessment_within_72_hours(case, worker, now):
    """R03: the immediate screen first, the full assessment in calm within 72 h, as a task of the assessor."""
    with acting(worker):
        decide(case, worker, now, "IMMEDIATE", moment="crisis")
        [full] = [task for task in queries.list_tasks(case) if task.code == "full-assessment"]
        assert (full.owner, full.due_at, full.done_at) == ("assessor", now + timedelta(hours=72), None)
        decide(case, worker, now + timedelta(hours=20), "HIGH")
        full.refresh_from_db()
        assert full.done_by == worker.id


def test_an_event_opens_a_review_at_once_and_only_a_later_assessment_closes_it(case, worker, now):
    """R03: separation, pregnancy, job loss, release, hearing, breach, found address, cyber fact, handover, withdrawal."""
    with acting(worker):
        begun = actions.start_assessment(case=case, moment="calm", by=worker.id, trained=True, now=now)
        moment = now + timedelta(minutes=5)
        for event in get_grid("danger").events:
            following.record_event(case=case, event=event, by=worker.id, now=moment)
        assert len(queries.list_reviews_due(account=worker.id, now=moment)) == 10
        actions.answer_factors(assessment=begun, answers={"P03": YES}, now=moment)
        actions.write_own_level(assessment=begun, level="HIGH", by=worker.id, now=moment)
        actions.decide_level(assessment=begun, level="HIGH", by=worker.id, now=moment)
        assert len(queries.list_reviews_due(account=worker.id, now=moment)) == 10, "it began before they happened"
        after = decide(case, worker, moment + timedelta(hours=1))
        assert queries.list_reviews_due(account=worker.id, now=moment + timedelta(hours=2)) == []
        assert {review.closed_by for review in queries.list_past_events(case)} == {after}
        with pytest.raises(AssessmentRefused):
            following.record_event(case=case, event="astrology", by=worker.id, now=now)


def test_reviews_due_are_shown_to_the_owner_of_the_file_only(case, worker, colleague, now):
    """Z03: a colleague of the team sees the file, not a list of what is due in it."""
    with acting(worker):
        join_team(case=case, account=colleague.id, now=now)
        following.record_event(case=case, event="release", by=worker.id, now=now)
    with acting(colleague):
        decide(case, colleague, now)
        later = now + timedelta(days=60)
        assert queries.list_reviews_due(account=colleague.id, now=later) == []
        assert queries.list_tasks_due(account=colleague.id, now=later) == []
    with acting(worker):
        reasons = [review.reason for review in queries.list_reviews_due(account=worker.id, now=later)]
        assert reasons == ["CLOCK"], "the colleague's assessment answered the release, and set the next date"
        due = [task.due_at for task in queries.list_tasks_due(account=worker.id, now=later)]
        assert due == sorted(due)
        assert len(due) == 7


def test_a_task_ends_by_what_came_of_it(case, worker, officer, now):
    with acting(worker):
        decide(case, worker, now)
        task = queries.list_tasks(case)[0]
        with pytest.raises(AssessmentRefused):
            following.finish_task(task=task, outcome="  ", by=worker.id, now=now)
        with pytest.raises(NotAllowed):
            following.finish_task(task=task, outcome="done", by=officer.id, now=now)
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE field_assessments_task SET done_at = now(), done_by = %s", [worker.id])
        following.finish_task(task=task, outcome="the number was given", by=worker.id, now=now)
        with pytest.raises(AssessmentRefused):
            following.finish_task(task=task, outcome="again", by=worker.id, now=now)


def test_a_task_already_to_do_keeps_its_time(case, worker, now):
    with acting(worker):
        decide(case, worker, now, "MEDIUM")
        first = {task.code: task.due_at for task in queries.list_tasks(case)}
        decide(case, worker, now + timedelta(days=2), "VIGILANCE", V04=YES)
        booklets = [task.due_at for task in queries.list_tasks(case) if task.code == "booklet"]
        assert booklets == [first["booklet"]]
