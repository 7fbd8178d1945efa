"""What speaks for a tool and what for the world: each reading, and the verdict that weighs them."""

import dataclasses

import pytest

from egide.core.period import Period
from egide.methods.comparability.detection import Beside, Change, Series, find_shifts, gather, judge, profile
from egide.methods.comparability.detection.tests.known import made

AT = 75  # 2006-04
JUMP = made(11, at=AT, size=0.6, territory="FR")
STILL = made(12, code="y", territory="FR")
TOOL = Change("tool", Period.parse("2006-04"), "tool", force="gendarmerie")


def read(*, series=JUMP, **beside):
    one = profile(series)
    (shift,) = find_shifts(one)
    evidence = gather(one, shift, Beside(**beside))
    return {each.kind: (each.seen, each.lean) for each in evidence}, judge(evidence)


@pytest.mark.parametrize(
    ("change", "seen"),
    [
        (TOOL, ("tool", "artefact")),
        (dataclasses.replace(TOOL, kind="world"), ("world", "real")),
        (dataclasses.replace(TOOL, rollout=True, during=Period.parse("2005-10/2007-03")), ("rollout", "silent")),
        (dataclasses.replace(TOOL, during=Period.parse("2009-01")), ("none", "real")),
        (dataclasses.replace(TOOL, codes=frozenset({"z"})), ("none", "real")),
    ],
)
def test_the_calendar_is_read_at_the_date_of_the_break(change, seen):
    assert read(changes=(change,))[0]["calendar"] == seen


def test_without_a_calendar_nothing_is_said_of_tools():
    found, verdict = read()
    assert found["calendar"] == ("unknown", "silent")
    assert (verdict.kind, verdict.strength) == ("undetermined", "none")


def test_the_same_code_still_where_the_other_force_records_speaks_for_the_tool():
    found, verdict = read(changes=(TOOL,), controls=(("police", profile(made(13, code="x", territory="75"))),))
    assert found["force"] == ("still", "artefact")
    assert (verdict.kind, verdict.strength) == ("artefact", "strong")


def test_the_same_code_moving_where_the_other_force_records_speaks_for_the_world():
    moving = profile(made(14, at=AT, size=0.6, code="x", territory="75"))
    assert read(controls=(("police", moving),))[0]["force"] == ("moves", "real")


def test_neighbours_that_move_speak_for_the_world_and_those_that_lose_for_a_change_of_label():
    moving = profile(made(15, at=AT, size=0.5, code="y", territory="FR"))
    losing = profile(made(16, at=AT, size=-0.4, code="y", territory="FR"))
    still = (profile(STILL), profile(made(17, code="w", territory="FR")))
    assert read(neighbours=(moving, still[0]))[0]["neighbours"] == ("move", "real")
    assert read(neighbours=(losing, still[0]))[0]["neighbours"] == ("opposite", "artefact")
    assert read(neighbours=(moving, *still))[0]["neighbours"] == ("some", "silent")
    assert read(neighbours=(still))[0]["neighbours"] == ("still", "artefact")


def test_a_unit_that_changes_at_the_break_is_an_artefact():
    units = ("offence",) * AT + ("victim",) * (150 - AT)
    found, verdict = read(series=dataclasses.replace(JUMP, units=units), changes=())
    assert found["unit"] == ("changed", "artefact")
    assert verdict.kind == "artefact"
    assert read(series=dataclasses.replace(JUMP, units=("victim",) * 150))[0]["unit"] == ("same", "silent")


@pytest.mark.parametrize(
    ("after", "seen"), [(160.0, ("moves", "real")), (101.0, ("still", "artefact")), (122.0, ("unclear", "silent"))]
)
def test_a_survey_tells_the_tool_from_the_world(after, seen):
    years = tuple(Period.parse(str(year)) for year in (2004, 2005, 2006, 2007))
    survey = Series("x", years, (100.0, 100.0, after, after), survey=True)
    assert read(surveys=(survey,))[0]["survey"] == seen


def test_a_survey_of_other_years_says_nothing():
    survey = Series("x", (Period.parse("2001"), Period.parse("2002")), (1.0, 2.0), survey=True)
    assert "survey" not in read(surveys=(survey,))[0]


def test_a_factor_that_facts_do_not_reach_by_themselves_is_an_artefact_up_or_down():
    for size in (9.0, -0.92):
        found, verdict = read(series=made(18, at=AT, size=size))
        assert found["magnitude"] == ("beyond", "artefact")
        assert verdict.kind == "artefact"


def test_no_artefact_is_proposed_without_a_named_cause():
    still = (profile(STILL), profile(made(17, code="w", territory="FR")))
    control = (("police", profile(made(13, code="x", territory="75"))),)
    _, verdict = read(neighbours=still, controls=control)
    assert (verdict.artefact, verdict.real, verdict.kind) == (2, 0, "undetermined")


def test_what_has_no_room_or_no_such_date_beside_the_break_is_left_out():
    short = dataclasses.replace(STILL, periods=STILL.periods[:60], values=STILL.values[:60])
    late = dataclasses.replace(STILL, periods=STILL.periods[60:], values=STILL.values[60:])
    found, _ = read(neighbours=(profile(short), profile(late)), controls=(("police", profile(short)),))
    assert "neighbours" not in found
    assert "force" not in found


def test_a_control_too_small_to_tell_decides_nothing():
    rough = made(21, code="x", territory="75", noise=0.5, phi=0.0)
    assert read(controls=(("police", profile(rough)),))[0]["force"] == ("unclear", "silent")
