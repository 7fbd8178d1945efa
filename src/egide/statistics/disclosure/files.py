"""Protecting a table of one's own: from files to a folder that may leave and another that may not.

Here live the two actions of the commands `protect` and its folder's layout: public/ holds the table as it may be
printed and the sums that anyone can write; confidential/ holds what was hidden, why, and what an attacker can still say.
"""

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from egide.core.missing import Missing
from egide.methods.disclosure import (
    Budget,
    Certificate,
    Hierarchy,
    Key,
    Pattern,
    RuleMisused,
    TableModel,
    audit,
    printed,
    protect,
)

from .rulebook import Rulebook, read_rulebook
from .tablefile import TableFile, guess_hierarchy, has_frequency, read_hierarchy, read_table

PUBLIC, CONFIDENTIAL = "public", "confidential"
STATUS = {
    Missing.SUPPRESSED: "suppressed", Missing.UNKNOWN: "missing", Missing.NOT_APPLICABLE: "not-applicable",
    Missing.NOT_PUBLISHED: "not-published", Missing.NOT_ASKED: "not-asked", Missing.REFUSED: "refused",
}  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """What to protect: the table's file, the rules' file or profile, the trees of its dimensions, the weights' column."""

    table: Path
    rules: str
    hierarchies: Mapping[str, Path]
    weights: str | None = None
    solver: str = "auto"


def protect_file(asked: Asked, out: Path, budget: Budget | None = None) -> dict[str, Any]:
    """Protect a table, audit it, write both folders under `out`, and return what the command says as JSON.

    Raises RuleMisused, UnreadableTable, InconsistentTable, CannotProtect or DisclosureTooTight: nothing is written then.
    """
    table, book, model = read_model(asked)
    costs = _costs(table, book, model)
    pattern = protect(
        model, book.profile, contributions=table.contributions, costs=costs, budget=budget, solver=asked.solver
    )
    certificate = audit(model, pattern)
    report = _report(table, pattern, certificate)
    _write(out, table, model, pattern, report)
    return report


def read_model(asked: Asked) -> tuple[TableFile, Rulebook, TableModel]:
    """The files made into a table, its rules and its model."""
    columns = read_rulebook(asked.rules, counts=True).columns
    book = read_rulebook(asked.rules, counts=not has_frequency(asked.table, columns))
    table = read_table(asked.table, columns, weights=asked.weights, dimensions=list(asked.hierarchies))
    for named in (*book.totals, *(rule.dimension for rule in book.profile.rules if hasattr(rule, "dimension"))):
        if named not in table.dimensions:
            raise RuleMisused(f"The rules name the dimension {named}: the table has {', '.join(table.dimensions)}.")
    hierarchies = [_hierarchy(name, table, book, asked.hierarchies) for name in table.dimensions]
    return table, book, TableModel.from_margins(table.cells, hierarchies)


def _hierarchy(name: str, table: TableFile, book: Rulebook, files: Mapping[str, Path]) -> Hierarchy:
    total = book.totals.get(name)
    return read_hierarchy(files[name], name, table, total) if name in files else guess_hierarchy(name, table, total)


def _costs(table: TableFile, book: Rulebook, model: TableModel) -> Mapping[Key, float] | None:
    if table.weights is not None:
        return table.weights
    return None if book.by_value else dict.fromkeys(model.values, 1.0)


def _report(table: TableFile, pattern: Pattern, certificate: Certificate) -> dict[str, Any]:
    primary = {cell.key for cell in pattern.primary}
    return {
        "dimensions": list(table.dimensions),
        "cells": len(table.cells),
        "solver": pattern.solver,
        "primary": sorted(map(list, primary)),
        "secondary": sorted(map(list, pattern.secondary)),
        "cost": pattern.cost,
        "bound": pattern.bound,
        "gap": pattern.gap,
        "proven_optimal": pattern.proven_optimal,
        "pattern_sha256": pattern.sha256,
        "audit": {
            "verdict": certificate.verdict,
            "smallest_margin": certificate.smallest_margin,
            "whole_numbers": certificate.whole_numbers,
            "digest": certificate.digest,
            "intervals": [
                {
                    "cell": list(bound.key), "kind": "primary" if bound.key in primary else "secondary",
                    "reason": bound.reason, "low": bound.low, "high": bound.high,
                }
                for bound in certificate.bounds
            ],
        },
    }  # fmt: skip


def _write(out: Path, table: TableFile, model: TableModel, pattern: Pattern, report: Mapping[str, Any]) -> None:
    (out / PUBLIC).mkdir(parents=True, exist_ok=True)
    (out / CONFIDENTIAL).mkdir(exist_ok=True)
    shown = printed(model, pattern)
    write_cells(out / PUBLIC / "table.csv", table.dimensions, {key: shown[key] for key in table.cells})
    sums = {
        "dimensions": {h.name: dict(h.parent) for h in model.hierarchies},
        "whole_numbers": model.whole_numbers,
        "floor": pattern.floor,
    }
    _json(out / PUBLIC / "structure.json", sums)
    needs = [
        {"cell": list(c.key), "lower": c.requirement.lower, "upper": c.requirement.upper, "width": c.requirement.width,
         "value": model.values[c.key]}
        for c in pattern.primary
    ]  # fmt: skip
    _json(out / CONFIDENTIAL / "certificate.json", {**report, "needs": needs})


def write_cells(path: Path, dimensions: Sequence[str], cells: Mapping[Key, Any]) -> None:
    """A table as CSV: a zero is 0, an empty value has its reason beside it."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([*dimensions, "value", "status"])
        for key, value in cells.items():
            absent = isinstance(value, Missing)
            writer.writerow([*key, "" if absent else value, STATUS[value] if absent else "published"])


def _json(path: Path, content: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
