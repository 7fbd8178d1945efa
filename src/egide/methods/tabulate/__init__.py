"""From rows or cells to the cells of a breakdown, exactly, refusing every sum that would count nothing.

What lives here: one interface, `tabulate(table, query)`. What does not: the choice of indicators (catalogue), the
protection of small cells (`egide.methods.disclosure`) and ratios of cells (`egide.methods.comparability`).
"""

from egide.methods.tabulate.engine import definition, tabulate
from egide.methods.tabulate.query import CannotTabulate, ProvenSum, Query

__all__ = ["CannotTabulate", "ProvenSum", "Query", "definition", "tabulate"]
