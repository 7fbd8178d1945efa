"""Which rows of a delivery make up a figure: those of its period and territory, or else of all the parts of these.

A part without any row leaves the selection short: it is told and never summed, for a smaller sum would pass for the whole.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

import pyarrow as pa
import pyarrow.compute as pc

from egide.core.period import Period
from egide.foundation.catalogue import get_territory, list_territories


@dataclass(frozen=True)
class Selection:
    """Harmonised rows; `missing` are the parts (territory, period) that have no row, though others have.

    `apart` counts the delivered rows that may belong to them and enter no figure: in quarantine, or with an unknown code.
    """

    rows: pa.Table
    missing: tuple[tuple[str, str], ...] = ()
    apart: int = 0

    @property
    def whole(self) -> bool:
        """Whether there are rows, for every part, and none that should be with them stands apart."""
        return self.rows.num_rows > 0 and not self.missing and not self.apart


def select(
    table: pa.Table,
    where: Mapping[str, Sequence[str]],
    *,
    period: str,
    territory: str,
    apart: pa.Table | None = None,
) -> Selection:
    """The rows of the codes `where`, in a period and a territory as they were delivered, or in all the parts of these.

    Levels are never mixed: of several that hold the whole, the least divided is taken. `apart` are the rows of the same
    delivery that enter no figure: a selection that may lack one of them is not whole, for its sum would be short.
    """
    for dimension, codes in where.items():
        table = table.filter(pc.is_in(table[dimension], pa.array(codes, pa.string())))
    lost = None if apart is None else rows_of(apart, where)
    short = Selection(table.slice(0, 0))
    for periods, territories in product(levels_of_period(period), ({territory}, parts_of(territory))):
        found = _within(table, periods, territories)
        if found.rows.num_rows and lost is not None:
            found = replace(found, apart=_may_lack(lost, periods, territories))
        if found.whole:
            return found
        short = short if short.rows.num_rows else found
    return short


def rows_of(apart: pa.Table, where: Mapping[str, Sequence[str]]) -> pa.Table:
    """The rows apart that may be of the codes `where`: an unknown code is none of them."""
    for dimension, codes in where.items():
        if dimension in apart.column_names:
            apart = apart.filter(pc.is_in(apart[dimension], pa.array(codes, pa.string())))
    return apart


def _may_lack(apart: pa.Table, periods: Sequence[str], territories: set[str]) -> int:
    """How many rows apart may belong to these periods and territories; one that says neither may belong anywhere."""
    for name, codes in (("period", periods), ("territory", territories)):
        if name in apart.column_names:
            inside = pc.is_in(apart[name], pa.array(sorted(codes), pa.string()))
            apart = apart.filter(pc.or_(inside, pc.is_null(apart[name])))
    return int(apart.num_rows)


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
