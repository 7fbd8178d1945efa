"""The cube: the same cells as the definition, and every allowed table as its margin."""

from collections import defaultdict
from itertools import combinations

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from egide.core.count import NotAdditive, UnlikeUnits
from egide.core.units import UNKNOWN_UNIT, CountingUnit
from egide.methods.tabulate import (
    CannotTabulate,
    Outgrown,
    ProvenSum,
    Query,
    building,
    make_cube,
    plain,
    tabulate,
    tabulate_on,
)
from egide.methods.tabulate.rows import Rows

BY = ("territory", "sex", "year")
VICTIM = CountingUnit("victim", "victime", "victim", frozenset(BY))
SUSPECT = CountingUnit("suspect", "mis en cause", "suspect", frozenset({"sex"}))

rows_of_any_kind = st.lists(
    st.tuples(
        st.sampled_from(["75", "2A", "", "é", None]),
        st.sampled_from(["F", "M", "_U"]),
        st.sampled_from([2021, 2022, None]),
        st.one_of(st.none(), st.integers(-(2**40), 2**40)),
    ),
    max_size=40,
)


def table_of(rows, unit="victim"):
    territory, sex, year, value = ([row[i] for row in rows] for i in range(4))
    return pa.table(
        {
            "territory": pa.array(territory, pa.string()),
            "sex": pa.array(sex, pa.string()).dictionary_encode(),
            "year": pa.array(year, pa.int16()),
            "unit": pa.array([unit] * len(rows), pa.string()),
            "value": pa.array(value, pa.int64()),
        }
    )


def counted_by_hand(rows, by, measure):
    """The slow and obvious count: one row after the other in a dictionary."""
    places = [BY.index(name) for name in by]
    cells = defaultdict(int)
    for row in rows:
        code = tuple(row[place] for place in places)
        add = 1 if measure is None else row[3]
        cells[code] = None if add is None or cells[code] is None else cells[code] + add
    return dict(cells)


def as_dict(cells):
    return {tuple(line.values())[:-1]: line["value"] for line in cells.to_pylist()}


@settings(max_examples=20, deadline=None)
@given(rows_of_any_kind, st.sampled_from(["value", None]))
def test_the_compiled_loops_the_plain_ones_and_a_count_by_hand_give_the_same_cells_and_margins(rows, measure):
    """Trap 18: exact for whole numbers; codes of every kind, absent codes and absent values included."""
    query = Query({}, BY, VICTIM, measure, () if measure else ("value",))
    for compiled in (True, False):
        cube = make_cube(table_of(rows), query, compiled=compiled)
        for size in range(len(BY) + 1):
            for by in combinations(BY, size):
                assert as_dict(cube.margin(by).cells()) == counted_by_hand(rows, by, measure)


@settings(max_examples=8, deadline=None)
@given(rows_of_any_kind, st.permutations(BY), st.integers(0, 3), st.sampled_from([{}, {"sex": ["F", "none"]}]))
def test_the_cube_gives_the_cells_of_the_definition(rows, order, size, where):
    table = table_of(rows)
    query = Query(where, tuple(order[:size]), VICTIM)
    assert as_dict(make_cube(table, query).cells()) == as_dict(tabulate(ibis.memtable(table), query))


