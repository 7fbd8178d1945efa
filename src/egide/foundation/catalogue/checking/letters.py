"""Checks between files, for what is printed: indicators and letters.

Lives here: an indicator names a source, a unit and codes that exist; a letter names indicators that exist, and its
sentences call for the same figures in both languages. Not here: everything else (`checking.sources`, `checking.shape`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from egide.foundation.catalogue.checking.holdings import Entry, Holdings
from egide.foundation.catalogue.checking.problems import Problem, choose_from
from egide.foundation.catalogue.files import YamlPath

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def check_indicator(entry: Entry, held: Holdings) -> Iterator[Problem]:
    """Source, unit, dimensions, codes and TACTICS code exist; a count has a unit."""
    content = entry.content
    if content.get("unit"):
        units = held.codes("counting-units") | held.codes("ratios")
        yield from entry.check_known(("unit",), content["unit"], units, "the unit")
    elif content["kind"] == "count" and content.get("source"):
        yield entry.problem((), "a count has no unit", "add `unit:` with a code of counting-units")
    if content.get("tactics"):
        yield from entry.check_known(("tactics",), content["tactics"], held.codes("tactics"), "the TACTICS indicator")
    if not content.get("source"):
        return
    yield from entry.check_known(("source",), content["source"], held.kind("source"), "the source")
    columns = held.columns(content["source"])
    if columns:
        yield from _check_dimensions(entry, held, columns)


def _check_dimensions(entry: Entry, held: Holdings, columns: dict[str, Any]) -> Iterator[Problem]:
    for dimension, codes in entry.content["where"].items():
        where: YamlPath = ("where", dimension)
        yield from entry.check_known(where, dimension, columns, "the column")
        known = held.codes_of_column(columns[dimension]) if dimension in columns else None
        for code in codes if known is not None else ():
            yield from entry.check_known(where, code, known or set(), f"the code of {dimension}")
    for index, dimension in enumerate(entry.content.get("by", ())):
        yield from entry.check_known(("by", index), dimension, columns, "the column")
    for index, item in enumerate(entry.content.get("breaks", ())):
        for dimension in item["series"]:
            yield from entry.check_known(("breaks", index), dimension, columns, "the column")


def check_letter(entry: Entry, held: Holdings) -> Iterator[Problem]:
    """Figures, tables, conflicts, refusals and sentences of a letter hold together."""
    content = entry.content
    figures = set(content["figures"]) | set(content.get("derived", {}))
    for key in sorted(set(content["figures"]) & set(content.get("derived", {}))):
        yield entry.problem(("derived", key), f"{key!r} is both a figure and a derived figure", "rename one of the two")
    for key, figure in content["figures"].items():
        yield from _check_call(entry, held, ("figures", key), figure)
    for key, derived in content.get("derived", {}).items():
        yield from _check_figures(entry, ("derived", key, "of"), derived["of"], figures - {key})
    for index, section in enumerate(content["sections"]):
        yield from _check_section(entry, held, ("sections", index), section, figures)
    for index, conflict in enumerate(content.get("conflicts", ())):
        yield from _check_figures(entry, ("conflicts", index, "figures"), conflict["figures"], figures)
    for index, refused in enumerate(content.get("refused", ())):
        yield from _check_figures(entry, ("refused", index, "of"), refused["of"], figures)
    for where, text in _sentences(content, ()):
        yield from _check_placeholders(entry, where, text, figures)


def _check_call(entry: Entry, held: Holdings, where: YamlPath, call: dict[str, Any]) -> Iterator[Problem]:
    yield from entry.check_known((*where, "indicator"), call["indicator"], held.kind("indicator"), "the indicator")
    yield from entry.check_known((*where, "territory"), call["territory"], held.territories, "the territory")


def _check_section(
    entry: Entry, held: Holdings, where: YamlPath, section: dict[str, Any], figures: set[str]
) -> Iterator[Problem]:
    yield from _check_figures(entry, (*where, "figures"), section.get("figures", ()), figures)
    for index, table in enumerate(section.get("tables", ())):
        here = (*where, "tables", index)
        yield from _check_call(entry, held, here, table)
        indicator = held.kind("indicator").get(table["indicator"])
        columns = held.columns(indicator.content.get("source") or "") if indicator else {}
        for key in ("rows", "columns") if columns else ():
            yield from entry.check_known((*here, key), table[key], columns, "the dimension")
    for index, code in enumerate(section.get("not_published", ())):
        yield from entry.check_known((*where, "not_published", index), code, held.kind("indicator"), "the indicator")


def _check_figures(entry: Entry, where: YamlPath, ids: list[str], figures: set[str]) -> Iterator[Problem]:
    for index, name in enumerate(ids):
        if name not in figures:
            what = f"the figure {name!r} is neither in figures nor in derived"
            yield entry.problem((*where, index), what, choose_from(figures, name))


def _sentences(node: Any, where: YamlPath) -> Iterator[tuple[YamlPath, dict[str, str]]]:
    if isinstance(node, list):
        for index, item in enumerate(node):
            yield from _sentences(item, (*where, index))
    elif isinstance(node, dict):
        if set(node) == {"fr", "en"}:
            yield where, node
            return
        for key, value in node.items():
            yield from _sentences(value, (*where, key))


def _check_placeholders(entry: Entry, where: YamlPath, text: dict[str, str], figures: set[str]) -> Iterator[Problem]:
    found = {language: set(PLACEHOLDER.findall(text[language])) for language in ("fr", "en")}
    for language, names in found.items():
        here = (*where, language)
        for name in sorted(names - figures):
            what = f"the {language} sentence calls for {{{name}}}, which is neither in figures nor in derived"
            yield entry.problem(here, what, choose_from(figures, name))
        if re.search(r"[{}]", PLACEHOLDER.sub("", text[language])):
            yield entry.problem(here, f"the {language} sentence has a lone brace", "write {id}, with both braces")
    if found["fr"] != found["en"]:
        only = ", ".join(f"{{{name}}}" for name in sorted(found["fr"] ^ found["en"]))
        yield entry.problem(where, f"only one language calls for {only}", "call for the same figures in both languages")
