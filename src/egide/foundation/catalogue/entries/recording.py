"""What is known of how facts are recorded. Not here: the breaks it may explain (methods/comparability/detection)."""

from __future__ import annotations

from dataclasses import dataclass

from egide.foundation.catalogue.entries import Text


@dataclass(frozen=True)
class RecordingChange:
    """A dated change: a recording `tool`, or the `world`. `of` names the nomenclatures it touches, all when empty."""

    code: str
    during: str
    kind: str
    rollout: bool
    force: str
    of: frozenset[str]
    codes: frozenset[str]
    label: Text
    source: Text


@dataclass(frozen=True)
class Control:
    """A territory in which one force records nearly everything."""

    territory: str
    force: str
    note: Text


@dataclass(frozen=True)
class Family:
    """Codes of one nomenclature that a change in the world would move together."""

    of: str
    label: Text
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Recording:
    """The calendar of one country."""

    code: str
    version: str
    label: Text
    source: Text
    to_verify: bool
    changes: tuple[RecordingChange, ...]
    controls: tuple[Control, ...]
    families: tuple[Family, ...]
