"""What in a free text may tell of a third person: a telephone number, an e-mail address, a name. Pure functions over text.

It warns the one who writes, before anything is kept (X10). It never blocks, never returns the words themselves, and keeps
nothing: only the nature and the place of each finding. Missing a name is possible, and so is seeing one where there is none.
"""

import re
from dataclasses import dataclass
from enum import Enum
from itertools import chain


class Nature(Enum):
    """What a finding looks like."""

    PHONE = "phone"
    EMAIL = "email"
    NAME = "name"


@dataclass(frozen=True, order=True)
class Finding:
    """A stretch [start, end) of the text, and what it looks like."""

    start: int
    end: int
    nature: Nature


_CAPITAL = r"[A-ZÀ-ÖØ-ÞŒ]"
_WORD = rf"{_CAPITAL}[\w’'-]*\w"
_NAMES = rf"{_WORD}(?:\s+(?:(?:de|du|des|la|le|d’|d')\s*)*{_WORD})*"
_TITLES = r"M\.|MM\.|Mr|Mme|Mlle|Me|Dr|Monsieur|Madame|Mademoiselle|Maître|Docteur"
_KIN = (
    r"mari|époux|épouse|femme|compagnon|compagne|conjoint|conjointe|ex|fils|fille|enfant|frère|sœur|père|mère|oncle|tante|cousin|cousine|"
    r"ami|amie|voisin|voisine|collègue|patron|patronne|beau-père|belle-mère|s’appelle|s'appelle|nommé|nommée|prénommé|prénommée"
)
_PATTERNS = (
    (Nature.PHONE, re.compile(r"(?<![\d+])(?:(?:\+|00)33[\s.-]*(?:\(0\))?[\s.-]*|0)[1-9](?:[\s.-]*\d{2}){4}(?!\d)")),
    (Nature.PHONE, re.compile(r"(?<![\d+])\+(?!33)\d(?:[\s.-]?\d){7,13}(?!\d)")),
    (Nature.EMAIL, re.compile(r"[\w.+-]+\s?(?:@|\(at\)|\[at\]|\barobase\b)\s?[\w-]+(?:\.[\w-]+)+", re.I)),
    (Nature.NAME, re.compile(rf"\b(?:{_TITLES})\s+{_NAMES}")),
    (Nature.NAME, re.compile(rf"\b(?i:{_KIN})\s+({_NAMES})")),
    (Nature.NAME, re.compile(rf"(?<![.!?:;…»\n–-])(?<!^)\s({_WORD}\s+{_NAMES})")),
)


def find_third_parties(text: str) -> tuple[Finding, ...]:
    """What may tell of someone, in order; where two findings overlap, the one that begins first stands, then the longest."""
    seen = sorted(
        chain.from_iterable(
            (Finding(*match.span(match.re.groups), nature) for match in pattern.finditer(text))
            for nature, pattern in _PATTERNS
        ),
        key=lambda finding: (finding.start, -finding.end),
    )
    kept: list[Finding] = []
    for finding in seen:
        if not kept or finding.start >= kept[-1].end:
            kept.append(finding)
    return tuple(kept)


def natures(text: str) -> tuple[Nature, ...]:
    """The natures found in a text, each once, in a fixed order: all that a warning needs."""
    found = {finding.nature for finding in find_third_parties(text)}
    return tuple(nature for nature in Nature if nature in found)
