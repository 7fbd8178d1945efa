"""What the files of grids/ become: words, tasks and clocks around what the method applies.

Lives here: the shapes of grids/. Not here: factors, sets and rules as they are applied (`egide.methods.danger`, held as
`method`), reading (`parsing.grids`), and anything about a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from egide.foundation.catalogue.entries import Text
from egide.methods import danger


@dataclass(frozen=True)
class Delay:
    """A delay: so many hours, or the end of the day so many days later. 0 hours is at once, 0 days before midnight."""

    hours: int | None = None
    days: int | None = None

    def due_at(self, start: datetime) -> datetime:
        """The moment at which it runs out when it starts at `start`; days end at 23:59 in the zone of `start`."""
        if self.hours is not None:
            return start + timedelta(hours=self.hours)
        return datetime.combine(start.date() + timedelta(days=self.days or 0), time(23, 59), start.tzinfo)


@dataclass(frozen=True)
class GridFactor:
    """The words of one factor.

    `ask` is put to the victim or a third party, `ask_him` to the alleged perpetrator in his own interview (None: never).
    `informants` are the sources that may answer. `apart`: never asked where the alleged perpetrator can hear or read.
    `grades` are the yes it takes instead of a plain yes. `cites` are lines of the founding texts.
    """

    code: str
    part: str
    red: bool
    families: tuple[str, ...]
    cites: tuple[str, ...]
    label: Text
    ask: Text
    ask_him: Text | None
    note: Text | None
    informants: tuple[str, ...]
    apart: bool
    grades: Mapping[str, Text]


@dataclass(frozen=True)
class GridRule:
    """A rule as it is shown: its sentence, where it comes from, and its condition as it is applied."""

    id: str
    level: danger.Level
    words: Text
    basis: Text
    when: danger.Condition


@dataclass(frozen=True)
class GridOwner:
    """Who does a task: a role of the nomenclature "roles"; None: whoever assessed."""

    code: str
    label: Text
    role: str | None


@dataclass(frozen=True)
class GridTask:
    """Something a level triggers. `stated` False: the delay is the house's proposal, no text gives one."""

    id: str
    label: Text
    owner: str
    or_owner: str | None
    within: Delay
    stated: bool


@dataclass(frozen=True)
class GridLevel:
    """The words of a level, its clock of review and its tasks. `closes` False: nothing closes at this level."""

    code: danger.Level
    label: Text
    meaning: Text
    closes: bool
    review: Delay
    tasks: tuple[GridTask, ...]


@dataclass(frozen=True)
class ReviewEvent:
    """What reopens an assessment whatever its clock, and the factors to ask again first."""

    code: str
    label: Text
    reopens: tuple[str, ...]


@dataclass(frozen=True)
class Grid:
    """A version of a danger grid; every mapping keeps the order of the file.

    `method` is what `danger.assess` takes. `parts`, `families`, `informants`, `moments` and `sets` are labels by code;
    `self_completed` are the parts the victim may fill by herself; `full_within` is the target for the full form.
    """

    code: str
    version: str
    valid_from: date
    valid_to: date | None
    last_checked: date
    label: Text
    source: Text
    caution: Text
    to_verify: bool
    guidance: Mapping[str, Text]
    moments: Mapping[str, Text]
    informants: Mapping[str, Text]
    parts: Mapping[str, Text]
    self_completed: frozenset[str]
    families: Mapping[str, Text]
    owners: Mapping[str, GridOwner]
    sets: Mapping[str, Text]
    factors: Mapping[str, GridFactor]
    rules: Mapping[str, GridRule]
    levels: Mapping[danger.Level, GridLevel]
    events: Mapping[str, ReviewEvent]
    full_within: Delay
    method: danger.Grid

    def factors_of(self, part: str) -> tuple[GridFactor, ...]:
        """The factors of one part, in the order of the file."""
        return tuple(factor for factor in self.factors.values() if factor.part == part)


@dataclass(frozen=True)
class OfficialProfile:
    """The official grid by numbers only; `method` is what `danger.characterise` takes with the red numbers given."""

    code: str
    version: str
    valid_from: date
    valid_to: date | None
    last_checked: date
    label: Text
    source: Text
    caution: Text
    to_verify: bool
    rules: Mapping[str, Text]
    outcomes: Mapping[danger.Outcome, Text]
    method: danger.Profile


@dataclass(frozen=True)
class ShortTick:
    """The words of one line of the short form, and of its grades where it has some."""

    code: str
    label: Text
    grades: Mapping[str, Text]


@dataclass(frozen=True)
class ShortForm:
    """The short form of the first minutes; `grid` is the full grid whose factors its lines open.

    `ways` are the words of observed, told and unknown; `method` is what `danger.screen` takes.
    """

    code: str
    version: str
    grid: str
    valid_from: date
    valid_to: date | None
    last_checked: date
    label: Text
    source: Text
    caution: Text
    to_verify: bool
    ways: Mapping[str, Text]
    urgent: Text
    not_urgent: Text
    ticks: Mapping[str, ShortTick]
    method: danger.ShortForm
