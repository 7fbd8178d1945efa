"""Tables of the fictional département, from the sample delivery or from counts made for one test."""

from datetime import date
from pathlib import Path

import pytest

import egide
from egide.core.missing import Missing
from egide.foundation.catalogue import get_indicator
from egide.statistics.collection.actions import receive_delivery
from egide.statistics.tabulation.cells import TOTAL, Cell, CellTable
from egide.statistics.tabulation.tabulate import tabulate_indicator

SAMPLE = Path(egide.__file__).parent / "sample/deliveries"
BY = ("territory", "relationship")


@pytest.fixture
def sample(inside_statistics, now):
    """The sample delivery, tabulated: (table by commune and relationship, headline)."""
    path = SAMPLE / "val-degide-recorded_2023-01-31.csv"
    receive_delivery(
        path=path, filename=path.name, source="val-degide-recorded", vintage=date(2023, 1, 31), by=None, now=now
    )
    victims = get_indicator("val-degide-recorded-victims")
    return tuple(tabulate_indicator(victims, period="2022", territory="990", by=by) for by in (BY, ()))


@pytest.fixture
def table_of():
    """A cell table of inner counts {(commune, relationship): count or kind of absence}, with its margins."""

    def make(inner, *, by=BY, indicator="val-degide-recorded-victims", territory="990"):
        cells = {}
        for codes, value in inner.items():
            for key in {codes, (codes[0], TOTAL), (TOTAL, codes[1]), (TOTAL, TOTAL)}:
                known = cells.get(key, 0)
                absent = known if isinstance(known, Missing) else value if isinstance(value, Missing) else None
                cells[key] = absent or known + value
        if not by:
            cells = {(): cells[TOTAL, TOTAL]}
        entry = get_indicator(indicator)
        made = tuple(
            Cell(codes, None, value) if isinstance(value, Missing) else Cell(codes, value)
            for codes, value in sorted(cells.items())
        )
        return CellTable(entry, "2022", territory, "victim", by, made, None)

    return make
