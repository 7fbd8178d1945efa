"""Checks between files, for the inventory: sheets name sources, concepts relate every two definitions, without contradiction."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, permutations
from typing import Any

from egide.foundation.catalogue.checking.holdings import Entry, Holdings
from egide.foundation.catalogue.checking.problems import Problem

MIRROR = {"exact": "exact", "broader": "narrower", "narrower": "broader", "none": "none"}


def check_sheet(entry: Entry, held: Holdings) -> Iterator[Problem]:
    """A sheet is that of a source, with a grade of the scale and years in order."""
    content = entry.content
    yield from entry.check_known(("code",), content["code"], held.kind("source"), "the source")
    yield from entry.check_known(("grade", "code"), content["grade"]["code"], held.codes("quality-grades"), "the grade")
    last = content["coverage"]["last"]
    if last is not None and last < content["coverage"]["first"]:
        yield entry.problem(("coverage", "last"), "the coverage ends before it begins", "exchange the two years")


def check_concept(entry: Entry, held: Holdings) -> Iterator[Problem]:
    """Definitions of known sources and units; one relation for each two of them; no relation that another denies."""
    items = entry.content["definitions"]
    for index, item in enumerate(items):
        where = ("definitions", index)
        yield from entry.check_known((*where, "source"), item["source"], held.kind("source"), "the source")
        yield from entry.check_known((*where, "unit"), item["unit"], held.units(), "the unit")
        columns = held.columns(item["source"])
        for name, code in item.get("where", {}).items():
            yield from entry.check_known((*where, "where", name), name, columns, "the column")
            known = held.codes_of_column(columns[name]) if name in columns else None
            if known is not None:
                yield from entry.check_known((*where, "where", name), str(code), known, "the code")
    yield from _check_pairs(entry, [item["id"] for item in items])


def _check_pairs(entry: Entry, ids: list[str]) -> Iterator[Problem]:
    relations = entry.content["relations"]
    for index, item in enumerate(relations):
        for end in ("of", "to"):
            yield from entry.check_known(("relations", index, end), item[end], set(ids), "the definition")
    told = [frozenset((item["of"], item["to"])) for item in relations]
    for pair in combinations(ids, 2):
        times = told.count(frozenset(pair))
        if times != 1:
            what = f"{pair[0]!r} and {pair[1]!r} have {times} relations"
            yield entry.problem(("relations",), what, "write exactly one: exact, broader, narrower or none")
    yield from _check_chains(entry, relations, ids)


def _check_chains(entry: Entry, relations: list[dict[str, Any]], ids: list[str]) -> Iterator[Problem]:
    """What contains a part of something is not without relation to it."""
    kinds = {(item["of"], item["to"]): item["kind"] for item in relations}
    kinds |= {(item["to"], item["of"]): MIRROR[item["kind"]] for item in relations}
    for a, b, c in permutations(ids, 3):
        first, second, found = kinds.get((a, b)), kinds.get((b, c)), kinds.get((a, c))
        wanted = second if first == "exact" else first if second in ("exact", first) else None
        if first in ("exact", "broader") and wanted not in (None, "none") and found not in (None, wanted):
            what = (
                f"{a!r} is {first} than {b!r}, which is {second} than {c!r}, and {a!r} is said to be {found} to {c!r}"
            )
            yield entry.problem(("relations",), what, f"correct one of the three; {wanted} would follow")
