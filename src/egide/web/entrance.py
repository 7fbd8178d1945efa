"""The entrance of every page: who may come in, into which wing, and what leaves again.

Lives here: the decorators `enters`, `enters_by_link` and `outside`, the refusals they answer. Not here: what a page shows, nor the rules
of a room; a page calls one query or one action inside the wing that `enters` opened for it.
"""

import hashlib
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.urls import reverse

from egide.foundation.audit.actions import record
from egide.foundation.clock import now
from egide.foundation.legal.actions import entering_active
from egide.foundation.legal.policies import GateClosed
from egide.foundation.organisations.queries import list_roles
from egide.foundation.wings.entering import PUBLIC, Subject, entering

from . import answers

View = Callable[..., HttpResponseBase]
OUTSIDE = "outside"


class RoleMissing(Exception):
    """The account holds none of the roles a page asks for."""


class ActionRefused(Exception):
    """An action said no, in a sentence; `subject` names for the trail what it was about, `back` is where to go on."""

    def __init__(self, why: str, *, subject: tuple[str, object], back: str) -> None:
        super().__init__(why)
        self.why, self.subject, self.back = why, subject, back


class RenderedTooLate(RuntimeError):
    """A page tried to leave its wing before it was rendered."""


def outside(reason: str) -> Callable[[View], View]:
    """Declare that a view enters no wing, and why: it reads and writes only the framework's own tables."""

    def decorate(view: View) -> View:
        view.wing, view.reason = OUTSIDE, reason  # type: ignore[attr-defined]
        return view

    return decorate


def enters(
    wing: str,
    *,
    role: str | Sequence[str] = (),
    methods: Sequence[str] = ("GET", "HEAD"),
    consults: str = "",
) -> Callable[[View], View]:
    """Open one wing around a view, and close it again before the answer leaves.

    `role`: one of these role codes is asked for. `consults`: the name of the address's parameter whose consultation is
    written in the audit trail, as kind and identifier (X09). The public wing takes everyone, the others a signed-in
    account; a closed legal gate, a missing role and a refused action are answered in words.
    """
    roles = (role,) if isinstance(role, str) else tuple(role)

    def decorate(view: View) -> View:
        @wraps(view)
        def entrance(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in methods:
                return answers.wrong_method(request, methods)
            signed_in = request.user.is_authenticated  # read before the wing: its role cannot read the sessions
            request.roles = frozenset()  # type: ignore[attr-defined]
            if wing == "public":
                with entering("public", PUBLIC):
                    return _rendered(view(request, *args, **kwargs))
            if not signed_in:
                return redirect_to_login(request.get_full_path(), reverse("sign_in"))
            return _closed_to_the_public(_enter_as_account(wing, roles, consults, view, request, kwargs))

        entrance.wing, entrance.roles = wing, roles  # type: ignore[attr-defined]
        return entrance

    return decorate


def enters_by_link(wing: str, *, name: str, methods: Sequence[str] = ("GET", "HEAD")) -> Callable[[View], View]:
    """Open a wing for whoever holds a link of the house instead of an account.

    The session remembers, under `name` and a hash of the address's token, which link was verified; until then the subject
    is a link that opens nothing. The view gets that hash's value as `opened`: an identifier, or None.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def entrance(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponseBase:
            if request.method not in methods:
                return answers.wrong_method(request, methods)
            request.roles = frozenset()  # type: ignore[attr-defined]
            opened = request.session.get(
                link_key(name, token)
            )  # read before the wing: its role cannot read the sessions
            bool(request.user.is_authenticated)
            try:
                with entering_active(wing, Subject("link", UUID(opened) if opened else None)):
                    return _closed_to_the_public(_rendered(view(request, token=token, opened=opened, **kwargs)))
            except GateClosed as closed:
                return answers.gate_closed(request, str(closed))

        entrance.wing, entrance.roles, entrance.by_link = wing, (), True  # type: ignore[attr-defined]
        return entrance

    return decorate


def link_key(name: str, token: str) -> str:
    """The name under which a session remembers a verified link: the token itself is not kept."""
    return f"{name}:{hashlib.sha256(token.encode()).hexdigest()}"


def _enter_as_account(
    wing: str, roles: Sequence[str], consults: str, view: View, request: HttpRequest, kwargs: dict[str, Any]
) -> HttpResponseBase:
    account: UUID = request.user.pk  # type: ignore[assignment]  # signed in: `enters` has just checked
    try:
        with entering_active(wing, Subject.account(account)):
            held = list_roles(account=account, now=now())
            request.roles = held  # type: ignore[attr-defined]
            if roles and held.isdisjoint(roles):
                raise RoleMissing
            if consults:
                record(f"{consults.upper()}_CONSULTED", subject=(consults, kwargs[consults]), at=now())
            return _rendered(view(request, **kwargs))
    except GateClosed as closed:
        return answers.gate_closed(request, str(closed))
    except RoleMissing:
        _record_refusal(request, ("page", request.resolver_match.view_name if request.resolver_match else ""), "role")
        return answers.role_missing(request, roles)
    except ActionRefused as refused:
        _record_refusal(request, refused.subject, refused.why)
        return answers.action_refused(request, refused.why, refused.back)


def _record_refusal(request: HttpRequest, subject: tuple[str, object], why: str) -> None:
    """Write the refusal in a transaction of its own: the one that was refused has been rolled back."""
    with transaction.atomic():
        told = {"why": why, "path": request.path}
        record("REFUSED", subject=subject, detail=told, at=now(), actor=str(request.user.pk))


def _rendered(response: HttpResponseBase) -> HttpResponse:
    if isinstance(response, HttpResponse) and not isinstance(response, SimpleTemplateResponse):
        return response
    raise RenderedTooLate(
        f"{type(response).__name__} would be rendered after its wing is closed: answer with render() or HttpResponse."
    )


def _closed_to_the_public(response: HttpResponseBase) -> HttpResponseBase:
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "no-store"
    return response
