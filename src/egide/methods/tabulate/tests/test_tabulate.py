"""Tabulation: exact cells, and the sums it refuses."""

import ibis
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from egide.core.count import NotAdditive, UnlikeUnits
from egide.core.units import UNKNOWN_UNIT, CountingUnit
from egide.methods.tabulate import CannotTabulate, ProvenSum, Query, definition, tabulate

ALL = frozenset({"territory", "period", "sex", "age", "offence"})
VICTIM = CountingUnit("victim", "victime", "victim", ALL - {"offence"})
SUSPECT = CountingUnit("suspect", "mis en cause", "suspect", frozenset({"sex", "age"}))
OFFENCE = CountingUnit("offence", "infraction", "offence", ALL)


def cells_table(rows, names=("offence", "period", "territory", "sex", "unit", "value")):
    columns = {name: pa.array([row[i] for row in rows], pa.string()) for i, name in enumerate(names[:-1])}
    return ibis.memtable(pa.table({**columns, "value": pa.array([row[-1] for row in rows], pa.int64())}))


ROWS = [
    ("49", "2021", "75", "F", "victim", 3),
    ("49", "2021", "75", "M", "victim", 1),
    ("49", "2021", "77", "F", "victim", 2),
    ("49", "2022", "75", "F", "victim", 0),
    ("56", "2021", "75", "F", "suspect", 9),
    ("56", "2021", "77", "M", "suspect", 4),
    ("75", "2021", "75", "F", "unknown:75", 5),
    ("1", "2021", "75", "F", "unknown:1", 7),
    ("2", "2021", "75", "F", "unknown:2", 4),
    ("1", "2021", "77", "F", "unknown:1", 1),
    ("2", "2021", "77", "F", "unknown:2", 2),
]
TABLE = cells_table(ROWS)


def test_cells_are_summed_over_the_dimensions_over_which_the_unit_is_additive():
    cells = tabulate(TABLE, Query(where={"offence": ["49"]}, by=("period",), unit=VICTIM))
    assert cells.to_pydict() == {"period": ["2021", "2022"], "value": [6, 0]}


def test_a_cell_with_no_row_is_not_a_zero_and_does_not_appear():
    by_sex = Query(where={"offence": ["49"]}, by=("period", "sex"), unit=VICTIM)
    assert tabulate(TABLE, by_sex)["sex"].to_pylist() == ["F", "M", "F"]
    nothing = Query(where={"offence": ["none"]}, by=(), unit=VICTIM)
    assert tabulate(TABLE, nothing).num_rows == 0


def test_without_breakdown_there_is_one_cell():
    assert tabulate(TABLE, Query(where={"offence": ["49"]}, by=(), unit=VICTIM))["value"].to_pylist() == [6]


def test_summing_suspects_over_territories_is_refused():
    """Trap 19: a suspect counts once per territory."""
    query = Query(where={"offence": ["56"], "period": ["2021"]}, by=("sex",), unit=SUSPECT)
    with pytest.raises(NotAdditive, match="“suspect” is not additive over “territory”"):
        tabulate(TABLE, query)


@pytest.mark.parametrize(
    "query",
    [
        Query(where={"offence": ["56"]}, by=("period", "territory"), unit=SUSPECT),
        Query(where={"offence": ["56"], "territory": ["75"], "period": ["2021"]}, by=(), unit=SUSPECT),
    ],
)
def test_suspects_are_summed_over_sex_once_territory_and_period_are_kept_or_fixed(query):
    assert tabulate(TABLE, query)["value"].to_pylist()[0] == 9


def test_two_codes_of_a_dimension_do_not_fix_it():
    query = Query(where={"offence": ["56"], "territory": ["75", "77"], "period": ["2021"]}, by=(), unit=SUSPECT)
    with pytest.raises(NotAdditive, match="territory"):
        tabulate(TABLE, query)


def test_a_selection_that_mixes_units_is_refused_naming_them():
    """AT-57: index 49 counts victims, index 56 counts suspects; no sum of the two exists."""
    query = Query(where={"offence": ["49", "56"]}, by=("offence", "period", "territory"), unit=VICTIM)
    with pytest.raises(UnlikeUnits, match=r"counts “suspect” and “victim”.*one unit at a time"):
        tabulate(TABLE, query)


