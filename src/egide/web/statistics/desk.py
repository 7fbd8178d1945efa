"""The desk: what to do now, where each edition stands, what arrived last."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from egide.foundation.clock import now
from egide.statistics.collection import queries as collection
from egide.statistics.harmonisation.breaks.queries import count_waiting
from egide.statistics.publication import queries as publication
from egide.web.components.shapes import Action, Fact, Record, Step
from egide.web.components.words import words
from egide.web.entrance import enters

from .deliveries import delivery_record
from .procedure import edition_steps, release_tag
from .roles import DESK, STATISTICIAN

LAST = 5


@enters("statistics", role=DESK)
def desk(request: HttpRequest) -> HttpResponse:
    """Show what is to be done by whoever reads the page, then the editions and the last deliveries."""
    releases, deliveries = publication.list_releases(), collection.list_deliveries()
    editions = sorted(publication.list_editions(), key=lambda edition: -edition.edition)
    procedures = [(edition, _steps(request, edition, releases, deliveries)) for edition in editions]
    context = {
        "next_steps": _next_steps(procedures),
        "editions": [_record(edition, releases, steps) for edition, steps in procedures],
        "deliveries": [delivery_record(delivery) for delivery in deliveries[:LAST]],
        "more": len(deliveries) > LAST,
        "breaks_waiting": count_waiting(),
        "may_deposit": STATISTICIAN in request.roles,  # type: ignore[attr-defined]
        "deposit": [Action(_("Deposit a delivery"), reverse("deposit"), "primary")],
        "section": "desk",
        "closed": True,
        "trail": [Action(_("Home"), reverse("home")), Action(_("My desk"), "")],
    }
    return render(request, "statistics/desk.html", context)


def _steps(request: HttpRequest, edition: Any, releases: list[Any], deliveries: list[Any]) -> list[Step]:
    own = [release for release in releases if release.edition == edition.edition]
    return edition_steps(
        edition.edition,
        own,
        deliveries,
        roles=request.roles,  # type: ignore[attr-defined]
        who=request.user.get_username(),
        now=now(),
    )


def _next_steps(procedures: list[tuple[Any, list[Step]]]) -> list[Step]:
    """The steps to do now, each naming its edition; deposits, common to all editions, once."""
    chosen: dict[str, Step] = {}
    for edition, steps in procedures:
        for step in steps:
            if step.state != "now":
                continue
            common = any(action.url == reverse("deposit") for action in step.actions)
            title = step.title if common else f"{step.title} – {edition.edition}"
            chosen.setdefault(title, Step(title, "now", step.words, step.actions))
    return list(chosen.values())


def _record(edition: Any, releases: list[Any], steps: list[Step]) -> Record:
    own = [release for release in releases if release.edition == edition.edition]
    latest = max(own, key=lambda release: release.revision, default=None)
    waiting = next((step for step in steps if step.state in ("now", "blocked")), None)
    return Record(
        title=f"{words(edition.title)} – {edition.edition}",
        url=reverse("edition", kwargs={"edition": edition.edition}),
        tags=(release_tag(latest.state),) if latest else (),
        words=waiting.words if waiting else "",
        facts=(Fact(_("Revision"), str(latest.revision)), Fact(_("Figures"), str(latest.figures))) if latest else (),
    )
