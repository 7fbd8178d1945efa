"""A grid that cannot be applied is refused with every fault, and no number is kept about anyone."""

import ast
import dataclasses
import inspect
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from egide.methods import danger
from egide.methods.danger import AnyOf, AtLeast, GridError, IntakeForm, Level, Wanted, read_condition, read_grid


def faults(content):
    with pytest.raises(GridError) as raised:
        read_grid(content)
    return [(fault.where, fault.what, fault.remedy) for fault in raised.value.faults]


def rule(content, name):
    return next(item for item in content["rules"] if item["id"] == name)


FACTOR = "write a factor, or a factor:grade"
SIZE = "ask for at least 1 and at most the size of the set"
SETS = "use one of: others, red, risk, safety"


@pytest.mark.parametrize(
    ("name", "when", "what", "remedy"),
    [
        ("IMM-1", {"any_of": ["I1", "I9"]}, "asks for “I9”, which the grid does not have", FACTOR),
        ("HIGH-1", {"any_of": ["P04:SOLD"]}, "asks for “P04:SOLD”, which the grid does not have", FACTOR),
        ("HIGH-1", {"any_of": ["P03:SHOWED"]}, "asks for “P03:SHOWED”, which the grid does not have", FACTOR),
        ("HIGH-2", {"at_least": 11, "of": "red"}, "asks for 11 of “red”", SIZE),
        ("HIGH-2", {"at_least": 0, "of": "red"}, "asks for 0 of “red”", SIZE),
        ("MED-3", {"more_of": "safe", "than": "risk"}, "speaks of the set “safe”, which does not exist", SETS),
        ("MED-3", {"more_of": "safety", "than": "risks"}, "speaks of the set “risks”, which does not exist", SETS),
        (
            "HIGH-3",
            {"all": [{"at_least": 1, "of": "red"}, {"all": [{"any_of": ["Z01"]}, {"answered": "any"}]}]},
            "asks for “Z01”, which the grid does not have",
            FACTOR,
        ),
    ],
)
def test_a_rule_that_speaks_of_nothing_is_refused_where_it_stands(plain_grid, name, when, what, remedy):
    content = plain_grid()
    rule(content, name)["when"] = when
    index = [item["id"] for item in content["rules"]].index(name)
    assert faults(content) == [(("rules", index, "when"), f"the rule {name} {what}", remedy)]


def test_a_number_of_an_unknown_set_is_refused_on_both_counts(plain_grid):
    content = plain_grid()
    rule(content, "HIGH-2")["when"] = {"at_least": 2, "of": "reds"}
    assert [(what, remedy) for _, what, remedy in faults(content)] == [
        ("the rule HIGH-2 speaks of the set “reds”, which does not exist", SETS),
        ("the rule HIGH-2 asks for 2 of “reds”", SIZE),
    ]


def test_a_set_as_large_as_asked_is_accepted(plain_grid):
    content = plain_grid()
    rule(content, "HIGH-2")["when"] = {"at_least": 10, "of": "red"}
    assert read_grid(content).rules[2].when == AtLeast(10, "red")


def test_codes_and_rules_are_written_once(plain_grid):
    content = plain_grid()
    content["factors"][5]["code"] = "V01"
    content["rules"][1]["id"] = "IMM-1"
    remedy = "keep one, or give the other its own"
    assert faults(content) == [
        (("factors", 5), "“V01” is written 2 times", remedy), (("rules", 1), "“IMM-1” is written 2 times", remedy),
    ]  # fmt: skip


def test_a_grade_is_not_called_like_a_plain_answer(plain_grid):
    content = plain_grid()
    content["factors"][0]["grades"] = [{"code": "YES"}, {"code": "UNKNOWN"}]
    where, remedy = ("factors", 0, "grades"), "give the grade another code"
    assert faults(content) == [
        (where, "the grade UNKNOWN of I1 is the name of a plain answer", remedy),
        (where, "the grade YES of I1 is the name of a plain answer", remedy),
    ]


def test_an_empty_set_is_refused(plain_grid):
    content = plain_grid()
    content["sets"].append({"code": "nothing", "letters": ["Z"]})
    assert faults(content) == [(("sets", 4), "the set “nothing” is empty", "widen its letters, or remove it")]


def test_each_level_has_a_rule_except_not_assessed(plain_grid):
    content = plain_grid()
    rule(content, "VIG-1")["level"] = "NOT_ASSESSED"
    assert faults(content) == [
        (("rules",), "the level NOT_ASSESSED has a rule",
         "remove it: this level is what remains when no rule fires"),
        (("rules",), "the level VIGILANCE has no rule", "write one"),
    ]  # fmt: skip


def test_a_grid_that_is_refused_says_everything_in_one_sentence(plain_grid):
    content = plain_grid()
    content["rules"] = [item for item in content["rules"] if item["level"] not in ("HIGH", "VIGILANCE")]
    with pytest.raises(GridError, match=r"^The grid “danger” cannot be applied: the level VIGILANCE has no rule "
                       r"\(write one\); the level HIGH has no rule \(write one\)\.$"):  # fmt: skip
        read_grid(content)


