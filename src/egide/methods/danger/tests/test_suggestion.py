"""The suggestion: known answers of the requirements, the definitions of trap 22, and what must hold for any answers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egide.core.missing import Missing
from egide.methods.danger import (
    Answer,
    AnswerRefused,
    Factor,
    Gap,
    Given,
    Grade,
    Level,
    Reply,
    SafetyGap,
    Told,
    as_plain,
    assess,
    gather,
    list_safety_gaps,
    read_value,
    write_value,
)

ABSENT = (Missing.UNKNOWN, Missing.NOT_ASKED, Missing.NOT_APPLICABLE, Missing.REFUSED)
RED = {"V01", "P01", "P02", "P03", "P04", "P05", "P06", "P07", "S01", "C01"}


def level(grid, answers, forms=()):
    return assess(grid, answers, forms=forms).level


def test_more_safety_than_risk_is_medium_never_low(grid, told):
    """AT-06: "If there are more safety factors and fewer risk factors, the dangerousness … is medium" [S4:229]."""
    assert level(grid, told("V02 F01 F02 F03")) is Level.MEDIUM
    assert level(grid, told("V02 F01 F02 F03 V03:NO P01:NO P03:NO")) is Level.MEDIUM


@pytest.mark.parametrize("reason", ABSENT)
def test_all_unknown_is_not_assessed_and_never_no_danger(grid, reason):
    """AT-07: all answers unknown -> "not assessed", never "no danger"; the same for the three other absences."""
    found = assess(grid, {factor.code: Answer(reason) for factor in grid.factors})
    assert (found.level, found.assessed, found.fired) == (Level.NOT_ASSESSED, False, ())
    assert [each.name for each in Level] == ["NOT_ASSESSED", "VIGILANCE", "MEDIUM", "HIGH", "IMMEDIATE"]


def test_an_empty_grid_is_not_assessed(grid):
    found = assess(grid, {})
    assert found.level is Level.NOT_ASSESSED
    assert {each.value for each in found.answers} == {Missing.NOT_ASKED}


def test_violence_told_at_intake_sets_a_floor_under_a_grid_nobody_filled(grid):
    """AT-07: the grid stays "not assessed" (to be filled), and the floor of established violence holds."""
    found = assess(grid, {}, forms=["physical", "digital"])
    assert (found.level, found.assessed) == (Level.MEDIUM, False)
    assert [(each.rule, each.forms) for each in found.fired] == [("MED-2", ("digital", "physical"))]


def test_strangling_with_four_safety_factors_is_high(grid, told):
    """AT-09b: P03 alone with F01-F04 all "yes" -> High."""
    assert level(grid, told("P03 F01 F02 F03 F04")) is Level.HIGH


def test_no_red_and_more_safety_than_others_is_medium(grid, told):
    """AT-09b: no red, more F than others -> Medium."""
    assert level(grid, told("V02 K01 F01 F02 F03")) is Level.MEDIUM


def test_two_assessors_with_the_same_facts_have_the_same_suggestion(grid, told):
    """AT-08: same facts, whatever the order in which they were written."""
    facts = told("V02 P04:OWNS P06 F03 K01:UNKNOWN")
    assert assess(grid, facts) == assess(grid, dict(reversed(facts.items())))


def test_the_rules_that_fired_come_with_the_answers_that_fired_them(grid, told):
    found = assess(grid, told("C02 P04:SHOWED V03:NO V02"))
    assert {each.rule: [(x.code, write_value(x.value)) for x in each.because] for each in found.fired} == {
        "HIGH-1": [("P04", "SHOWED")],
        "MED-1": [("C02", "YES")],
        "VIG-1": [("V02", "YES"), ("V03", "NO"), ("P04", "SHOWED"), ("C02", "YES")],
    }
    both = assess(grid, told("P02 V02 V03 V04"))
    assert [x.code for each in both.fired if each.rule == "HIGH-3" for x in each.because] == [
        "P02",
        "V02",
        "V03",
        "V04",
    ]
    more = next(each for each in assess(grid, told("V02 F01 F02")).fired if each.rule == "MED-3")
    assert [x.code for x in more.because] == ["F01", "F02", "V02"]
    assert more.level is Level.MEDIUM


def test_a_suggestion_can_be_kept_as_words(grid, told):
    assert as_plain(assess(grid, told("P01"), forms=["physical"])) == {
        "grid": "danger",
        "version": "2",
        "level": "HIGH",
        "assessed": True,
        "fired": [
            {"rule": "HIGH-1", "level": "HIGH", "because": {"P01": "YES"}, "forms": []},
            {"rule": "MED-2", "level": "MEDIUM", "because": {}, "forms": ["physical"]},
            {"rule": "VIG-1", "level": "VIGILANCE", "because": {"P01": "YES"}, "forms": []},
        ],
    }


def test_the_assessment_holds_every_answer_in_the_order_of_the_grid(grid, told):
    found = assess(grid, told("V02 I1:NO"))
    assert [each.code for each in found.answers] == [factor.code for factor in grid.factors]
    assert found.answers[0] == Given("I1", Reply.NO)
    assert found.value_of("V02") is Reply.YES
    assert found.value_of("V03") is Missing.NOT_ASKED


TAKES = "NO, NOT_APPLICABLE, NOT_ASKED, REFUSED, UNKNOWN."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("P04:YES", f"The factor P04 cannot be answered YES: it takes OWNS, SEEKS, SHOWED, USED, {TAKES}"),
        ("P04:SEIZED", f"The factor P04 cannot be answered SEIZED: it takes OWNS, SEEKS, SHOWED, USED, {TAKES}"),
        ("P03:SHOWED", f"The factor P03 cannot be answered SHOWED: it takes YES, {TAKES}"),
        ("P03:SUPPRESSED", f"The factor P03 cannot be answered SUPPRESSED: it takes YES, {TAKES}"),
        ("P03:NOT_PUBLISHED", f"The factor P03 cannot be answered NOT_PUBLISHED: it takes YES, {TAKES}"),
        (
            "X99",
            "The grid danger version 2 has no factor “X99”: answer it with the grid in which it was asked.",
        ),
    ],
)
def test_an_answer_the_factor_cannot_have_is_refused_in_words(grid, told, text, said):
    with pytest.raises(AnswerRefused) as raised:
        assess(grid, told(text))
    assert str(raised.value) == said


@pytest.mark.parametrize("text", ["YES", "NO", "SHOWED", *(reason.name for reason in ABSENT)])
def test_an_answer_is_read_back_as_it_was_written(text):
    """X04: six values, and the grades of a yes."""
    assert write_value(read_value(text)) == text
    assert (read_value("YES"), read_value("NO"), read_value("SHOWED")) == (Reply.YES, Reply.NO, Grade("SHOWED"))
    assert [read_value(reason.name) for reason in ABSENT] == list(ABSENT)


def test_levels_have_an_order_and_are_no_numbers():
    assert sorted(Level, reverse=True)[0] is Level.IMMEDIATE
    assert Level.HIGH > Level.MEDIUM >= Level.MEDIUM
    assert not Level.HIGH < Level.HIGH
    with pytest.raises(TypeError):
        assert Level.HIGH < 3


# --- safety factors: a source and an expiry date


def test_a_safety_factor_without_source_or_date_is_named(grid):
    on = date(2026, 3, 2)
    answers = {
        "F01": Answer(Reply.YES),
        "F02": Answer(Reply.YES, source=" ", expires_on=on),
        "F03": Answer(Reply.YES, source="record", expires_on=on),
        "F04": Answer(Reply.YES, source="record", expires_on=date(2026, 3, 1)),
        "F05": Answer(Reply.YES, expires_on=date(2026, 3, 1)),
        "F06": Answer(Reply.NO),
        "F07": Answer(Missing.UNKNOWN),
        "P03": Answer(Reply.YES),
    }
    assert list_safety_gaps(grid, answers, on=on) == (
        SafetyGap("F01", (Gap.SOURCE, Gap.EXPIRY)),
        SafetyGap("F02", (Gap.SOURCE,)),
        SafetyGap("F04", (Gap.EXPIRED,)),
        SafetyGap("F05", (Gap.SOURCE, Gap.EXPIRED)),
    )


def test_every_safety_factor_is_to_be_proven_and_no_other(grid):
    assert {factor.code for factor in grid.factors if factor.proven} == {f"F{n:02}" for n in range(1, 10)}


# --- for any answers


def by_the_book(values, forms):
    """Trap 22 and section 4, written again without the rules; the last but one line is the house's own MED-4."""
    yes = {code for code, value in values.items() if value is Reply.YES or isinstance(value, Grade)}
    red, safety = yes & RED, {code for code in yes if code[0] == "F"}
    others = {code for code in yes - RED if code[0] in "VPSCK"}
    shown = values.get("P04") in (Grade("SHOWED"), Grade("USED"))
    if any(code[0] == "I" for code in yes):
        return Level.IMMEDIATE
    if yes & {"P01", "P03", "C01"} or shown or len(red) >= 2 or (len(red) == 1 and len(others) >= 3):
        return Level.HIGH
    if yes & {"V09", "P03", "P05", "P08", "C01", "C02"} or forms:
        return Level.MEDIUM
    if safety and len(safety) > len(red) + len(others):
        return Level.MEDIUM
    if safety and (red or others):
        return Level.MEDIUM
    return Level.VIGILANCE if yes or Reply.NO in values.values() else Level.NOT_ASSESSED


