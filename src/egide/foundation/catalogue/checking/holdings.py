"""What a catalogue holds, as the checks see it: the sound documents by kind, and the codes others may refer to.

Lives here: look-ups between files while checking. Not here: the look-ups of a running house (`queries`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from egide.foundation.catalogue.checking.problems import Problem, choose_from
from egide.foundation.catalogue.files import Document, YamlPath

UNKNOWN = "UNKNOWN"


@dataclass(frozen=True)
class Entry:
    """One sound document of the catalogue, with a short way to speak of its lines."""

    base: Path
    document: Document

    @property
    def content(self) -> Any:
        """The plain content of the file."""
        return self.document.content

    @property
    def file(self) -> str:
        """The path of the file, relative to the catalogue."""
        return self.document.path.relative_to(self.base).as_posix()

    def problem(self, where: YamlPath, what: str, remedy: str) -> Problem:
        """A problem at `where` in this file."""
        return Problem(self.file, self.document.line(where), what, remedy)

    def check_known(self, where: YamlPath, code: str, known: set[str] | dict[str, Any], what: str) -> Iterator[Problem]:
        """A problem if `code` is not among `known`."""
        if code not in known:
            yield self.problem(where, f"{what} {code!r} is not in the catalogue", choose_from(known, code))


@dataclass(frozen=True)
class Holdings:
    """Every sound document by kind then by code, and the territory codes."""

    base: Path
    by_kind: dict[str, dict[str, Entry]] = field(default_factory=dict)
    territories: set[str] = field(default_factory=set)

    def kind(self, kind: str) -> dict[str, Entry]:
        """The sound entries of one kind, by the name of their file."""
        return self.by_kind.get(kind, {})

    def codes(self, nomenclature: str) -> set[str]:
        """The codes of a nomenclature; empty when it is absent or unsound."""
        entry = self.kind("nomenclature").get(nomenclature)
        return {item["code"] for item in entry.content["codes"]} if entry else set()

    def units(self) -> set[str]:
        """Counting units, and the word for an unknown one."""
        return self.codes("counting-units") | {UNKNOWN}

    def columns(self, source: str) -> dict[str, Any]:
        """The columns of a source by name; empty when it is absent or unsound."""
        entry = self.kind("source").get(source)
        return {column["name"]: column for column in entry.content["columns"]} if entry else {}

    def codes_of_column(self, column: dict[str, Any]) -> set[str] | None:
        """The codes a column may hold, or None when its list is open."""
        if column["role"] == "territory":
            return self.territories
        if column["role"] == "unit":
            return self.units() | set(column.get("ratios", ()))
        return self.codes(column["nomenclature"]) if column.get("nomenclature") else None
