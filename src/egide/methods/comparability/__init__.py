"""What may be compared with what, and the sentence of refusal when it may not.

What lives here: totals, ratios, shares, growth and intervals of figures that say what they describe. What does not:
tabulation of cells (`egide.methods.tabulate`), rounding and words in print (pages), the register of breaks (catalogue).
"""

from egide.methods.comparability.described import Derived, Described, NotComparable
from egide.methods.comparability.growth import Backcast, Break, Growth, growth
from egide.methods.comparability.ratios import Interval, days_between, part_of, ratio, share_of, total

__all__ = [
    "Backcast",
    "Break",
    "Derived",
    "Described",
    "Growth",
    "Interval",
    "NotComparable",
    "days_between",
    "growth",
    "part_of",
    "ratio",
    "share_of",
    "total",
]
