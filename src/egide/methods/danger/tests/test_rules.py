"""Each rule of the grid of the catalogue has its test, and each change of a rule turns its own test red.

A case: the answers, the forms told at intake, whether the rule fires, the level suggested. The answers are written as in
`told`: a bare code is a yes.
"""

from dataclasses import replace
from datetime import date

import pytest

from egide.methods.danger import (
    All,
    AnsweredAny,
    AnyOf,
    AtLeast,
    GridError,
    IntakeForm,
    Lapsed,
    Level,
    MoreOf,
    Wanted,
    assess,
    read_grid,
)

DAY = date(2026, 3, 2)
NOW = ["I1", "I2", "I3", "I4"]
RED = ["V01", "P01", "P02", "P03", "P04", "P05", "P06", "P07", "S01", "C01"]
OTHERS = [
    *(f"V{n:02}" for n in range(2, 13)), *(f"P{n:02}" for n in range(8, 17)), *(f"S{n:02}" for n in range(2, 7)),
    *(f"C{n:02}" for n in range(2, 6)), *(f"K{n:02}" for n in range(1, 6)),
]  # fmt: skip
SAFETY = [f"F{n:02}" for n in range(1, 10)]
SINGLE = ["P01", "P03", "P04:SHOWED", "P04:USED", "C01"]
VIOLENCE = ["V09", "P03", "P05", "P08", "C01", "C02"]
EVERYTHING = [*NOW, *RED, *OTHERS, *SAFETY]


def yes(codes):
    """All these answered yes; the weapon, which has no plain yes, is owned."""
    return " ".join("P04:OWNS" if code == "P04" else code for code in codes)


def without(*left_out):
    return yes(code for code in EVERYTHING if code not in left_out)


CASES = {
    "IMM-1": [
        *((code, (), True, Level.IMMEDIATE) for code in NOW),
        (without(*NOW), (), False, Level.HIGH),
        ("I1:NO I2:UNKNOWN I3:REFUSED I4:NOT_ASKED", (), False, Level.VIGILANCE),
    ],
    "HIGH-1": [
        *((code, (), True, Level.HIGH) for code in SINGLE),
        *((code, (), False, None) for code in ("P04:OWNS", "P04:SEEKS", "P04:NO", "P04:UNKNOWN")),
        (without("P01", "P03", "P04", "C01"), (), False, Level.IMMEDIATE),
    ],
    "HIGH-2": [
        *((yes([code, "V01" if code != "V01" else "P02"]), (), True, Level.HIGH) for code in RED),
        ("V01 P04:SEEKS", (), True, Level.HIGH),
        ("V01 P02:UNKNOWN V02 V03", (), False, Level.VIGILANCE),
        (without(*RED), (), False, Level.IMMEDIATE),
        ("V02 V03", (), False, Level.VIGILANCE),
        ("F01 F02", (), False, Level.MEDIUM),
    ],
    "HIGH-3": [
        *((yes(["P02", code, *[o for o in OTHERS if o != code][:2]]), (), True, Level.HIGH) for code in OTHERS),
        *((yes([code, "V02", "V03", "V04"]), (), True, Level.HIGH) for code in RED),
        ("P02 V02 V03", (), False, Level.VIGILANCE),
        ("P02 V02 V03 I1 I2 I3 I4", (), False, Level.IMMEDIATE),
        (yes(["P02", "V02", "V03", *SAFETY]), (), False, Level.MEDIUM),
        ("P02 P06 P07 V02 V03", (), False, Level.HIGH),
        (yes([*OTHERS, *SAFETY, *NOW]), (), False, Level.IMMEDIATE),
        ("V02 V03 V04", (), False, Level.VIGILANCE),
    ],
    "MED-1": [
        *((code, (), True, Level.HIGH if code in SINGLE else Level.MEDIUM) for code in VIOLENCE),
        (without(*VIOLENCE), (), False, Level.IMMEDIATE),
        ("V09:NO P03:UNKNOWN P05:REFUSED", (), False, Level.VIGILANCE),
    ],
    "MED-2": [
        ("", ("physical",), True, Level.MEDIUM),
        ("V02:NO", ("economic", "digital"), True, Level.MEDIUM),
        (without(), (), False, Level.IMMEDIATE),
    ],
    "MED-3": [
        *((code, (), True, Level.MEDIUM) for code in SAFETY),
        ("F01 F02 V02", (), True, Level.MEDIUM),
        ("F01 F02 P02", (), True, Level.MEDIUM),
        ("F01 V02", (), False, Level.MEDIUM),
        ("F01 P02", (), False, Level.MEDIUM),
        ("F01 F02 V02 P02", (), False, Level.MEDIUM),
        ("F01:NO V02:NO", (), False, Level.VIGILANCE),
    ],
    "MED-4": [
        *((f"{code} V02", (), True, Level.MEDIUM) for code in SAFETY),
        *((yes(["F01", code]), (), True, None) for code in [*RED, *OTHERS]),
        ("F01 F02 F03", (), False, Level.MEDIUM),
        ("F01 F02 I1 I2", (), False, Level.IMMEDIATE),
        ("V02 V03", (), False, Level.VIGILANCE),
        (yes(RED), (), False, Level.HIGH),
        (yes(OTHERS), (), False, Level.MEDIUM),
    ],
    "MED-5": [
        *((code, (), True, Level.MEDIUM) for code in SAFETY),
        ("F01 V02", (), True, Level.MEDIUM),
        ("F01 P03", (), True, Level.HIGH),
        ("F01:NO F02:UNKNOWN V02", (), False, Level.VIGILANCE),
    ],
    "VIG-1": [
        *((f"{code}:NO", (), True, Level.VIGILANCE) for code in EVERYTHING),
        ("V02", (), True, Level.VIGILANCE),
        ("P04:OWNS", (), True, Level.VIGILANCE),
        ("", (), False, Level.NOT_ASSESSED),
        ("V01:UNKNOWN P01:NOT_ASKED P03:REFUSED C04:NOT_APPLICABLE", (), False, Level.NOT_ASSESSED),
    ],
}


