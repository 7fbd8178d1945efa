"""The only reads of the inventory: each source as its page shows it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from egide.foundation.catalogue import (
    Break,
    NotMeasurable,
    Producer,
    Sheet,
    Source,
    Text,
    UnknownEntry,
    get_nomenclature,
    get_sheet,
    get_unit,
)
from egide.foundation.catalogue import get_source as _get
from egide.foundation.catalogue import list_sources as _list

from .meetings import declared_breaks


@dataclass(frozen=True)
class Variable:
    """A column of a source: what it holds, the list of its codes and how many there are."""

    name: str
    role: str
    nomenclature: Text | None
    codes: int


@dataclass(frozen=True)
class SourceView:
    """A source in the inventory; `units` are what it counts, in words."""

    code: str
    version: str
    label: Text
    producer: Text
    producer_validity: str
    units: tuple[Text, ...]
    territory: str
    scope: Text
    scope_note: Text | None
    frequency: str
    lag: Text
    quality: Text
    legal_basis: Text
    licence: Text | None
    breaks: tuple[Break, ...]
    not_measurable: tuple[NotMeasurable, ...]
    variables: Mapping[str, Text | None]
    layouts: int
    fictional: bool
    sheet: Sheet | None = None
    columns: tuple[Variable, ...] = ()


def list_sources() -> list[SourceView]:
    """Every source, by code."""
    return [_view(source) for source in _list()]


def get_source(code: str) -> SourceView:
    """One source, with the breaks that changes of definition opened. Raises UnknownEntry."""
    view = _view(_get(code))
    return replace(view, breaks=(*view.breaks, *declared_breaks(code)))


def list_counted() -> list[tuple[str, Text, str, list[tuple[str, Text]]]]:
    """What each source counts by the codes of a list: (source, its label, the column, its codes with their labels)."""
    found = []
    for source in _list():
        column = next((c for c in source.columns if c.role == "dimension" and c.nomenclature), None)
        if column is not None and column.nomenclature:
            codes = get_nomenclature(column.nomenclature).codes.values()
            found.append((source.code, source.label, column.name, [(each.code, each.label) for each in codes]))
    return found


def _view(source: Source) -> SourceView:
    return SourceView(
        source.code, source.version, source.label, source.producer.label, _validity(source.producer), tuple(_units(source)),
        source.scope.territory,
        source.scope.population, source.scope.note, source.frequency, source.lag, source.quality, source.legal_basis,
        source.licence, source.breaks, source.not_measurable, _variables(source), len(source.dialects), source.fictional,
        _sheet(source.code), tuple(_columns(source)),
    )  # fmt: skip


def _sheet(code: str) -> Sheet | None:
    try:
        return get_sheet(code)
    except UnknownEntry:
        return None


def _columns(source: Source) -> Iterator[Variable]:
    for column in source.columns:
        known = get_nomenclature(column.nomenclature) if column.nomenclature else None
        yield Variable(column.name, column.role, known.label if known else None, len(known.codes) if known else 0)


def _validity(producer: Producer) -> str:
    """The producer's years of activity, and who took over; empty where the catalogue says nothing."""
    if not (producer.valid_from or producer.valid_to):
        return ""
    years = f"{producer.valid_from.year if producer.valid_from else '…'} – {producer.valid_to.year if producer.valid_to else '…'}"
    return f"{years} → {producer.successor}" if producer.successor else years


def _units(source: Source) -> list[Text]:
    """The units written in the source's file; where none is, those of the nomenclature that it counts."""
    codes: dict[str, None] = {}
    for column in source.columns:
        if column.role == "unit":
            codes.update(dict.fromkeys(column.codes.values()))
    if not codes:
        for column in source.columns:
            if column.role == "dimension" and column.nomenclature:
                codes.update(
                    dict.fromkeys(c.unit for c in get_nomenclature(column.nomenclature).codes.values() if c.unit)
                )
                break
    ratios = get_nomenclature("ratios").codes
    return [_unit(code) for code in codes if code not in ratios and code != "UNKNOWN"]


def _unit(code: str) -> Text:
    unit = get_unit(code)
    return Text(unit.label_fr, unit.label_en)


def _variables(source: Source) -> dict[str, Text | None]:
    return {
        column.name: get_nomenclature(column.nomenclature).label if column.nomenclature else None
        for column in source.columns
        if column.role in ("dimension", "territory", "period")
    }