@pytest.mark.parametrize(
    "when",
    [
        {},
        {"none_of": ["P03"]},
        {"any_of": ["P03"], "but": "P01"},
        {"at_least": "two", "of": "red"},
        {"at_least": 2, "of": "red", "but": 1},
        {"more_of": "red", "than": "risk", "but": 1},
        {"answered": "all"},
        {"answered": "any", "but": 1},
        {"told_at_intake": "anything"},
        {"told_at_intake": "violence", "but": 1},
        {"all": [{"answered": "any"}], "but": 1},
        {"all": [{"not": "P03"}]},
    ],
)
def test_a_condition_outside_the_language_is_refused(plain_grid, when):
    content = plain_grid()
    rule(content, "HIGH-1")["when"] = when
    with pytest.raises(GridError, match="The grid “danger” cannot be applied: a condition is written with: ") as raised:
        read_grid(content)
    (fault,) = raised.value.faults
    assert fault.where[:3] == ("rules", 1, "when")
    assert fault.remedy.startswith("use one of the forms any_of")


def test_a_fault_inside_a_condition_says_where():
    with pytest.raises(GridError) as raised:
        read_condition({"all": [{"answered": "any"}, {"not": "P03", "or": 1}]}, ("rules", 3, "when"))
    (fault,) = raised.value.faults
    assert fault.where == ("rules", 3, "when", "all", 1)
    assert fault.what == "a condition is written with: not, or"
    assert fault.remedy == (
        "use one of the forms any_of, at_least … of, more_of … than, lapsed: set, answered: any, told_at_intake: violence, all"
    )
    with pytest.raises(GridError, match="“\\?”") as raised:
        read_condition({})
    assert raised.value.faults[0].where == ()


def test_conditions_read_as_they_are_written():
    assert read_condition({"any_of": ["P03", "P04:SHOWED"]}) == AnyOf((Wanted("P03"), Wanted("P04", "SHOWED")))
    assert str(Wanted("P04", "SHOWED")) == "P04:SHOWED"
    assert str(Wanted("P03")) == "P03"
    both = read_condition({"all": [{"told_at_intake": "violence"}, {"any_of": ["P03"]}]})
    assert both.parts == (IntakeForm(), AnyOf((Wanted("P03"),)))


def test_each_part_of_an_and_brings_its_answers_and_forms_once(plain_grid, told):
    content = plain_grid()
    part = {"all": [{"told_at_intake": "violence"}, {"at_least": 1, "of": "red"}]}
    rule(content, "HIGH-3")["when"] = {"all": [part, {"any_of": ["P03", "V02"]}, {"told_at_intake": "violence"}]}
    changed = read_grid(content)
    fired = {each.rule: each for each in danger.assess(changed, told("P03 V02"), forms=["physical"]).fired}
    assert [given.code for given in fired["HIGH-3"].because] == ["P03", "V02"]
    assert fired["HIGH-3"].forms == ("physical",)
    assert "HIGH-3" not in {each.rule for each in danger.assess(changed, told("P03 V02")).fired}


def test_a_bare_factor_is_not_red_and_needs_no_proof():
    bare = danger.Factor("V02")
    assert (bare.red, bare.grades, bare.proven) == (False, (), False)


def test_a_factor_knows_its_letter(grid):
    assert {factor.letter for factor in grid.factors} == set("IVPSCKF")


@pytest.mark.parametrize(
    "words",
    [danger.Difference, danger.Gap, danger.Lack, danger.Level, danger.Outcome, danger.Reply, danger.Way],
)
def test_a_word_is_stored_under_its_own_name(words):
    assert [word.value for word in words] == [word.name for word in words]


def test_what_the_method_gives_cannot_be_altered():
    rooms = [room for room in vars(danger).values() if inspect.ismodule(room)]
    shapes = {shape for room in rooms for shape in vars(room).values() if dataclasses.is_dataclass(shape)}
    assert len(shapes) > 20
    assert [shape for shape in shapes if not shape.__dataclass_params__.frozen] == []


# --- nothing is added up


def everything_in(value):
    if isinstance(value, Level):
        yield value.value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield field.name
            yield from everything_in(getattr(value, field.name))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield key
            yield from everything_in(item)
    elif isinstance(value, list | tuple | set | frozenset):
        for item in value:
            yield from everything_in(item)
    else:
        yield value


def test_an_assessment_holds_no_number(grid, told):
    """R03's trap, summing points; X06, Z03: totals are not stored."""
    found = danger.assess(grid, told("P03 P06 V02 V03 V04 F01"), forms=["physical"])
    for kept in (found, danger.as_plain(found), danger.compare([danger.Look("a", found), danger.Look("b", found)])):
        assert not [each for each in everything_in(kept) if isinstance(each, int | float) and each not in (True, False)]


def test_no_name_of_the_method_speaks_of_a_score():
    """X06: no attribute, argument or function called score, total or points."""
    wrong = re.compile(r"score|total|points|weight|sum$|percent", re.IGNORECASE)
    for path in Path(danger.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for name in (getattr(node, key, None) for key in ("id", "attr", "arg", "name")):
                assert not (isinstance(name, str) and wrong.search(name.replace("total_ordering", ""))), (path, name)
