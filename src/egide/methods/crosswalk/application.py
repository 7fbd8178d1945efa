"""Applying a crosswalk to an Arrow table. What lives here: the arithmetic; not reading files or choosing the crosswalk.

Dividing a value keeps its total: shares are rounded down and what is left goes to the largest remainders.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from egide.core.period import Period
from egide.methods.crosswalk.mapping import Book, Mapping, Pair
from egide.methods.crosswalk.merging import Units, absent_parts, check_mergers
from egide.methods.crosswalk.report import LossReport, Lost, Table

_LEFT, _DIRECT, _SPLIT = range(3)


class CannotMap(ValueError):
    """A table which no crosswalk can be applied to."""


def apply(
    table: Table,
    mappings: Iterable[Mapping],
    *,
    column: str,
    on: date | str,
    measure: str = "value",
    units: Units = None,
    dimension: str | None = None,
) -> tuple[Table, LossReport]:
    """Replace the codes of `column` (text) by their targets, and report what could not be mapped.

    `on` is the day at which the mappings are read, or the name of a column of periods (text), each row then being
    mapped by the lines that hold all through its own period. `measure` is a column of whole numbers or nulls. `units`
    gives the counting units by the code found in the column `unit` (or one unit for a table without that column); they
    are needed where codes meet or divide, along `dimension` (default: `column`). Lines with a proven unit replace the
    row's unit.

    Returns the mapped rows (same columns; rows of divided codes come last) and the report, whose `left_out` holds the
    other rows. Raises CannotMap, BadMapping (weights), NotAdditive (codes meet whose unit does not add).
    """
    book = Book(mappings)
    _check_table(table, book, column, on, measure)
    pairs, index = _pairs(table, book, column, on)
    check_mergers(_with_units(table, pairs, index), units, dimension or column)
    kind = pc.take(pa.array([_kind(pair) for pair in pairs], pa.int8()), index)
    parts = [pc.equal(kind, value) for value in (_LEFT, _DIRECT, _SPLIT)]
    left, direct, split = (table.filter(part) for part in parts)
    mapped = pa.concat_tables(
        [
            _rename(direct, column, pairs, index.filter(parts[_DIRECT])),
            _divide(split, column, measure, [pairs[i] for i in index.filter(parts[_SPLIT]).to_pylist()]),
        ]
    )
    values = table[measure]
    return mapped, LossReport(
        rows=table.num_rows,
        total=_sum(values),
        mapped_rows=direct.num_rows + split.num_rows,
        mapped_total=_sum(mapped[measure]),
        without_value=values.null_count,
        absent=absent_parts(pairs, book),
        left_out=left,
        **_lists(pairs, index, values),
    )


def _check_table(table: Table, book: Book, column: str, on: date | str, measure: str) -> None:
    needed = [column, measure]
    if isinstance(on, str):
        needed.append(on)
    if any(line.unit for lines in book.by_source.values() for line in lines):
        needed.append("unit")
    for name in needed:
        if name not in table.column_names:
            raise CannotMap(f"The table has no column “{name}”; it has {', '.join(table.column_names)}.")
    if not pa.types.is_integer(table.schema.field(measure).type):
        raise CannotMap(
            f"The column “{measure}” holds {table.schema.field(measure).type}; counts and amounts are whole numbers, "
            "read them as int64 (amounts in cents)."
        )
    if isinstance(on, str) and table[on].null_count:
        raise CannotMap(f"{table[on].null_count} rows are without a period in “{on}”: their mappings cannot be dated.")


def _pairs(table: Table, book: Book, column: str, on: date | str) -> tuple[list[Pair], Any]:
    """Return the distinct (code, period) of the table, resolved, and for each row its place in that list."""
    codes = pc.unique(table[column])
    place = pc.index_in(table[column], value_set=codes)
    if isinstance(on, str):
        periods = pc.unique(table[on])
        place = pc.add(pc.multiply(place, len(periods)), pc.index_in(table[on], value_set=periods))
        days = [(text, Period.parse(text)) for text in periods.to_pylist()]
    else:
        days = [(str(on), Period(on, on))]
    names = codes.to_pylist()
    occurring = pc.unique(place)
    pairs = [book.look_up(names[p // len(days)], *days[p % len(days)]) for p in occurring.to_pylist()]
    return pairs, pc.index_in(place, value_set=occurring)


def _kind(pair: Pair) -> int:
    return min(len(pair.lines), _SPLIT)


def _with_units(table: Table, pairs: list[Pair], index: Any) -> list[tuple[Pair, str | None]]:
    if "unit" not in table.column_names:
        return [(pair, None) for pair in pairs]
    found = pa.table({"pair": index, "unit": table["unit"]}).group_by(["pair", "unit"]).aggregate([])
    return [(pairs[row["pair"]], row["unit"]) for row in found.to_pylist()]


def _rename(rows: Table, column: str, pairs: list[Pair], index: Any) -> Table:
    targets = pa.array([p.lines[0].target if p.lines else None for p in pairs], pa.string())
    mapped = _replace(rows, column, pc.take(targets, index))
    if "unit" not in rows.column_names:
        return mapped
    proven = pa.array([p.lines[0].unit if p.lines else None for p in pairs], pa.string())
    return _replace(mapped, "unit", pc.coalesce(pc.take(proven, index), rows["unit"].cast(pa.string())))


def _divide(rows: Table, column: str, measure: str, pairs: list[Pair]) -> Table:
    origin, targets, values, units = [], [], [], []
    for row, (pair, value) in enumerate(zip(pairs, rows[measure].to_pylist(), strict=True)):
        shares = _shares(value, pair.lines)
        for line, share in zip(pair.lines, shares, strict=True):
            origin.append(row)
            targets.append(line.target)
            values.append(share)
            units.append(line.unit)
    mapped = _replace(rows.take(pa.array(origin, pa.int64())), column, pa.array(targets, pa.string()))
    mapped = _replace(mapped, measure, pa.array(values, rows.schema.field(measure).type))
    if "unit" not in rows.column_names:
        return mapped
    proven = pa.array(units, pa.string())
    return _replace(mapped, "unit", pc.coalesce(proven, mapped["unit"].cast(pa.string())))


def _shares(value: int | None, lines: tuple[Mapping, ...]) -> list[int | None]:
    if value is None:
        return [None] * len(lines)
    exact = [value * Fraction(line.weight) for line in lines]
    whole = [part.numerator // part.denominator for part in exact]
    order = sorted(range(len(lines)), key=lambda i: (whole[i] - exact[i], lines[i].target))
    for i in order[: value - sum(whole)]:
        whole[i] += 1
    return list(whole)


def _lists(pairs: list[Pair], index: Any, values: Any) -> dict[str, tuple[Lost, ...]]:
    per_pair = (
        pa.table({"pair": index, "value": _exact(values)})
        .group_by("pair")
        .aggregate([("value", "sum"), ([], "count_all")])
    )
    never: defaultdict[str | None, list[int]] = defaultdict(lambda: [0, 0])
    outside, split = [], []
    for row in per_pair.to_pylist():
        pair, value, rows = pairs[row["pair"]], int(row["value_sum"] or 0), row["count_all"]
        if not pair.known:
            never[pair.code][0] += rows
            never[pair.code][1] += value
        elif not pair.lines:
            outside.append(Lost(pair.code, rows, value, pair.period))
        elif len(pair.lines) > 1:
            split.append(Lost(pair.code, rows, value, pair.period))
    return {
        "unmapped": _sorted(Lost(code, rows, value) for code, (rows, value) in never.items()),
        "outside_dates": _sorted(outside),
        "split": _sorted(split),
    }


def _sorted(lost: Iterable[Lost]) -> tuple[Lost, ...]:
    return tuple(sorted(lost, key=lambda item: (item.code or "", item.period or "")))


def _replace(table: Table, column: str, values: Any) -> Table:
    return table.set_column(table.column_names.index(column), column, values)


def _sum(values: Any) -> int:
    return int(pc.sum(_exact(values)).as_py() or 0)


def _exact(values: Any) -> Any:
    # Arrow's own sum of 64-bit integers wraps around silently; decimals of 38 digits do not.
    return values.cast(pa.decimal128(38, 0))
