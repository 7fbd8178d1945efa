"""The form that the person fills alone: the device first, then her part, kept page by page, never shown again by the link."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.utils import ProgrammingError

from egide.field.assessments import actions as assessments
from egide.field.assessments.alone import actions, queries
from egide.field.assessments.models import AloneForm, Route
from egide.field.assessments.policies import AssessmentRefused
from egide.foundation.wings.entering import Subject, entering
from tests.people import acting

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(worker, open_file):
    with acting(worker):
        return open_file()


@pytest.fixture
def handed(case, worker, now):
    with acting(worker):
        return actions.hand_over(case=case, route=Route.LINK, by=worker.id, now=now)


def by_link(subject=None):
    return entering("field", subject or Subject("link"))


@pytest.fixture
def opened(handed, now):
    with by_link():
        return actions.open_alone(token=handed.token, code=handed.code, now=now)


def test_only_hashes_of_the_link_and_code_are_kept(handed, worker):
    """Z06."""
    with acting(worker):
        kept = AloneForm.objects.get()
        assert handed.token not in str(vars(kept))
        assert handed.code.replace(" ", "") not in str(vars(kept))


def test_the_device_is_asked_first_and_without_a_yes_nothing_else_is_kept(opened, worker, now):
    """Z03, AT-30: no answer exists from a device that others can read; the database refuses it too."""
    with by_link(opened):
        assert queries.get_standing().private == ""
        with pytest.raises(AssessmentRefused):
            actions.answer_alone(told={"V01": {"value": "YES"}}, now=now)
        actions.answer_alone(private="NO", now=now)
        with pytest.raises(AssessmentRefused):
            actions.answer_alone(told={"V01": {"value": "YES"}}, now=now)
    with acting(worker):
        kept = AloneForm.objects.get()
        assert (kept.private, kept.answers) == ("NO", {})


def test_each_page_is_kept_and_never_comes_back_by_the_link(opened, case, worker, now):
    """R03: interruptible; what was told stays, and a link found in a history tells nothing of it."""
    with by_link(opened):
        actions.answer_alone(private="YES", now=now)
        actions.answer_alone(told={"V01": {"value": "YES", "words": "j’ai peur la nuit"}}, now=now)
        actions.answer_alone(told={"V04": {"value": "UNKNOWN"}}, now=now)
        standing = queries.get_standing()
        assert standing.answered == {"V01", "V04"}
        assert "nuit" not in str(standing)
        assert AloneForm.objects.count() == 0
    with acting(worker):
        assert queries.list_alone(case)[0].answers["V01"] == {"value": "YES", "words": "j’ai peur la nuit"}


def test_the_same_code_opens_again_after_a_stop_until_it_is_finished(handed, opened, now):
    with by_link():
        assert actions.open_alone(token=handed.token, code=handed.code, now=now) == opened
    with by_link(opened):
        actions.answer_alone(private="YES", told={}, finish=True, now=now)
        with pytest.raises(queries.AloneClosed):
            queries.get_standing()
    with by_link():
        assert actions.open_alone(token=handed.token, code=handed.code, now=now) is None


def test_five_wrong_codes_close_the_form(handed, now):
    with by_link():
        for _attempt in range(5):
            assert actions.open_alone(token=handed.token, code="0000 0000", now=now) is None
        assert actions.open_alone(token=handed.token, code=handed.code, now=now) is None


def test_the_link_reads_no_table_and_asks_only_her_own_part(opened, now):
    with by_link(opened):
        actions.answer_alone(private="YES", now=now)
        for code in ("P03", "I1", "F01", "X99"):
            with pytest.raises(AssessmentRefused):
                actions.answer_alone(told={code: {"value": "YES"}}, now=now)
        for table in ("field_casefiles_casefile", "field_persons_person", "field_assessments_dangerassessment"):
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT count(*) FROM {table}")
                assert cursor.fetchone() == (0,)


def test_the_functions_of_the_link_are_closed_to_other_wings(now):
    with pytest.raises(ProgrammingError), entering("statistics", Subject.job("tests")), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM alone_stands()")


def test_a_form_taken_back_opens_nothing(handed, worker, now):
    with acting(worker):
        actions.take_back(alone=handed.form, by=worker.id, now=now)
    with by_link():
        assert actions.open_alone(token=handed.token, code=handed.code, now=now) is None


def test_what_she_told_alone_is_taken_up_as_told_by_her(opened, case, worker, colleague, now):
    with by_link(opened):
        actions.answer_alone(private="YES", told={"V01": {"value": "YES"}}, now=now)
        actions.answer_alone(finish=True, now=now + timedelta(minutes=3))
    with acting(worker):
        assessment = assessments.start_assessment(case=case, moment="calm", by=worker.id, trained=True, now=now)
        form = queries.list_alone(case)[0]
        assert form.finished_at is not None
        with pytest.raises(AssessmentRefused):
            actions.take_up(assessment=assessment, alone=form, by=colleague.id, now=now)
        actions.take_up(assessment=assessment, alone=form, by=worker.id, now=now)
        assert (assessment.answers["V01"]["source"], assessment.answers["V01"]["value"]) == ("victim", "YES")


def test_on_the_device_of_the_service_the_form_is_open_for_a_while_without_a_code(case, worker, now):
    with acting(worker):
        handed = actions.hand_over(case=case, route=Route.HERE, by=worker.id, now=now)
        assert handed.code == ""
    with by_link():
        assert actions.open_alone(token=handed.token, code="", now=now) is None
    with by_link(Subject("link", handed.form.id)):
        assert queries.get_standing().route == "HERE"
