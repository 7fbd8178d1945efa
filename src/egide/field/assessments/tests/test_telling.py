"""Each answer keeps its source, each child its own answers, and a protection its proof."""

from datetime import date, timedelta

import pytest

from egide.field.assessments import actions
from egide.field.assessments.telling import list_tellings, telling_of
from tests.people import acting

pytestmark = pytest.mark.django_db


@pytest.fixture
def assessment(worker, open_file, now):
    with acting(worker):
        return actions.start_assessment(case=open_file(), moment="calm", by=worker.id, trained=True, now=now)


def tell(assessment, now, code, value, source, **more):
    actions.answer_factors(assessment=assessment, answers={code: {"value": value, "source": source, **more}}, now=now)
    return assessment.answers.get(code)


def test_each_source_keeps_its_answer_and_one_yes_is_a_yes(worker, assessment, now):
    """R03: the part on the alleged perpetrator is filled from several sources; nobody's answer takes another's place."""
    with acting(worker):
        tell(assessment, now, "P07", "NO", "perpetrator")
        tell(assessment, now, "P07", "YES", "record", words="jugement du 3 mars")
        stored = tell(assessment, now, "P07", "UNKNOWN", "victim")
        assert [(each["source"], each["value"]) for each in list_tellings(stored)] == [
            ("perpetrator", "NO"), ("record", "YES"), ("victim", "UNKNOWN"),
        ]  # fmt: skip
        assert (stored["value"], stored["source"], stored["words"]) == ("YES", "record", "jugement du 3 mars")
        stored = tell(assessment, now, "P07", "NOT_ASKED", "record")
        assert stored["value"] == "UNKNOWN", "a doubt keeps a no from standing alone"


def test_each_child_has_its_own_answer(worker, assessment, now):
    with acting(worker):
        tell(assessment, now, "C01", "NO", "victim", about="1")
        stored = tell(assessment, now, "C01", "YES", "victim", about="2")
        assert telling_of(stored, "victim", "1")["value"] == "NO"
        assert stored["value"] == "YES"


def test_a_protection_that_has_ended_fires_no_rule_of_protection(worker, assessment, now):
    """R03: expired ones count no more, and the rule that says so is among those shown."""
    with acting(worker):
        ended = (now.date() - timedelta(days=2)).isoformat()
        stored = tell(assessment, now, "F06", "YES", "record", expires_on=ended)
        assert date.fromisoformat(stored["expires_on"]) < now.date()
        tell(assessment, now, "V04", "YES", "victim")
        actions.write_own_level(assessment=assessment, level="MEDIUM", by=worker.id, now=now)
        assert {fired["rule"] for fired in assessment.suggestion["fired"]} == {"MED-5", "VIG-1"}


def test_a_protection_never_cancels_a_red_factor(worker, assessment, now):
    """AT-09b: P03 alone with F01-F04 all "yes", proven, is High."""
    with acting(worker):
        until = (now.date() + timedelta(days=30)).isoformat()
        for code in ("F01", "F02", "F03", "F04"):
            tell(assessment, now, code, "YES", "record", expires_on=until)
        tell(assessment, now, "P03", "YES", "victim")
        actions.write_own_level(assessment=assessment, level="VIGILANCE", by=worker.id, now=now)
        assert assessment.suggestion["level"] == "HIGH"
