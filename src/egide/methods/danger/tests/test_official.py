"""The official profile, by numbers (AT-09)."""

import pytest

from egide.core.missing import Missing
from egide.methods.danger import Answer, AnswerRefused, Outcome, Reply, characterise, read_profile, read_value

RED = ("q19", "q20", "q21", "q22", "q23")  # any five: which they are is given, not known here


def answers(yes, red, other=Reply.NO):
    said = [*RED[:red], *(f"q{n:02}" for n in range(1, 1 + yes - red))]
    rest = {f"q{n:02}": Answer(other) for n in range(1, 24)}
    return {**rest, **dict.fromkeys(said, Answer(Reply.YES))}


@pytest.mark.parametrize(
    ("yes", "red", "outcome"),
    [
        (12, 0, Outcome.CHARACTERISED),
        (11, 1, Outcome.NOT_CHARACTERISED),
        (3, 2, Outcome.CHARACTERISED),
        (2, 2, Outcome.CHARACTERISED),
        (11, 0, Outcome.NOT_CHARACTERISED),
        (12, 1, Outcome.CHARACTERISED),
        (0, 0, Outcome.NOT_CHARACTERISED),
    ],
)
def test_twelve_yes_or_two_red_characterise(profile, yes, red, outcome):
    """AT-09: 12 yes/0 red -> characterised; 11 yes/1 red -> not; 3 yes/2 red -> characterised."""
    assert characterise(profile, answers(yes, red), red=RED).outcome is outcome


def test_the_rules_that_characterise_come_with_their_questions(profile):
    both = characterise(profile, answers(13, 2), red=RED)
    assert (both.profile, both.version) == ("official-profile", "1")
    assert [each.rule for each in both.fired] == ["OFF-1", "OFF-2"]
    assert [given.code for given in both.fired[1].because] == ["q19", "q20"]
    assert {given.value for given in both.fired[0].because} == {Reply.YES}


@pytest.mark.parametrize("reason", ["UNKNOWN", "NOT_ASKED", "NOT_APPLICABLE", "REFUSED"])
def test_nothing_known_is_not_assessed(profile, reason):
    """AT-07, for the profile too."""
    nothing = {f"q{n:02}": Answer(read_value(reason)) for n in range(1, 24)}
    assert characterise(profile, nothing, red=RED).outcome is Outcome.NOT_ASSESSED
    assert characterise(profile, {}, red=RED).outcome is Outcome.NOT_ASSESSED
    one = {"q01": Answer(Reply.NO), "q02": Answer(Missing.UNKNOWN)}
    assert characterise(profile, one, red=RED).outcome is Outcome.NOT_CHARACTERISED


NUMBERS = "The profile official-profile has no question %s: number them from q01 to q23."
READ = "The profile official-profile has 5 red questions and %s were given: read their numbers on the official form."


@pytest.mark.parametrize(
    ("given", "red", "said"),
    [
        ({"q24": Answer(Reply.YES)}, RED, NUMBERS % "q24"),
        ({"q25": Answer(Reply.YES), "q24": Answer(Reply.NO)}, (*RED[:4], "q99"), NUMBERS % "q24, q25, q99"),
        ({}, RED[:4], READ % 4),
        ({}, (*RED, "q01"), READ % 6),
        ({}, (*RED[:4], RED[0]), READ % 4),
        (
            {"q01": Answer(read_value("SHOWED"))},
            RED,
            "The factor q01 cannot be answered SHOWED: it takes YES, NO, NOT_APPLICABLE, NOT_ASKED, REFUSED, UNKNOWN.",
        ),
    ],
)
def test_what_is_not_the_profile_is_refused(profile, given, red, said):
    with pytest.raises(AnswerRefused) as raised:
        characterise(profile, given, red=red)
    assert str(raised.value) == said


def test_a_rule_of_the_profile_is_a_number_of_all_or_of_red(profile):
    from egide.methods.danger import GridError

    plain = {"code": "x", "version": "1", "questions": ["q01"], "reds": 1}
    for when in ({"any_of": ["q01"]}, {"at_least": 1, "of": "others"}):
        with pytest.raises(GridError, match="The grid “x” cannot be applied") as raised:
            read_profile({**plain, "rules": [{"id": "OFF", "when": when}]})
        (fault,) = raised.value.faults
        assert (fault.where, fault.remedy) == (("rules", 0, "when"), "write at_least … of")
        assert fault.what == "the rule OFF is not a number of all or of red"


def test_the_profile_has_23_numbers_and_no_text(profile):
    assert profile.questions == tuple(f"q{n:02}" for n in range(1, 24))
    assert profile.reds == 5
