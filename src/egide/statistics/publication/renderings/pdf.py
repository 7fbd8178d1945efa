"""The letter as a tagged PDF/UA-1, drawn by typst from `letter.typ`.

Lives here: what the layout needs, as one JSON text, and the call. Not here: the layout (letter.typ), the words.
The fonts are the ones typst carries, whatever the machine has; the document's date is the letter's: same letter, same
bytes, everywhere.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import typst

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
    noon = datetime.combine(day_of(letter["dated"]), time(12), tzinfo=UTC)
    try:
        made = typst.compile(
            LAYOUT,
            root=LAYOUT.parent,
            format="pdf",
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"content": json.dumps(_content(letter, figures), ensure_ascii=False)},
            pdf_standards=["ua-1"],
            timestamp=noon,
        )
    except typst.TypstError as error:
        raise PdfRefused(
            f"The letter {letter['edition']} ({letter['language']}) cannot be an accessible PDF: {error.message}. "
            "Mend the words or the order of the headings in the letter's file of the catalogue."
        ) from error
    return bytes(made)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)


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
