"""What is answered when a page cannot be: never a trace, always what, why and what to do.

Lives here: the handlers 400, 403, 404, 500, the CSRF failure, and the refusals of the entrance. Not here: the words
of a room's own refusals, which come as sentences.
"""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from egide.foundation.catalogue import get_nomenclature

from .components.shapes import Action
from .components.words import joined
from .languages import only_safety


class NothingHere(Http404):
    """What was asked for does not exist; the sentence says so and `actions` say where to go on."""

    def __init__(self, sentence: str, actions: Sequence[Action] = ()) -> None:
        super().__init__(sentence)
        self.sentence, self.actions = sentence, tuple(actions)


def _answer(request: HttpRequest, status: int, *, title: str, what: str, **more: Any) -> HttpResponse:
    """Render the one template of refusals. A `bare` one reads no account: the database may be what failed."""
    context = {"title": title, "what": what, "closed": True, "path": request.path, **more}
    return HttpResponse(render_to_string("answers/answer.html", context, request), status=status)


def _home() -> Action:
    return Action(_("Go to the home page"), reverse("home"))


def _letters() -> Action:
    return Action(_("See the published letters"), reverse("letters"))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400."""
    return _answer(
        request,
        400,
        title=_("This request could not be understood"),
        what=_("The address or the form that reached us is damaged or incomplete. Nothing was recorded."),
        remedy=_("Go back to the previous page and start again from its links."),
        actions=[_home()],
        bare=True,
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403 when the framework itself refuses."""
    return _answer(
        request,
        403,
        title=_("This page is closed to you"),
        what=_("This page asks for a right that you do not hold."),
        remedy=_("If you need it for your work, ask the administrator of your organisation for a mandate."),
        actions=[_home()],
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404, in the words of the page that found nothing when it gave some."""
    told = isinstance(exception, NothingHere)
    return _answer(
        request,
        404,
        title=_("This page does not exist"),
        what=exception.sentence if told else _("Nothing is published at this address."),  # type: ignore[union-attr]
        remedy=_("Check the spelling of the address, or start from one of these pages."),
        actions=[*(exception.actions if told else ()), *([] if only_safety() else [_letters()]), _home()],  # type: ignore[union-attr]
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 without touching the database nor the account."""
    return _answer(
        request,
        500,
        title=_("Something broke on our side"),
        what=_("The page could not be made. It is not your doing, and what you were sending was not recorded."),
        remedy=_("Try again in a few minutes. If it comes back, tell the team the address of this page and the hour."),
        actions=[_home()],
        bare=True,
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that came back without its key."""
    return _answer(
        request,
        403,
        title=_("This form has expired"),
        what=_("The form came back without the key that proves it left from this site. Nothing was recorded."),
        remedy=_("Go back, reload the page and send the form again. If your browser refuses cookies, allow them here."),
        actions=[_home()],
        bare=True,
    )


def wrong_method(request: HttpRequest, allowed: Sequence[str]) -> HttpResponse:
    """Answer 405: the address exists but not for this kind of request."""
    response = _answer(
        request,
        405,
        title=_("This address cannot be used that way"),
        what=_("This address takes another kind of request; it is opened from a button or a link of the site."),
        remedy=_("Start again from one of these pages."),
        actions=[_letters(), _home()],
    )
    response["Allow"] = ", ".join(allowed)
    return response


def gate_closed(request: HttpRequest, sentence: str) -> HttpResponse:
    """Answer 503 when the legal record of a module is missing."""
    return _answer(
        request,
        503,
        title=_("This part of the service is not open"),
        what=sentence,
        remedy=_("The administrator of this installation can open it once its legal record is complete."),
        actions=[_home()],
    )


def role_missing(request: HttpRequest, roles: Sequence[str]) -> HttpResponse:
    """Answer 403 naming the roles that would open the page."""
    known = get_nomenclature("roles").codes
    words = joined(known[role].label if role in known else role for role in roles)
    return _answer(
        request,
        403,
        title=_("This page is closed to you"),
        what=_("It asks for one of these roles, which no mandate gives you today: %(roles)s.") % {"roles": words},
        remedy=_(
            "If you need it for your work, ask the administrator of your organisation for a mandate. "
            "This refusal is written in the audit trail."
        ),
        actions=[_home()],
    )


def action_refused(request: HttpRequest, why: str, back: str) -> HttpResponse:
    """Answer 409: an action said no and changed nothing."""
    return _answer(
        request,
        409,
        title=_("This was not done"),
        what=why,
        remedy=_("Nothing was changed. This refusal is written in the audit trail."),
        actions=[Action(_("Go back to the edition"), back, "primary")],
    )


def locked_out(request: HttpRequest, *, minutes: int) -> HttpResponse:
    """Answer 429 after too many wrong passwords."""
    return _answer(
        request,
        429,
        title=_("Too many attempts"),
        what=_("The password was wrong too many times for this sign-in name from this place."),
        remedy=_("Wait %(minutes)s minutes, then try again. If you have lost your password, ask your administrator.")
        % {"minutes": minutes},
        actions=[_home()],
    )
