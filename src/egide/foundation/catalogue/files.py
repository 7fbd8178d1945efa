"""Reading the catalogue's files: YAML with the line of each value, CSV with the line of each row.

Lives here: where the catalogue is, and its syntax. Not here: what a file means (`parsing`) or should say (`checking`).
"""

from __future__ import annotations

import csv
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from egide.foundation.catalogue.errors import CatalogueError

FOLDERS = {
    "nomenclatures": "nomenclature",
    "crosswalks": "crosswalk",
    "sources": "source",
    "inventory": "inventory",
    "concepts": "concept",
    "indicators": "indicator",
    "disclosure": "disclosure",
    "law": "law",
    "retention": "retention",
    "secrecy": "secrecy",
    "protocols": "protocol",
    "liaison-forms": "liaison-form",
    "refusal-letters": "refusal-letter",
    "recording": "recording",
    "letters": "letter",
    "grids": "grid",
    "territories": "territories",
    "sample": "margins",
}
YamlPath = tuple[str | int, ...]


def root() -> Path:
    """The catalogue's folder: EGIDE_CATALOGUE, else the checkout's `catalogue/` (trap 33)."""
    told = os.environ.get("EGIDE_CATALOGUE")
    return Path(told).resolve() if told else Path(__file__).resolve().parents[4] / "catalogue"


@dataclass(frozen=True)
class Document:
    """A YAML file as plain values, the line of each of them, and the keys written twice in one mapping."""

    path: Path
    content: Any
    lines: dict[YamlPath, int]
    repeated: tuple[tuple[str, int], ...] = field(default=())

    def line(self, where: YamlPath) -> int:
        """The line (from 1) of the value at `where`, or of its nearest parent."""
        while where not in self.lines and where:
            where = where[:-1]
        return self.lines.get(where, 1)


class PlainLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML without its surprises: `01`, `No`, `2022-08-01` stay text; only true, false, null, 12, 0.5 are typed."""


PlainLoader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("null", r"^(~|null|)$", ["~", "n", ""]),
    ("bool", r"^(true|false)$", ["t", "f"]),
    ("int", r"^-?(0|[1-9][0-9]*)$", list("-0123456789")),
    ("float", r"^-?[0-9]+\.[0-9]+$", list("-0123456789")),
):
    PlainLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), _first)


class _Walk:
    """Turns YAML nodes into plain values, noting lines and repeated keys on the way."""

    def __init__(self) -> None:
        self.lines: dict[YamlPath, int] = {}
        self.repeated: list[tuple[str, int]] = []

    def value(self, node: yaml.Node, where: YamlPath) -> Any:
        self.lines[where] = node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, where)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*where, index)) for index, item in enumerate(node.value)]
        return _scalar(node)

    def _mapping(self, node: yaml.MappingNode, where: YamlPath) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in found:
                self.repeated.append((key, key_node.start_mark.line + 1))
            found[key] = self.value(value_node, (*where, key))
            self.lines[(*where, key)] = key_node.start_mark.line + 1
        return found


def _scalar(node: yaml.Node) -> Any:
    tag, text = node.tag.rsplit(":", 1)[-1], node.value
    match tag:
        case "null":
            return None
        case "bool":
            return text == "true"
        case "int":
            return int(text)
        case "float":
            return float(text)
        case _:
            return text


def read_yaml(path: Path) -> Document:
    """Read one YAML file. Raises yaml.YAMLError (with its mark) or UnicodeDecodeError: `checking` words both."""
    with path.open(encoding="utf-8") as stream:
        loader = PlainLoader(stream)
        try:
            node = loader.get_single_node()
        finally:
            loader.dispose()
    if node is None:
        return Document(path, None, {})
    walk = _Walk()
    content = walk.value(node, ())
    return Document(path, content, walk.lines, tuple(walk.repeated))


def load_yaml(path: Path) -> Any:
    """The content of a YAML file. Raises CatalogueError with the file and the line when it is not YAML."""
    try:
        return read_yaml(path).content
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 1
        raise CatalogueError(f"{path}:{line} cannot be read as YAML; run `egide check_catalogue`.") from error


def yaml_files(base: Path, folder: str) -> list[Path]:
    """The YAML files of one folder of the catalogue, sorted; empty when the folder is absent."""
    return sorted((base / folder).glob("*.yaml"))


def read_csv(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a CSV file of the catalogue (comma, UTF-8) with their line numbers; missing cells become ""."""
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream, restval="")
        for row in reader:
            yield reader.line_num, {key: value for key, value in row.items() if key is not None}


def read_header(path: Path) -> list[str]:
    """The column names of a CSV file; empty for an empty file."""
    with path.open(encoding="utf-8", newline="") as stream:
        return next(csv.reader(stream), [])


@lru_cache(maxsize=4)
def schema(base: Path, kind: str) -> dict[str, Any]:
    """The JSON schema of one kind of entry, from `schemas/<kind>.schema.json`."""
    found: dict[str, Any] = json.loads((base / "schemas" / f"{kind}.schema.json").read_text(encoding="utf-8"))
    return found