def test_a_selection_of_another_unit_than_the_one_asked_is_refused():
    query = Query(where={"offence": ["56"]}, by=("offence", "period", "territory"), unit=VICTIM)
    with pytest.raises(UnlikeUnits, match="counts “suspect”, and “victim” was asked"):
        tabulate(TABLE, query)


def test_a_row_without_unit_is_refused():
    table = cells_table([("49", "2021", "75", "F", None, 3)])
    with pytest.raises(UnlikeUnits, match=r"counts \(no unit\)"):
        tabulate(table, Query(where={}, by=("offence",), unit=OFFENCE))


def test_an_unknown_unit_is_shown_cell_by_cell_and_never_summed():
    unknown = UNKNOWN_UNIT("unknown:75")
    everything = ("offence", "period", "territory", "sex")
    one = {"offence": ["75"]}
    assert tabulate(TABLE, Query(where=one, by=everything, unit=unknown))["value"].to_pylist() == [5]
    with pytest.raises(NotAdditive, match="nobody has established what it counts"):
        tabulate(TABLE, Query(where=one, by=("offence", "period", "territory"), unit=unknown))


def test_an_unknown_unit_is_not_summed_over_rows_that_share_all_their_codes():
    table = cells_table([("75", "2021", "75", "F", "unknown:75", 5), ("75", "2021", "75", "F", "unknown:75", 6)])
    query = Query(where={}, by=("offence", "period", "territory", "sex"), unit=UNKNOWN_UNIT("unknown:75"))
    with pytest.raises(NotAdditive, match="2 rows share the codes"):
        tabulate(table, query)


PROOF = ProvenSum(dimension="offence", codes=("1", "2"), evidence="equal to the cell of Eurostat, France 2009")


def test_a_proven_sum_adds_exactly_the_codes_that_were_proven():
    cells = tabulate(TABLE, Query(where={"offence": ["1", "2"]}, by=("period",), unit=VICTIM, proven=PROOF))
    assert cells["value"].to_pylist() == [14]


@pytest.mark.parametrize("codes", [["1"], ["1", "2", "75"]])
def test_a_proven_sum_covers_no_other_selection(codes):
    with pytest.raises(CannotTabulate, match="proves the sum of 1, 2"):
        tabulate(TABLE, Query(where={"offence": codes}, by=("period",), unit=VICTIM, proven=PROOF))


def test_a_proven_sum_without_one_of_its_parts_is_refused():
    table = cells_table([row for row in ROWS if row[0] != "2" or row[2] != "77"])
    query = Query(where={"offence": ["1", "2"]}, by=("territory", "period"), unit=VICTIM, proven=PROOF)
    with pytest.raises(CannotTabulate, match=r"territory=77, period=2021 holds 1 of the 2 codes"):
        tabulate(table, query)


def test_a_proven_sum_still_obeys_the_unit_over_the_other_dimensions():
    with pytest.raises(NotAdditive, match="“suspect” is not additive over “period”"):
        tabulate(TABLE, Query(where={"offence": ["1", "2"]}, by=(), unit=SUSPECT, proven=PROOF))


def test_the_parts_of_a_proven_sum_can_be_shown_one_by_one():
    cells = tabulate(TABLE, Query(where={"offence": ["1", "2"]}, by=("offence",), unit=VICTIM, proven=PROOF))
    assert cells.to_pydict() == {"offence": ["1", "2"], "value": [8, 6]}


def test_a_proof_without_evidence_is_refused():
    with pytest.raises(CannotTabulate, match="evidence"):
        ProvenSum(dimension="offence", codes=("1", "2"), evidence="")


def test_a_cell_with_an_absent_part_is_absent_not_a_smaller_number():
    table = cells_table([("49", "2021", "75", "F", "victim", 3), ("49", "2021", "75", "M", "victim", None)])
    assert tabulate(table, Query(where={}, by=("offence",), unit=VICTIM))["value"].to_pylist() == [None]


def test_a_row_without_a_code_keeps_its_own_cell():
    table = cells_table([("49", "2021", None, "F", "victim", 3), ("49", "2021", "75", "F", "victim", 1)])
    cells = tabulate(table, Query(where={}, by=("offence", "territory"), unit=VICTIM))
    assert cells.to_pydict() == {"offence": ["49", "49"], "territory": ["75", None], "value": [1, 3]}


