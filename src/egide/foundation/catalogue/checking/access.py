"""Checks of access/: each role, row and letter of the matrix is known, none is left blank or written twice; so for the proofs.

Lives here: what can be checked in the matrix alone. Not here: who obeys it (the permissions of each room).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from egide.foundation.catalogue.checking.holdings import Holdings
from egide.foundation.catalogue.checking.problems import Problem, choose_from
from egide.foundation.catalogue.files import read_csv, read_header

MATRIX, LEVELS, ROWS = "access/matrix.csv", "access/levels.csv", "access/rows.csv"
PROOFS, WORDS = "access/proofs.csv", "access/words.csv"
ANSWERED = ("open", "find", "write", "agree", "trail")
ASKED = re.compile(r"^(\*|-|(R\d\d)[=≠]([\w,-]+))$")


def check_access(held: Holdings) -> Iterator[Problem]:
    """Every problem of the access matrix; an absent table is one."""
    absent = [name for name in (MATRIX, LEVELS, ROWS, PROOFS, WORDS) if not (held.base / name).is_file()]
    yield from (Problem(name, 1, "the file is absent", "put it back: the permissions read it") for name in absent)
    if absent:
        return
    levels = {row["level"] for _line, row in read_csv(held.base / LEVELS)}
    rows = {row["row"] for _line, row in read_csv(held.base / ROWS)}
    for name in (LEVELS, ROWS, WORDS):
        yield from _untranslated(held, name)
    yield from _columns(read_header(held.base / MATRIX), rows)
    yield from _proofs(held, rows, levels)
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


def _proofs(held: Holdings, rows: set[str], levels: set[str]) -> Iterator[Problem]:
    said = {(row["kind"], row["code"]) for _line, row in read_csv(held.base / WORDS)}
    nomenclature = held.kind("nomenclature").get("sections")
    sections = {each["code"] for each in nomenclature.content["codes"]} if nomenclature else set()
    seen: set[str] = set()
    for line, row in read_csv(held.base / PROOFS):
        if row["situation"] in seen:
            yield Problem(PROOFS, line, f"the situation {row['situation']!r} is written twice", "rename one")
        seen.add(row["situation"])
        for kind in ("relation", "consent", "exclusion"):
            if (kind, row[kind]) not in said:
                known = {code for of, code in said if of == kind}
                yield Problem(
                    PROOFS, line, f"the {kind} {row[kind]!r} is not of words.csv", choose_from(known, row[kind])
                )
        for action in ANSWERED:
            if row[action] not in ("yes", "no"):
                yield Problem(PROOFS, line, f"{action} is {row[action]!r}", "write yes or no")
        for code in row["sections"].split():
            if code not in sections | {"*"}:
                yield Problem(PROOFS, line, f"the section {code!r} is unknown", choose_from(sections, code))
        asked = ASKED.match(row["roles"])
        if not asked or (asked[2] and (asked[2] not in rows or not set(asked[3].split(",")) <= levels)):
            yield Problem(PROOFS, line, f"the roles {row['roles']!r} say nothing", "write R01=N, R01≠N, * or -")
