"""What each vintage of a source said of a figure of the letter, for the figure's page."""

from decimal import Decimal
from typing import Any

from egide.foundation.catalogue import Letter, get_indicator, get_source
from egide.statistics.tabulation.cells import CellTable
from egide.statistics.tabulation.tabulate import list_vintages

from .figures import PrintedFigure
from .printing import LANGUAGES, print_value


def vintages_of(letter: Letter, figure: PrintedFigure) -> list[dict[str, Any]]:
    """One entry for each vintage, oldest first.

    Without values where the source is under disclosure control: two vintages of a small number would give it away.
    """
    wanted = letter.figures.get(figure.code)
    if wanted is None:
        return []
    indicator = get_indicator(wanted.indicator)
    shown = indicator.source is not None and get_source(indicator.source).disclosure == "none"
    tables = list_vintages(indicator, period=wanted.period, territory=wanted.territory)
    return [_entry(table, shown) for table in tables if table.origin]


def _entry(table: CellTable, shown: bool) -> dict[str, Any]:
    assert table.origin is not None
    value = table.cells[0].value if shown else None
    qualifier = table.attributes.get("qualifier", "")
    return {
        "vintage": table.origin.vintage,
        "delivery": table.origin.delivery,
        "sha256": table.origin.sha256,
        "received_at": table.origin.received_at,
        "filename": table.origin.filename,
        "value": float(value) if isinstance(value, Decimal) else value,
        "printed": None
        if value is None
        else {
            language: print_value(
                value, kind=table.indicator.kind, unit=table.unit, qualifier=qualifier, language=language
            )
            for language in LANGUAGES
        },
    }
