"""What may be compared with what: every refusal is a sentence, every result keeps its operands."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egide.core.missing import Missing
from egide.core.period import Period
from egide.core.units import UNKNOWN_UNIT, CountingUnit
from egide.methods.comparability import (
    Backcast,
    Break,
    Described,
    NotComparable,
    days_between,
    growth,
    part_of,
    ratio,
    share_of,
    total,
)

EVERY = frozenset({"territory", "period", "sex", "age", "offence", "relationship"})
VICTIM = CountingUnit("victim", "victime", "victim", EVERY)
OFFENDER = CountingUnit("offender", "auteur", "offender", frozenset({"sex", "age"}))
RESPONDENT = CountingUnit("respondent", "personne déclarant des faits", "respondent", EVERY)
SUSPECT = CountingUnit("suspect", "mis en cause", "suspect", frozenset({"sex", "age"}))
CONVICTED = CountingUnit("convicted", "condamné", "convicted person", frozenset({"sex", "age"}))
REPORT = CountingUnit("report", "signalement", "report", EVERY)
DAYS_2022 = Period.parse("2022")


def described(value, **changes):
    usual = {
        "unit": VICTIM,
        "population": "women-killed-by-partner",
        "facts": DAYS_2022,
        "cohort": "facts-2022",
        "source": "dav",
        "scope": "FR",
        "nature": "record",
        "figure": "f",
    }
    return Described(value, **{**usual, **changes})


KILLED = described(118, figure="killed-2022")
RECORDED = described(
    240_000, population="women-recorded-partner-violence", cohort="recorded-2022", source="ssmsi", figure="recorded"
)
SURVEYED = described(
    321_000,
    unit=RESPONDENT,
    population="women-18-declaring-partner-violence",
    facts=Period.parse("2021"),
    cohort="declared-2022",
    source="vrs",
    nature="survey",
    figure="surveyed",
)
SUSPECTS = described(
    117_000, unit=SUSPECT, population="suspects-handled", cohort="handled-2022", source="sdse-prosecutors"
)
CONVICTIONS = described(
    37_800, unit=CONVICTED, population="persons-convicted", cohort="convicted-2022", source="sdse-records"
)
COMPLAINT_RATE = described(
    Fraction(15, 100),
    unit=RESPONDENT,
    population="victims-15-complaint-question",
    facts=Period.parse("2021"),
    cohort="asked-about-complaint-2022",
    source="vrs",
    nature="survey",
    kind="share",
)


# --- AT-57: sums


def test_index_46_and_index_57_of_the_etat_4001_are_not_added():
    """AT-57: index 46 counts victims, index 57 counts offenders; the reason is told."""
    index_46 = described(9_000, population="etat4001:46", source="etat4001")
    index_57 = described(160_000, unit=OFFENDER, population="etat4001:57", source="etat4001")
    with pytest.raises(NotComparable) as refusal:
        total([index_46, index_57], over="offence")
    assert "units differ (“victim” and “offender”)" in str(refusal.value)
    assert "9,000" in str(refusal.value)
    assert "160,000" in str(refusal.value)


def test_an_index_of_unknown_unit_is_added_to_nothing():
    one, other = (described(v, unit=UNKNOWN_UNIT("etat4001:75"), population="4001") for v in (1, 2))
    with pytest.raises(NotComparable, match="nobody has established what “etat4001:75” counts"):
        total([one, other], over="offence")


def test_survey_and_record_are_never_added():
    with pytest.raises(NotComparable, match="one comes from a survey, the other from records"):
        total([RECORDED, SURVEYED], over="offence")


def test_the_parts_of_a_whole_are_added_and_kept():
    """118 women, 27 men and 12 children killed in couple violence in 2022 are 157 people."""
    parts = [described(v, population=p) for v, p in ((118, "women"), (27, "men"), (12, "children"))]
    result = total(parts, over="relationship")
    assert (result.value, result.operands) == (157, tuple(parts))


def test_parts_are_not_added_over_a_dimension_over_which_the_unit_is_not_additive():
    parts = [described(v, unit=SUSPECT, population="p") for v in (1, 2)]
    with pytest.raises(NotComparable, match="“suspect” is not additive over “territory”"):
        total(parts, over="territory")


def test_a_figure_is_not_added_to_another_that_already_holds_it():
    men, women = described(27, population="men"), described(118, population="women", inside=frozenset({"adults"}))
    with pytest.raises(NotComparable, match="one is a part of the other"):
        total([men, women, described(145, population="adults")], over="relationship")


@pytest.mark.parametrize(
    ("over", "changes"),
    [
        ("territory", ({"scope": "75"}, {"scope": "77"})),
        ("period", ({}, {"facts": Period.parse("2023"), "cohort": "x"})),
    ],
)
def test_parts_may_differ_by_the_dimension_that_is_summed_and_by_no_other(over, changes):
    parts = [described(value, **change) for value, change in zip((3, 4), changes, strict=True)]
    assert total(parts, over=over).value == 7
    with pytest.raises(NotComparable, match="differ"):
        total(parts, over="sex")


def test_figures_of_unknown_date_have_no_growth():
    with pytest.raises(NotComparable, match="unknown"):
        growth(described(1, facts=None), described(2), [])


def test_nothing_has_no_total():
    with pytest.raises(NotComparable, match="nothing to add"):
        total([], over="sex")


# --- AT-59: growth across a break

BEFORE = described(20_000, population="etat4001:49", cohort="", source="etat4001", facts=Period.parse("2011"))
AFTER = described(24_800, population="etat4001:49", cohort="", source="etat4001", facts=Period.parse("2012"))
SOFTWARE = Break(Period.parse("2012-01"), "artefact", "new recording software of the gendarmerie", effect="+24 %")


def test_growth_across_a_break_is_refused_with_its_date_and_cause():
    """AT-59: index 49 jumps in January 2012 because the software changed."""
    with pytest.raises(NotComparable, match=r"2012-01.*new recording software.*\+24 %.*back-cast"):
        growth(BEFORE, AFTER, [SOFTWARE])


def test_growth_across_a_break_with_a_back_cast_is_shown_with_both():
    """AT-59: the back-cast and the published figure both stay beside the growth."""
    remade = Backcast(
        described(24_000, population="etat4001:49", cohort="", source="etat4001", facts=BEFORE.facts), "x1.2"
    )
    result = growth(BEFORE, AFTER, [SOFTWARE], remade)
    assert result.value == Fraction(1, 30)
    assert result.as_published == Fraction(24, 100)
    assert result.operands == (BEFORE, AFTER)
    assert (result.backcast, result.crossed) == (remade, (SOFTWARE,))


def test_a_back_cast_must_describe_the_figure_that_it_replaces():
    wrong = Backcast(described(24_000, facts=Period.parse("2010"), population="etat4001:49", cohort=""), "x1.2")
    with pytest.raises(NotComparable, match="back-cast"):
        growth(BEFORE, AFTER, [SOFTWARE], wrong)


def test_a_break_before_or_after_both_periods_is_not_crossed():
    early, late = (Break(Period.parse(p), "artefact", "x") for p in ("2011-01-01", "2013"))
    assert growth(BEFORE, AFTER, [early, late]).value == Fraction(24, 100)


def test_a_break_inside_one_of_the_periods_is_crossed():
    with pytest.raises(NotComparable, match="2011-06"):
        growth(BEFORE, AFTER, [Break(Period.parse("2011-06"), "declared", "definition widened")])


def test_a_real_rise_is_no_obstacle_but_is_told():
    real = Break(Period.parse("2012-01"), "real", "more victims came forward")
    assert growth(BEFORE, AFTER, [real]).crossed == (real,)


def test_ten_months_are_no_fall_from_twelve():
    """AT-05b: 225 reports in 2021, 166 in January to October 2022: not a fall."""
    year = described(225, unit=REPORT, population="reports", facts=Period.parse("2021"))
    ten = described(166, unit=REPORT, population="reports", facts=Period.parse("2022-01/2022-10"))
    with pytest.raises(NotComparable, match=r"225.*2021 \(12 months\).*166.*2022-01/2022-10 \(10 months\)"):
        growth(year, ten, [])


def test_the_same_months_of_two_years_are_compared_and_a_leap_day_does_not_matter():
    one = described(100, facts=Period.parse("2023-01/2023-02"))
    other = described(150, facts=Period.parse("2024-01/2024-02"))
    assert growth(one, other, []).value == Fraction(1, 2)


def test_different_months_of_the_same_length_are_not_a_growth():
    with pytest.raises(NotComparable, match="same months"):
        growth(described(100, facts=Period.parse("2022-Q1")), described(1, facts=Period.parse("2022-Q2")), [])


def test_growth_goes_from_the_earlier_to_the_later():
    with pytest.raises(NotComparable, match="earlier"):
        growth(AFTER, BEFORE, [])


def test_one_label_with_two_definitions_is_no_growth():
    """ "Violences sexuelles" 2022: 84,461 in the vintages of 2023, 106,113 in July 2024 (definition widened)."""
    narrow = described(84_461, facts=Period.parse("2021"), definition="2023")
    wide = described(106_113, definition="2024")
    with pytest.raises(NotComparable, match="definitions differ"):
        growth(narrow, wide, [])


def test_growth_from_zero_is_refused():
    with pytest.raises(NotComparable, match="zero"):
        growth(described(0, facts=Period.parse("2021")), described(1), [])


# --- AT-72: ratios


def test_recorded_victims_over_surveyed_victims_is_not_a_rate_of_report():
    """AT-72: 240,000 / 321,000 ("75 % report") mixes a survey of facts of 2021 with records of 2022."""
    for refuse in (ratio, share_of):
        with pytest.raises(NotComparable) as refusal:
            refuse(RECORDED, SURVEYED)
        for reason in ("populations differ", "cohorts differ", "one comes from a survey, the other from records",
                       "the facts are of different periods (2022 and 2021)"):  # fmt: skip
            assert reason in str(refusal.value)
        assert "240,000" in str(refusal.value)
        assert "321,000" in str(refusal.value)


def test_convicted_over_suspects_is_not_a_rate_of_conviction():
    """AT-72: 37,800 / 117,000 ("32 % convicted"): those convicted in a year are not the suspects of that year."""
    for refuse in (ratio, share_of):
        with pytest.raises(NotComparable, match=r"populations differ.*cohorts differ"):
            refuse(CONVICTIONS, SUSPECTS)


def test_fifteen_percent_of_321_000_is_not_a_number_of_complaints():
    """AT-72 and Z15: 15 % of 321,000, about 48,150, is blocked too: the rate was measured on another population."""
    with pytest.raises(NotComparable, match=r"15 %.*321,000.*populations differ"):
        part_of(COMPLAINT_RATE, SURVEYED)


def test_a_share_of_its_own_population_gives_a_part():
    men = described(Fraction(87, 100), unit=SUSPECT, population="suspects-handled", cohort="handled-2022",
                    source="sdse-prosecutors", kind="share")  # fmt: skip
    result = part_of(men, SUSPECTS)
    assert (result.value, result.operands) == (101_790, (men, SUSPECTS))


def test_a_count_is_not_taken_for_a_share_nor_a_share_for_a_count():
    with pytest.raises(NotComparable, match="is not a share"):
        part_of(SUSPECTS, SUSPECTS)
    with pytest.raises(NotComparable, match="is a share"):
        ratio(COMPLAINT_RATE, SURVEYED)


def test_a_part_declared_inside_its_whole_is_a_share():
    whole = described(145, population="adults-killed-in-couples")
    women = described(118, inside=frozenset({"adults-killed-in-couples"}))
    result = share_of(women, whole)
    assert (result.value, result.operands) == (Fraction(118, 145), (women, whole))


def test_a_part_larger_than_its_whole_is_refused():
    with pytest.raises(NotComparable, match="larger than its whole"):
        share_of(described(2), described(1))


def test_a_share_is_of_the_same_unit_but_a_ratio_may_join_two_units():
    calls = CountingUnit("call", "appel", "call", EVERY)
    with pytest.raises(NotComparable, match="units differ"):
        share_of(described(1), described(2, unit=calls))
    assert ratio(described(1), described(2, unit=calls)).value == Fraction(1, 2)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"scope": "METRO"}, "scopes differ"),
        ({"source": "other"}, "sources differ"),
        ({"definition": "2"}, "definitions differ"),
        ({"facts": None}, "the period of the facts is unknown"),
        ({"unit": UNKNOWN_UNIT("x")}, "nobody has established"),
        ({"value": Missing.NOT_PUBLISHED}, "is absent (not published)"),
    ],
)
def test_whatever_differs_is_named(change, reason):
    with pytest.raises(NotComparable) as refusal:
        ratio(described(1), described(**{"value": 2, **change}))
    assert reason in str(refusal.value)


def test_nothing_is_divided_by_zero():
    with pytest.raises(NotComparable, match="zero"):
        ratio(described(1), described(0))


@pytest.mark.parametrize("value", [0.5, True, "12", -1])
def test_a_value_is_exact(value):
    with pytest.raises(NotComparable, match="exact"):
        described(value)


# --- days between events


def test_one_woman_killed_every_3_09_days_keeps_the_passport_of_its_operand():
    """Trap 29: 365 / 118 = 3.09."""
    result = days_between(KILLED)
    assert result.value == Fraction(365, 118)
    assert round(float(result.value), 2) == 3.09
    assert result.operands == (KILLED,)
    assert result.days == 365


def test_a_leap_year_is_counted_as_366_days():
    assert days_between(described(102, facts=Period.parse("2020"))).value == Fraction(366, 102)


@pytest.mark.parametrize(
    ("events", "reason"),
    [
        (described(0), "zero"),
        (described(118, facts=None), "the period of the facts is unknown"),
        (described(Missing.UNKNOWN), "absent"),
        (described(Fraction(1, 2), kind="share"), "is a share"),
    ],
)
def test_without_events_or_dates_there_is_no_interval(events, reason):
    with pytest.raises(NotComparable, match=reason):
        days_between(events)


@given(st.integers(1, 10**9), st.integers(0, 10**9))
def test_growth_applied_to_the_earlier_value_gives_the_later(one, other):
    result = growth(described(one, facts=Period.parse("2021")), described(other), [])
    assert one * (1 + result.value) == other


def test_a_break_is_dated_and_of_a_known_kind():
    with pytest.raises(NotComparable, match="artefact, real or declared"):
        Break(Period(date(2012, 1, 1), date(2012, 1, 1)), "strange", "x")
