"""The parts of a figure as one delivery holds them: one value for each period and territory that it names, no margin."""

import ibis
import pyarrow as pa

from egide.foundation.catalogue import Indicator, Source
from egide.methods.tabulate import Query, tabulate

from .tabulate import ATTRIBUTES, check_one_level, counted_unit, in_whole_numbers, unit_of

PLACE = ("period", "territory")


def tabulate_parts(indicator: Indicator, source: Source, rows: pa.Table) -> pa.Table:
    """The selected rows of a delivery as (period, territory, value); a row that stands alone on its place is taken as it is.

    Raises NotAdditive or UnlikeUnits where the rows of one place cannot be added.
    """
    places = rows.group_by(PLACE).aggregate([([], "count_all")])
    if places.num_rows == rows.num_rows:
        return in_whole_numbers(rows).select([*PLACE, "value"])
    unit = counted_unit(unit_of(indicator, rows), rows)
    check_one_level(rows, source)
    apart = {*ATTRIBUTES, *PLACE, "unit", "value"}
    named = {c.name for c in source.columns if c.role == "attribute"} & set(rows.column_names)
    codes = {name: rows[name].unique().to_pylist() for name in rows.column_names if name not in apart | named}
    fixed = {name: found for name, found in codes.items() if len(found) == 1}
    table = ibis.memtable(in_whole_numbers(rows))
    return tabulate(table, Query(fixed, PLACE, unit, attributes=(*ATTRIBUTES, *sorted(named))))
