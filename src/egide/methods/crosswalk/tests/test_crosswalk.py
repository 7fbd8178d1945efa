"""Crosswalks: what is mapped, what is left out, and that nothing is dropped."""

from datetime import date
from fractions import Fraction

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from egide.core.count import NotAdditive
from egide.core.units import CountingUnit
from egide.methods.crosswalk import BadMapping, CannotMap, Mapping, apply

VICTIM = CountingUnit("victim", "victime", "victim", frozenset({"territory", "period", "sex"}))
SUSPECT = CountingUnit("suspect", "mis en cause", "suspect", frozenset({"sex"}))
UNITS = {"victim": VICTIM, "suspect": SUSPECT}
DAY = date(2022, 1, 1)


def table(*rows, unit="victim", column="territory"):
    return pa.table(
        {
            column: pa.array([code for code, _ in rows], pa.string()),
            "unit": pa.array([unit] * len(rows), pa.string()),
            "value": pa.array([value for _, value in rows], pa.int64()),
        }
    )


def cells(mapped, column="territory"):
    return sorted(zip(mapped[column].to_pylist(), mapped["value"].to_pylist(), strict=True))


def total(column):
    return pc.sum(column).as_py() or 0


def test_a_code_takes_the_name_it_has_in_the_target():
    mapped, report = apply(
        table(("1", 7), ("2", 0)), [Mapping("1", "01"), Mapping("2", "02")], column="territory", on=DAY
    )
    assert cells(mapped) == [("01", 7), ("02", 0)]
    assert (report.rows, report.total, report.coverage, report.row_coverage) == (2, 7, 1, 1)
    assert report.complete


def test_an_unmapped_code_is_listed_with_its_rows_and_value_and_kept_apart():
    mapped, report = apply(
        table(("1", 7), ("9", 2), ("9", 1), (None, 4)), [Mapping("1", "01")], column="territory", on=DAY
    )
    assert cells(mapped) == [("01", 7)]
    assert [(u.code, u.rows, u.value) for u in report.unmapped] == [(None, 1, 4), ("9", 2, 3)]
    assert report.left_out["territory"].to_pylist() == ["9", "9", None]
    assert report.coverage == Fraction(1, 2)
    assert not report.complete
    assert report.sentence() == (
        "4 rows worth 14: 1 row worth 7 was mapped (50 % of the value). "
        "No mapping for: (no code) 1 row worth 4; 9 2 rows worth 3."
    )


def test_a_code_mapped_only_outside_its_dates_is_listed_apart_from_one_never_mapped():
    """The validity is [from, to): the day of the end no longer belongs to it."""
    lines = [
        Mapping("7", "07", valid_from=date(2010, 1, 1), valid_to=DAY),
        Mapping("7", "7B", valid_from=date(2023, 1, 1)),
    ]
    mapped, report = apply(table(("7", 5), ("8", 1)), lines, column="territory", on=DAY)
    assert mapped.num_rows == 0
    assert [(o.code, o.period, o.value) for o in report.outside_dates] == [("7", "2022-01-01", 5)]
    assert [u.code for u in report.unmapped] == ["8"]
    assert "7 in 2022-01-01 1 row worth 5" in report.sentence()


def test_each_row_is_mapped_at_its_own_period_and_a_mapping_must_hold_all_through_it():
    lines = [Mapping("A", "X", valid_to=DAY), Mapping("A", "Y", valid_from=DAY, valid_to=date(2023, 7, 1))]
    rows = table(("A", 1), ("A", 2), ("A", 4)).append_column("period", pa.array(["2021", "2022", "2023"]))
    mapped, report = apply(rows, lines, column="territory", on="period")
    assert cells(mapped) == [("X", 1), ("Y", 2)]
    assert [(o.code, o.period, o.value) for o in report.outside_dates] == [("A", "2023", 4)]


def test_a_split_conserves_the_total_to_the_unit_and_is_reported():
    lines = [Mapping("A", t, Fraction(1, 3)) for t in "XYZ"]
    mapped, report = apply(table(("A", 10)), lines, column="territory", on=DAY, units=UNITS)
    assert cells(mapped) == [("X", 4), ("Y", 3), ("Z", 3)]
    assert [(s.code, s.rows, s.value) for s in report.split] == [("A", 1, 10)]
    assert "hence estimates: A in 2022-01-01 1 row worth 10" in report.sentence()


def test_weights_that_do_not_sum_to_one_are_refused():
    lines = [Mapping("A", "X", Fraction(1, 2)), Mapping("A", "Y", Fraction(1, 3))]
    with pytest.raises(BadMapping, match=r"weights of “A” .* sum to 5/6, not 1"):
        apply(table(("A", 10)), lines, column="territory", on=DAY, units=UNITS)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"weight": 0.5}, "exact"),
        ({"weight": Fraction(0)}, "above 0 and at most 1"),
        ({"weight": Fraction(3, 2)}, "above 0 and at most 1"),
        ({"valid_from": DAY, "valid_to": DAY}, "ends before it begins"),
        ({"unit": "victim"}, "evidence"),
    ],
)
def test_a_line_that_cannot_be_right_is_refused(arguments, words):
    with pytest.raises(BadMapping, match=words):
        Mapping("A", "X", **arguments)


def test_an_absent_value_stays_absent_and_is_counted():
    lines = [Mapping("A", "X"), Mapping("B", "Y", Fraction(1, 2)), Mapping("B", "Z", Fraction(1, 2))]
    mapped, report = apply(table(("A", None), ("B", None)), lines, column="territory", on=DAY, units=UNITS)
    assert mapped["value"].to_pylist() == [None, None, None]
    assert report.without_value == 2
    assert report.coverage is None


