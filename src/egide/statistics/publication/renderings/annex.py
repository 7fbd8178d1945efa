"""The passports in words: what the PDF's annex and the HTML page's last part print.

Lives here: one flat mapping of texts per figure, and the deliveries they come from. Not here: the layout (letter.typ,
letter_standalone.html), the rule of completeness (`passports`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from egide.core.period import NotAPeriod, Period
from egide.statistics.publication.renderings.passports import Plain
from egide.statistics.publication.renderings.typography import typeset
from egide.statistics.publication.renderings.words import ABSENCES, STATUSES, words_in


def passport_lines(figures: Sequence[Plain], language: str) -> list[dict[str, Any]]:
    """One mapping of printable texts per figure, in order."""
    numbers = {line["delivery"]: line["number"] for line in delivery_lines(figures)}
    return [
        {
            **typeset(_line(figure, language), language),
            "deliveries": _delivery_words(figure, numbers, language),
        }
        for figure in figures
    ]


def delivery_lines(figures: Sequence[Plain]) -> list[dict[str, str]]:
    """Each delivery once, numbered in order of first use, with the count of figures that come from it."""
    lines: dict[str, dict[str, str]] = {}
    uses: dict[str, set[str]] = {}
    for figure in figures:
        for item in figure["passport"]["lineage"] or ():
            key = str(item["delivery"])
            lines.setdefault(key, {name: str(item[name]) for name in ("delivery", "filename", "vintage", "sha256")})
            uses.setdefault(key, set()).add(figure["code"])
    return [
        {**line, "number": str(number), "figures": str(len(uses[key]))}
        for number, (key, line) in enumerate(lines.items(), start=1)
    ]


def break_words(item: object, language: str) -> str:
    """A crossed break in words: a text as it is; of a mapping, its date and its cause."""
    if not isinstance(item, Mapping):
        return str(item)
    cause = item.get("cause", "")
    return ", ".join(str(part) for part in (item.get("at"), in_language(cause, language)) if part)


def period_words(period: str) -> str:
    """A period for people: "2021-08/2022-07" where SDMX says "2021-08-01/P12M"; other words as they are."""
    try:
        return Period.parse(period).text
    except NotAPeriod:
        return period


def in_language(held: object, language: str) -> str:
    """A text that may be one for both languages, or one per language."""
    return str(held.get(language, "")) if isinstance(held, Mapping) else str(held)


def _delivery_words(figure: Plain, numbers: Mapping[str, str], language: str) -> str:
    own = list(dict.fromkeys(numbers[str(item["delivery"])] for item in figure["passport"]["lineage"] or ()))
    words = words_in(language)
    return f"{words['deliveries_short' if len(own) > 1 else 'delivery_short']} {', '.join(own)}" if own else ""


def _line(figure: Plain, language: str) -> dict[str, Any]:
    passport = figure["passport"]
    words = words_in(language)
    source = passport["source"] or {}
    absence = ABSENCES.get(passport["absence"] or "", {}).get(language, "")
    return {
        "code": figure["code"],
        "label": figure["label"][language],
        "printed": figure["printed"][language],
        "absence": absence,
        "unit": passport["unit"][language],
        "population": passport["population"][language],
        "geography": passport["geography"][language],
        "facts": period_words(passport["facts_period"]),
        "record": period_words(passport["record_period"]) or words["none"],
        "source": source.get(language) or words["no_source"],
        "producer": in_language(source.get("producer") or "", language),
        "definition": passport["definition_version"],
        "breaks": [break_words(item, language) for item in passport["breaks_crossed"]],
        "status": f"{STATUSES.get(passport['status'], {}).get(language, '')} ({passport['status']})".strip(),
        "lineage": [dict(item) for item in passport["lineage"] or ()],
    }
