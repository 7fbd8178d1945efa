"""A series and a period in words. What lives here: names; no figure."""

from typing import Any

from egide.foundation.catalogue import UnknownEntry, get_nomenclature, get_source, get_territory
from egide.web.components.words import month, words


def series_words(found: Any) -> str:
    """Give the codes of a series with their labels, then its territory."""
    columns = {column.name: column for column in get_source(found.source).columns}
    said = [_code(columns.get(name), code) for name, code in found.series.items()]
    try:
        said.append(get_territory(found.territory).name)
    except UnknownEntry:
        said.append(found.territory)
    return ", ".join(each for each in said if each)


def period_words(period: str) -> str:
    """Write a month in words, and a year or a quarter as it is."""
    return month(period) if len(period) == 7 and "Q" not in period else period


def _code(column: Any, code: str) -> str:
    if column is None or not column.nomenclature:
        return code
    entry = get_nomenclature(column.nomenclature).codes.get(code)
    if entry is None:
        return code
    return f"{words(entry.label)} ({code})" if code.isdigit() else words(entry.label)
