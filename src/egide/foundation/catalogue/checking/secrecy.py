"""Checks between files, for what decides of secrets: the table, its protocols, sections, forms, versions of articles.

Lives here: codes that must exist, and the proof that the table answers every question once, told by line. Not here: the
proof itself (`egide.methods.secrecy.totality`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations
from typing import Any

from egide.foundation.catalogue import parsing
from egide.foundation.catalogue.checking.holdings import Entry, Holdings
from egide.foundation.catalogue.checking.problems import Problem
from egide.foundation.catalogue.files import YamlPath
from egide.foundation.catalogue.parsing import secrecy
from egide.methods.secrecy import Flaw, find_flaws

STATUSES, RECIPIENTS, PURPOSES = "professional-statuses", "share-recipients", "share-purposes"
SHARED_FILE_ITEMS = 21
FLAWS_SHOWN = 5


def check_secrecy(entry: Entry, held: Holdings) -> Iterator[Problem]:
    """Every code exists; each status has its traits; exactly one answer to each question; help is never refused."""
    problems = list(_check_codes(entry, held))
    yield from problems
    if not problems:
        yield from _check_answers(entry, held)


def _check_codes(entry: Entry, held: Holdings) -> Iterator[Problem]:
    content = entry.content
    yield from _check_same(entry, ("traits",), set(content["traits"]), held.codes(STATUSES), "status")
    groups = content.get("groups", {})
    for name, codes in groups.items():
        yield from _each_known(entry, ("groups", name), codes, held.codes(RECIPIENTS), "the recipient")
    conditions = {item["code"] for item in content["conditions"]}
    helps = held.codes("help-actions")
    known: dict[str, set[str]] = {
        "under": law_names(held), "see": law_names(held), "to": held.codes(RECIPIENTS) | set(groups),
        "why": held.codes(PURPOSES), "conditions": conditions, "covers": section_codes(held), "remains": helps,
        "not_remaining": helps,
    }  # fmt: skip
    for index, row in enumerate(content["rows"]):
        for key, codes in known.items():
            yield from _each_known(entry, ("rows", index, key), row.get(key, ()), codes, f"`{key}`")
        who = row.get("who", {})
        yield from _each_known(
            entry, ("rows", index, "who"), who.get("statuses", ()), held.codes(STATUSES), "the status"
        )
        traits = {trait for traits in content["traits"].values() for trait in traits}
        for key in ("has", "any_of", "lacks"):
            yield from _each_known(entry, ("rows", index, "who"), who.get(key, ()), traits, "the trait")
    yield from _each_known(entry, ("always",), content["always"], helps, "the help")
    for answer, codes in content["remains"].items():
        yield from _each_known(entry, ("remains", answer), codes, helps, "the help")
    for index, addition in enumerate(content.get("additions", ())):
        yield from _each_known(entry, ("additions", index), addition["conditions"], conditions, "the condition")
    for key in ("rows", "conditions"):
        yield from _check_repeats(entry, key)


def _check_repeats(entry: Entry, key: str) -> Iterator[Problem]:
    times = Counter(item["code"] for item in entry.content[key])
    for index, item in enumerate(entry.content[key]):
        if times[item["code"]] > 1:
            yield entry.problem((key, index), f"the code {item['code']!r} is written twice", "rename one of the two")


def _check_answers(entry: Entry, held: Holdings) -> Iterator[Problem]:
    law = [article for each in held.kind("law").values() for article in parsing.law_articles(each.content)]
    table = secrecy.table(entry.content, law, held.codes(RECIPIENTS), held.codes(PURPOSES))
    lines = {row["code"]: index for index, row in enumerate(entry.content["rows"])}
    flaws = sorted(find_flaws(table), key=lambda flaw: (flaw.kind, flaw.rows))
    for (kind, rows), count in Counter((flaw.kind, flaw.rows) for flaw in flaws).items():
        first = next(flaw for flaw in flaws if (flaw.kind, flaw.rows) == (kind, rows))
        where: YamlPath = ("rows", lines[rows[-1]]) if rows else ("rows",)
        yield entry.problem(where, _told(first, count), _remedy(first))


def _told(flaw: Flaw, count: int) -> str:
    facts = ", ".join(f"{name} {value}".lower() for name, value in flaw.situation.facts().items() if value)
    question = f"{flaw.status} -> {flaw.recipient} ({flaw.purpose}; {facts}) on {flaw.on}"
    others = f", and {count - 1} more" if count > 1 else ""
    match flaw.kind:
        case "missing":
            return f"no row answers {question}{others}"
        case "double":
            return f"{' and '.join(flaw.rows)} both answer {question}{others}"
        case _:
            return f"{flaw.rows[0]} keeps {flaw.status} from calling for help in danger ({flaw.purpose}) on {flaw.on}{others}"


def _remedy(flaw: Flaw) -> str:
    return {
        "missing": "add a row for it, or widen one of the last rows",
        "double": "give the two rows different priorities, or make one narrower",
        "silenced": "lower its priority below the calls for help: nothing forbids them",
    }[flaw.kind]


def check_protocol(entry: Entry, held: Holdings) -> Iterator[Problem]:
    """A route between known codes, that closes no call for help; suspensions in order."""
    content = entry.content
    recipients, purposes = held.codes(RECIPIENTS), held.codes(PURPOSES)
    yield from entry.check_known(("territory",), content["territory"], held.territories, "the territory")
    yield from _each_known(entry, ("statuses",), content["statuses"], held.codes(STATUSES), "the status")
    yield from _each_known(entry, ("purposes",), content["purposes"], purposes - {"call-help"}, "the purpose")
    for key in ("recipient", "via"):
        yield from entry.check_known((key,), content[key], recipients - {"emergency"}, "the recipient")
    yield from entry.check_known(("fallback",), content["fallback"]["recipient"], recipients, "the recipient")
    yield from entry.check_known(("fallback",), content["fallback"]["purpose"], purposes, "the purpose")
    if (content["fallback"]["recipient"], content["fallback"]["purpose"]) in {
        (content["recipient"], purpose) for purpose in content["purposes"]
    }:
        yield entry.problem(("fallback",), "the fallback is the route itself", "name another recipient or purpose")


def check_liaison_form(entry: Entry, held: Holdings) -> Iterator[Problem]:
    """Senders, recipients and purpose that exist, and items that belong to a section."""
    content = entry.content
    yield from _each_known(entry, ("senders",), content.get("senders", ()), held.codes(STATUSES), "the status")
    yield from _each_known(entry, ("recipients",), content["recipients"], held.codes(RECIPIENTS), "the recipient")
    yield from entry.check_known(("purpose",), content["purpose"], held.codes(PURPOSES), "the purpose")
    items = held.codes("sections") - section_codes(held)
    yield from _each_known(entry, ("items",), content["items"], items, "the item")


def check_sections(held: Holdings) -> Iterator[Problem]:
    """The domains of needs are sections, and the 21 items of the shared file are all there, once, in order (AT-05)."""
    entry = held.kind("nomenclature").get("sections")
    if entry is None:
        return
    domains = held.kind("nomenclature").get("needs-domains")
    for index, item in enumerate(domains.content["codes"] if domains else ()):
        if domains and "parent" not in item and item["code"] not in section_codes(held):
            what = f"the domain of needs {item['code']!r} is no section of consent"
            yield domains.problem(("codes", index), what, f"add the section {item['code']} to sections.yaml")
    numbers = [item["code"][4:6] for item in entry.content["codes"] if item["code"].startswith("r02-")]
    wanted = [f"{number:02}" for number in range(1, SHARED_FILE_ITEMS + 1)]
    if numbers != wanted:
        what = f"the items of the shared file are numbered {', '.join(numbers) or 'nowhere'}"
        yield entry.problem(("codes",), what, f"keep r02-01 to r02-{SHARED_FILE_ITEMS}, each once, in order")


def check_versions(held: Holdings) -> Iterator[Problem]:
    """Two versions of one article are never in force on the same day."""
    found: dict[str, list[tuple[Entry, int, Any]]] = {}
    for entry in held.kind("law").values():
        for index, item in enumerate(entry.content["articles"]):
            found.setdefault(item.get("article") or item["code"], []).append((entry, index, item))
    for name, versions in found.items():
        for (_, _, one), (entry, index, other) in combinations(versions, 2):
            if _span(one)[0] <= _span(other)[1] and _span(other)[0] <= _span(one)[1]:
                what = f"{other['code']} and {one['code']}, versions of {name}, are in force on the same day"
                yield entry.problem(
                    ("articles", index), what, "end the earlier version on the day before the later begins"
                )


def _span(item: Any) -> tuple[date, date]:
    return date.fromisoformat(item["valid_from"]), date.fromisoformat(item.get("valid_to") or "9999-12-31")


def law_names(held: Holdings) -> set[str]:
    """The articles a table may name, whatever their version."""
    return {
        item.get("article") or item["code"] for entry in held.kind("law").values() for item in entry.content["articles"]
    }


def section_codes(held: Holdings) -> set[str]:
    """The sections of consent; empty when their list is absent or unsound."""
    return _roots(held.kind("nomenclature").get("sections"))


def _roots(entry: Entry | None) -> set[str]:
    return {item["code"] for item in entry.content["codes"] if "parent" not in item} if entry else set()


def _each_known(entry: Entry, where: YamlPath, codes: Iterable[str], known: set[str], what: str) -> Iterator[Problem]:
    for code in codes:
        yield from entry.check_known(where, code, known, what)


def _check_same(entry: Entry, where: YamlPath, found: set[str], wanted: set[str], what: str) -> Iterator[Problem]:
    yield from _each_known(entry, where, sorted(found - wanted), wanted, f"the {what}")
    for code in sorted(wanted - found):
        yield entry.problem(where, f"the {what} {code!r} has no line", f"add `{code}: []`, with its traits")