def failures(grid, rule, told):
    """The cases of a rule that the grid does not meet."""
    found = []
    for answers, forms, fires, level in CASES[rule]:
        judged = DAY if rule == "MED-5" else None  # `told` gives no proof: on a day, every safety factor has lapsed
        assessment = assess(grid, told(answers), forms=forms, on=judged)
        fired = {each.rule for each in assessment.fired}
        if (rule in fired) != fires or level not in (None, assessment.level):
            found.append((answers, forms, sorted(fired), assessment.level))
    return found


def test_imm_1_any_sign_that_something_happens_now_is_immediate(grid, told):
    assert failures(grid, "IMM-1", told) == []


def test_high_1_one_threat_to_kill_strangling_weapon_shown_or_child_struck_is_enough(grid, told):
    assert failures(grid, "HIGH-1", told) == []


def test_high_2_two_red_factors_are_high(grid, told):
    assert failures(grid, "HIGH-2", told) == []


def test_high_3_one_red_factor_and_three_others_are_high(grid, told):
    assert failures(grid, "HIGH-3", told) == []


def test_med_1_violence_established_by_an_answer_sets_the_floor(grid, told):
    assert failures(grid, "MED-1", told) == []


def test_med_2_violence_told_at_intake_sets_the_floor(grid, told):
    assert failures(grid, "MED-2", told) == []


def test_med_3_more_safety_than_risk_is_medium_never_low(grid, told):
    """AT-06: "If there are more safety factors and fewer risk factors, the dangerousness … is medium"."""
    assert failures(grid, "MED-3", told) == []


def test_med_4_one_more_risk_beside_safety_does_not_lower(grid, told):
    assert failures(grid, "MED-4", told) == []


def test_med_5_a_protection_that_ended_does_not_bring_the_level_down(grid, told):
    assert failures(grid, "MED-5", told) == []


def test_vig_1_any_answer_keeps_the_situation_watched(grid, told):
    assert failures(grid, "VIG-1", told) == []


def test_every_rule_of_the_grid_has_its_cases(grid):
    assert [rule.id for rule in grid.rules] == list(CASES)


# --- a rule changed on purpose


def changes_of_condition(when, grid):
    """Every small change of a condition: a code less, a code more, a grade, a number, a set, a part."""
    if isinstance(when, AnyOf):
        yield from changes_of_codes(when, grid)
    if isinstance(when, IntakeForm | AnsweredAny):
        yield AnsweredAny() if isinstance(when, IntakeForm) else IntakeForm()
        yield from (AtLeast(1, name) for name in grid.sets)
    if isinstance(when, AtLeast):
        yield from (replace(when, least=when.least + step) for step in (-1, 1))
        yield from (replace(when, of=name) for name in grid.sets if name != when.of)
    if isinstance(when, Lapsed):
        yield from (replace(when, of=name) for name in grid.sets if name != when.of)
    if isinstance(when, MoreOf):
        yield from (replace(when, of=name) for name in grid.sets if name != when.of)
        yield from (replace(when, than=name) for name in grid.sets if name != when.than)
    if isinstance(when, All):
        for index, part in enumerate(when.parts):
            rest = (*when.parts[:index], *when.parts[index + 1 :])
            yield All(rest)
            yield from (All((*rest, other)) for other in changes_of_condition(part, grid))


def changes_of_codes(when, grid):
    for wanted in when.wanted:
        yield AnyOf(tuple(other for other in when.wanted if other != wanted))
        if wanted.grade:
            yield AnyOf((*when.wanted, Wanted(wanted.code)))
            yield AnyOf((*when.wanted, Wanted(wanted.code, "SEEKS")))
    named = {wanted.code for wanted in when.wanted}
    yield from (AnyOf((*when.wanted, Wanted(factor.code))) for factor in grid.factors if factor.code not in named)


def changed_grids(grid, index):
    rule = grid.rules[index]
    changed = [replace(rule, when=when) for when in changes_of_condition(rule.when, grid)]
    changed += [replace(rule, level=level) for level in Level if level != rule.level]
    for each in (*changed, None):
        middle = (each,) if each else ()
        try:
            yield each, replace(grid, rules=(*grid.rules[:index], *middle, *grid.rules[index + 1 :]))
        except GridError:
            continue  # the grid itself refuses the change


@pytest.mark.parametrize("rule", CASES)
def test_every_change_of_a_rule_turns_its_own_test_red(grid, told, rule):
    index = [each.id for each in grid.rules].index(rule)
    tried = list(changed_grids(grid, index))
    assert tried
    assert [each for each, changed in tried if not failures(changed, rule, told)] == []


@pytest.mark.parametrize("code", [*RED, *OTHERS])
def test_a_factor_made_red_or_not_turns_a_test_red(plain_grid, told, code):
    content = plain_grid()
    factor = next(item for item in content["factors"] if item["code"] == code)
    factor["red"] = not factor.get("red", False)
    changed = read_grid(content)
    assert any(failures(changed, rule, told) for rule in CASES)
