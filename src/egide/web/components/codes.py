"""The lists of the catalogue as a page offers and prints them: choices of a form, labels of codes.

Lives here: codes to words, in the language of the page. Not here: the lists (catalogue).
"""

from collections.abc import Iterable

from egide.foundation.catalogue import get_nomenclature
from egide.web.components.words import words

TOTAL = "T"


def choices(nomenclature: str, *, blank: str = "", parent: str | None = None) -> list[tuple[str, str]]:
    """The codes of a list with their labels, in the language of the page; `blank`: what an empty first choice says.

    `parent`: the codes under one code of the list, in place of those that stand under none.
    """
    codes = get_nomenclature(nomenclature).codes.values()
    found = [(code.code, words(code.label)) for code in codes if code.parent == parent and code.code != TOTAL]
    return [("", blank), *found] if blank else found


def label(nomenclature: str, code: str) -> str:
    """The words of a code; the code itself when the list does not have it."""
    known = get_nomenclature(nomenclature).codes
    return words(known[code].label) if code in known else code


def labels(nomenclature: str, codes: Iterable[str]) -> str:
    """The words of several codes, joined."""
    return ", ".join(label(nomenclature, code) for code in codes)
