"""How the values of a source's columns are read: the map from what is delivered to the codes of the catalogue."""

import re
from collections.abc import Callable
from functools import lru_cache

from egide.foundation.catalogue import Column, Source, get_nomenclature, list_territories

_PERIODS: dict[str, tuple[str, Callable[[str], str]]] = {
    "year": (r"(?:19|20)\d\d", str),
    "year2": (r"\d\d", lambda text: f"20{text}"),
    "month": (r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])", str),
    "mixed-fr": (
        r"(?:19|20)\d\d(?:M(?:0[1-9]|1[0-2])|T[1-4])?",
        lambda text: text.replace("M", "-").replace("T", "-Q"),
    ),
    "period": (r"(?:19|20)\d\d(?:-Q[1-4]|-(?:0[1-9]|1[0-2])(?:-\d\d)?)?(?:/\S+)?", str),
}


def read_period(text: str, format: str) -> str | None:
    """The SDMX text of a delivered period, or None when it is not one."""
    pattern, convert = _PERIODS[format]
    return convert(text) if re.fullmatch(pattern, text) else None


def read_territory(text: str, column: Column) -> str | None:
    """The territory's code of the catalogue, with the zeros put back, or None when there is none."""
    known = territory_codes(column.level or "code")
    return known.get(text.zfill(column.pad) if column.pad else text) or column.codes.get(text)


@lru_cache
def territory_codes(level: str) -> dict[str, str]:
    """Every way a territory of a level is delivered -> its code of the catalogue."""
    levels = ("commune", "collectivity", "departement", "region", "country") if level == "code" else (level,)
    territories = [territory for each in levels for territory in list_territories(each, fictional=True)]
    official = {territory.insee: territory.code for territory in territories if territory.insee and level != "code"}
    return {**official, **{territory.code: territory.code for territory in territories}}


def code_map(source: Source, column: Column) -> dict[str, str]:
    """Every way a dimension's or a unit's code is delivered -> the code of the catalogue."""
    codes: dict[str, str] = {}
    if column.nomenclature:
        nomenclature = get_nomenclature(column.nomenclature)
        codes = {**{code: code for code in nomenclature.codes}, **nomenclature.aliases()}
    totals = {total.code: total.code for total in source.totals if total.dimension == column.name}
    return {**codes, **totals, **{ratio: ratio for ratio in column.ratios}, **column.codes}


def is_coded(column: Column) -> bool:
    """Whether the column holds codes, rather than free words, attributes or the measure."""
    if column.role == "dimension":
        return bool(column.nomenclature or column.codes)
    return column.role in ("territory", "period", "unit")


class _Readable:
    """The set of delivered values that a reading function understands."""

    def __init__(self, read: Callable[[str], str | None]) -> None:
        self._read = read

    def __contains__(self, text: str) -> bool:
        return self._read(text) is not None


def known_codes(source: Source, column: Column) -> "dict[str, str] | _Readable | None":
    """What a column may hold; None where any text is allowed."""
    if not is_coded(column):
        return None
    if column.role == "territory":
        return _Readable(lambda text: read_territory(text, column))
    if column.role == "period":
        formats = {
            column.format or "period",
            *(d.formats[column.name] for d in source.dialects if column.name in d.formats),
        }
        return _Readable(lambda text: next((p for f in formats if (p := read_period(text, f))), None))
    return code_map(source, column)
