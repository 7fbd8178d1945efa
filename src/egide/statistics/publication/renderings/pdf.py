"""The letter as a tagged PDF/UA-1, from the layout `letter.typ`; same letter, same bytes, everywhere.

Lives here: what the layout needs. Not here: the layout (letter.typ), the words, the drawing (foundation.documents).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from egide.foundation.documents import PaperRefused, draw_pdf
from egide.statistics.publication.renderings.annex import delivery_lines, passport_lines
from egide.statistics.publication.renderings.passports import Plain, check_letter
from egide.statistics.publication.renderings.typography import typeset
from egide.statistics.publication.renderings.words import day_of, long_date, words_in

LAYOUT = Path(__file__).with_name("letter.typ")


class PdfRefused(ValueError):
    """A letter that cannot become an accessible PDF; the sentence says what stands in the way."""


def render_pdf(letter: Plain, figures: Sequence[Plain]) -> bytes:
    """The letter of one language (`letter["language"]`), with the passports of its figures as an annex.

    `figures` are those of the release: each one the letter prints must be there with its passport. Raises NoPassport,
    or PdfRefused when PDF/UA cannot be claimed (a character no font holds, headings that skip a level).
    """
    check_letter(letter, figures)
    try:
        return draw_pdf(LAYOUT, _content(letter, figures), dated=day_of(letter["dated"]))
    except PaperRefused as refused:
        raise PdfRefused(
            f"The letter {letter['edition']} ({letter['language']}) cannot be an accessible PDF: {refused}. "
            "Mend the words or the order of the headings in the letter's file of the catalogue."
        ) from refused


def _content(letter: Plain, figures: Sequence[Plain]) -> dict[str, Any]:
    language = letter["language"]
    day = day_of(letter["dated"])
    return {
        "letter": {**typeset(letter, language), "dated": long_date(day, language)},
        "date": {"year": day.year, "month": day.month, "day": day.day},
        "words": typeset(words_in(language), language),
        "passports": passport_lines(figures, language),
        "deliveries": delivery_lines(figures),
    }
