"""The passport of a figure: what it must hold before anything is rendered (X05), and the file that lists them.

Lives here: the rule "no passport, no rendering", called by every rendering, and `passports-<edition>.json`.
Not here: how a passport is filled in (composition), how it is worded on a page (`annex`).
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from egide.core.missing import Missing

Plain = Mapping[str, Any]

KEYS = (
    "code",
    "value",
    "absence",
    "unit",
    "population",
    "geography",
    "facts_period",
    "record_period",
    "source",
    "definition_version",
    "breaks_crossed",
    "status",
    "lineage",
)
LANGUAGES = ("fr", "en")
CODED = ("code", *LANGUAGES)
PARTS: dict[str, tuple[str, ...]] = {
    "unit": CODED,
    "population": LANGUAGES,
    "geography": CODED,
    "source": (*CODED, "producer"),
}
LINEAGE_PARTS = ("delivery", "sha256", "vintage", "filename", "rows")
# What nobody publishes has no producer, no year of recording and no delivery: the absence says so, nothing is hidden.
UNPUBLISHED_MAY_LACK = frozenset({"source", "record_period", "lineage"})
STATUS = re.compile(r"[A-Z]")


class NoPassport(ValueError):
    """A figure whose passport is not complete: it can be neither rendered nor exported."""


def check_passports(figures: Sequence[Plain]) -> None:
    """Refuse the whole rendering if one figure lacks its passport, its label or its printed form.

    Raises NoPassport with a sentence that names the figure and every missing element.
    """
    seen: set[str] = set()
    for position, figure in enumerate(figures, start=1):
        name = str(figure.get("code") or f"number {position} of the list")
        if name in seen:
            raise NoPassport(
                f"Two figures bear the code {name}: a passport belongs to one figure. Give the second another code."
            )
        seen.add(name)
        _refuse_if(name, missing_elements(figure))


def check_letter(letter: Plain, figures: Sequence[Plain]) -> None:
    """`check_passports`, and every figure the letter prints must be one of `figures`. Raises NoPassport."""
    check_passports(figures)
    known = {figure["code"] for figure in figures}
    for code in printed_codes(letter.get("blocks", ())):
        if code not in known:
            _refuse_if(code, ["the passport itself (the letter prints this figure, the list of figures lacks it)"])


def printed_codes(part: object) -> Iterable[str]:
    """The code of every figure printed in a part of a letter, in reading order, as often as it is printed."""
    if isinstance(part, Mapping):
        if isinstance(part.get("figure"), str):
            yield part["figure"]
        part = list(part.values())
    if isinstance(part, list | tuple):
        for item in part:
            yield from printed_codes(item)


def missing_elements(figure: Plain) -> list[str]:
    """The elements a figure lacks, in words, in the order of the passport; empty when it can leave."""
    lacks = [
        f"the {part} in {language}"
        for part in ("label", "printed")
        for language in LANGUAGES
        if _empty(_at(figure, part, language))
    ]
    passport = figure.get("passport")
    if not isinstance(passport, Mapping) or not passport:
        return ["the passport itself", *lacks]
    lacks += [key for key in KEYS if key not in passport]
    unpublished = passport.get("absence") == Missing.NOT_PUBLISHED.name
    for key in KEYS:
        if key in passport and not (unpublished and key in UNPUBLISHED_MAY_LACK and not passport[key]):
            lacks += _lacks_in(key, passport)
    if passport.get("code") != figure.get("code"):
        lacks.append(f"a code equal to the figure's (it says {passport.get('code')!r})")
    return list(dict.fromkeys(lacks))


def render_passports(figures: Sequence[Plain]) -> bytes:
    """`passports-<edition>.json`: a UTF-8 JSON list, one object per figure with exactly the keys of `KEYS`.

    Raises NoPassport.
    """
    check_passports(figures)
    plain = [{key: figure["passport"][key] for key in KEYS} for figure in figures]
    return (json.dumps(plain, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()


def _lacks_in(key: str, passport: Plain) -> list[str]:
    held = passport[key]
    if key in PARTS:
        return [f"{key} ({part})" for part in PARTS[key] if _empty(_at(passport, key, part))]
    if key == "lineage":
        return _lacks_in_lineage(held)
    if key in ("value", "absence"):
        return _lacks_value_or_reason(passport)
    if key == "breaks_crossed":
        return [] if isinstance(held, list | tuple) else ["breaks_crossed (a list, empty when none is crossed)"]
    if key == "status":
        good = isinstance(held, str) and STATUS.fullmatch(held)
        return [] if good else ["status (one letter of the SDMX list of observation statuses)"]
    return [key] if _empty(held) else []


def _lacks_value_or_reason(passport: Plain) -> list[str]:
    value, absence = passport.get("value"), passport.get("absence")
    if absence is not None and absence not in Missing.__members__:
        return [f"absence ({absence!r} is no reason for an absence; the reasons are {', '.join(Missing.__members__)})"]
    if value is not None and (
        isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value)
    ):
        return [f"value (a number; it is {value!r})"]
    if (value is None) == (absence is None):
        return ["either a value or the reason for its absence (one of the two, never both)"]
    return []


def _lacks_in_lineage(lineage: object) -> list[str]:
    if not isinstance(lineage, list | tuple) or not lineage:
        return ["lineage (the deliveries it comes from)"]
    return [
        f"lineage ({part} of delivery {position})"
        for position, delivery in enumerate(lineage, start=1)
        for part in LINEAGE_PARTS
        if not isinstance(delivery, Mapping) or part not in delivery or (part != "rows" and _empty(delivery[part]))
    ]


def _refuse_if(name: str, lacks: list[str]) -> None:
    if lacks:
        raise NoPassport(
            f"The figure {name} cannot be rendered: its passport lacks {', '.join(lacks)}. "
            "Complete it where the figure is composed; a figure without its passport never leaves."
        )


def _at(plain: Plain, key: str, part: str) -> object:
    inner = plain.get(key)
    return inner.get(part) if isinstance(inner, Mapping) else None


def _empty(held: object) -> bool:
    return held is None or held in ({}, [], ()) or (isinstance(held, str) and not held.strip())
