"""Tabulate an indicator of the catalogue from the deliveries of its source.

The latest vintage that holds the selection is used. Rows are added only over dimensions that their unit allows; one row
alone is taken as it is, which is how ratios and figures of unknown unit pass without ever being summed.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import product

import ibis
import pyarrow as pa
import pyarrow.compute as pc

from egide.core.missing import Missing
from egide.foundation.catalogue import (
    Indicator,
    Source,
    Text,
    get_source,
    get_territory,
    get_unit,
    get_unit_of,
    list_territories,
)
from egide.methods.tabulate import Query, tabulate
from egide.statistics.collection.models import Delivery
from egide.statistics.collection.queries import list_accepted
from egide.statistics.harmonisation.harmonise import harmonise

from .cells import TOTAL, Cell, CellTable, Origin

SHOWN_ROWS = 20
ATTRIBUTES = ("row",)


def tabulate_indicator(
    indicator: Indicator, *, period: str, territory: str, by: tuple[str, ...] = (), as_of: date | None = None
) -> CellTable:
    """The cells of an indicator, with every margin of `by`; `as_of` looks at no vintage dated after that day.

    Without a source the one cell is NOT_PUBLISHED (AT-75); for a concept that the source cannot measure it is
    NOT_APPLICABLE with the source's reason (AT-58); where no delivery holds the selection it is UNKNOWN. None of them is 0.
    Raises NotAdditive or UnlikeUnits where the rows cannot be added.
    """
    if indicator.source is None:
        return _absent(indicator, period, territory, Missing.NOT_PUBLISHED, indicator.not_published)
    source = get_source(indicator.source)
    if reason := _not_measurable(source, indicator):
        return _absent(indicator, period, territory, Missing.NOT_APPLICABLE, reason)
    for delivery in reversed(list_accepted(source.code)):
        if as_of is None or delivery.vintage <= as_of:
            rows = select(indicator, delivery, period=period, territory=territory)
            if rows.num_rows:
                return _tabulated(indicator, source, delivery, rows, period, territory, by)
    return _absent(indicator, period, territory, Missing.UNKNOWN, None)


def list_vintages(indicator: Indicator, *, period: str, territory: str) -> list[CellTable]:
    """The same figure as each vintage of the source knew it, oldest first."""
    if indicator.source is None:
        return []
    source, found = get_source(indicator.source), []
    for delivery in list_accepted(source.code):
        rows = select(indicator, delivery, period=period, territory=territory)
        if rows.num_rows:
            found.append(_tabulated(indicator, source, delivery, rows, period, territory, ()))
    return found


def select(indicator: Indicator, delivery: Delivery, *, period: str, territory: str) -> pa.Table:
    """The harmonised rows of a delivery that an indicator counts, in a period and a territory or its parts."""
    table = harmonise(delivery).table
    mask = pc.equal(table["period"], period)
    for dimension, codes in indicator.where.items():
        mask = pc.and_(mask, pc.is_in(table[dimension], pa.array(codes)))
    table = table.filter(mask)
    direct = table.filter(pc.equal(table["territory"], territory))
    if direct.num_rows:
        return direct
    return table.filter(pc.is_in(table["territory"], pa.array(sorted(parts_of(territory)), pa.string())))


def parts_of(territory: str) -> set[str]:
    """The codes of the territories that make up another: France and a région of départements, a département of communes.

    A fictional territory is part of no other.
    """
    whole = get_territory(territory)
    if territory == "FR":
        return {part.code for part in list_territories("departement")}
    if territory == "FR-METRO":
        return {part.code for part in list_territories("departement") if part.kind == "metropole"}
    level = {"region": "departement", "departement": "commune"}.get(whole.level)
    return {p.code for p in list_territories(level, fictional=True) if p.parent == territory} if level else set()


def _tabulated(
    indicator: Indicator,
    source: Source,
    delivery: Delivery,
    rows: pa.Table,
    period: str,
    territory: str,
    by: tuple[str, ...],
) -> CellTable:
    unit = rows["unit"][0].as_py()
    alone = rows.num_rows == 1 and not by
    cells = (_alone(rows),) if alone else tuple(_cells(rows, source, unit, by))
    return CellTable(
        indicator, period, territory, unit, by, cells, _origin(delivery, rows), _attributes(source, rows), None
    )  # fmt: skip


def _alone(rows: pa.Table) -> Cell:
    value = rows["value"][0].as_py()
    if value is not None and value == int(value):
        value = int(value)
    return Cell((), value, Missing.UNKNOWN if value is None else None)


def _cells(rows: pa.Table, source: Source, unit: str, by: tuple[str, ...]) -> Iterator[Cell]:
    """Every cell of the breakdown and of its margins; a combination without any row has no cell, for no row is not zero."""
    nomenclature, _, code = unit.partition(":")
    counted = get_unit_of(nomenclature, code) if code else get_unit(unit)
    attributes = (
        *ATTRIBUTES,
        *(c.name for c in source.columns if c.role == "attribute" and c.name in rows.column_names),
    )
    table = ibis.memtable(rows)
    for kept in product((True, False), repeat=len(by)):
        names = tuple(name for name, keep in zip(by, kept, strict=True) if keep)
        for line in tabulate(table, Query({}, names, counted, attributes=attributes)).to_pylist():
            codes = tuple(line[name] if keep else TOTAL for name, keep in zip(by, kept, strict=True))
            yield Cell(codes, line["value"], Missing.UNKNOWN if line["value"] is None else None)


def _attributes(source: Source, rows: pa.Table) -> Mapping[str, str]:
    """What the attributes and uncounted dimensions of the selection say, where they all say the same."""
    named = [c.name for c in source.columns if c.role in ("attribute", "dimension") and c.name in rows.column_names]
    found = {name: pc.unique(rows[name]).to_pylist() for name in named}
    return {name: values[0] for name, values in found.items() if len(values) == 1 and values[0]}


def _origin(delivery: Delivery, rows: pa.Table) -> Origin:
    lines = sorted(rows["row"].to_pylist())
    return Origin(
        str(delivery.id), delivery.source, delivery.sha256, delivery.vintage.isoformat(), delivery.filename,
        delivery.received_at.isoformat(), tuple(lines[:SHOWN_ROWS]), len(lines),
    )  # fmt: skip


def _absent(indicator: Indicator, period: str, territory: str, absence: Missing, words: Text | None) -> CellTable:
    return CellTable(
        indicator, period, territory, indicator.unit or "", (), (Cell((), None, absence),), None, {}, words
    )


def _not_measurable(source: Source, indicator: Indicator) -> Text | None:
    concepts = indicator.where.get("concept", ())
    return next((entry.reason for entry in source.not_measurable if entry.concept in concepts), None)
