"""What a check finds: a file, a line, what is wrong, what to do. Not here: the rules (`checking` and beside)."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake in the catalogue; `file` is relative to the catalogue's folder, `line` counts from 1."""

    file: str
    line: int
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.what} -> {self.remedy}"


def choose_from(known: Iterable[str], wrong: str) -> str:
    """A remedy naming the nearest known codes."""
    codes = sorted(known)
    near = difflib.get_close_matches(wrong, codes, n=3, cutoff=0.4) or codes[:5]
    return f"use one of: {', '.join(near)}" if near else "add it first: there is none yet"
