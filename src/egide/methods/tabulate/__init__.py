"""From rows or cells to the cells of a breakdown, exactly, refusing every sum that would count nothing.

What lives here: `tabulate(table, query)`, which is the definition; `make_cube(source, query)`, one pass over many rows, of
which every allowed table is a margin; `tabulate_on`, the same question on DuckDB or Spark. What does not: the choice of
indicators (catalogue), the protection of small cells (`egide.methods.disclosure`), ratios (`egide.methods.comparability`).
"""

from egide.methods.tabulate.building import Outgrown, make_cube
from egide.methods.tabulate.cube import Axis, Cube
from egide.methods.tabulate.elsewhere import NoEngine, tabulate_on
from egide.methods.tabulate.engine import definition, tabulate
from egide.methods.tabulate.query import CannotTabulate, ProvenSum, Query

__all__ = [
    "Axis", "CannotTabulate", "Cube", "NoEngine", "Outgrown", "ProvenSum", "Query",
    "definition", "make_cube", "tabulate", "tabulate_on",
]  # fmt: skip
