"""The home page: what this is, and the last letter with its headline figures."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from egide.statistics.publication import queries
from egide.statistics.publication.renderings.typography import typeset
from egide.web.components.shapes import Action, Fact
from egide.web.components.words import language
from egide.web.entrance import enters

from .figures import key_figures
from .letters import edition_url, letter_name

HEADLINES = 4


@enters("public")
def home(request: HttpRequest) -> HttpResponse:
    """Show the service and the latest published letter, if there is one."""
    published = [edition for edition in queries.list_editions() if edition.latest is not None]
    if not published:
        return render(request, "public/home.html", {"stages": _stages()})
    latest = max(published, key=lambda edition: edition.edition)
    text = typeset(queries.get_release(latest.edition).letter[language()], language())
    context = {
        "stages": _stages(),
        "latest": latest,
        "name": letter_name(latest),
        "title_of_letter": text["title"],
        "figures": key_figures(text, latest.edition)[:HEADLINES],
        "read": [Action(_("Read the letter"), edition_url(latest.edition), "primary")],
    }
    return render(request, "public/home.html", context)


def _stages() -> list[Fact]:
    """The road of a figure, as anyone can follow it."""
    return [
        Fact(
            _("A producer’s file is received"), _("It is kept byte for byte and checked; its producer gets a report.")
        ),
        Fact(_("It is read by dated tables"), _("What a table does not know is listed and counted, never dropped.")),
        Fact(_("It is counted"), _("Victims are not added to suspects, nor surveys to complaints.")),
        Fact(
            _("It is protected"),
            _("Counts that could point at someone are hidden, then the result is attacked to check."),
        ),
        Fact(
            _("It is signed, then published"),
            _("Never by one person alone, at the same hour for all, with its passport."),
        ),
    ]
