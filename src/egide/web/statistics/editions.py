"""An edition on the desk: where it stands, and the three acts that make it a publication.

Composing, signing and publishing each have a page that shows what will happen before it happens.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from egide.foundation.clock import now
from egide.statistics.collection import queries as collection
from egide.statistics.disclosure.protected import NotProtected
from egide.statistics.publication import actions, queries
from egide.statistics.publication.composition.erratum import sentences
from egide.statistics.publication.permissions import NotAllowed
from egide.statistics.publication.policies import ReleaseRefused
from egide.web.answers import NothingHere
from egide.web.components.shapes import Action, Fact, Record, Step
from egide.web.components.words import language, moment, words
from egide.web.entrance import ActionRefused, enters
from egide.web.public.passports import spaced

from .procedure import edition_steps, person, preview_url, publish_step, release_tag, sign_step
from .roles import COMPOSERS, DESK, EDITOR, SIGNATORY

FORMS = ("GET", "HEAD", "POST")
REFUSALS = (ReleaseRefused, NotAllowed, NotProtected)


@enters("statistics", role=DESK)
def edition(request: HttpRequest, edition: int) -> HttpResponse:
    """Show the steps of an edition and its revisions."""
    known, releases = _edition(edition), queries.list_releases(edition)
    steps = edition_steps(
        edition,
        releases,
        collection.list_deliveries(),
        roles=request.roles,  # type: ignore[attr-defined]
        who=request.user.get_username(),
        now=now(),
    )
    latest = _latest(releases)
    context = {
        "title": words(known.title),
        "over": _("Edition %(edition)s") % {"edition": edition},
        "steps": steps,
        "revisions": [_revision(release) for release in sorted(releases, key=lambda release: -release.revision)],
        "erratum": sentences(latest.erratum, language()) if latest else [],
        "latest": latest,
        "section": "desk",
        "closed": True,
        "trail": [Action(_("My desk"), reverse("desk")), Action(_("Edition %(edition)s") % {"edition": edition}, "")],
    }
    return render(request, "statistics/edition.html", context)


@enters("statistics", role=COMPOSERS, methods=FORMS)
def compose(request: HttpRequest, edition: int) -> HttpResponse:
    """Compose the next revision from the accepted deliveries."""
    known, releases = _edition(edition), queries.list_releases(edition)
    if request.method == "POST":
        _act(edition, lambda at: actions.compose_release(edition=edition, by=request.user.get_username(), now=at))
        messages.success(request, _("The letter is composed. Someone else must now read it through and sign it off."))
        return redirect("edition", edition=edition)
    accepted = [delivery for delivery in collection.list_deliveries() if delivery.verdict != "REFUSED"]
    page = {
        "heading": _("Compose the letter of %(edition)s") % {"edition": edition},
        "words": _("A draft is made. It is seen by nobody outside the desk, and a next revision can replace it."),
        "submit": _("Compose the letter"),
        "deliveries": [f"{delivery.filename} – {spaced(words(delivery.source_label))}" for delivery in accepted],
        "facts": [
            Fact(_("Letter"), words(known.title)),
            Fact(_("Revision"), str(len(releases) + 1)),
            Fact(_("Embargo until"), moment(_embargo(releases)))
            if releases
            else Fact(_("Accepted deliveries"), str(len(accepted))),
        ],
    }
    return _confirmation(request, edition, page)


@enters("statistics", role=SIGNATORY, methods=FORMS)
def sign(request: HttpRequest, edition: int) -> HttpResponse:
    """Sign the latest draft off, after showing what it holds."""
    latest = _waiting(edition)
    if request.method == "POST":
        _check_still_latest(request, latest)
        _act(edition, lambda at: actions.sign_release(release_id=latest.id, by=request.user.get_username(), now=at))
        messages.success(request, _("The letter is signed off. An editor can publish it once its embargo is over."))
        return redirect("edition", edition=edition)
    page = {
        "heading": _("Sign off the letter of %(edition)s") % {"edition": edition},
        "words": _("Your signature says that you have read the letter through. It cannot be taken back."),
        "submit": _("Sign off revision %(revision)s") % {"revision": latest.revision},
        "danger": True,
    }
    step = sign_step(edition, latest, request.roles, request.user.get_username())  # type: ignore[attr-defined]
    return _confirmation(request, edition, page | _what_leaves(latest, step))


@enters("statistics", role=EDITOR, methods=FORMS)
def publish(request: HttpRequest, edition: int) -> HttpResponse:
    """Publish the signed revision, after showing what will be public."""
    latest = _waiting(edition)
    if request.method == "POST":
        _check_still_latest(request, latest)
        _act(edition, lambda at: actions.publish_release(release_id=latest.id, by=request.user.get_username(), now=at))
        messages.success(request, _("The letter is public."))
        return redirect("letter", edition=edition)
    page = {
        "heading": _("Publish the letter of %(edition)s") % {"edition": edition},
        "words": _(
            "Everyone will see it at once. It cannot be withdrawn: a new revision, with an erratum, mends a mistake."
        ),
        "submit": _("Publish revision %(revision)s") % {"revision": latest.revision},
        "danger": True,
    }
    step = publish_step(edition, latest, request.roles, now())  # type: ignore[attr-defined]
    return _confirmation(request, edition, page | _what_leaves(latest, step))


def _check_still_latest(request: HttpRequest, latest: Any) -> None:
    """What was confirmed is what was shown: a revision composed meanwhile has to be read first."""
    if request.POST.get("revision") != str(latest.revision):
        why = _("Revision %(revision)s was composed since this page was opened: read it through first.")
        told = why % {"revision": latest.revision}
        raise ActionRefused(told, subject=("edition", latest.edition), back=_edition_url(latest.edition))


def _act(edition: int, action: Callable[[datetime], Any]) -> None:
    """Run one action of the room; its refusal becomes a page and a line of the audit trail."""
    try:
        action(now())
    except REFUSALS as refused:
        raise ActionRefused(str(refused), subject=("edition", edition), back=_edition_url(edition)) from refused


def _confirmation(request: HttpRequest, edition: int, page: dict[str, Any]) -> HttpResponse:
    context = page | {
        "cancel": Action(_("Cancel"), _edition_url(edition)),
        "section": "desk",
        "closed": True,
        "trail": [
            Action(_("My desk"), reverse("desk")),
            Action(_("Edition %(edition)s") % {"edition": edition}, _edition_url(edition)),
            Action(page["submit"], ""),
        ],
    }
    return render(request, "statistics/confirmation.html", context)


def _what_leaves(latest: Any, step: Step) -> dict[str, Any]:
    return {
        "revision": latest.revision,
        "blocked": "" if step.state == "now" else step.words,
        "blocked_title": _("Already done") if step.state == "done" else _("Not possible now"),
        "back": Action(_("Go back to the edition"), _edition_url(latest.edition)),
        "facts": _facts(latest),
        "erratum": sentences(latest.erratum, language()),
        "corrects": latest.revision > 1,
        "preview": Action(
            _("Read revision %(revision)s through") % {"revision": latest.revision},
            preview_url(latest.edition, latest.revision),
        ),
    }


def _facts(release: Any) -> list[Fact]:
    return [
        Fact(_("Revision"), str(release.revision)),
        Fact(_("Figures"), str(release.figures)),
        Fact(_("Hidden by statistical confidentiality"), str(release.suppressed)),
        Fact(_("Composed"), f"{moment(release.built_at)}, {person(release.built_by)}"),
        Fact(
            _("Signed off"),
            f"{moment(release.signed_at)}, {person(release.signed_by)}" if release.signed_at else _("not yet"),
        ),
        Fact(_("Embargo until"), moment(release.embargo_until)),
    ]


def _revision(release: Any) -> Record:
    return Record(
        title=_("Revision %(revision)s") % {"revision": release.revision},
        url=preview_url(release.edition, release.revision),
        tags=(release_tag(release.state),),
        facts=(
            Fact(_("Composed"), moment(release.built_at)),
            Fact(_("Figures"), str(release.figures)),
            Fact(_("Figures changed"), str(len(release.erratum))),
        ),
    )


def _edition(edition: int) -> Any:
    for known in queries.list_editions():
        if known.edition == edition:
            return known
    raise NothingHere(
        _("The catalogue has no letter of %(edition)s. Describe it in catalogue/letters, then come back.")
        % {"edition": edition},
        [Action(_("Go to my desk"), reverse("desk"))],
    )


def _waiting(edition: int) -> Any:
    _edition(edition)
    latest = _latest(queries.list_releases(edition))
    if latest is None:
        raise _no_revision(edition)
    return latest


def _no_revision(edition: int) -> NothingHere:
    return NothingHere(
        _("The letter of %(edition)s has no such revision: compose it first.") % {"edition": edition},
        [Action(_("Go back to the edition"), _edition_url(edition))],
    )


def _latest(releases: list[Any]) -> Any:
    return max(releases, key=lambda release: release.revision, default=None)


def _embargo(releases: list[Any]) -> datetime:
    embargo: datetime = _latest(releases).embargo_until
    return embargo


def _edition_url(edition: int) -> str:
    return reverse("edition", kwargs={"edition": edition})
