"""A series as one delivery knows it: the value of each year and of its parts, in a territory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import product

import pyarrow as pa
import pyarrow.compute as pc

from egide.core.count import NotAdditive
from egide.core.period import Period
from egide.methods.revisions import Series, Value
from egide.statistics.collection.models import Delivery
from egide.statistics.collection.queries import read_accepted, read_apart
from egide.statistics.harmonisation.harmonise import harmonise
from egide.statistics.tabulation.parts import PLACE, tabulate_parts
from egide.statistics.tabulation.selection import levels_of_period, parts_of, rows_of
from egide.statistics.tabulation.tabulate import counted_unit, unit_of

from .asked import Asked, counted_column


@dataclass(frozen=True)
class Knowledge:
    """What one delivery says of a series; `short` are the years of which it lacks a part, and which have no value."""

    delivery: Delivery
    series: Series
    unit: str
    short: frozenset[str] = field(default_factory=frozenset)

    @property
    def vintage(self) -> date:
        """The day the producer's data stood so."""
        return self.delivery.vintage


def know_all(deliveries: Sequence[Delivery], asked: Mapping[str, Asked], territory: str) -> dict[str, list[Knowledge]]:
    """Each series as each delivery knows it, reading every file once. Raises NotAdditive, UnlikeUnits."""
    found: dict[str, list[Knowledge]] = {code: [] for code in asked}
    within = ({territory}, parts_of(territory))
    for delivery in deliveries:
        rows, raw, apart = harmonise(delivery).table, read_accepted(delivery), read_apart(delivery)
        for code, each in asked.items():
            known = _know(delivery, rows, raw, each, within)
            found[code].append(known if apart is None else _without_short(known, rows_of(apart, each.where), within))
    return found


def _without_short(known: Knowledge, apart: pa.Table, within: Sequence[set[str]]) -> Knowledge:
    """The same, without the values that rows set apart may belong to: a shorter sum would pass for the whole."""
    places = apart.group_by([name for name in PLACE if name in apart.column_names]).aggregate([]).to_pylist()
    cells = {year: dict(parts) for year, parts in known.series.cells.items()}
    short = set(known.short)
    for place in places:
        period, territory = place.get("period"), place.get("territory")
        for year, parts in cells.items():
            if period is None or period[:4] == year:
                for part in [p for p in parts if territory is None or p.split(" ")[0] == territory]:
                    parts[part] = None
                    short.add(year)
    return replace(known, series=replace(known.series, cells=cells), short=frozenset(short))


def _know(delivery: Delivery, rows: pa.Table, raw: pa.Table, asked: Asked, within: Sequence[set[str]]) -> Knowledge:
    """Read a series in the rows of a delivery, year by year."""
    for name, codes in asked.where.items():
        rows = rows.filter(pc.is_in(rows[name], pa.array(codes, pa.string())))
    if not rows.num_rows:
        return Knowledge(delivery, Series({}), "")
    unit = unit_of(asked.indicator, rows)
    parts = tabulate_parts(asked.indicator, asked.source, rows).to_pylist()
    values = {(part["period"], part["territory"]): part["value"] for part in parts}
    cells: dict[str, dict[str, Value | None]] = {}
    short = set()
    for year in sorted({str(Period.parse(period).year) for period in {period for period, _territory in values}}):
        cells[year] = _cells(values, year, within)
        if None in cells[year].values():
            short.add(year)
    cells = {year: found for year, found in cells.items() if found}
    series = Series(cells, _label(raw, asked, rows), _additive(unit, rows))
    return Knowledge(delivery, series, unit, frozenset(short))


def _additive(unit: str, rows: pa.Table) -> bool:
    """Whether the parts may be summed: never a ratio, a suspect, nor what nobody has established."""
    try:
        over = counted_unit(unit, rows).additive_over
    except NotAdditive:
        return False
    finer = any(len(period) > len("2022") for period in pc.unique(rows["period"]).to_pylist())
    return "territory" in over and ("period" in over or not finer)


def _cells(
    values: Mapping[tuple[str, str], Value | None], year: str, within: Sequence[set[str]]
) -> dict[str, Value | None]:
    """The values of a year by part, at the least divided level that is whole; a part without any row is not known."""
    short: dict[str, Value | None] = {}
    for periods, territories in product(levels_of_period(year), within):
        wanted = list(product(periods, sorted(territories)))
        held = [place for place in wanted if place in values]
        if not held:
            continue
        found = {(place if len(periods) > 1 else place[1:]): values.get(place) for place in wanted}
        named = {" ".join(reversed(place)): value for place, value in found.items()}
        if len(held) == len(wanted):
            return named
        short = short or named
    return short


def _label(raw: pa.Table, asked: Asked, rows: pa.Table) -> str:
    """What the producer calls the series in this very file, where one class is selected."""
    column = counted_column(asked.source)
    if column is None or len(asked.where.get(column.name, ())) != 1:
        return ""
    first = pc.index(raw["row"], rows["row"][0]).as_py()
    return str(raw[column.name][first].as_py())
