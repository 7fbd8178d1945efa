"""Checks of grids/: rules that can be applied, words that stand for something, and what a grid may never say.

Lives here: what the schema cannot see in a grid, a profile or a short form. Not here: how a rule is applied, nor the
faults of a rule (`egide.methods.danger` finds them; here they are given a line).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from egide.foundation.catalogue.checking.holdings import Entry, Holdings
from egide.foundation.catalogue.checking.problems import Problem, choose_from
from egide.foundation.catalogue.files import YamlPath
from egide.methods import danger

REASSURING = re.compile(r"\b(no danger|not in danger|aucun danger|pas de danger|hors de danger|\d+ ?%)", re.IGNORECASE)


def check_grid(entry: Entry, held: Holdings) -> Iterator[Problem]:
    """Every problem of one file of grids/."""
    kind = entry.content["kind"]
    if kind == "factors":
        yield from _check_factors(entry, held)
    elif kind == "profile":
        yield from _check_profile(entry)
    else:
        yield from _check_short_form(entry, held)


def _check_factors(entry: Entry, held: Holdings) -> Iterator[Problem]:
    content = entry.content
    try:
        danger.read_grid(content)
    except danger.GridError as error:
        yield from (entry.problem(fault.where, fault.what, fault.remedy) for fault in error.faults)
    for kind in ("guidance", "moments", "informants", "parts", "families", "owners", "sets", "events"):
        yield from _check_repeats(entry, (kind,), [item["code"] for item in content[kind]])
    named = {kind: {item["code"] for item in content[kind]} for kind in ("parts", "families", "informants", "factors")}
    for index, factor in enumerate(content["factors"]):
        yield from _check_factor(entry, ("factors", index), factor, named)
    for index, event in enumerate(content["events"]):
        for code in event["reopens"]:
            yield from entry.check_known(("events", index, "reopens"), code, named["factors"], "the factor")
    for index, owner in enumerate(content["owners"]):
        if "role" in owner:
            yield from entry.check_known(("owners", index, "role"), owner["role"], held.codes("roles"), "the role")
    yield from _check_levels(entry)


def _check_factor(
    entry: Entry, where: YamlPath, factor: dict[str, Any], named: dict[str, set[str]]
) -> Iterator[Problem]:
    yield from entry.check_known((*where, "part"), factor["part"], named["parts"], "the part")
    for key, what in (("families", "the family"), ("informants", "the informant")):
        for code in factor[key]:
            yield from entry.check_known((*where, key), code, named[key], what)
    if "ask_him" in factor and "perpetrator" not in factor["informants"]:
        what = f"{factor['code']} has a question for the alleged perpetrator, who is not among its informants"
        yield entry.problem((*where, "ask_him"), what, "add perpetrator to `informants:`, or remove the question")
    yield from _check_repeats(entry, (*where, "grades"), [grade["code"] for grade in factor.get("grades", ())])


def _check_levels(entry: Entry) -> Iterator[Problem]:
    content = entry.content
    order = [level.name for level in danger.Level]
    if [level["code"] for level in content["levels"]] != order:
        yield entry.problem(("levels",), "the levels are not the five, lowest first", f"write: {', '.join(order)}")
    owners = {item["code"] for item in content["owners"]}
    for index, level in enumerate(content["levels"]):
        where: YamlPath = ("levels", index)
        for task_index, task in enumerate(level["tasks"]):
            for key in ("owner", "or_owner"):
                if key in task:
                    yield from entry.check_known((*where, "tasks", task_index, key), task[key], owners, "the owner")
        yield from _check_repeats(entry, (*where, "tasks"), [task["id"] for task in level["tasks"]])
        yield from _check_words(entry, (*where, "label"), level["label"])
        yield from _check_words(entry, (*where, "meaning"), level["meaning"])


def _check_words(entry: Entry, where: YamlPath, words: dict[str, str]) -> Iterator[Problem]:
    """A level never says that there is no danger, nor a percentage: it would be believed."""
    for language, said in words.items():
        if found := REASSURING.search(said):
            what = f"the {language} words say {found.group()!r}, which no grid can know"
            yield entry.problem((*where, language), what, "say what is known and what is done")


def _check_repeats(entry: Entry, where: YamlPath, codes: list[str]) -> Iterator[Problem]:
    for code, times in Counter(codes).items():
        if times > 1:
            last = len(codes) - 1 - codes[::-1].index(code)
            yield entry.problem((*where, last), f"{code!r} is written {times} times", "keep one, or rename it")


def _check_profile(entry: Entry) -> Iterator[Problem]:
    content = entry.content
    yield from _check_repeats(entry, ("questions",), content["questions"])
    yield from _check_repeats(entry, ("rules",), [rule["id"] for rule in content["rules"]])
    yield from _check_repeats(entry, ("outcomes",), [outcome["code"] for outcome in content["outcomes"]])
    sizes = {"all": len(content["questions"]), "red": content["reds"]}
    for index, rule in enumerate(content["rules"]):
        least, of = rule["when"]["at_least"], rule["when"]["of"]
        if least > sizes[of]:
            what = f"the rule {rule['id']} asks for {least} of {sizes[of]} questions"
            yield entry.problem(("rules", index, "when"), what, "ask for no more than there are")
    if content["reds"] > sizes["all"]:
        yield entry.problem(("reds",), f"{content['reds']} red of {sizes['all']} questions", "correct the number")
    for index, outcome in enumerate(content["outcomes"]):
        yield from _check_words(entry, ("outcomes", index, "label"), outcome["label"])


def _check_short_form(entry: Entry, held: Holdings) -> Iterator[Problem]:
    content = entry.content
    yield from _check_repeats(entry, ("ticks",), [tick["code"] for tick in content["ticks"]])
    yield from _check_repeats(entry, ("ways",), [way["code"] for way in content["ways"]])
    grid = held.kind("grid").get(content["grid"])
    if grid is None or grid.content["kind"] != "factors":
        known = {code for code, found in held.kind("grid").items() if found.content["kind"] == "factors"}
        yield entry.problem(
            ("grid",), f"the grid {content['grid']!r} is not in the catalogue", choose_from(known, content["grid"])
        )
        return
    factors = {factor["code"] for factor in grid.content["factors"]}
    for index, tick in enumerate(content["ticks"]):
        for code in tick["opens"]:
            yield from entry.check_known(("ticks", index, "opens"), code, factors, "the factor")
        grades = {grade["code"] for grade in tick.get("grades", ())}
        for code in tick.get("call_police_when", ()):
            yield from entry.check_known(("ticks", index, "call_police_when"), code, grades, "the grade")
    for key in ("urgent", "not_urgent"):
        yield from _check_words(entry, (key,), content[key])
