"""From protected cells to figures: a code, a label, a printed form and a passport. A figure without one does not exist."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from egide.core.missing import Missing
from egide.core.period import Period
from egide.foundation.catalogue import (
    Indicator,
    Letter,
    Nomenclature,
    Text,
    get_indicator,
    get_nomenclature,
    get_source,
    get_territory,
    get_unit,
    get_unit_of,
)
from egide.methods.sdmx import STATUS_OF_ABSENCE
from egide.statistics.disclosure.protected import ProtectedCell, ProtectedCells, ProtectedTable
from egide.statistics.tabulation.cells import TOTAL
from egide.statistics.tabulation.growth import breaks_of

from .printing import LANGUAGES, print_absence, print_value

NORMAL, BREAK = "A", "B"  # codes of the SDMX list of observation statuses


@dataclass(frozen=True)
class PrintedFigure:
    """A figure ready to be printed: `label`, `printed` and `definition` by language, `passport` as it is published."""

    code: str
    label: Mapping[str, str]
    printed: Mapping[str, str]
    definition: Mapping[str, str]
    passport: Mapping[str, Any]
    suppression: str | None = None
    notes: tuple[str, ...] = ()

    def as_plain(self) -> dict[str, Any]:
        """Plain data, as the renderings take it."""
        return {
            "code": self.code,
            "label": dict(self.label),
            "printed": dict(self.printed),
            "passport": dict(self.passport),
        }


def figures_of(letter: Letter, protected: ProtectedTable) -> list[PrintedFigure]:
    """Every figure of a letter in its order: those it names, then the cells of its tables, margins included."""
    figures = [_figure(id, protected.tables[id]) for id in letter.figures]
    for section in letter.sections:
        for table in section.tables:
            figures += _table_figures(table.id, protected.tables[table.id])
    return figures


def _figure(code: str, table: ProtectedCells) -> PrintedFigure:
    indicator = get_indicator(table.indicator)
    return _printed(code, _words(indicator.label), indicator, table, table.cells[0])


def _table_figures(code: str, table: ProtectedCells) -> Iterator[PrintedFigure]:
    indicator = get_indicator(table.indicator)
    for cell in table.cells:
        heads = [code_label(indicator, name, value) for name, value in zip(table.by, cell.codes, strict=True)]
        label = {
            lang: f"{indicator.label.get(lang)} – {', '.join(head.get(lang) for head in heads)}" for lang in LANGUAGES
        }
        yield _printed(".".join((code, *cell.codes)), label, indicator, table, cell)


def list_of(indicator: Indicator, dimension: str) -> Nomenclature:
    """The nomenclature of a dimension: the one that the indicator's source names for the column, else the one so called."""
    columns = get_source(indicator.source).columns if indicator.source else ()
    named = [column.nomenclature for column in columns if column.name == dimension and column.nomenclature]
    return get_nomenclature(named[0] if named else dimension)


def code_label(indicator: Indicator, dimension: str, code: str) -> Text:
    """The words of a code of a dimension of an indicator, or of its total."""
    if code == TOTAL:
        return Text("Ensemble", "Total")
    if dimension == "territory":
        return Text(*[get_territory(code).name] * 2)
    return list_of(indicator, dimension).codes[code].label


def _printed(
    code: str, label: Mapping[str, str], indicator: Indicator, table: ProtectedCells, cell: ProtectedCell
) -> PrintedFigure:
    qualifier = table.attributes.get("qualifier", "")
    printed = {
        lang: print_value(cell.value, kind=indicator.kind, unit=table.unit, qualifier=qualifier, language=lang)
        if cell.value is not None
        else print_absence(cell.absence or Missing.UNKNOWN, table.words, lang)
        for lang in LANGUAGES
    }  # fmt: skip
    return PrintedFigure(
        code, label, printed, _words(indicator.definition), _passport(code, indicator, table, cell), cell.suppression
    )


def _passport(code: str, indicator: Indicator, table: ProtectedCells, cell: ProtectedCell) -> dict[str, Any]:
    return {
        "code": code,
        "value": float(cell.value) if isinstance(cell.value, Decimal) else cell.value,
        "absence": cell.absence.name if cell.absence else None,
        "unit": _unit(table.unit),
        "population": _words(indicator.population.words),
        "geography": _geography(table, cell),
        "facts_period": table.attributes.get("facts_period", table.period),
        "record_period": table.period,
        "source": _source(indicator, table),
        "definition_version": f"{indicator.code} {indicator.version}",
        "breaks_crossed": _breaks_crossed(indicator, table),
        "status": STATUS_OF_ABSENCE[cell.absence][0] if cell.absence else _status(indicator, table),
        "lineage": [dict(table.origin)] if table.origin else [],
    }


def _unit(code: str) -> dict[str, str]:
    ratios = get_nomenclature("ratios").codes
    if code in ratios:
        return {"code": code, **_words(ratios[code].label)}
    nomenclature, _, index = code.partition(":")
    unit = get_unit_of(nomenclature, index) if index else get_unit(code)
    return {"code": code, "fr": unit.label_fr, "en": unit.label_en}


def _geography(table: ProtectedCells, cell: ProtectedCell) -> dict[str, str]:
    codes = dict(zip(table.by, cell.codes, strict=True))
    code = codes.get("territory", TOTAL)
    territory = get_territory(table.territory if code == TOTAL else code)
    return {"code": territory.code, "fr": territory.name, "en": territory.name}


def _source(indicator: Indicator, table: ProtectedCells) -> dict[str, str] | None:
    if indicator.source is None:
        return None
    source = get_source(indicator.source)
    named = table.attributes.get("producer")
    producer = get_nomenclature("producers").codes[named].label if named else source.producer.label
    found = {"code": source.code, **_words(source.label), "producer": _words(producer)}
    if "published_in" in table.attributes:
        found["published_in"] = table.attributes["published_in"]
    return found  # type: ignore[return-value]


def _breaks_crossed(indicator: Indicator, table: ProtectedCells) -> list[dict[str, Any]]:
    """Only a change over time crosses a break; a level stands on one side of it."""
    if indicator.kind != "growth":
        return []
    after = Period.parse(table.period)
    before = after.first.replace(year=after.first.year - 1)
    return [
        {"at": each.at, "kind": each.kind, "cause": _words(each.cause)}
        for each in breaks_of(indicator, table.territory)
        if before < Period.parse(each.at).first <= after.last
    ]


def _status(indicator: Indicator, table: ProtectedCells) -> str:
    """B where a break that no real change explains falls in the period: the level is not that of the period before."""
    period = Period.parse(table.period)
    if indicator.kind == "growth":
        return NORMAL
    falls = any(
        period.contains(Period.parse(each.at).first) and each.kind != "real"
        for each in breaks_of(indicator, table.territory)
    )
    return BREAK if falls else NORMAL


def _words(text: Text) -> dict[str, str]:
    return {"fr": text.fr, "en": text.en}


def absent(figure: PrintedFigure) -> Missing | None:
    """Why a figure has no value, if it has none."""
    name = figure.passport["absence"]
    return Missing[name] if name else None