def test_threads_that_meet_other_codes_than_each_other_make_one_cube(tmp_path):
    rows = [(f"{i % 97:03}", "FM"[i % 2], 2000 + i // 300, i) for i in range(2_000)]
    file = tmp_path / "rows.parquet"
    pq.write_table(table_of(sorted(rows)), file, row_group_size=150)
    told = []
    cube = make_cube(file, Query({}, BY, VICTIM), threads=3, progress=lambda done, total: told.append((done, total)))
    assert as_dict(cube.cells()) == counted_by_hand(rows, BY, "value")
    assert max(told) == (2_000, 2_000)
    assert len(told) == 14


@pytest.mark.parametrize("by", [BY, ("sex",), ()])
def test_duckdb_gives_the_same_cells_from_the_same_file(tmp_path, by):
    rows = [("75", "F", 2021, 3), (None, "M", 2021, 4), ("75", "F", 2021, 5), ("2A", "M", None, None)]
    file = tmp_path / "rows.parquet"
    pq.write_table(table_of(rows).drop_columns("unit"), file)
    query = Query({}, by, VICTIM)
    assert make_cube(file, query).cells().to_pylist() == tabulate_on("duckdb", file, query).to_pylist()


def test_a_margin_over_a_dimension_that_the_unit_forbids_is_refused():
    """Trap 19: a suspect counts once per territory, so that France is no sum of départements."""
    cube = make_cube(table_of([("75", "F", 2021, 3), ("77", "F", 2021, 4)], "suspect"), Query({}, BY, SUSPECT))
    assert as_dict(cube.margin(("territory", "year")).cells()) == {("75", 2021): 3, ("77", 2021): 4}
    assert as_dict(cube.margin(("sex",), {"territory": ["75"], "year": [2021]}).cells()) == {("F",): 3}
    with pytest.raises(NotAdditive, match="“suspect” is not additive over “territory”"):
        cube.margin(("sex", "year"))
    with pytest.raises(NotAdditive, match="territory"):
        make_cube(table_of([("75", "F", 2021, 3)], "suspect"), Query({}, ("sex", "year"), SUSPECT))


def test_a_cube_of_other_units_than_asked_is_refused():
    table = pa.concat_tables([table_of([("75", "F", 2021, 3)]), table_of([("75", "F", 2021, 3)], "suspect")])
    with pytest.raises(UnlikeUnits, match="“suspect” and “victim”"):
        make_cube(table, Query({}, BY, VICTIM))
    assert make_cube(table, Query({"unit": ["victim"]}, BY, VICTIM)).values.sum() == 3


def test_a_unit_that_the_statistics_of_the_file_prove_is_not_read_again(tmp_path):
    file = tmp_path / "rows.parquet"
    pq.write_table(table_of([("75", "F", 2021, 3)] * 5), file, row_group_size=2)
    assert Rows.of(file).constant("unit") == "victim"
    with pytest.raises(UnlikeUnits, match="counts “victim”"):
        make_cube(file, Query({}, BY, SUSPECT))


def test_rows_of_an_unknown_unit_are_never_added():
    unknown = UNKNOWN_UNIT("unknown:107")
    table = table_of([("75", "F", 2021, 3), ("75", "M", 2021, 3)], "unknown:107")
    assert make_cube(table, Query({}, BY, unknown)).rows.sum() == 2
    with pytest.raises(NotAdditive, match="nobody has established"):
        make_cube(pa.concat_tables([table, table]), Query({}, BY, unknown))


def test_what_a_cube_cannot_hold_is_refused_in_a_sentence(monkeypatch):
    largest = table_of([("75", "F", 2021, 2**62)] * 2)
    with pytest.raises(Outgrown, match="64 bits"):
        make_cube(largest, Query({}, BY, VICTIM))
    monkeypatch.setattr(building, "MOST_CELLS", 3)
    wide = table_of([("75", "F", 2021, 1), ("77", "M", 2021, 1)])
    with pytest.raises(Outgrown, match="would have 4 cells"):
        make_cube(wide, Query({}, BY, VICTIM))
    with pytest.raises(CannotTabulate, match="proven sum"):
        make_cube(wide, Query({"sex": ["F", "M"]}, BY, VICTIM, proven=ProvenSum("sex", ("F", "M"), "by hand")))
    with pytest.raises(CannotTabulate, match="no dimension “age”"):
        make_cube(wide.slice(0, 1), Query({}, BY, VICTIM)).margin(("age",))


def test_the_loops_in_plain_numpy_are_what_the_compiled_ones_say():
    cells, key = np.zeros((3, 2), np.int64), np.zeros(4, np.uint32)
    plain.place(key, np.array([0, 1, 1, 0]), np.array([0, 2], np.uint32))
    plain.add(cells, key, np.array([5, 6, 7, 8]))
    assert cells.tolist() == [[2, 13], [0, 0], [2, 13]]
