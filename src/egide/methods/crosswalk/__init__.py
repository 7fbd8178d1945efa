"""From the codes of a source to the codes of the house, by dated mappings, with a report of what was lost on the way.

What lives here: applying a crosswalk to a table and proving that nothing was dropped. What does not: the crosswalks
themselves (catalogue) and the sums that follow (`egide.methods.tabulate`).
"""

from egide.methods.crosswalk.application import CannotMap, apply
from egide.methods.crosswalk.mapping import BadMapping, Mapping
from egide.methods.crosswalk.report import Absent, LossReport, Lost

__all__ = ["Absent", "BadMapping", "CannotMap", "LossReport", "Lost", "Mapping", "apply"]
