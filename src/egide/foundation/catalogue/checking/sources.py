"""Checks between files, for what describes figures: nomenclatures, sources, crosswalks, profiles, law, retention.

Lives here: codes must exist where others name them. Not here: one file alone (`checking.shape`), CSV rows
(`checking.tables`), indicators and letters (`checking.letters`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from egide.core.missing import Missing
from egide.foundation.catalogue.checking.holdings import Entry, Holdings
from egide.foundation.catalogue.checking.problems import Problem, choose_from
from egide.foundation.catalogue.files import YamlPath

NOT_APPLICABLE = "_Z"  # SDMX: the row does not speak of this dimension; no nomenclature lists it


def check_nomenclature(entry: Entry, held: Holdings) -> Iterator[Problem]:
    """Codes written once; parents, units and successors that exist; an alias for one code only."""
    items = entry.content["codes"]
    codes = {item["code"] for item in items}
    yield from _check_repeats(entry, ("codes",), [item["code"] for item in items], "code")
    units = held.units() | held.codes("ratios")
    for index, item in enumerate(items):
        where: YamlPath = ("codes", index)
        for key in ("parent", "successor"):
            if key in item:
                yield from entry.check_known((*where, key), item[key], codes, key)
        if "unit" in item:
            yield from entry.check_known((*where, "unit"), item["unit"], units, "the unit")
    aliases = [(alias["text"], index) for index, item in enumerate(items) for alias in item.get("aliases", ())]
    for text, times in Counter(text for text, _ in aliases).items():
        if times > 1:
            last = [index for alias, index in aliases if alias == text][-1]
            what = f"the label {text!r} is an alias of {times} codes"
            yield entry.problem(("codes", last, "aliases"), what, "leave it to one code")
    if entry.content["code"] == "missing":
        yield from _check_missing(entry)


def _check_missing(entry: Entry) -> Iterator[Problem]:
    items = entry.content["codes"]
    wanted = {value.name for value in Missing}
    found = {item["code"] for item in items}
    for code in sorted(wanted ^ found):
        what = f"the value {code} is {'absent' if code in wanted else 'not one of the six'}"
        yield entry.problem(("codes",), what, f"keep exactly: {', '.join(sorted(wanted))}")
    for language in ("fr", "en"):
        yield from _check_repeats(entry, ("codes",), [item["label"][language] for item in items], "printed word")


def _check_repeats(entry: Entry, where: YamlPath, names: Iterable[str], what: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, name in enumerate(names):
        if name in seen:
            yield entry.problem((*where, index), f"the {what} {name!r} is written twice", "keep one, or rename it")
        seen.add(name)


def check_source(entry: Entry, held: Holdings) -> Iterator[Problem]:
    """Producer, columns, key, dialects, totals and breaks that name things which exist."""
    content = entry.content
    columns = {column["name"]: column for column in content["columns"]}
    if isinstance(content["producer"], str):
        yield from entry.check_known(("producer",), content["producer"], held.codes("producers"), "the producer")
    yield from entry.check_known(
        ("scope", "territory"), content["scope"]["territory"], held.territories, "the territory"
    )
    yield from entry.check_known(("disclosure",), content["disclosure"], held.kind("disclosure"), "the profile")
    yield from _check_repeats(entry, ("columns",), [column["name"] for column in content["columns"]], "column")
    for index, column in enumerate(content["columns"]):
        yield from _check_column(entry, held, ("columns", index), column)
    for index, name in enumerate(content["key"]):
        yield from entry.check_known(("key", index), name, columns, "the column")
    yield from _check_dialects(entry, columns)
    for index, total in enumerate(content.get("totals", ())):
        series = [(total["dimension"], code) for code in (total["code"], *total["of"])]
        yield from _check_series(entry, held, ("totals", index), series, columns)
    for kind in ("breaks", "redefinitions"):
        for index, item in enumerate(content.get(kind, ())):
            yield from _check_series(entry, held, (kind, index), item["series"].items(), columns)


def _check_column(entry: Entry, held: Holdings, where: YamlPath, column: dict[str, Any]) -> Iterator[Problem]:
    name = column.get("nomenclature")
    if name:
        yield from entry.check_known((*where, "nomenclature"), name, held.kind("nomenclature"), "the nomenclature")
    for ratio in column.get("ratios", ()):
        yield from entry.check_known((*where, "ratios"), ratio, held.codes("ratios"), "the ratio")
    known = held.codes_of_column(column)
    for delivered, code in column.get("codes", {}).items():
        if known is not None and code != NOT_APPLICABLE:
            yield from entry.check_known((*where, "codes", delivered), code, known, "the code")
    if column.get("optional") and "constant" not in column:
        what = f"the column {column['name']!r} may be absent, and nothing says what it then holds"
        yield entry.problem(where, what, "add `constant:`")


def _check_dialects(entry: Entry, columns: dict[str, Any]) -> Iterator[Problem]:
    dialects = entry.content["dialects"]
    yield from _check_repeats(entry, ("dialects",), [dialect["id"] for dialect in dialects], "dialect")
    needed = {name for name, column in columns.items() if not column.get("optional")}
    for index, dialect in enumerate(dialects):
        where: YamlPath = ("dialects", index, "header")
        for delivered, name in dialect["header"].items():
            yield from entry.check_known((*where, delivered), name, columns, "the column")
        for name in sorted(needed - set(dialect["header"].values())):
            what = f"the dialect {dialect['id']!r} delivers no column for {name!r}"
            yield entry.problem(where, what, f"add a line `delivered name: {name}`, or make the column optional")


def _check_series(
    entry: Entry, held: Holdings, where: YamlPath, series: Iterable[tuple[str, str]], columns: dict[str, Any]
) -> Iterator[Problem]:
    for name, code in series:
        yield from entry.check_known(where, name, columns, "the column")
        known = held.codes_of_column(columns[name]) if name in columns else None
        if known is not None:
            yield from entry.check_known(where, str(code), known, f"the code of {name}")


def check_crosswalk(entry: Entry, held: Holdings) -> Iterator[Problem]:
    """Both nomenclatures exist, and proven sums speak of their codes. Rows: see `checking.tables`."""
    content = entry.content
    if content["code"] != f"{content['from']}--{content['to']}":
        what = f"the crosswalk {content['code']!r} goes from {content['from']} to {content['to']}"
        yield entry.problem(("code",), what, f"call it {content['from']}--{content['to']}")
    for key in ("from", "to"):
        yield from entry.check_known((key,), content[key], held.kind("nomenclature"), "the nomenclature")
    proofs = content.get("proven_sums", ())
    yield from _check_repeats(entry, ("proven_sums",), [proof["id"] for proof in proofs], "proof")
    for index, proof in enumerate(proofs):
        where: YamlPath = ("proven_sums", index)
        yield from entry.check_known((*where, "to"), proof["to"], held.codes(content["to"]), "the target code")
        for code in proof["of"]:
            yield from entry.check_known((*where, "of"), code, held.codes(content["from"]), "the source code")
        yield from entry.check_known((*where, "scope"), proof["scope"], held.territories, "the territory")
        unit, units = proof["target_unit"], held.codes("counting-units")
        if unit not in units:
            what = f"the target unit {unit!r} of a proven sum must be a known unit"
            yield entry.problem((*where, "target_unit"), what, choose_from(units, unit))


def check_profile(entry: Entry, held: Holdings) -> Iterator[Problem]:
    """The units of a disclosure profile exist, and its protection is an interval."""
    for index, unit in enumerate(entry.content["units"]):
        yield from entry.check_known(("units", index), unit, held.codes("counting-units"), "the unit")
    protection = entry.content["protection"]
    if protection.get("top", protection["floor"] + 1) <= protection["floor"]:
        yield entry.problem(("protection", "top"), "the interval of protection is empty", "put top above floor")


def check_retention(entry: Entry, held: Holdings) -> Iterator[Problem]:
    """The shortest time is not longer than the longest; the kinds of organisation are known."""
    for index, kind in enumerate(entry.content.get("visa_kinds", ())):
        yield from entry.check_known(("visa_kinds", index), kind, held.codes("organisation-kinds"), "the kind")
    least, most = entry.content.get("minimum_months"), entry.content.get("maximum_months")
    if least and most and least > most:
        yield entry.problem(("minimum_months",), f"{least} months at least, {most} at most", "put the two in order")


def check_laws(held: Holdings) -> Iterator[Problem]:
    """An article's code is used once in the whole of law/."""
    seen: dict[str, str] = {}
    for entry in held.kind("law").values():
        for index, article in enumerate(entry.content["articles"]):
            code = article["code"]
            if code in seen:
                what = f"the article {code!r} is already in {seen[code]}"
                yield entry.problem(("articles", index), what, "give each version of an article its own code")
            seen[code] = entry.file
