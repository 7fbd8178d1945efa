"""French spacing: the spaces that must not break, put where a keyboard typed plain ones.

Lives here: the spaces before ; ! ? : % € », after « and between groups of digits. Not here: words, numbers' formats.
Rules: the Imprimerie nationale's; a narrow space before ; ! ? and between digits, a full one elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

NARROW = "\N{NARROW NO-BREAK SPACE}"
FULL = "\N{NO-BREAK SPACE}"
NUMBER = re.compile(r"(?<!\d)\d{1,3}(?: \d{3})+(?!\d)")
ADDRESSES = frozenset({"figure", "id", "kind", "code", "lineage"})
RULES = (
    (re.compile(r" (?=[;!?])"), NARROW),
    (re.compile(r" (?=[:»%€])"), FULL),
    (re.compile(r"(?<=«) "), FULL),
    (re.compile(r"(?<=\bn°) (?=\d)"), FULL),
)


def french_spaces(text: str) -> str:
    """The same text with no-break spaces; idempotent, and it changes nothing but spaces."""
    for pattern, space in RULES:
        text = pattern.sub(space, text)
    return NUMBER.sub(lambda number: number[0].replace(" ", NARROW), text)


def typeset(part: Any, language: str) -> Any:
    """A copy of any JSON-like value with every text spaced for `language` (unchanged unless it is French).

    What stands under a key of `ADDRESSES` is left alone: it is compared or followed, not read.
    """
    if language != "fr":
        return part
    if isinstance(part, str):
        return french_spaces(part)
    if isinstance(part, Mapping):
        return {key: held if key in ADDRESSES else typeset(held, language) for key, held in part.items()}
    if isinstance(part, list | tuple):
        return [typeset(item, language) for item in part]
    return part
