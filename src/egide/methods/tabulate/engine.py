"""Putting a query to a table. What lives here: the Ibis expression, which is the definition, and checks on rows.

DuckDB is the default engine; the same expression runs on any other that Ibis knows and must give the same cells.
"""

from typing import Any, TypeAlias

import ibis
import pyarrow as pa

from egide.core.count import NotAdditive
from egide.methods.tabulate.query import CannotTabulate, Query, check_one_unit

Expression: TypeAlias = ibis.Table
Cells: TypeAlias = pa.Table

_EXACT = "decimal(38, 0)"


def tabulate(table: Expression, query: Query) -> Cells:
    """Return the cells: one column for each dimension of `query.by`, then `value` (int64), ordered by the dimensions.

    A combination without any row has no cell (no row is not zero). A cell of which a part is absent (null) is absent.

    Raises NotAdditive (a sum the unit forbids), UnlikeUnits (the selection counts other things than asked, or several),
    CannotTabulate (unknown column, measure that is no whole number, proven sum lacking a part, sum above 64 bits).
    """
    expression = definition(table, query)
    selected = _selected(table, query)
    _check_units(selected, query)
    _check_rows(selected, query)
    cells = expression.to_pyarrow()
    place = cells.column_names.index("value")
    try:
        values = cells["value"].cast(pa.int64())
    except pa.ArrowInvalid as error:
        raise CannotTabulate(
            f"A sum of “{query.measure}” does not fit in 64 bits: check the delivered values."
        ) from error
    return cells.set_column(place, "value", values)


def definition(table: Expression, query: Query) -> Expression:
    """Return the expression whose rows are the cells: the definition of the figure, for any engine.

    Refuses what can be refused without reading the rows (CannotTabulate, NotAdditive).
    """
    query.check_on(table.columns)
    if query.measure and not table[query.measure].type().is_integer():
        raise CannotTabulate(
            f"The column “{query.measure}” holds {table[query.measure].type()}: give whole numbers (int64)."
        )
    selected = _selected(table, query)
    rows = selected.count()
    total = rows.cast(_EXACT)
    if query.measure:
        measure = selected[query.measure]
        total = ibis.ifelse(measure.count() == rows, measure.sum().cast(_EXACT), ibis.null(_EXACT))
    cells = selected.aggregate(by=list(query.by), value=total, rows=rows)
    kept = cells.filter(cells.rows > 0).drop("rows")
    return kept.order_by([kept[name].asc(nulls_first=False) for name in query.by]) if query.by else kept


def _selected(table: Expression, query: Query) -> Expression:
    conditions = [table[name].isin(list(codes)) for name, codes in query.where.items()]
    return table.filter(conditions) if conditions else table


def _check_units(selected: Expression, query: Query) -> None:
    # Parquet's statistics answer "any other unit?" without reading the rows; which ones is asked only to refuse.
    other = (selected.unit != query.unit.code) | selected.unit.isnull()
    if query.proven or not selected.filter(other).limit(1).to_pyarrow().num_rows:
        return
    check_one_unit(selected.select("unit").distinct().to_pyarrow()["unit"].to_pylist(), query.unit.code)


def _check_rows(selected: Expression, query: Query) -> None:
    if query.proven:
        _check_every_part(selected, query, query.proven.dimension, len(set(query.proven.codes)))
    elif not query.unit.known:
        _check_one_row_a_cell(selected, query)


def _check_every_part(selected: Expression, query: Query, dimension: str, parts: int) -> None:
    if dimension in query.by:
        return
    cells = selected.aggregate(by=list(query.by), parts=selected[dimension].nunique())
    short = cells.filter(cells.parts.between(1, parts - 1)).limit(1).to_pyarrow().to_pylist()
    if short:
        raise CannotTabulate(
            f"The proven sum is incomplete: the cell {_name(short[0], query)} holds {short[0]['parts']} of the {parts} "
            f"codes of “{dimension}”. Deliver the missing part; a smaller sum would pass for the whole."
        )


def _check_one_row_a_cell(selected: Expression, query: Query) -> None:
    cells = selected.aggregate(by=list(query.by), rows=selected.count())
    shared = cells.filter(cells.rows > 1).limit(1).to_pyarrow().to_pylist()
    if shared:
        raise NotAdditive(
            f"{shared[0]['rows']} rows share the codes {_name(shared[0], query)}, and nobody has established what "
            f"“{query.unit.code}” counts: they cannot be added. Tell them apart by a dimension."
        )


def _name(cell: dict[str, Any], query: Query) -> str:
    return ", ".join(f"{name}={cell[name]}" for name in query.by) or "of the whole selection"
