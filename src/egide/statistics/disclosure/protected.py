"""The protected table: what publication accepts, and nothing else. Only `protect_release` makes one, or `load` after checking it.

A constructor that anyone could call would let a table leave unprotected by mistake; the key below is that door's lock.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any
from uuid import uuid4

from django.conf import settings

from egide.core.missing import Missing

_KEY = object()


class NotProtected(ValueError):
    """Someone tried to make, or load, a protected table without the audit's word."""


@dataclass(frozen=True)
class ProtectedCell:
    """A cell as it may leave: a value, or the reason there is none; `suppression` is "primary" or "secondary" where hidden."""

    codes: tuple[str, ...]
    value: int | Decimal | None
    absence: Missing | None = None
    suppression: str | None = None


@dataclass(frozen=True)
class ProtectedCells:
    """The cells of one table of the release. `table` names it; the rest describes them, as in the cell table they come from."""

    table: str
    indicator: str
    period: str
    territory: str
    unit: str
    by: tuple[str, ...]
    cells: tuple[ProtectedCell, ...]
    origin: Mapping[str, Any] | None
    attributes: Mapping[str, str]
    words: Mapping[str, str] | None
    certificate: Mapping[str, Any] | None

    def cell(self, *codes: str) -> ProtectedCell:
        """The cell of these codes. Raises KeyError."""
        return {cell.codes: cell for cell in self.cells}[codes]


class ProtectedTable:
    """Every table of a release, protected together; `hash` ties it to its audit."""

    def __init__(self, tables: Mapping[str, ProtectedCells], *, key: object = None) -> None:
        if key is not _KEY:
            raise NotProtected("A protected table is made by the disclosure room only: call protect_release().")
        self._tables = MappingProxyType(dict(tables))

    @property
    def tables(self) -> Mapping[str, ProtectedCells]:
        """The tables by name; none can be put in another's place after the audit."""
        return self._tables

    @property
    def hash(self) -> str:
        """SHA-256 of the whole content, certificates included."""
        return hashlib.sha256(self.as_json().encode()).hexdigest()

    def as_json(self) -> str:
        """The content as canonical JSON: the same tables give the same text."""
        plain = {name: asdict(table) for name, table in sorted(self.tables.items())}
        return json.dumps(plain, sort_keys=True, ensure_ascii=False, default=_plain)

    def save(self) -> str:
        """Write it in the store under its own hash and return that hash."""
        target = _path(self.hash)
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = target.with_name(f"{target.name}.{uuid4().hex}.partial")
        partial.write_text(self.as_json(), encoding="utf-8")
        partial.replace(target)
        return self.hash


def load(hash: str) -> ProtectedTable:
    """Load a protected table and check it against its hash. Raises NotProtected when a byte differs or it is not there."""
    path = _path(hash)
    if not path.exists():
        raise NotProtected(f"No protected table {hash[:12]} is in the store: protect the release again.")
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != hash:
        raise NotProtected(
            f"The protected table {hash[:12]} was altered after its audit: it is refused. Protect the release again."
        )
    return ProtectedTable({name: _cells(plain) for name, plain in json.loads(content).items()}, key=_KEY)


def _path(hash: str) -> Path:
    return Path(settings.EGIDE_STORE) / "protected" / f"{hash}.json"


def _plain(value: Any) -> Any:
    if isinstance(value, Missing):
        return value.name
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    raise TypeError(value)


def _cells(plain: dict[str, Any]) -> ProtectedCells:
    cells = tuple(
        ProtectedCell(
            tuple(cell["codes"]),
            Decimal(cell["value"]["decimal"]) if isinstance(cell["value"], dict) else cell["value"],
            Missing[cell["absence"]] if cell["absence"] else None,
            cell["suppression"],
        )
        for cell in plain["cells"]
    )
    return ProtectedCells(**{**plain, "cells": cells, "by": tuple(plain["by"])})
