"""The short form and the official reading: no level, no text of a form, and unknown never weighs as no."""

import pytest

from egide.field.assessments.models import DangerAssessment
from egide.field.assessments.notes import actions, queries
from egide.field.assessments.policies import AssessmentRefused
from egide.field.casefiles.permissions import NotAllowed
from tests.people import acting

pytestmark = pytest.mark.django_db

RED = ["q02", "q05", "q09", "q14", "q21"]  # invented: the red numbers are read on the official form
OTHERS = [f"q{n:02}" for n in range(1, 24) if f"q{n:02}" not in RED]


@pytest.fixture
def case(worker, open_file):
    with acting(worker):
        return open_file()


def test_the_short_form_says_call_now_or_call_back_and_decides_no_level(case, worker, now):
    with acting(worker):
        note = actions.write_short_note(
            case=case, marks={"t03": {"way": "TOLD"}, "t05": {"way": "TOLD", "grade": "FEAR_3"}, "t06": {"way": "UNKNOWN"}},
            words="il a dit qu’il reviendrait", by=worker.id, now=now,
        )  # fmt: skip
        reading = queries.read_short_note(note)
        assert (reading.urgent, reading.because) == (True, ("t03",))
        assert "P04" in reading.to_ask
        assert DangerAssessment.objects.count() == 0
        calm = actions.write_short_note(case=case, marks={"t01": {"way": "UNKNOWN"}}, by=worker.id, now=now)
        assert not queries.read_short_note(calm).urgent


@pytest.mark.parametrize("mark", [{"way": "RUMOUR"}, {"way": "TOLD", "grade": "FEAR_9"}])
def test_a_mark_the_form_does_not_know_is_refused(case, worker, now, mark):
    with acting(worker), pytest.raises(AssessmentRefused):
        actions.write_short_note(case=case, marks={"t05": mark}, by=worker.id, now=now)


@pytest.mark.parametrize(
    ("yes", "outcome"),
    [
        (OTHERS[:12], "CHARACTERISED"),
        ([*OTHERS[:10], RED[0]], "NOT_CHARACTERISED"),
        ([OTHERS[0], *RED[:2]], "CHARACTERISED"),
        ([], "NOT_ASSESSED"),
    ],
)
def test_the_official_form_is_read_by_numbers(case, worker, now, yes, outcome):
    """AT-09: 12 yes / 0 red characterised; 11 yes / 1 red not; 3 yes / 2 red characterised."""
    with acting(worker):
        answers = {**dict.fromkeys(OTHERS, "UNKNOWN"), **dict.fromkeys(yes, "YES")}
        reading = actions.read_official_form(
            case=case, answers=answers, red=RED, filled_on=now.date(), by=worker.id, now=now
        )
        assert queries.read_official(reading).outcome.value == outcome


def test_the_five_red_numbers_are_asked_and_never_guessed(case, worker, officer, now):
    with acting(worker):
        with pytest.raises(AssessmentRefused, match=r"cinq questions|five questions"):
            actions.read_official_form(
                case=case, answers={"q01": "YES"}, red=RED[:4], filled_on=now.date(), by=worker.id, now=now
            )
        with pytest.raises(AssessmentRefused):
            actions.read_official_form(
                case=case, answers={"q24": "YES"}, red=RED, filled_on=now.date(), by=worker.id, now=now
            )
        with pytest.raises(NotAllowed):
            actions.read_official_form(case=case, answers={}, red=RED, filled_on=now.date(), by=officer.id, now=now)
