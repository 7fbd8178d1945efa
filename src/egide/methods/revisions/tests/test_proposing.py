"""Each reason, on the smallest series that shows it; the real vintages are in statistics/vintages."""

from decimal import Decimal

from egide.methods.revisions import Pair, Reason, Series, propose, propose_parts

YEARS = ("2019", "2020", "2021", "2022")


def series(*columns, years=YEARS, **more):
    """Parts a, b, c… of each year."""
    return Series(
        {year: dict(zip("abcd", column, strict=False)) for year, column in zip(years, columns, strict=True)}, **more
    )


BEFORE = series((100, 200), (110, 210), (120, 220), (130, 230))


def codes(proposal):
    return [each.code for each in proposal.evidence]


def test_what_did_not_move_has_no_reason():
    assert propose(Pair(BEFORE, BEFORE), "2022") is None
    assert propose_parts(Pair(BEFORE, BEFORE), "2022") == {}


def test_a_period_or_a_series_that_the_earlier_vintage_did_not_have_is_new():
    after = Series({**BEFORE.cells, "2023": {"a": 1, "b": 2}})
    assert propose(Pair(BEFORE, after), "2023").reason == Reason.NEW
    assert codes(propose(Pair(BEFORE, after), "2023")) == ["NEW_PERIOD"]
    assert codes(propose(Pair(Series({}), after), "2022")) == ["NEW_SERIES"]


def test_a_sum_that_stays_while_its_parts_move_is_relocated_for_the_whole_and_for_each_part():
    """Trap 25."""
    after = series((100, 200), (110, 210), (120, 220), (125, 235))
    found = propose(Pair(BEFORE, after), "2022")
    assert found.reason == Reason.RELOCATED
    assert {each.code: each.facts for each in found.evidence}["SUM_KEPT"] == {"net": 0, "out": 5, "into": 5}
    assert [each.reason for each in propose_parts(Pair(BEFORE, after), "2022").values()] == [Reason.RELOCATED] * 2


def test_a_whole_series_that_shifts_one_way_nearly_everywhere_is_a_redefinition_even_in_its_oldest_year():
    """Trap 25; the label is told, whether it changed or not."""
    after = series((130, 260), (140, 270), (150, 280), (160, 290), label="Violences")
    found = propose(Pair(series(*((c["a"], c["b"]) for c in BEFORE.cells.values()), label="Violences"), after), "2019")
    assert found.reason == Reason.REDEFINITION
    assert codes(found) == ["AMOUNT", "SPREAD", "SAME_LABEL", "WHOLE_SERIES"]
    facts = found.evidence[-1].facts
    assert (facts["periods"], facts["cells"], facts["share"]) == (4, 8, 1)
    assert facts["most"] == Decimal("0.3")


def test_one_period_that_stays_is_enough_for_the_rest_to_be_corrections():
    after = series((100, 200), (140, 270), (150, 280), (160, 290))
    assert propose(Pair(BEFORE, after), "2020").reason == Reason.CORRECTION
    assert {each.code: each.facts for each in propose(Pair(BEFORE, after), "2020").evidence}["OTHER_PERIODS"] == {
        "up": ["2021", "2022"], "down": [], "same": ["2019"],
    }  # fmt: skip


def test_the_last_period_that_grows_is_late_data_and_an_older_one_is_not():
    after = series((100, 200), (110, 210), (120, 221), (135, 240))
    assert propose(Pair(BEFORE, after), "2022").reason == Reason.LATE_DATA
    assert propose(Pair(BEFORE, after), "2021").reason == Reason.CORRECTION
    falling = series((100, 200), (110, 210), (120, 220), (125, 231))
    assert propose(Pair(BEFORE, falling), "2022").reason == Reason.CORRECTION


def test_one_cell_alone_that_grows_is_a_correction():
    """Nothing tells it from a mistake put right."""
    before, after = (Series({"2022": {"FR": value}}) for value in (118, 119))
    assert codes(propose(Pair(before, after), "2022")) == ["AMOUNT", "ALONE"]
    assert propose(Pair(before, after), "2022").reason == Reason.CORRECTION


def test_a_class_that_takes_up_place_by_place_what_another_loses_is_a_requalification():
    after = series((100, 200), (110, 210), (120, 220), (110, 200))
    other = Pair(BEFORE, series((100, 200), (110, 210), (120, 220), (150, 260)))
    found = propose(Pair(BEFORE, after), "2022", None, {"other": other})
    assert found.reason == Reason.REQUALIFICATION
    assert found.evidence[-1].facts == {"code": "other", "change": 50, "left": 0}
    elsewhere = Pair(BEFORE, series((100, 200), (110, 210), (120, 220), (180, 230)))
    assert propose(Pair(BEFORE, after), "2022", None, {"other": elsewhere}).reason == Reason.CORRECTION


def test_a_class_that_is_gone_was_replaced_and_the_new_classes_are_named():
    fresh = Pair(Series({}), BEFORE)
    found = propose(Pair(BEFORE, Series({})), "2022", None, {"fresh": fresh})
    assert found.reason == Reason.REDEFINITION
    assert found.evidence[0].facts == {"fresh": ["fresh"]}


def test_the_parts_of_a_unit_that_is_not_summed_have_no_whole():
    """Trap 19: a suspect counts once in each territory; nothing is said to be relocated by a sum that does not exist."""
    before, after = (
        Series(each.cells, additive=False) for each in (BEFORE, series((100, 200), (110, 210), (120, 220), (125, 235)))
    )
    assert before.value("2022") is None
    assert before.value("2022", "a") == 130
    assert propose(Pair(before, after), "2022", "a").reason == Reason.CORRECTION