CODES = [
    *(f"I{n}" for n in range(1, 5)), *(f"V{n:02}" for n in range(1, 13)), *(f"P{n:02}" for n in range(1, 17)),
    *(f"S{n:02}" for n in range(1, 7)), *(f"C{n:02}" for n in range(1, 6)), *(f"K{n:02}" for n in range(1, 6)),
    *(f"F{n:02}" for n in range(1, 10)),
]  # fmt: skip
PLAIN = (Reply.YES, Reply.NO, *ABSENT)
GRADES = tuple(Grade(code) for code in ("OWNS", "SEEKS", "SHOWED", "USED"))


def yes_of(code):
    return GRADES if code == "P04" else (Reply.YES,)


@st.composite
def some_values(draw, most=9):
    codes = draw(st.lists(st.sampled_from(CODES), unique=True, max_size=most))
    return {code: draw(st.sampled_from(yes_of(code) + PLAIN[1:])) for code in codes}


def answered(values):
    return {code: Answer(value) for code, value in values.items()}


FORMS = st.sampled_from([(), (), ("physical",)])


def test_the_catalogue_of_factors_is_whole(grid):
    assert [factor.code for factor in grid.factors] == CODES
    assert {factor.code for factor in grid.factors if factor.red} == RED
    assert {factor.code: factor.grades for factor in grid.factors if factor.grades} == {
        "P04": ("OWNS", "SEEKS", "SHOWED", "USED")
    }


