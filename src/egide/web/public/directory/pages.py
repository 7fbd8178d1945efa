"""The public pages of the directory: no account, and only what a person may reach by herself."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from egide.field.directory.nearest import Nearby
from egide.field.directory.queries import NotFound, get_service, list_for_print
from egide.foundation.clock import now
from egide.web import answers
from egide.web.components.shapes import Action
from egide.web.components.words import day
from egide.web.entrance import enters

from .listing import sections
from .searching import ask
from .showing import service_facts, written_in


@enters("public", methods=("GET", "HEAD", "POST"))
def directory(request: HttpRequest) -> HttpResponse:
    """Who answers now: national lines first, then near, then at a distance."""
    form, answer = ask(request, public=True, url_of=_url)
    context = {
        "form": form,
        "answer": answer,
        "section": "directory",
        "more": [Action(_("The list to print or to keep"), reverse("directory_list"))],
        "trail": [Action(_("Home"), reverse("home")), Action(_("Find help"), "")],
    }
    answered = render(request, "public/directory/search.html", context)
    answered["Cache-Control"] = "no-store"
    return answered


@enters("public")
def service(request: HttpRequest, service: UUID) -> HttpResponse:
    """One service."""
    try:
        found = get_service(service, at=now(), now=now(), public=True)
    except NotFound as unknown:
        back = Action(_("Find help"), reverse("directory"))
        return answers.not_found(request, answers.NothingHere(str(unknown), [back]))
    context = {
        "service": found,
        "facts": service_facts(found),
        "language": written_in(),
        "section": "directory",
        "trail": [
            Action(_("Home"), reverse("home")),
            Action(_("Find help"), reverse("directory")),
            Action(found.name, ""),
        ],
    }
    return render(request, "public/directory/service.html", context)


@enters("public")
def directory_list(request: HttpRequest) -> HttpResponse:
    """The list to print or to keep: verified within a year, hours in words, what answers day and night first (AT-13)."""
    found = list_for_print(now=now(), public=True)
    context: dict[str, Any] = {
        "sections": sections(found, lambda each: reverse("directory_service", kwargs={"service": each.id})),
        "today": day(now()),
        "section": "directory",
        "trail": [
            Action(_("Home"), reverse("home")),
            Action(_("Find help"), reverse("directory")),
            Action(_("List"), ""),
        ],
    }
    return render(request, "public/directory/list.html", context)


def _url(near: Nearby) -> str:
    return reverse("directory_service", kwargs={"service": near.service.id})
