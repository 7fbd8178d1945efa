"""What somebody asks the vintages of: an indicator of the catalogue, or a class of a source by its code or its label."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from egide.foundation.catalogue import (
    Column,
    Indicator,
    Population,
    Source,
    Text,
    get_nomenclature,
    get_source,
    list_indicators,
)

SHOWN = 12


class UnknownSeries(LookupError):
    """The source has no series of this name; the sentence lists some that it has."""


@dataclass(frozen=True)
class Asked:
    """A series of a source: `code` names it in addresses and signatures, `where` are the codes that it selects."""

    source: Source
    code: str
    label: Text
    where: Mapping[str, tuple[str, ...]]
    indicator: Indicator


def ask(source: str, wanted: str) -> Asked:
    """The series called `wanted` in a source. Raises UnknownEntry for the source, UnknownSeries for the series."""
    series = list_series(get_source(source))
    if found := series.get(wanted):
        return found
    named = wanted.strip().casefold()
    for each in series.values():
        if named in {label.casefold() for label in _labels(each)}:
            return each
    raise UnknownSeries(
        _("The source %(source)s has no series “%(wanted)s”. Ask for one of: %(known)s.")
        % {
            "source": source,
            "wanted": wanted,
            "known": ", ".join([*series][:SHOWN]) + ("…" if len(series) > SHOWN else ""),
        }
    )


def list_series(source: Source) -> dict[str, Asked]:
    """Every series that can be asked of a source: its indicators, then the classes that it counts."""
    found = {
        indicator.code: Asked(source, indicator.code, indicator.label, indicator.where, indicator)
        for indicator in list_indicators()
        if indicator.source == source.code
    }
    column = counted_column(source)
    if column is None or column.nomenclature is None:
        return found
    for code in get_nomenclature(column.nomenclature).codes.values():
        if code.used and code.code not in found:
            where = {column.name: (code.code,)}
            unit = code.unit if code.unit not in (None, "UNKNOWN") else None
            found[code.code] = Asked(
                source, code.code, code.label, where, _class(source, code.code, code.label, where, unit)
            )
    return found


def counted_column(source: Source) -> Column | None:
    """The column whose codes say what is counted: the first dimension that has a nomenclature."""
    return next((c for c in source.columns if c.role == "dimension" and c.nomenclature), None)


def _class(source: Source, code: str, label: Text, where: Mapping[str, tuple[str, ...]], unit: str | None) -> Indicator:
    """A class of a source read as an indicator, so that it is tabulated by the same rules."""
    return Indicator(
        code=code, version=source.version, valid_from=source.valid_from, valid_to=source.valid_to, label=label,
        definition=label, kind="count", unit=unit, population=Population(source.code, source.scope.population),
        cohort="recorded-in-year", source=source.code, where=where,
    )  # fmt: skip


def _labels(each: Asked) -> set[str]:
    """Every way the series is written: its labels, and those of the producer's files."""
    column = counted_column(each.source)
    names = {each.label.fr, each.label.en, each.code}
    if column and column.nomenclature and each.where.get(column.name) == (each.code,):
        names |= {alias.text for alias in get_nomenclature(column.nomenclature).codes[each.code].aliases}
    return names
