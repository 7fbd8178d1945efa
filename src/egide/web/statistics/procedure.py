"""The procedure of an edition as steps: deliveries, composition, signature, publication; and what to do now.

Lives here: which step is next, for whom, in words. Not here: the rules: the actions refuse what is not allowed.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from egide.web.components.shapes import Action, Step, Tag
from egide.web.components.words import moment

from .roles import COMPOSERS, EDITOR, SIGNATORY, STATISTICIAN

DRAFT, SIGNED, PUBLISHED = "DRAFT", "SIGNED", "PUBLISHED"


def edition_steps(
    edition: int,
    releases: Sequence[Any],
    deliveries: Sequence[Any],
    *,
    roles: Collection[str],
    who: str,
    now: datetime,
) -> list[Step]:
    """The four steps of an edition, in order. `releases` are its own, `who` the sign-in name of the reader."""
    latest = max(releases, key=lambda release: release.revision, default=None)
    accepted = [delivery for delivery in deliveries if delivery.verdict != "REFUSED"]
    fresh = latest is None or any(delivery.received_at > latest.built_at for delivery in accepted)
    return [
        _deposit(accepted, roles),
        _compose(edition, latest, bool(accepted), fresh, roles),
        sign_step(edition, latest, roles, who),
        publish_step(edition, latest, roles, now),
    ]


def release_tag(state: str) -> Tag:
    """The state of a release in words."""
    return {
        DRAFT: Tag(_("draft"), "plain"),
        SIGNED: Tag(_("signed off"), "warn"),
        PUBLISHED: Tag(_("published"), "good"),
    }.get(state, Tag(state))


def preview_url(edition: int, revision: int) -> str:
    """The address where a revision is read before it is published."""
    return reverse("letter_revision", kwargs={"edition": edition, "revision": revision})


def person(name: str) -> str:
    """Who did something: a sign-in name, or a command typed on the server."""
    return _("a command on the server") if name.startswith("job:") else name


def _link(name: str, edition: int, label: str) -> tuple[Action, ...]:
    return (Action(label, reverse(name, kwargs={"edition": edition}), "primary"),)


def _deposit(accepted: Sequence[Any], roles: Collection[str]) -> Step:
    title = _("Deposit the producers’ deliveries")
    action = Action(_("Deposit a delivery"), reverse("deposit"), "secondary" if accepted else "primary")
    offered = (action,) if STATISTICIAN in roles else ()
    if accepted:
        words = _("Accepted deliveries: %(count)s.") % {"count": len(accepted)}
        return Step(title, "done", words, offered)
    return Step(title, "now", _("No delivery is accepted yet: the letter has nothing to count."), offered)


def _compose(edition: int, latest: Any, ready: bool, fresh: bool, roles: Collection[str]) -> Step:
    title = _("Compose the letter")
    if not ready:
        return Step(title, "later")
    if not fresh:
        words = _("Revision %(revision)s, composed %(when)s by %(who)s.") % {
            "revision": latest.revision, "when": moment(latest.built_at), "who": person(latest.built_by),
        }  # fmt: skip
        return Step(title, "done", words)
    words = _("Every figure is computed from the accepted deliveries; nothing is typed by hand.")
    if latest is not None:
        words = _("A delivery arrived after revision %(revision)s: compose the next one, with its erratum.") % {
            "revision": latest.revision
        }
    if not set(roles) & set(COMPOSERS):
        return Step(title, "blocked", words + " " + _("A statistician or an editor composes."))
    return Step(title, "now", words, _link("compose", edition, _("Compose the letter")))


def sign_step(edition: int, latest: Any, roles: Collection[str], who: str) -> Step:
    """The signature: by a signatory who did not compose."""
    title = _("Sign the letter off")
    if latest is None:
        return Step(title, "later", _("Someone other than the one who composed it reads it through and signs."))
    if latest.state != DRAFT:
        words = _("Signed %(when)s by %(who)s.") % {"when": moment(latest.signed_at), "who": person(latest.signed_by)}
        return Step(title, "done", words)
    if latest.built_by == who:
        return Step(title, "blocked", _("You composed this revision: someone else must sign it off."))
    if SIGNATORY not in roles:
        return Step(title, "blocked", _("A signatory reads the draft through and signs."))
    words = _("Read the draft through, then sign: %(figures)s figures are waiting.") % {"figures": latest.figures}
    return Step(title, "now", words, _link("sign", edition, _("Read through and sign")))


def publish_step(edition: int, latest: Any, roles: Collection[str], now: datetime) -> Step:
    """The publication: by an editor, of a signed revision, once its embargo is over."""
    title = _("Publish the letter")
    if latest is None or latest.state == DRAFT:
        return Step(title, "later", _("Possible once it is signed and its embargo is over."))
    if latest.state == PUBLISHED:
        return Step(title, "done", _("Published %(when)s.") % {"when": moment(latest.published_at)})
    if now < latest.embargo_until:
        until = moment(latest.embargo_until)
        words = _("Under embargo until %(when)s: nobody outside sees it before.") % {"when": until}
        return Step(title, "blocked", words)
    if EDITOR not in roles:
        return Step(title, "blocked", _("The embargo is over: an editor publishes."))
    return Step(title, "now", _("Signed, and the embargo is over."), _link("publish", edition, _("Publish")))
