"""What the inventory's files become: the sheet of a source beside its layouts, and a concept with its definitions.

Lives here: the shapes of inventory/ and concepts/. Not here: reading (`parsing.inventory`), judging (`checking.inventory`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from egide.foundation.catalogue.entries import Text


@dataclass(frozen=True)
class Due:
    """A delivery that is expected in a month of each year."""

    month: int
    what: Text


@dataclass(frozen=True)
class Sheet:
    """The years a source covers, its grade with the reason, when it is delivered and to whom it is open."""

    source: str
    first: int
    last: int | None
    grade: str
    why: Text
    calendar: tuple[Due, ...]
    access: Text


@dataclass(frozen=True)
class Definition:
    """What one producer means by a concept. `nature`: record or survey; `where`: the codes that count it in the source."""

    id: str
    source: str
    label: Text
    words: Text
    unit: str
    nature: str
    population: Text
    where: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Relation:
    """How the definition `of` stands to the definition `to`: exact, broader, narrower or none."""

    of: str
    to: str
    kind: str
    why: Text


@dataclass(frozen=True)
class Concept:
    """A word that several producers use, their definitions side by side, and one relation for each two of them."""

    code: str
    version: str
    label: Text
    definitions: tuple[Definition, ...]
    relations: tuple[Relation, ...]
