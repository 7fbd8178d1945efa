"""A letter after a refusal as a tagged PDF/UA-1, from the layout `letter.typ`: texts of the catalogue, law of that day.

Lives here: the words around the catalogue's. The name, the signature and the safe way to answer are left blank,
to be written by hand: the file that goes through machines names nobody.
"""

from datetime import date
from pathlib import Path
from typing import Any

from babel.dates import format_date
from django.utils.translation import gettext as _
from django.utils.translation import override

from egide.core.typography import set_in_french
from egide.foundation.documents import PaperRefused, draw_pdf

from .queries import DrawnLetter

LAYOUT = Path(__file__).with_name("letter.typ")


class PdfRefused(ValueError):
    """A letter that cannot become an accessible PDF; the sentence says what stands in the way."""


def render_letter(drawn: DrawnLetter, language: str) -> bytes:
    """The letter in "fr" or "en". Raises PdfRefused when PDF/UA cannot be claimed (a character that no font holds)."""
    with override(language):
        try:
            return draw_pdf(LAYOUT, _content(drawn, language), dated=drawn.dated)
        except PaperRefused as refused:
            raise PdfRefused(
                _("This letter cannot be an accessible PDF: %(why)s. Take out of its words what no font can write.")
                % {"why": refused}
            ) from refused


def paragraphs(drawn: DrawnLetter, language: str) -> list[str]:
    """The body of the letter; a paragraph about words nobody reported is left out."""
    told = {
        "place": drawn.place, "day": _day(drawn.tried_on, language), "reason": drawn.reason.get(language), "words": drawn.words,
    }  # fmt: skip
    found = [paragraph.get(language) for paragraph in drawn.letter.paragraphs]
    said = [text.format(**told) for text in found if drawn.words or "{words}" not in text]
    return [_set(text, language) for text in said]


def _set(text: str, language: str) -> str:
    return set_in_french(text) if language == "fr" else text


def _content(drawn: DrawnLetter, language: str) -> dict[str, Any]:
    return {
        "language": language,
        "fictional": drawn.fictional,
        "date": {"year": drawn.dated.year, "month": drawn.dated.month, "day": drawn.dated.day},
        "addressee": drawn.letter.addressee.get(language),
        "subject": drawn.letter.subject.get(language),
        "paragraphs": paragraphs(drawn, language),
        "articles": [
            _set(f"{each.act.get(language)}, {each.ref}. {each.summary.get(language)}", language)
            for each in drawn.articles
        ],
        "words": {
            "title": _("Letter"),
            "dated": _day(drawn.dated, language),
            "to": _("To: "),
            "about": _("About: "),
            "law": _("What the law says, in short, on that day"),
            "name": _("Name and address, written by hand:"),
            "answer": _("Safe way to answer me, written by hand (do not write to my home unless I say so here):"),
            "signature": _("Signature:"),
            "fictional": _("Invented data"),
        },
    }


def _day(day: date, language: str) -> str:
    if language == "fr":
        return str(format_date(day, format="d MMMM y" if day.day > 1 else "'1er' MMMM y", locale="fr_FR"))
    return str(format_date(day, format="long", locale="en_GB"))