@given(values=some_values(), forms=FORMS)
def test_the_rules_say_what_the_definitions_say(grid, values, forms):
    assert level(grid, answered(values), forms) is by_the_book(values, forms)


@given(values=some_values(), forms=FORMS, code=st.sampled_from(CODES), data=st.data())
def test_one_more_yes_never_lowers_the_suggestion(grid, values, forms, code, data):
    before = level(grid, answered(values), forms)
    if code in values and values[code] in yes_of(code):
        return
    values[code] = data.draw(st.sampled_from(yes_of(code)))
    assert level(grid, answered(values), forms) >= before


@given(values=some_values(), forms=FORMS, grade=st.integers(0, 3))
def test_a_graver_degree_never_lowers_the_suggestion(grid, values, forms, grade):
    found = [level(grid, answered({**values, "P04": each}), forms) for each in (Reply.NO, *GRADES)]
    assert found == sorted(found)


@given(values=some_values(), forms=FORMS, reason=st.sampled_from(ABSENT), data=st.data())
def test_an_unknown_never_weighs_as_a_no(grid, values, forms, reason, data):
    """X04: whatever becomes unknown, what the remaining yes imply stands; unknown, not asked and refused weigh alike."""
    lost = data.draw(st.sets(st.sampled_from(sorted(values)))) if values else set()
    after = {code: reason if code in lost else value for code, value in values.items()}
    remaining = {code: value for code, value in after.items() if value in yes_of(code)}
    assert level(grid, answered(after), forms) >= level(grid, answered(remaining), forms)
    absent = {code: value for code, value in after.items() if not isinstance(value, Missing)}
    assert level(grid, answered(after), forms) is level(grid, answered(absent), forms)


@given(values=some_values(), forms=FORMS)
def test_a_no_gives_vigilance_at_most(grid, values, forms):
    without_no = {code: value for code, value in values.items() if value is not Reply.NO}
    with_no, bare = level(grid, answered(values), forms), level(grid, answered(without_no), forms)
    assert with_no == bare or (bare, with_no) == (Level.NOT_ASSESSED, Level.VIGILANCE)


