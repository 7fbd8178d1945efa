"""The letter as one self-contained page: no script, no image, no other file, to be read, printed or kept.

Lives here: what the template needs. Not here: the body of the letter (publication/letter_body.html, shared with the
site's page), the frame and its style (publication/letter_standalone.html).
"""

from __future__ import annotations

from collections.abc import Sequence

from django.template.loader import render_to_string
from django.utils import translation

from egide.statistics.publication.renderings.annex import passport_lines
from egide.statistics.publication.renderings.passports import Plain, check_letter
from egide.statistics.publication.renderings.typography import typeset
from egide.statistics.publication.renderings.words import day_of, long_date, words_in

TEMPLATE = "publication/letter_standalone.html"


def render_html(letter: Plain, figures: Sequence[Plain]) -> str:
    """The letter of one language (`letter["language"]`); each figure links to its passport lower on the same page.

    `figures` are those of the release: each one the letter prints must be there with its passport. Raises NoPassport.
    The style stands in the page, so a server with a strict content policy serves the file as a download.
    """
    check_letter(letter, figures)
    language = letter["language"]
    day = day_of(letter["dated"])
    context = {
        "letter": typeset(letter, language),
        "dated": long_date(day, language),
        "datetime": day.isoformat(),
        "words": typeset(words_in(language), language),
        "passports": passport_lines(figures, language),
        "figure_url_prefix": "",
    }
    with translation.override(language):
        return render_to_string(TEMPLATE, context)
