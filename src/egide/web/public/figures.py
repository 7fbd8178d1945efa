"""The page of a figure: its value, its sentence, its passport, where it comes from, how it changed."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from egide.statistics.publication import queries
from egide.web.answers import NothingHere
from egide.web.components.shapes import Action, KeyFigure
from egide.web.components.words import words
from egide.web.entrance import enters

from .passports import cut_qualifier, lineage_facts, passport_facts, period_words, spaced, vintages_table


def figure_url(edition: int, code: str) -> str:
    """The address of a figure of the published letter."""
    return reverse("figure", kwargs={"edition": edition, "code": code})


def key_figures(letter: Mapping[str, Any], edition: int) -> list[KeyFigure]:
    """The headline figures of a letter, from its own blocks."""
    blocks = [block for block in letter["blocks"] if block["kind"] == "keyfigures"]
    return [
        KeyFigure(
            text=cut_qualifier(item["text"])[1],
            qualifier=cut_qualifier(item["text"])[0],
            label=item["label"],
            url=figure_url(edition, item["figure"]),
            note=", ".join(part for part in (item.get("source"), period_words(item.get("period"))) if part),
        )
        for block in blocks
        for item in block["figures"]
    ]


@enters("public")
def figure(request: HttpRequest, edition: int, code: str) -> HttpResponse:
    """Show one figure of the latest published release of an edition."""
    letter_url = reverse("letter", kwargs={"edition": edition})
    try:
        found = queries.get_figure(edition, code)
    except queries.NotFound as missing:
        raise NothingHere(
            _("The published letter of %(edition)s has no figure called “%(code)s”.")
            % {"edition": edition, "code": code},
            [Action(_("See the letter of %(edition)s") % {"edition": edition}, letter_url)],
        ) from missing
    return render(request, "public/figure.html", figure_context(found, edition, letter_url))


def figure_context(found: Any, edition: int, letter_url: str) -> dict[str, Any]:
    """What the page of a figure shows, published or previewed."""
    label, printed = spaced(words(found.label)), spaced(words(found.printed))
    return {
        "label": label,
        "printed": printed,
        "number": cut_qualifier(printed)[1],
        "qualifier": cut_qualifier(printed)[0],
        "is_value": found.passport.get("value") is not None,
        "sentence": spaced(words(found.sentence)) if found.passport.get("value") is not None else "",
        "definition": spaced(words(found.definition)),
        "passport": passport_facts(found.passport),
        "lineage": lineage_facts(found.passport, printed),
        "vintages": vintages_table(found.vintages),
        "section": "letters",
        "back": [Action(_("Read the letter of %(edition)s") % {"edition": edition}, letter_url)],
        "over": _("Figure of the letter of %(edition)s") % {"edition": edition},
        "trail": [
            Action(_("Letters"), reverse("letters")),
            Action(_("Letter of %(edition)s") % {"edition": edition}, letter_url),
            Action(label, ""),
        ],
    }
