"""French as a printer sets it: spaces that must not break and apostrophes, put where a keyboard typed plain ones.

Lives here: apostrophes, the spaces before ; ! ? : % € », after « and between groups of digits. Not here: words, numbers' formats.
Rules: the Imprimerie nationale's; a narrow space before ; ! ? and between digits, a full one elsewhere.
"""

import re

NARROW = "\N{NARROW NO-BREAK SPACE}"
FULL = "\N{NO-BREAK SPACE}"
NUMBER = re.compile(r"(?<!\d)\d{1,3}(?: \d{3})+(?!\d)")
APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
RULES = (
    (re.compile(r" (?=[;!?])"), NARROW),
    (re.compile(r" (?=[:»€]|%(?![(\w]))"), FULL),
    (re.compile(r"(?<=«) "), FULL),
    (re.compile(r"(?<=\bn°) (?=\d)"), FULL),
)


def french_spaces(text: str) -> str:
    """The same text with no-break spaces; idempotent, and it changes nothing but spaces."""
    for pattern, space in RULES:
        text = pattern.sub(space, text)
    return NUMBER.sub(lambda number: number[0].replace(" ", NARROW), text)


def set_in_french(text: str) -> str:
    """The same text with curved apostrophes and no-break spaces; idempotent."""
    return french_spaces(APOSTROPHE.sub("’", text))
