"""What the files of indicators and letters become: the frozen dataclasses of what is printed.

Lives here: the shapes of indicators/ and letters/. Not here: the other shapes (`entries`), reading (`parsing.letters`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from egide.foundation.catalogue.entries import Break, Text


@dataclass(frozen=True)
class Population:
    """Whom a figure is about; two figures compare only when their population codes are equal."""

    code: str
    words: Text


@dataclass(frozen=True)
class Indicator:
    """A definition, versioned. `source` None: nobody publishes it, and `not_published` is what is printed (AT-75)."""

    code: str
    version: str
    valid_from: date
    valid_to: date | None
    label: Text
    definition: Text
    kind: str
    unit: str | None
    population: Population
    cohort: str | None
    source: str | None
    where: Mapping[str, tuple[str, ...]]
    by: tuple[str, ...] = ()
    breaks: tuple[Break, ...] = ()
    not_published: Text | None = None
    tactics: str | None = None
    notes: Text | None = None


@dataclass(frozen=True)
class LetterFigure:
    """A figure a letter calls for: an indicator, a period (SDMX text) and a territory."""

    id: str
    indicator: str
    period: str
    territory: str
    headline: bool = False


@dataclass(frozen=True)
class DerivedFigure:
    """A figure computed from others of the same letter by a named rule (trap 29)."""

    id: str
    rule: str
    of: tuple[str, ...]
    label: Text
    definition: Text


@dataclass(frozen=True)
class LetterTable:
    """A table of a letter: one indicator, broken down by two dimensions."""

    id: str
    caption: Text
    indicator: str
    period: str
    territory: str
    rows: str
    columns: str


@dataclass(frozen=True)
class Section:
    """A part of a letter; the {id} placeholders in `paragraphs` name figures of the letter."""

    id: str
    title: Text
    paragraphs: tuple[Text, ...]
    figures: tuple[str, ...] = ()
    tables: tuple[LetterTable, ...] = ()
    not_published: tuple[str, ...] = ()


@dataclass(frozen=True)
class Conflict:
    """Figures that do not agree; both are shown until `decision` says otherwise (AT-73)."""

    id: str
    figures: tuple[str, ...]
    words: Text
    decision: Text | None = None


@dataclass(frozen=True)
class Refused:
    """A ratio someone could be tempted to print, and that the house refuses to compute (AT-72)."""

    id: str
    rule: str
    of: tuple[str, ...]
    claim: Text


@dataclass(frozen=True)
class Letter:
    """An edition of the yearly letter: words and references to figures, never a number."""

    edition: int
    number: int
    dated: date
    embargo_until: datetime
    fictional: bool
    title: Text
    subtitle: Text | None
    introduction: tuple[Text, ...]
    figures: Mapping[str, LetterFigure]
    derived: Mapping[str, DerivedFigure]
    sections: tuple[Section, ...]
    conflicts: tuple[Conflict, ...]
    refused: tuple[Refused, ...]
    method: tuple[Text, ...]
