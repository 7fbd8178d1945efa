"""A figure in another nomenclature than its source's: rows summed through a crosswalk, where the sum is proven."""

from collections.abc import Mapping
from dataclasses import dataclass

import ibis
import pyarrow.compute as pc

from egide.core.count import UnlikeUnits
from egide.core.missing import Missing
from egide.methods.crosswalk import LossReport
from egide.methods.tabulate import Query, tabulate
from egide.statistics.collection.models import Delivery
from egide.statistics.collection.queries import read_apart
from egide.statistics.harmonisation.crosswalks import cross
from egide.statistics.harmonisation.harmonise import harmonise

from .cells import Cell, Origin
from .selection import select
from .tabulate import counted_unit, origin_of


@dataclass(frozen=True)
class Crossed:
    """One figure, the unit that its sum is proven to count, its origin, and for each territory what was left out of it."""

    cell: Cell
    unit: str
    origin: Origin | None
    reports: Mapping[str, LossReport]


def tabulate_crossed(
    delivery: Delivery, *, crosswalk: str, column: str, code: str, period: str, territory: str
) -> Crossed:
    """The figure of one target `code` of a crosswalk, summed over the codes of `column` and the parts of the period.

    UNKNOWN where the delivery lacks a part of the period, of the territory or of a proven sum; `reports` lists and counts
    every code that is not of this figure. Raises NotAdditive where the crosswalk has no proof that the codes add up.
    """
    selection = select(harmonise(delivery).table, {}, period=period, territory=territory, apart=read_apart(delivery))
    if not selection.whole:
        return Crossed(Cell((), None, Missing.UNKNOWN), "", None, {})
    mapped, reports = cross(selection.rows, crosswalk=crosswalk, column=column, to=(code,))
    if not mapped.num_rows or any(report.absent for report in reports.values()):
        return Crossed(Cell((), None, Missing.UNKNOWN), "", None, reports)
    units = sorted(pc.unique(mapped["unit"]).to_pylist())
    if len(units) > 1:
        raise UnlikeUnits(
            f"{code} in {period} would add {', '.join(units)}: prove in {crosswalk} what their sum counts."
        )
    names = [
        name for name in mapped.column_names if len(pc.unique(mapped[name])) == 1 and name not in ("unit", "value")
    ]
    fixed = {name: pc.unique(mapped[name]).to_pylist() for name in names if name != "row"}
    cells = tabulate(
        ibis.memtable(mapped), Query(fixed, (), counted_unit(units[0], mapped), attributes=("row",))
    ).to_pylist()
    value = cells[0]["value"]
    cell = Cell((), value, Missing.UNKNOWN if value is None else None)
    return Crossed(cell, units[0], origin_of(delivery, mapped), reports)
