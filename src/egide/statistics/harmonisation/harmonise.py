"""Read a raw table in the codes of the catalogue, keeping account of every row that cannot be.

Nothing is summed here; a crosswalk to another nomenclature is a second step (`crosswalks`).
"""

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from egide.foundation.catalogue import Source, get_source, get_unit_of
from egide.statistics.collection.models import Delivery
from egide.statistics.collection.queries import read_accepted
from egide.statistics.sources.codes import read_column, reader


@dataclass(frozen=True)
class Left:
    """A delivered code that has no place in the catalogue, or stands outside the source's scope: its rows and their sum."""

    column: str
    code: str
    rows: int
    value: int | None
    outside: bool = False


@dataclass(frozen=True)
class HarmonisedTable:
    """The rows of one delivery in the codes of the catalogue.

    `table` has `territory`, `period` (SDMX text), `unit`, its dimensions, attributes, `value` and `row`. `left` accounts for
    every accepted row that is not in `table`; rows of declared totals (`totals`) are left out too, since the check of the
    delivery has shown that they repeat their parts.
    """

    source: Source
    delivery: Delivery
    table: pa.Table
    left: tuple[Left, ...]
    totals: int


def harmonise(delivery: Delivery) -> HarmonisedTable:
    """Harmonise the accepted rows of a delivery. The rows of the result, those left and the totals add up to the input."""
    source = get_source(delivery.source)
    table = read_accepted(delivery)
    kept = pa.array([True] * table.num_rows, pa.bool_())
    left: list[Left] = []
    columns: dict[str, pa.Array] = {}
    for column in source.columns:
        if column.role == "measure" or column.name not in table.column_names:
            continue
        mapped = read_column(table[column.name], reader(source, column, delivery.dialect))
        lost = pc.is_null(mapped)
        columns[column.role if column.role in ("period", "territory", "unit") else column.name] = mapped
        left += _account(table, kept, lost, column.name, {entry.code for entry in source.outside})
        kept = pc.and_(kept, pc.invert(lost))
    kept, totals = _without_totals(source, columns, kept)
    names = {**columns, "value": table["value"], "row": table["row"]}
    harmonised = pa.table(names).filter(kept)
    return HarmonisedTable(source, delivery, _with_unit(source, harmonised), tuple(left), totals)


def _account(table: pa.Table, kept: pa.Array, lost: pa.Array, name: str, outside: set[str]) -> list[Left]:
    """Count the rows that this column loses and that none before it lost."""
    rows = table.filter(pc.and_(kept, lost))
    if not rows.num_rows:
        return []
    grouped = rows.group_by(name).aggregate([([], "count_all"), ("value", "sum")]).sort_by(name)
    return [
        Left(name, entry[name], entry["count_all"], entry["value_sum"], entry[name] in outside)
        for entry in grouped.to_pylist()
    ]


def _without_totals(source: Source, columns: dict[str, pa.Array], kept: pa.Array) -> tuple[pa.Array, int]:
    before = pc.sum(kept).as_py() or 0
    for total in source.totals:
        kept = pc.and_kleene(kept, pc.not_equal(columns[total.dimension], total.code))
    return kept, before - (pc.sum(kept).as_py() or 0)


def _with_unit(source: Source, table: pa.Table) -> pa.Table:
    """Give each row its counting unit: delivered, or known from the code that it counts."""
    if "unit" in table.column_names:
        return table
    counted = next(c for c in source.columns if c.role == "dimension" and c.nomenclature)
    encoded = table[counted.name].combine_chunks().dictionary_encode()
    units = [get_unit_of(str(counted.nomenclature), code).code for code in encoded.dictionary.to_pylist()]
    return table.append_column("unit", pa.array(units, pa.string()).take(encoded.indices))