def test_suspects_of_two_departements_are_not_mapped_to_one_region():
    """Trap 19: a suspect counts once per territory, so bringing two together would sum what is not additive."""
    lines = [Mapping("75", "11"), Mapping("77", "11")]
    with pytest.raises(NotAdditive, match=r"75 and 77 both map to “11”.*“suspect” is not additive over “territory”"):
        apply(table(("75", 3), ("77", 4), unit="suspect"), lines, column="territory", on=DAY, units=UNITS)
    mapped, _ = apply(table(("75", 3), ("77", 4)), lines, column="territory", on=DAY, units=UNITS)
    assert cells(mapped) == [("11", 3), ("11", 4)]


def test_codes_that_follow_one_another_in_time_meet_in_one_target_without_being_added():
    lines = [Mapping("A", "X", valid_to=DAY), Mapping("B", "X", valid_from=DAY)]
    rows = table(("A", 1), ("B", 2), unit="suspect").append_column("period", pa.array(["2021", "2022"]))
    mapped, _ = apply(rows, lines, column="territory", on="period", units=UNITS)
    assert cells(mapped) == [("X", 1), ("X", 2)]


def test_bringing_codes_together_is_refused_while_their_unit_is_not_given():
    lines = [Mapping("75", "11"), Mapping("77", "11")]
    with pytest.raises(NotAdditive, match="unit “victim” was not given"):
        apply(table(("75", 3), ("77", 4)), lines, column="territory", on=DAY)
    bare = table(("75", 3), ("77", 4)).drop_columns("unit")
    with pytest.raises(NotAdditive, match="has no column “unit”"):
        apply(bare, lines, column="territory", on=DAY, units=UNITS)
    assert cells(apply(bare, lines, column="territory", on=DAY, units=VICTIM)[0]) == [("11", 3), ("11", 4)]


def test_a_proven_sum_of_unknown_units_takes_the_proven_unit_and_tells_which_part_is_absent():
    proof = {"unit": "victim", "evidence": "FR 2009: 1+2+3+51 = 804 = the cell of Eurostat"}
    lines = [Mapping(i, "ICCS0101", **proof) for i in ("1", "2", "3", "51")]
    rows = table(("1", 700), ("2", 60), ("3", 20), unit="unknown", column="offence")
    mapped, report = apply(rows, lines, column="offence", on=DAY, units=UNITS)
    assert set(mapped["unit"].to_pylist()) == {"victim"}
    assert [(a.target, a.source, a.period) for a in report.absent] == [("ICCS0101", "51", "2022-01-01")]
    assert "51 is absent from ICCS0101 in 2022-01-01" in report.sentence()


def test_a_part_without_proof_spoils_the_proof():
    lines = [Mapping("1", "X", unit="victim", evidence="read"), Mapping("2", "X")]
    with pytest.raises(NotAdditive, match="unit “unknown” was not given"):
        apply(table(("1", 1), ("2", 1), unit="unknown", column="offence"), lines, column="offence", on=DAY, units=UNITS)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda t: t.drop_columns("value"), "no column “value”"),
        (lambda t: t.drop_columns("territory"), "no column “territory”"),
        (lambda t: t.set_column(2, "value", pa.array([1.5])), "whole numbers"),
        (lambda t: t.drop_columns("unit"), "no column “unit”"),
    ],
)
def test_a_table_that_cannot_be_mapped_is_refused(change, words):
    with pytest.raises(CannotMap, match=words):
        apply(change(table(("A", 1))), [Mapping("A", "X", unit="victim", evidence="e")], column="territory", on=DAY)


def test_a_row_without_a_period_is_refused_when_mappings_are_dated_by_row():
    rows = table(("A", 1)).append_column("period", pa.array([None], pa.string()))
    with pytest.raises(CannotMap, match="without a period"):
        apply(rows, [Mapping("A", "X")], column="territory", on="period")


weights = st.lists(st.integers(1, 50), min_size=1, max_size=4).map(lambda w: [Fraction(x, sum(w)) for x in w])
crosswalks = st.dictionaries(st.sampled_from("ABCDE"), weights).map(
    lambda by: [Mapping(source, f"t{i}", part) for source, parts in by.items() for i, part in enumerate(parts)]
)
contents = st.lists(st.tuples(st.sampled_from("ABCDEFG"), st.one_of(st.none(), st.integers(0, 10**15))), max_size=30)


@given(contents, crosswalks)
def test_nothing_is_dropped_the_input_is_the_mapped_and_the_unmapped(rows, lines):
    given_table = table(*rows)
    mapped, report = apply(given_table, lines, column="territory", on=DAY, units=UNITS)
    assert total(given_table["value"]) == total(mapped["value"]) + total(report.left_out["value"])
    assert report.total == report.mapped_total + report.left_out_total
    assert report.left_out_total == sum(u.value for u in report.unmapped)
    assert report.left_out.num_rows == sum(u.rows for u in report.unmapped)
    known = {line.source for line in lines}
    assert {u.code for u in report.unmapped} == {code for code, _ in rows} - known


@given(contents, crosswalks)
def test_each_row_gives_what_a_slow_reading_of_the_lines_gives(rows, lines):
    expected: dict[str, Fraction] = {}
    for code, value in rows:
        for line in lines:
            if line.source == code:
                expected[line.target] = expected.get(line.target, Fraction(0)) + line.weight * (value or 0)
    mapped, _ = apply(table(*rows), lines, column="territory", on=DAY, units=UNITS)
    got: dict[str, int] = {}
    for target, value in cells(mapped.set_column(2, "value", pc.fill_null(mapped["value"], 0))):
        got[target] = got.get(target, 0) + value
    assert got.keys() == expected.keys()
    assert all(abs(got[t] - expected[t]) <= len(rows) for t in got)
