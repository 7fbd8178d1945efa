"""From plain mappings to indicators and letters: the part of the catalogue that becomes a publication.

Lives here: the shapes of indicators/ and letters/. Not here: sources and nomenclatures (`parsing`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from egide.foundation.catalogue.entries import Text
from egide.foundation.catalogue.entries import letters as e
from egide.foundation.catalogue.parsing import breaks, day, maybe_text, moment, sure_day, text

Plain = Mapping[str, Any]


def indicator(plain: Plain) -> e.Indicator:
    """The content of indicators/<code>.yaml."""
    population = plain["population"]
    return e.Indicator(
        code=plain["code"],
        version=plain["version"],
        valid_from=sure_day(plain["valid_from"]),
        valid_to=day(plain.get("valid_to")),
        label=text(plain["label"]),
        definition=text(plain["definition"]),
        kind=plain["kind"],
        unit=plain.get("unit"),
        population=e.Population(population["code"], text(population)),
        cohort=plain.get("cohort"),
        source=plain.get("source"),
        where={key: tuple(str(code) for code in codes) for key, codes in plain["where"].items()},
        by=tuple(plain.get("by", ())),
        breaks=breaks(plain.get("breaks")),
        not_published=maybe_text(plain.get("not_published")),
        tactics=plain.get("tactics"),
        notes=maybe_text(plain.get("notes")),
    )


def letter(plain: Plain) -> e.Letter:
    """The content of letters/<edition>.yaml."""
    return e.Letter(
        edition=plain["edition"],
        number=plain["number"],
        dated=sure_day(plain["dated"]),
        embargo_until=moment(plain["embargo_until"]),
        fictional=plain["fictional"],
        title=text(plain["title"]),
        subtitle=maybe_text(plain.get("subtitle")),
        introduction=_paragraphs(plain.get("introduction")),
        figures={key: _figure(key, item) for key, item in plain["figures"].items()},
        derived={key: _derived(key, item) for key, item in (plain.get("derived") or {}).items()},
        sections=tuple(_section(item) for item in plain["sections"]),
        conflicts=tuple(_conflict(item) for item in plain.get("conflicts") or ()),
        refused=tuple(_refused(item) for item in plain.get("refused") or ()),
        method=_paragraphs(plain.get("method")),
    )


def _paragraphs(plain: list[Plain] | None) -> tuple[Text, ...]:
    return tuple(text(item) for item in plain or ())


def _figure(key: str, plain: Plain) -> e.LetterFigure:
    return e.LetterFigure(
        id=key,
        indicator=plain["indicator"],
        period=str(plain["period"]),
        territory=plain["territory"],
        headline=plain.get("headline", False),
    )


def _derived(key: str, plain: Plain) -> e.DerivedFigure:
    return e.DerivedFigure(
        id=key,
        rule=plain["rule"],
        of=tuple(plain["of"]),
        label=text(plain["label"]),
        definition=text(plain["definition"]),
    )


def _section(plain: Plain) -> e.Section:
    return e.Section(
        id=plain["id"],
        title=text(plain["title"]),
        paragraphs=_paragraphs(plain.get("paragraphs")),
        figures=tuple(plain.get("figures") or ()),
        tables=tuple(_table(item) for item in plain.get("tables") or ()),
        not_published=tuple(plain.get("not_published") or ()),
    )


def _table(plain: Plain) -> e.LetterTable:
    return e.LetterTable(
        id=plain["id"],
        caption=text(plain["caption"]),
        indicator=plain["indicator"],
        period=str(plain["period"]),
        territory=plain["territory"],
        rows=plain["rows"],
        columns=plain["columns"],
    )


def _conflict(plain: Plain) -> e.Conflict:
    return e.Conflict(plain["id"], tuple(plain["figures"]), text(plain["words"]), maybe_text(plain.get("decision")))


def _refused(plain: Plain) -> e.Refused:
    return e.Refused(plain["id"], plain["rule"], tuple(plain["of"]), text(plain["claim"]))
