"""Tabulate an indicator of the catalogue from the deliveries of its source.

The latest vintage that holds the selection is used. Rows are added only over dimensions that their unit allows; one row
alone is taken as it is, which is how ratios and figures of unknown unit pass without ever being summed.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import product

import pyarrow as pa
import pyarrow.compute as pc

from egide.core.count import NotAdditive, UnlikeUnits
from egide.core.missing import Missing
from egide.core.units import CountingUnit
from egide.foundation.catalogue import Indicator, Source, Text, get_nomenclature, get_source, get_unit, get_unit_of
from egide.methods.tabulate import Cube, Query, make_cube
from egide.statistics.collection.models import Delivery
from egide.statistics.collection.queries import list_accepted, read_apart
from egide.statistics.harmonisation.harmonise import harmonise

from .cells import TOTAL, Cell, CellTable, Origin
from .selection import Selection, select

SHOWN_ROWS = 20
SHOWN_PARTS = 5
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
    short: Text | None = None
    for delivery in reversed(list_accepted(source.code)):
        if as_of is None or delivery.vintage <= as_of:
            selection = _selected(indicator, delivery, period, territory)
            if selection.whole:
                return _tabulated(indicator, source, delivery, selection.rows, period, territory, by)
            if selection.missing or selection.apart:
                short = short or (_missing if selection.missing else _short_of)(delivery, selection)
    return _absent(indicator, period, territory, Missing.UNKNOWN, short)


def list_vintages(indicator: Indicator, *, period: str, territory: str) -> list[CellTable]:
    """The same figure as each vintage of the source knew it, oldest first."""
    if indicator.source is None:
        return []
    source, found = get_source(indicator.source), []
    for delivery in list_accepted(source.code):
        selection = _selected(indicator, delivery, period, territory)
        if selection.whole:
            found.append(_tabulated(indicator, source, delivery, selection.rows, period, territory, ()))
    return found


def _selected(indicator: Indicator, delivery: Delivery, period: str, territory: str) -> Selection:
    table, apart = harmonise(delivery).table, read_apart(delivery)
    return select(table, indicator.where, period=period, territory=territory, apart=apart)


def _missing(delivery: Delivery, selection: Selection) -> Text:
    """Say which parts a delivery lacks."""
    parts = ", ".join(f"{territory} ({period})" for territory, period in selection.missing[:SHOWN_PARTS])
    more = "…" if len(selection.missing) > SHOWN_PARTS else ""
    return Text(
        f"La livraison du {delivery.vintage} n’en donne qu’une partie ; il manque {parts}{more}.",
        f"The delivery of {delivery.vintage} holds only a part of it; missing: {parts}{more}.",
    )


def _short_of(delivery: Delivery, selection: Selection) -> Text:
    """Say that rows which may belong to the figure stand apart, so that it is withheld."""
    rows = selection.apart
    return Text(
        f"La livraison du {delivery.vintage} a {rows} lignes mises de côté ou de code inconnu qui peuvent en faire partie : "
        "la somme serait trop courte, elle n’est pas donnée.",
        f"The delivery of {delivery.vintage} has {rows} rows set aside or of an unknown code that may belong to it: the sum "
        "would be short, and is not given.",
    )


def _tabulated(
    indicator: Indicator,
    source: Source,
    delivery: Delivery,
    rows: pa.Table,
    period: str,
    territory: str,
    by: tuple[str, ...],
) -> CellTable:
    unit = unit_of(indicator, rows)
    alone = rows.num_rows == 1 and not by
    cells = (_alone(rows),) if alone else tuple(_cells(rows, source, unit, by))
    return CellTable(
        indicator, period, territory, unit, by, cells, origin_of(delivery, rows), _attributes(source, rows), None
    )  # fmt: skip


def unit_of(indicator: Indicator, rows: pa.Table) -> str:
    """The one unit that the rows count. Raises UnlikeUnits naming those there are, or the one that was not meant."""
    units = sorted(pc.unique(rows["unit"]).to_pylist())
    if len(units) > 1:
        raise UnlikeUnits(
            f"{indicator.code} selects rows that count {', '.join(f'“{unit}”' for unit in units[:-1])} and “{units[-1]}”: "
            "they do not count the same thing, and a sum of them would count nothing. Select one unit at a time."
        )
    if indicator.kind == "count" and indicator.unit and indicator.unit != units[0]:
        raise UnlikeUnits(
            f"{indicator.code} is said to count “{indicator.unit}”, and the delivered rows count “{units[0]}”: correct the "
            "unit or the selection of the indicator."
        )
    return str(units[0])


def _alone(rows: pa.Table) -> Cell:
    value = rows["value"][0].as_py()
    if value is not None and value == int(value):
        value = int(value)
    return Cell((), value, Missing.UNKNOWN if value is None else None)


def _cells(rows: pa.Table, source: Source, unit: str, by: tuple[str, ...]) -> Iterator[Cell]:
    """Every cell of the breakdown and of its margins; a combination without any row has no cell, for no row is not zero."""
    counted = counted_unit(unit, rows)
    check_one_level(rows, source)
    attributes = (
        *ATTRIBUTES,
        *(c.name for c in source.columns if c.role == "attribute" and c.name in rows.column_names),
    )
    rows = in_whole_numbers(rows)
    apart = {*attributes, *by, "unit", "value"}
    codes_of = {name: pc.unique(rows[name]).to_pylist() for name in rows.column_names if name not in apart}
    fixed = {name: codes for name, codes in codes_of.items() if len(codes) == 1}
    cube = make_cube(rows, Query(fixed, by, counted, attributes=attributes))
    for kept in product((True, False), repeat=len(by)):
        yield from _margin(cube, by, kept)


def _margin(cube: Cube, by: tuple[str, ...], kept: tuple[bool, ...]) -> Iterator[Cell]:
    """The cells of one margin. Where the unit forbids the sum they are there and not published: a total no one delivered."""
    names = [name for name, keep in zip(by, kept, strict=True) if keep]
    added = all(keep or name in cube.unit.additive_over for name, keep in zip(by, kept, strict=True))
    for line in cube.summed(names).cells().to_pylist():
        codes = tuple(line[name] if keep else TOTAL for name, keep in zip(by, kept, strict=True))
        value = line["value"] if added else None
        absence = Missing.NOT_PUBLISHED if not added else Missing.UNKNOWN if value is None else None
        yield Cell(codes, value, absence)


def in_whole_numbers(rows: pa.Table) -> pa.Table:
    """The counts of a source that gives ratios too, and so has decimals, as the whole numbers that they are."""
    values = rows["value"]
    if pa.types.is_decimal(values.type) and pc.all(pc.equal(values, pc.round(values)), min_count=0).as_py():
        return rows.set_column(rows.column_names.index("value"), "value", values.cast(pa.int64()))
    return rows


def counted_unit(unit: str, rows: pa.Table) -> CountingUnit:
    """The counting unit, known or not, of rows that are to be added. Raises NotAdditive for a ratio."""
    if unit in get_nomenclature("ratios").codes:
        raise NotAdditive(
            f"{rows.num_rows} rows are given in “{unit}”, which is a ratio and is never added. Select one of them."
        )
    nomenclature, _, code = unit.partition(":")
    return get_unit_of(nomenclature, code) if code else get_unit(unit)


def check_one_level(rows: pa.Table, source: Source) -> None:
    """Raise NotAdditive when a code stands beside a part of itself (“family” and “parent”): a sum would count it twice."""
    for column in source.columns:
        if column.role != "dimension" or not column.nomenclature or column.name not in rows.column_names:
            continue
        codes, present = get_nomenclature(column.nomenclature).codes, set(pc.unique(rows[column.name]).to_pylist())
        for part in sorted(present):
            above = codes[part].parent if part in codes else None
            while above:
                if above in present:
                    raise NotAdditive(
                        f"The selection holds “{above}” and “{part}”, which is a part of it: a sum would count the same ones "
                        f"twice. Select one level of “{column.name}”."
                    )
                above = codes[above].parent


def _attributes(source: Source, rows: pa.Table) -> Mapping[str, str]:
    """What the attributes and uncounted dimensions of the selection say, where they all say the same."""
    named = [c.name for c in source.columns if c.role in ("attribute", "dimension") and c.name in rows.column_names]
    found = {name: pc.unique(rows[name]).to_pylist() for name in named}
    return {name: values[0] for name, values in found.items() if len(values) == 1 and values[0]}


def origin_of(delivery: Delivery, rows: pa.Table) -> Origin:
    """The delivery of these rows, with their lines in its file."""
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
