"""Checks of access/: each role, row and letter of the matrix is one that is known, and none is left blank or written twice.

Lives here: what can be checked in the matrix alone. Not here: who obeys it (the permissions of each room).
"""

from __future__ import annotations

from collections.abc import Iterator

from egide.foundation.catalogue.checking.holdings import Holdings
from egide.foundation.catalogue.checking.problems import Problem, choose_from
from egide.foundation.catalogue.files import read_csv, read_header

MATRIX, LEVELS, ROWS = "access/matrix.csv", "access/levels.csv", "access/rows.csv"


def check_access(held: Holdings) -> Iterator[Problem]:
    """Every problem of the access matrix; an absent table is one."""
    absent = [name for name in (MATRIX, LEVELS, ROWS) if not (held.base / name).is_file()]
    yield from (Problem(name, 1, "the file is absent", "put it back: the permissions read it") for name in absent)
    if absent:
        return
    levels = {row["level"] for _line, row in read_csv(held.base / LEVELS)}
    rows = {row["row"] for _line, row in read_csv(held.base / ROWS)}
    for name in (LEVELS, ROWS):
        yield from _untranslated(held, name)
    yield from _columns(read_header(held.base / MATRIX), rows)
    nomenclature = held.kind("nomenclature").get("roles")
    known = {each["code"] for each in nomenclature.content["codes"]} if nomenclature else set()
    seen: set[str] = set()
    for line, cells in read_csv(held.base / MATRIX):
        role = cells.pop("role", "")
        if role not in known:
            yield Problem(
                MATRIX, line, f"the role {role!r} is not of nomenclatures/roles.yaml", choose_from(known, role)
            )
        if role in seen:
            yield Problem(MATRIX, line, f"the role {role!r} is written twice", "keep one line")
        seen.add(role)
        for row, level in cells.items():
            if level not in levels:
                what = f"{role} has the letter {level!r} on {row}"
                yield Problem(MATRIX, line, what, choose_from(levels, level) if level else "write - for nothing")


def _untranslated(held: Holdings, name: str) -> Iterator[Problem]:
    for line, row in read_csv(held.base / name):
        for language in ("fr", "en"):
            if not row.get(language, "").strip():
                yield Problem(name, line, f"no text in {language}", "write it in both languages")


def _columns(header: list[str], rows: set[str]) -> Iterator[Problem]:
    if header[:1] != ["role"]:
        yield Problem(MATRIX, 1, "the first column is not `role`", "begin the header with role")
    for row in header[1:]:
        if row not in rows:
            yield Problem(MATRIX, 1, f"the column {row!r} is not of rows.csv", choose_from(rows, row))
    for row in sorted({row for row in header if header.count(row) > 1}):
        yield Problem(MATRIX, 1, f"the column {row!r} is written twice", "keep one")
    for row in sorted(rows - set(header)):
        yield Problem(MATRIX, 1, f"the row {row} of rows.csv has no column", "add it, with - where nothing is given")
