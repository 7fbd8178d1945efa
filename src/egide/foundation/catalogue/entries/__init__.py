"""What the catalogue's files become: frozen dataclasses, one per kind of entry (letters apart: `entries.letters`).

Lives here: the shapes that the rest of the house reads. Not here: reading files (`files`), building these from plain
mappings (`parsing`), asking for one (`queries`), judging a catalogue (`checking`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any, Literal

Language = Literal["fr", "en"]


@dataclass(frozen=True)
class Text:
    """A sentence or a label in both languages."""

    fr: str
    en: str

    def get(self, language: str) -> str:
        """The text in `language` ("fr" or "en"; "fr-FR" is read as "fr").

        Raises ValueError for another language: no text is ever shown in a language it was not written in.
        """
        short = language[:2].lower()
        if short not in ("fr", "en"):
            raise ValueError(f"The catalogue is written in fr and en; {language!r} was asked: ask for one of the two.")
        return self.fr if short == "fr" else self.en


@dataclass(frozen=True)
class Alias:
    """A way a producer writes a code, and the vintages in which it was seen (dates or years, as known)."""

    text: str
    vintages: tuple[str, ...] = ()


@dataclass(frozen=True)
class NomenclatureCode:
    """One code of a nomenclature. `unit`: a counting-unit code or "UNKNOWN"; `verified` None: not applicable."""

    code: str
    label: Text
    parent: str | None = None
    unit: str | None = None
    note: Text | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    used: bool = True
    verified: bool | None = None
    additive_over: frozenset[str] = frozenset()
    aliases: tuple[Alias, ...] = ()
    successor: str | None = None


@dataclass(frozen=True)
class Nomenclature:
    """A dated list of codes; `codes` keeps the order of the file."""

    code: str
    version: str
    label: Text
    source: Text
    valid_from: date
    valid_to: date | None
    codes: Mapping[str, NomenclatureCode]

    def aliases(self) -> dict[str, str]:
        """Every way a producer writes a code -> the code."""
        return {alias.text: entry.code for entry in self.codes.values() for alias in entry.aliases}


@dataclass(frozen=True)
class Producer:
    """Who produces a source. `valid_to` is the last day of its activity; `successor` took its tasks over."""

    code: str
    label: Text
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str | None = None


@dataclass(frozen=True)
class Scope:
    """The field a source covers: a territory code, a population in words, and what is left out."""

    territory: str
    population: Text
    note: Text | None = None


@dataclass(frozen=True)
class Column:
    """A canonical column of a raw table.

    `role`: dimension, territory, period, unit, measure or attribute. `codes`: value as delivered -> code of the
    catalogue (those written in the source's file, and the aliases of its nomenclature). `pad`: zeros are put back on
    the left up to this length. `ratios`: codes of the nomenclature "ratios" a unit column may also hold; a ratio
    (percent) is no counting unit and is never summed. `optional`: a dialect may lack the column; it is then `constant`.
    """

    name: str
    role: str
    nomenclature: str | None = None
    format: str | None = None
    level: str | None = None
    pad: int | None = None
    codes: Mapping[str, str] = field(default_factory=dict)
    ratios: tuple[str, ...] = ()
    optional: bool = False
    constant: str | None = None


@dataclass(frozen=True)
class Dialect:
    """One layout a source is known to deliver: `header` maps the delivered name -> the canonical column.

    `formats` overrides a column's format in this layout ({"period": "year2"}); `encoding` is a Python codec name;
    `line_end` is "lf" or "crlf".
    """

    id: str
    separator: str
    decimal: str
    encoding: str
    header: Mapping[str, str]
    ignored: tuple[str, ...] = ()
    line_end: str = "lf"
    formats: Mapping[str, str] = field(default_factory=dict)
    vintages: tuple[str, ...] = ()
    notes: Text | None = None


@dataclass(frozen=True)
class Total:
    """A declared total: in `dimension`, the rows coded `code` must equal the sum of the rows coded `of`."""

    dimension: str
    code: str
    of: tuple[str, ...]


@dataclass(frozen=True)
class OutsideCode:
    """Something outside the scope of a source (AT-60): listed and counted on arrival, never in a figure."""

    code: str
    label: Text


@dataclass(frozen=True)
class NotMeasurable:
    """A concept the source cannot measure (AT-58): the answer is this reason, never zero."""

    concept: str
    reason: Text


@dataclass(frozen=True)
class Break:
    """A break of series: no growth across `at` (first period after it) unless a `backcast` is attached (X13).

    `kind`: artefact (a change of tool), real (the thing itself changed), declared (said by the producer, unmeasured).
    """

    series: Mapping[str, str]
    at: str
    kind: str
    cause: Text
    effect: str | None = None
    backcast: str | None = None


@dataclass(frozen=True)
class Redefinition:
    """One label, two definitions: the vintage from which the wider or narrower one applies to the whole series."""

    series: Mapping[str, str]
    vintage: str
    cause: Text
    effect: str | None = None


@dataclass(frozen=True)
class Source:
    """A statistical source, as an expert describes it.

    `status` is official or fictional; `holds` cells or rows; `disclosure` is the profile that its tables
    obey.
    """

    code: str
    version: str
    valid_from: date
    valid_to: date | None
    status: str
    label: Text
    producer: Producer
    legal_basis: Text
    holds: str
    disclosure: str
    scope: Scope
    frequency: str
    lag: Text
    quality: Text
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    dialects: tuple[Dialect, ...]
    licence: Text | None = None
    totals: tuple[Total, ...] = ()
    outside: tuple[OutsideCode, ...] = ()
    not_measurable: tuple[NotMeasurable, ...] = ()
    breaks: tuple[Break, ...] = ()
    redefinitions: tuple[Redefinition, ...] = ()
    quarantine: Text | None = None

    @property
    def fictional(self) -> bool:
        """True when every figure of this source is invented."""
        return self.status == "fictional"

    def column(self, name: str) -> Column:
        """The canonical column called `name`. Raises KeyError naming the columns there are."""
        for column in self.columns:
            if column.name == name:
                return column
        known = ", ".join(column.name for column in self.columns)
        raise KeyError(f"The source {self.code} has no column {name!r}; it has: {known}.")


@dataclass(frozen=True)
class CrosswalkRow:
    """`from_code` counts for `weight` in `to_code` from `valid_from` to `valid_to` (inclusive), on territory `scope`.

    `scope` None: on every territory. `evidence` names a proven sum of the crosswalk, or is empty: the mapping is sure,
    a sum is not proven.
    """

    from_code: str
    to_code: str
    weight: Fraction
    valid_from: date
    valid_to: date | None
    scope: str | None
    evidence: str


@dataclass(frozen=True)
class ProvenSum:
    """A sum of codes whose units are unknown or not additive, allowed because it was checked against another count.

    `tolerance` is the greatest relative gap seen, as a decimal text ("0.002"); outside the dates nothing is proven.
    """

    id: str
    to_code: str
    of: tuple[str, ...]
    scope: str
    valid_from: date
    valid_to: date | None
    target_unit: str
    tolerance: str
    evidence: Text


@dataclass(frozen=True)
class Crosswalk:
    """A dated table of passage from one nomenclature to another."""

    code: str
    version: str
    label: Text
    source_nomenclature: str
    target_nomenclature: str
    valid_from: date
    valid_to: date | None
    rows: tuple[CrosswalkRow, ...]
    proven_sums: tuple[ProvenSum, ...] = ()


@dataclass(frozen=True)
class Territory:
    """A territory. `level`: country, region, departement, collectivity or commune; `insee` its official code.

    Codes of régions take an R ("R11") because a département bears the same number. `parent` is the département of a
    commune, the région of a département. `valid_from` is None where the source does not state it.
    """

    code: str
    name: str
    level: str
    parent: str | None = None
    insee: str | None = None
    kind: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    fictional: bool = False


@dataclass(frozen=True)
class Protection:
    """What a reader may still learn about a hidden cell, as far as anyone can compute.

    "whole-range": the cell may be any count from `floor` to `top`. "share": it may be `lower` % less and `upper` % more
    than it is, and the interval is at least `least` wide.
    """

    rule: str
    floor: int
    top: int | None = None
    lower: float | None = None
    upper: float | None = None
    least: float | None = None


@dataclass(frozen=True)
class DisclosureProfile:
    """A rule of disclosure control: counts of `units` from 1 to `minimum_count` - 1 are hidden, and what `rules` catch."""

    code: str
    version: str
    label: Text
    valid_from: date
    valid_to: date | None
    units: tuple[str, ...]
    minimum_count: int
    suppress_zero: bool
    protection: Protection
    weight_basis: str
    weight_minimum: int
    source: Text
    to_verify: bool
    rules: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class LawArticle:
    """One version of an article: a reference, a summary in our own words, its dates in force.

    `article` is the name it keeps whatever its version or number; None when it is the code itself.
    """

    code: str
    act: Text
    ref: str
    summary: Text
    valid_from: date
    valid_to: date | None
    last_checked: date
    checked_against: Text
    to_verify: bool
    article: str | None = None


@dataclass(frozen=True)
class RetentionRule:
    """How long a kind of record lives after `starts_at`.

    `ends`: "never", "once-tabulated", "field-end" or "months" (`minimum_months` and `maximum_months` are then set).
    `visa_kinds`: the kinds of organisation whose archives must agree before anything is destroyed (Z14).
    """

    code: str
    version: str
    label: Text
    applies_to: str
    starts_at: Text
    ends: str
    minimum_months: int | None
    maximum_months: int | None
    keeps: Text | None
    valid_from: date
    valid_to: date | None
    source: Text
    to_verify: bool
    visa_kinds: tuple[str, ...] = ()
