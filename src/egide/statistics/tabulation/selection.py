"""Which rows of a delivery make up a figure: those of its period and territory, or else of all the parts of these.

A part without any row leaves the selection short: it is told and never summed, for a smaller sum would pass for the whole.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import pyarrow as pa
import pyarrow.compute as pc

from egide.core.period import Period
from egide.foundation.catalogue import get_territory, list_territories


@dataclass(frozen=True)
class Selection:
    """Harmonised rows; `missing` are the parts (territory, period) that have no row, though others have."""

    rows: pa.Table
    missing: tuple[tuple[str, str], ...] = ()

    @property
    def whole(self) -> bool:
        """Whether there are rows, and for every part."""
        return self.rows.num_rows > 0 and not self.missing


def select(table: pa.Table, where: Mapping[str, Sequence[str]], *, period: str, territory: str) -> Selection:
    """The rows of the codes `where`, in a period and a territory as they were delivered, or in all the parts of these.

    Levels are never mixed: of several that hold the whole, the least divided is taken.
    """
    for dimension, codes in where.items():
        table = table.filter(pc.is_in(table[dimension], pa.array(codes, pa.string())))
    short = Selection(table.slice(0, 0))
    for periods, territories in product(levels_of_period(period), ({territory}, parts_of(territory))):
        found = _within(table, periods, territories)
        if found.whole:
            return found
        short = short if short.rows.num_rows else found
    return short


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


def _within(table: pa.Table, periods: Sequence[str], territories: set[str]) -> Selection:
    inside = [
        pc.is_in(table[name], pa.array(sorted(codes), pa.string()))
        for name, codes in (("period", periods), ("territory", territories))
    ]
    rows = table.filter(pc.and_(*inside))
    held = {
        (row["territory"], row["period"]) for row in rows.group_by(["territory", "period"]).aggregate([]).to_pylist()
    }
    wanted = product(sorted(territories), periods)
    return Selection(rows, tuple(part for part in wanted if part not in held) if held else ())


def levels_of_period(period: str) -> Iterator[list[str]]:
    """The period itself, then its quarters, then its months, as SDMX texts."""
    yield [period]
    span = Period.parse(period)
    for size in (3, 1):
        if span.months and span.months > size and span.months % size == 0 and span.first.month % size == 1 % size:
            start = span.first.year * 12 + span.first.month - 1
            yield [_span(month, size) for month in range(start, start + span.months, size)]


def _span(month: int, size: int) -> str:
    year, index = divmod(month, 12)
    return f"{year:04}-Q{index // 3 + 1}" if size == 3 else f"{year:04}-{index + 1:02}"
