"""How long a form filled alone stays open, and what it asks: only the parts that the grid gives to the person herself."""

from datetime import timedelta

from egide.foundation.catalogue.entries.grids import Grid, GridFactor

LINK_FOR = timedelta(days=3)
HERE_FOR = timedelta(hours=2)
A_PAGE = 3


def list_asked(grid: Grid) -> list[GridFactor]:
    """The questions of the form, in the order of the grid."""
    return [factor for factor in grid.factors.values() if factor.part in grid.self_completed]


def list_pages(grid: Grid) -> list[list[GridFactor]]:
    """A few questions on each page: each page that is sent is kept, so that one may stop anywhere."""
    asked = list_asked(grid)
    return [asked[start : start + A_PAGE] for start in range(0, len(asked), A_PAGE)]