@given(
    reds=st.sets(st.sampled_from(sorted(RED - {"P04"})), min_size=1),
    safety=st.sets(st.sampled_from([code for code in CODES if code[0] == "F"])),
    others=st.sets(st.sampled_from([code for code in CODES if code[0] in "VSK" and code not in RED])),
)
def test_safety_factors_never_lower_what_a_red_factor_asks(grid, reds, safety, others):
    """AT-09b: a safety factor never cancels a red one."""
    risk = answered(dict.fromkeys([*reds, *others], Reply.YES))
    assert level(grid, {**risk, **answered(dict.fromkeys(safety, Reply.YES))}) >= level(grid, risk)
    if len(reds) > 1 or reds & {"P01", "P03", "C01"}:
        assert level(grid, {**risk, **answered(dict.fromkeys(safety, Reply.YES))}) is Level.HIGH


@given(values=some_values(), forms=FORMS, data=st.data())
def test_one_reason_of_absence_weighs_exactly_as_another(grid, values, forms, data):
    """X04: unknown, not asked, not applicable and refused, put in the place of one another, never change the level."""
    swapped = {
        code: data.draw(st.sampled_from(ABSENT)) if isinstance(value, Missing) else value
        for code, value in values.items()
    }
    on = data.draw(st.sampled_from([None, DAY]))
    assert assess(grid, answered(swapped), forms=forms, on=on).level is (
        assess(grid, answered(values), forms=forms, on=on).level
    )


@given(values=some_values(), forms=FORMS, data=st.data())
def test_an_unknown_that_becomes_a_yes_never_lowers(grid, values, forms, data):
    """X04, R03: to learn of one more factor, red or not, of danger or of safety, never brings the level down."""
    unknown = [code for code in CODES if isinstance(values.get(code, Missing.NOT_ASKED), Missing)]
    learnt = {code: data.draw(st.sampled_from(yes_of(code))) for code in data.draw(st.sets(st.sampled_from(unknown)))}
    on = data.draw(st.sampled_from([None, DAY]))
    before = assess(grid, answered(values), forms=forms, on=on).level
    assert assess(grid, answered({**values, **learnt}), forms=forms, on=on).level >= before


DAY = date(2026, 3, 2)
PROOF = {"source": "record", "expires_on": DAY}


def test_a_safety_factor_that_has_ended_counts_no_more(grid):
    """R03: past its date, or without a source, it is no protection; the rule that says so is shown, the level stays."""
    live = {"F01": Answer(Reply.YES, **PROOF), "V02": Answer(Reply.YES)}
    ended = {**live, "F01": Answer(Reply.YES, source="record", expires_on=date(2026, 3, 1))}
    assert {rule.rule for rule in assess(grid, live, on=DAY).fired} == {"MED-4", "VIG-1"}
    after = assess(grid, ended, on=DAY)
    assert {rule.rule for rule in after.fired} == {"MED-5", "VIG-1"}
    assert after.level is Level.MEDIUM
    assert after.value_of("F01") is Reply.YES, "what was answered is kept as it was answered"


@given(values=some_values(), forms=FORMS)
def test_a_protection_that_ends_never_lowers_and_never_cancels_a_red_factor(grid, values, forms):
    proven = {code: Answer(value, **PROOF) for code, value in values.items()}
    bare = {code: Answer(value) for code, value in values.items()}
    assert assess(grid, bare, forms=forms, on=DAY).level >= assess(grid, proven, forms=forms, on=DAY).level
    reds = {code: answer for code, answer in proven.items() if code in RED}
    assert assess(grid, proven, forms=forms, on=DAY).level >= assess(grid, reds, on=DAY).level


def test_one_yes_among_several_sources_is_a_yes_and_a_doubt_keeps_a_no_from_standing_alone(grid):
    factors = {factor.code: factor for factor in grid.factors}

    def said(code, *values):
        return gather(factors[code], [Told(read_value(value)) for value in values])

    assert said("P03", "NO", "YES", "UNKNOWN") is Reply.YES
    assert said("P04", "OWNS", "USED", "NO") == Grade("USED")
    assert said("P03", "NO", "REFUSED") is Missing.REFUSED
    assert said("P03", "NO", "NOT_ASKED", "NO") is Reply.NO
    assert said("P03") is Missing.NOT_ASKED


@given(st.lists(st.sampled_from([*PLAIN]), max_size=5), st.sampled_from(PLAIN))
def test_one_more_source_never_makes_a_yes_less(values, more):
    factor = Factor("P03", red=True)
    before, after = (gather(factor, [Told(each) for each in given]) for given in (values, [*values, more]))
    assert before is not Reply.YES or after is Reply.YES
    assert not (isinstance(before, Missing) and before is not Missing.NOT_ASKED and after is Reply.NO)
