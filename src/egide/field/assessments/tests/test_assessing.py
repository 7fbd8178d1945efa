"""Her own level first, the rules shown in full, and a decision that people sign."""

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError

from egide.field.assessments import actions, queries
from egide.field.assessments.following.queries import list_reviews_due
from egide.field.assessments.models import DangerAssessment, State
from egide.field.assessments.policies import AssessmentRefused
from egide.field.casefiles.actions import join_team
from tests.people import acting

pytestmark = pytest.mark.django_db

YES, NO = {"value": "YES"}, {"value": "NO"}


@pytest.fixture
def assessment(worker, open_file, now):
    with acting(worker):
        return actions.start_assessment(case=open_file(), moment="calm", by=worker.id, trained=True, now=now)


def fill(assessment, worker, now, own, **answers):
    actions.answer_factors(assessment=assessment, answers=answers, now=now)
    return actions.write_own_level(assessment=assessment, level=own, by=worker.id, now=now)


def test_no_suggestion_exists_before_her_own_level_is_written(assessment, worker, now):
    """Z03: judgement first; the database itself refuses a suggestion without it."""
    with acting(worker):
        actions.answer_factors(assessment=assessment, answers={"P03": YES}, now=now)
        assert DangerAssessment.objects.get().suggestion is None
        with pytest.raises(AssessmentRefused):
            actions.decide_level(assessment=assessment, level="HIGH", by=worker.id, now=now)
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE field_assessments_dangerassessment SET suggestion = '{}'")
        actions.write_own_level(assessment=assessment, level="MEDIUM", by=worker.id, now=now)
        kept = DangerAssessment.objects.get()
        assert (kept.own_level, kept.suggestion["level"]) == ("MEDIUM", "HIGH")
        assert kept.suggestion["fired"], "the rules that fired are kept with what fired them"


def test_all_unknown_is_not_assessed(assessment, worker, now):
    """AT-07: unknown, not asked and refused are never "no danger"."""
    with acting(worker):
        fill(assessment, worker, now, "NOT_ASSESSED", P01={"value": "UNKNOWN"}, V01={"value": "REFUSED"})
        assert assessment.suggestion["level"] == "NOT_ASSESSED"
        assert not assessment.suggestion["assessed"]


def test_answers_do_not_change_once_the_suggestion_is_seen(assessment, worker, now):
    with acting(worker):
        fill(assessment, worker, now, "HIGH", P03=YES)
        with pytest.raises(AssessmentRefused):
            actions.answer_factors(assessment=assessment, answers={"P03": NO}, now=now)


def test_going_up_is_free_and_sets_the_review_clock(assessment, worker, now):
    with acting(worker):
        fill(assessment, worker, now, "MEDIUM", V04=YES)
        actions.decide_level(assessment=assessment, level="HIGH", by=worker.id, now=now)
        assert assessment.state == State.DECIDED
        assert 6 <= (assessment.review_at - now).days <= 7
        assert list_reviews_due(account=worker.id, now=now) == []
        [review] = list_reviews_due(account=worker.id, now=assessment.review_at)
        assert (review.assessment, review.reason, review.due_at) == (assessment, "CLOCK", assessment.review_at)


def test_going_down_takes_a_reason_then_someone_else(assessment, worker, colleague, stranger, now):
    """Z03: below the suggestion, a reason and a second look by another mandated account of the same organisation."""
    with acting(worker):
        fill(assessment, worker, now, "MEDIUM", P03=YES)
        with pytest.raises(AssessmentRefused):
            actions.decide_level(assessment=assessment, level="MEDIUM", by=worker.id, now=now)
        actions.decide_level(
            assessment=assessment, level="MEDIUM", by=worker.id, reason="an old fact, seen by the team", now=now
        )
        assert assessment.state == State.AWAITING_SECOND_LOOK
        with pytest.raises(AssessmentRefused):
            actions.take_second_look(assessment=assessment, level="MEDIUM", by=worker.id, now=now)
        with pytest.raises(AssessmentRefused):
            actions.take_second_look(assessment=assessment, level="MEDIUM", by=stranger.id, now=now)
        join_team(case=assessment.case, account=colleague.id, now=now)
    with acting(colleague):
        mine = DangerAssessment.objects.get()
        with pytest.raises(AssessmentRefused):
            actions.take_second_look(assessment=mine, level="HIGH", by=colleague.id, now=now)
        actions.take_second_look(assessment=mine, level="MEDIUM", by=colleague.id, now=now)
        assert (mine.state, mine.decided_level) == (State.DECIDED, "MEDIUM")


def test_two_assessors_are_shown_side_by_side_with_where_they_differ(assessment, worker, colleague, now):
    """AT-08: same facts give the same suggestion; different decisions are shown side by side."""
    with acting(worker):
        case = assessment.case
        fill(assessment, worker, now, "HIGH", P03=YES, V04=NO)
        actions.decide_level(assessment=assessment, level="HIGH", by=worker.id, now=now)
        assert queries.compare_assessors(case) is None
        join_team(case=case, account=colleague.id, now=now)
    with acting(colleague):
        second = actions.start_assessment(case=case, moment="calm", by=colleague.id, trained=True, now=now)
        fill(second, colleague, now, "IMMEDIATE", P03=YES, V04=YES)
        actions.decide_level(assessment=second, level="IMMEDIATE", by=colleague.id, now=now)
        compared = queries.compare_assessors(case)
        assert {look.decided.value for look in compared.looks} == {"HIGH", "IMMEDIATE"}
        assert {look.assessment.level.value for look in compared.looks} == {"HIGH"}
        assert [entry.code for entry in compared.answers] == ["V04"]


def test_a_colleague_cannot_finish_someone_elses_assessment(assessment, worker, colleague, now):
    with acting(worker):
        join_team(case=assessment.case, account=colleague.id, now=now)
    with acting(colleague), pytest.raises(AssessmentRefused):
        actions.write_own_level(assessment=assessment, level="HIGH", by=colleague.id, now=now)


def test_an_answer_that_the_grid_does_not_know_is_refused_and_nothing_is_lost(assessment, worker, now):
    with acting(worker):
        actions.answer_factors(assessment=assessment, answers={"P01": YES}, now=now)
        with pytest.raises(AssessmentRefused):
            actions.answer_factors(assessment=assessment, answers={"P99": YES}, now=now)
        assert set(DangerAssessment.objects.get().answers) == {"P01"}
