"""A revision read before it is public: letter, figures, files. Each reading is written in the audit trail."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from egide.statistics.publication import queries
from egide.web.answers import NothingHere
from egide.web.components.shapes import Action
from egide.web.entrance import enters
from egide.web.public.figures import figure_context
from egide.web.public.letters import as_file, letter_context

from .procedure import preview_url, release_tag
from .roles import READERS


@enters("statistics", role=READERS, consults="edition")
def letter_revision(request: HttpRequest, edition: int, revision: int) -> HttpResponse:
    """Show a revision as its readers will see it."""
    try:
        release = queries.get_release(edition, revision)
    except queries.NotFound as missing:
        raise _nothing(edition) from missing
    context = letter_context(release, lambda name: f"{request.path}fichiers/{name}") | {
        "figure_url_prefix": f"{request.path}chiffres/",
        "tags": (release_tag(release.summary.state),),
        "back": [Action(_("Go back to the edition"), _edition_url(edition))],
    }
    return render(request, "statistics/revision.html", context | _on_the_desk(edition, revision))


@enters("statistics", role=READERS, consults="edition")
def figure_revision(request: HttpRequest, edition: int, revision: int, code: str) -> HttpResponse:
    """Show a figure of a revision with its passport."""
    try:
        found = queries.get_figure(edition, code, revision)
    except queries.NotFound as missing:
        raise _nothing(edition) from missing
    context = figure_context(found, edition, preview_url(edition, revision))
    return render(request, "public/figure.html", context | _on_the_desk(edition, revision, context["label"]))


@enters("statistics", role=READERS, consults="edition")
def artefact_revision(request: HttpRequest, edition: int, revision: int, name: str) -> HttpResponse:
    """Hand over a file of a revision."""
    try:
        return as_file(queries.get_artefact(edition, revision, name))
    except queries.NotFound as missing:
        raise _nothing(edition) from missing


def _on_the_desk(edition: int, revision: int, label: str = "") -> dict[str, Any]:
    trail = [
        Action(_("My desk"), reverse("desk")),
        Action(_("Edition %(edition)s") % {"edition": edition}, _edition_url(edition)),
        Action(_("Revision %(revision)s") % {"revision": revision}, preview_url(edition, revision)),
    ]
    return {"section": "desk", "closed": True, "trail": [*trail, Action(label, "")] if label else trail}


def _nothing(edition: int) -> NothingHere:
    return NothingHere(
        _("The letter of %(edition)s has no such revision, figure or file.") % {"edition": edition},
        [Action(_("Go back to the edition"), _edition_url(edition))],
    )


def _edition_url(edition: int) -> str:
    return reverse("edition", kwargs={"edition": edition})
