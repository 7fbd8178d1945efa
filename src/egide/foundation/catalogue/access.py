"""The access matrix: which role may see what, from catalogue/access/matrix.csv, reviewed as data.

The letters are those of catalogue/access/levels.csv: N nominal, S consented section, F fact only, A aggregate, "own" what the
role itself wrote, "log" the trail only, W and "W-own" who writes the directory.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache
from pathlib import Path

from egide.foundation.catalogue.entries import Text
from egide.foundation.catalogue.files import read_csv, root


@lru_cache(maxsize=4)
def _matrix(base: Path) -> Mapping[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for _line, line in read_csv(base / "access" / "matrix.csv"):
        role = line["role"]
        found.update({(role, row): level for row, level in line.items() if row != "role" and level})
    return found


def access_matrix() -> Mapping[tuple[str, str], str]:
    """(role, row) -> level, for every role and row of the matrix."""
    return _matrix(root())


def access_levels() -> Mapping[str, Text]:
    """What each letter of the matrix means."""
    return {line["level"]: Text(line["fr"], line["en"]) for _line, line in read_csv(root() / "access/levels.csv")}


def access_rows() -> Mapping[str, Text]:
    """The rows of the matrix ("R01"…) with their names."""
    return {line["row"]: Text(line["fr"], line["en"]) for _line, line in read_csv(root() / "access/rows.csv")}


def roles_with(row: str, *levels: str) -> frozenset[str]:
    """The roles that have one of the levels on a row ("R01")."""
    return frozenset(role for (role, name), level in access_matrix().items() if name == row and level in levels)


def list_statuses(roles: Collection[str]) -> list[str]:
    """The professional statuses in which these roles may work, the one proposed first (catalogue/access/statuses.csv)."""
    lines = [line for _line, line in read_csv(root() / "access/statuses.csv")]
    return list(dict.fromkeys(line["status"] for line in lines if line["role"] in roles))


def recipient_in_law(themes: Collection[str], kind: str) -> str:
    """What a service is for the secrecy table, by its themes, else the kind of its organisation; "third-party" when unknown."""
    for _line, line in read_csv(root() / "access/recipients.csv"):
        if line["value"] in (themes if line["told_by"] == "theme" else (kind,)):
            return line["recipient"]
    return "third-party"
