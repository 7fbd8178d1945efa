"""Checks of the catalogue's CSV files: territories, and the rows of crosswalks.

Lives here: one problem per row, with its line. Not here: the YAML beside them (`checking.shape`, `checking.sources`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

from egide.foundation.catalogue.checking.holdings import Entry, Holdings
from egide.foundation.catalogue.checking.problems import Problem, choose_from
from egide.foundation.catalogue.files import read_csv, read_header

DEPARTEMENTS = 101
CROSSWALK_HEADER = ["from", "to", "weight", "valid_from", "valid_to", "scope", "evidence"]
CODE = re.compile(r"^[A-Z0-9-]{2,8}$")
Row = dict[str, str]


class _Table:
    """One CSV file while it is checked."""

    def __init__(self, base: Path, path: Path) -> None:
        self.path, self.file = path, path.relative_to(base).as_posix()

    def problem(self, line: int, what: str, remedy: str) -> Problem:
        """A problem at `line`."""
        return Problem(self.file, line, what, remedy)

    def open(self, columns: list[str]) -> Iterator[Problem]:
        """Problems that keep the table from being read: absent, or another header."""
        if not self.path.exists():
            yield self.problem(1, "the file is absent", "put it back, or remove what names it")
        elif (found := read_header(self.path)) != columns:
            yield self.problem(1, f"the header is {','.join(found)}", f"write {','.join(columns)}")

    def rows(self) -> list[tuple[int, Row]]:
        """The rows with their lines."""
        return list(read_csv(self.path))

    def dates(self, line: int, row: Row) -> Iterator[Problem]:
        """valid_from and valid_to are dates or empty, in order."""
        found: list[date] = []
        for key in ("valid_from", "valid_to"):
            try:
                found += [date.fromisoformat(row[key])] if row[key] else []
            except ValueError:
                yield self.problem(line, f"{key} {row[key]!r} is no date", "write year-month-day, or leave it empty")
        if len(found) == 2 and found[1] < found[0]:
            yield self.problem(line, f"valid_to {found[1]} comes before valid_from {found[0]}", "put them in order")


def read_territory_codes(base: Path) -> set[str]:
    """Every territory code of the catalogue, sound or not, so that other checks can look one up."""
    tables = sorted((base / "territories").glob("*.csv"))
    return {row.get("code", "") for table in tables for _line, row in read_csv(table)} - {""}


def check_territories(entry: Entry) -> Iterator[Problem]:
    """Every territory file territories.yaml names: header, number of rows, codes, parents, dates, 101 départements."""
    seen: dict[str, str] = {}
    for index, described in enumerate(entry.content["files"]):
        table = _Table(entry.base, entry.base / "territories" / described["file"])
        unreadable = list(table.open(described["columns"]))
        yield from unreadable
        if unreadable:
            continue
        rows = table.rows()
        if len(rows) != described["rows"]:
            what = f"{described['file']} has {len(rows)} rows, {described['rows']} are announced"
            yield entry.problem(("files", index, "rows"), what, "find the row lost or added, or correct the number")
        if described["level"] == "departement" and len(rows) != DEPARTEMENTS:
            what = f"there are {len(rows)} départements, France has {DEPARTEMENTS}"
            yield table.problem(len(rows) + 1, what, "keep the 96 of the mainland, 971 to 974, and 976")
        for line, row in rows:
            yield from _check_territory(table, line, row, seen)


def _check_territory(table: _Table, line: int, row: Row, seen: dict[str, str]) -> Iterator[Problem]:
    code = row["code"]
    if not CODE.match(code):
        yield table.problem(
            line, f"the code {code!r} is no territory code", "write the official code, leading zero included"
        )
    if not row["name"].strip():
        yield table.problem(line, f"the territory {code} has no name", "write its name")
    if code in seen:
        yield table.problem(line, f"the territory {code} is already in {seen[code]}", "keep one of the two")
    seen[code] = f"{table.file}:{line}"
    if table.file.endswith("fictional.csv") and row["fictional"] != "true":
        yield table.problem(line, f"the invented territory {code} is not flagged", "write true in the column fictional")
    for key in ("departement", "region", "parent"):
        parent = row.get(key, "")
        if parent and parent not in seen:
            what = f"the {key} {parent!r} of {code} {row['name']} does not exist"
            yield table.problem(line, what, choose_from(_peers(seen, key), parent))
    if "departement" in row and not row["departement"]:
        yield table.problem(line, f"the commune {code} has no département", "write the code of its département")
    yield from table.dates(line, row)


def _peers(seen: dict[str, str], key: str) -> list[str]:
    """The codes a parent could be: régions wear an R."""
    return [code for code in seen if len(code) < 5 and code.startswith("R") == (key == "region")]


def check_crosswalk_rows(entry: Entry, held: Holdings) -> Iterator[Problem]:
    """The CSV beside a crosswalk: known codes, weights, dates, scopes; no two rows of one code on the same day."""
    table = _Table(entry.base, entry.document.path.with_suffix(".csv"))
    unreadable = list(table.open(CROSSWALK_HEADER))
    yield from unreadable
    if unreadable:
        return
    sides = {key: held.codes(entry.content[key]) for key in ("from", "to")}
    proofs = {proof["id"]: proof for proof in entry.content.get("proven_sums", ())}
    rows = table.rows()
    for line, row in rows:
        for key, known in sides.items():
            if row[key] not in known:
                yield table.problem(
                    line, f"the code {row[key]!r} ({key}) is not in {entry.content[key]}", choose_from(known, row[key])
                )
        if row["scope"] and row["scope"] not in held.territories:
            yield table.problem(line, f"the scope {row['scope']!r} is no territory", "write FR, FR-METRO, or nothing")
        if row["evidence"] and row["evidence"] not in proofs:
            yield table.problem(
                line, f"the evidence {row['evidence']!r} is no proven sum", choose_from(proofs, row["evidence"])
            )
        if not row["valid_from"]:
            yield table.problem(line, "the row has no valid_from", "write the first day on which it holds")
        yield from table.dates(line, row)
        yield from _check_weight(table, line, row)
    yield from _check_overlaps(table, rows)


def _check_weight(table: _Table, line: int, row: Row) -> Iterator[Problem]:
    try:
        weight = Fraction(row["weight"])
    except (ValueError, ZeroDivisionError):
        weight = Fraction(0)
    if not 0 < weight <= 1:
        yield table.problem(line, f"the weight {row['weight']!r} is no share", "write 1, 0.5 or 1/3")


def _check_overlaps(table: _Table, rows: list[tuple[int, Row]]) -> Iterator[Problem]:
    """A code counted twice on the same day would be counted twice in the target (weights of 1 only)."""
    whole = [(line, row) for line, row in rows if row["weight"] == "1"]
    for position, (line, row) in enumerate(whole):
        for earlier, other in whole[:position]:
            if row["from"] == other["from"] and _meet(row, other):
                what = f"the code {row['from']} is already mapped on the same days, line {earlier}"
                yield table.problem(line, what, "end the earlier row before this one starts, or give them two scopes")


def _meet(row: Row, other: Row) -> bool:
    same_place = not row["scope"] or not other["scope"] or row["scope"] == other["scope"]
    last, other_last = row["valid_to"] or "9999", other["valid_to"] or "9999"
    return same_place and row["valid_from"] <= other_last and other["valid_from"] <= last
