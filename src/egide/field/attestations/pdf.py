"""The statement as a tagged PDF/UA-1, from the layout `attestation.typ`: days only, signed by hand.

Lives here: the words around the days. The signature is a person's, on paper; a name that is not known is a blank line.
"""

from datetime import date
from pathlib import Path
from typing import Any

from babel.dates import format_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from egide.core.typography import set_in_french
from egide.foundation.documents import PaperRefused, draw_pdf

from .actions import AttestationRefused
from .queries import Paper

LAYOUT = Path(__file__).with_name("attestation.typ")


def render_attestation(paper: Paper, language: str) -> bytes:
    """The statement in "fr" or "en". Raises AttestationRefused when PDF/UA cannot be claimed (a character no font holds)."""
    with override(language):
        try:
            return draw_pdf(LAYOUT, _content(paper, language), dated=paper.dated)
        except PaperRefused as refused:
            raise AttestationRefused(
                _("This statement cannot be an accessible PDF: %(why)s. Mend the name in the file.") % {"why": refused}
            ) from refused


def _content(paper: Paper, language: str) -> dict[str, Any]:
    days = len({on for on, _kind in paper.sessions})
    told = {
        "who": paper.signed_by, "author": paper.author, "days": days, "asked": _day(paper.asked_on, language),
        "dated": _day(paper.dated, language),
    }  # fmt: skip
    states = _(
        "I, the undersigned %(who)s, working for %(author)s, state that the person named above was received or gone along "
        "with by our service:"
    )
    count = ngettext("That is %(days)s day in all.", "That is %(days)s days in all.", days) % told
    why = _(
        "Made on %(dated)s, at the request of the person, on %(asked)s, and handed to the person alone, to serve as the "
        "person sees fit."
    )
    limits = _(
        "This statement gives days and the nature of what was done. It reports no fact that was told, gives no assessment "
        "and names no other person: professional secrecy covers the rest."
    )
    words = {
        "title": _("Statement of support"), "person": _("Person: "), "blank": _("(written by hand)"), "states": states % told,
        "count": count, "why": why % told, "limits": limits, "signature": _("Signature and stamp:"),
        "reference": _("Statement number %(number)s, file %(reference)s")
        % {"number": paper.number, "reference": paper.reference},
        "fictional": _("Invented data"),
    }  # fmt: skip
    return {
        "language": language,
        "fictional": paper.fictional,
        "named": bool(paper.name),
        "date": {"year": paper.dated.year, "month": paper.dated.month, "day": paper.dated.day},
        "author": paper.author,
        "name": paper.name,
        "sessions": [
            f"{_day(on, language)} – {kind.get(language).lower() if kind else _('interview')}"
            for on, kind in paper.sessions
        ],
        "words": {name: set_in_french(text) if language == "fr" else text for name, text in words.items()},
    }


def _day(day: date, language: str) -> str:
    if language == "fr":
        return str(format_date(day, format="d MMMM y" if day.day > 1 else "'1er' MMMM y", locale="fr_FR"))
    return str(format_date(day, format="long", locale="en_GB"))
