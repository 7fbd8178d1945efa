"""How the values of a source's columns are read: the map from what is delivered to the codes of the catalogue."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

import pyarrow as pa

from egide.foundation.catalogue import Column, Dialect, Source, get_nomenclature, list_territories

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


SDMX_CSV = Dialect(
    "sdmx-csv", ",", ".", "utf-8-sig", {}
)  # every source may deliver it; its columns are the source's own
_SDMX_OWN = {"STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME", "ACTION", "DATAFLOW", "OBS_STATUS", "CONF_STATUS"}
_SDMX_NAMES = {"territory": "REF_AREA", "period": "TIME_PERIOD", "unit": "UNIT_MEASURE", "measure": "OBS_VALUE"}


def sdmx_name(column: Column) -> str:
    """What a column of a source is called in SDMX-CSV: the standard's own word where it has one."""
    return _SDMX_NAMES.get(column.role, column.name.upper())


def sdmx_layout(source: Source, header: Sequence[str]) -> Dialect | None:
    """The layout of an SDMX-CSV file (1.0 or 2.0) of a source, or None where the header is not that of one.

    Periods are SDMX texts and codes those of the catalogue, or the producer's; the standard's own columns are left out.
    """
    names = {sdmx_name(column): column.name for column in source.columns}
    needed = {sdmx_name(c) for c in source.columns if not (c.optional or c.constant or c.role == "attribute")}
    given = set(header) - _SDMX_OWN
    if (
        len(header) > len(set(header))
        or not {"STRUCTURE", "DATAFLOW"} & set(header)
        or not needed <= given <= set(names)
    ):
        return None
    ignored = tuple(name for name in header if name in _SDMX_OWN)
    return replace(SDMX_CSV, header={name: names[name] for name in header if name in given}, ignored=ignored)


def read_period(text: str, format: str) -> str | None:
    """The SDMX text of a delivered period, or None when it is not one."""
    pattern, convert = _PERIODS[format]
    return convert(text) if re.fullmatch(pattern, text, re.ASCII) else None


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


def reader(source: Source, column: Column, dialect: str) -> Callable[[str], str | None]:
    """How a delivered value of a column is read in one layout: its code of the catalogue, or None when it has none.

    Where the column holds no codes any text stands for itself. The checks and the harmonisation both read by this.
    """
    if column.role == "territory":
        return lambda text: read_territory(text, column)
    if column.role == "period":
        formats = {d.id: d.formats.get(column.name) for d in source.dialects}
        format = "period" if dialect == SDMX_CSV.id else formats.get(dialect) or column.format or "period"
        return lambda text: read_period(text, format)
    if not is_coded(column):
        return str
    return code_map(source, column).get


def read_column(delivered: pa.ChunkedArray, read: Callable[[str], str | None]) -> pa.Array:
    """A whole column in the codes of the catalogue; null where a value has none."""
    encoded = delivered.combine_chunks().dictionary_encode()
    codes = pa.array([read(text) for text in encoded.dictionary.to_pylist()], pa.string())
    return codes.take(encoded.indices)