def test_large_counts_are_exact_and_one_too_large_is_refused_rather_than_rounded():
    rows = [("49", "2021", "75", "F", "victim", 2**60), ("49", "2021", "75", "F", "victim", 1)]
    query = Query(where={}, by=("offence",), unit=VICTIM)
    assert tabulate(cells_table(rows), query)["value"].to_pylist() == [2**60 + 1]
    with pytest.raises(CannotTabulate, match="64 bits"):
        tabulate(cells_table([*rows, *[("49", "2021", "75", "F", "victim", 2**62)] * 4]), query)


def test_an_attribute_is_no_dimension():
    table = cells_table(
        [("56", "2021", "75", "11", "suspect", 9)], ("offence", "period", "territory", "region", "unit", "value")
    )
    by = ("offence", "period", "territory")
    with pytest.raises(NotAdditive, match="region"):
        tabulate(table, Query(where={}, by=by, unit=SUSPECT))
    assert tabulate(table, Query(where={}, by=by, unit=SUSPECT, attributes=("region",))).num_rows == 1


@pytest.mark.parametrize(
    ("table", "query", "words"),
    [
        (TABLE, Query(where={"colour": ["x"]}, by=(), unit=VICTIM), "no column “colour”"),
        (TABLE, Query(where={}, by=("colour",), unit=VICTIM), "no column “colour”"),
        (TABLE, Query(where={}, by=("unit",), unit=VICTIM), "“unit” is not a dimension"),
        (TABLE, Query(where={"sex": []}, by=("offence",), unit=VICTIM), "selects no code of “sex”"),
        (TABLE, Query(where={}, by=("sex", "sex"), unit=VICTIM), "named twice"),
        (TABLE.drop("unit"), Query(where={}, by=("sex",), unit=VICTIM), "no column “unit”"),
        (TABLE.drop("value"), Query(where={}, by=("sex",), unit=VICTIM), "no column “value”"),
        (TABLE.mutate(value=ibis.literal(1.5)), Query(where={}, by=("sex",), unit=OFFENCE), "whole numbers"),
    ],
)
def test_a_query_that_means_nothing_is_refused_in_a_sentence(table, query, words):
    with pytest.raises(CannotTabulate, match=words):
        tabulate(table, query)


def test_the_definition_is_an_expression_that_any_engine_can_run():
    query = Query(where={"offence": ["49"]}, by=("period",), unit=VICTIM)
    expression = definition(TABLE, query)
    assert isinstance(expression, ibis.expr.types.Table)
    assert expression.columns == ("period", "value")


names = ("offence", "period", "territory", "sex")
codes = {"offence": "ab", "period": "12", "territory": "xyz", "sex": "FM"}
rows_strategy = st.lists(
    st.tuples(
        *[st.one_of(st.sampled_from(codes[n]), st.none()) if n == "sex" else st.sampled_from(codes[n]) for n in names],
        st.just("offence"),
        st.one_of(st.none(), st.integers(0, 10**9)),
    ),
    min_size=1,
    max_size=25,
)
wheres = st.fixed_dictionaries(
    {}, optional={n: st.lists(st.sampled_from(codes[n]), min_size=1, unique=True) for n in names}
)


def slow_and_obvious(rows, where, by):
    """Reference: walk the rows, keep the selected ones, add them one by one."""
    sums: dict[tuple, int | None] = {}
    for row in rows:
        coded = dict(zip(names, row, strict=False))
        if all(coded[dimension] in selected for dimension, selected in where.items()):
            key = tuple(coded[dimension] for dimension in by)
            so_far = sums.get(key, 0)
            sums[key] = None if so_far is None or row[-1] is None else so_far + row[-1]
    return sums


@settings(max_examples=60, deadline=None)
@given(rows_strategy, wheres, st.lists(st.sampled_from(names), unique=True))
def test_the_engine_gives_the_cells_of_the_slow_and_obvious_reference(rows, where, by):
    cells = tabulate(cells_table(rows), Query(where=where, by=tuple(by), unit=OFFENCE))
    got = {tuple(row[d] for d in by): row["value"] for row in cells.to_pylist()}
    assert len(got) == cells.num_rows
    assert got == slow_and_obvious(rows, where, by)
