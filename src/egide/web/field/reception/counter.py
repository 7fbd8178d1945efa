"""The threshold of a station: its reception opened for those who have a part in it, and refusals in words.

Lives here: which roles enter (those of R33 in catalogue/access/matrix.csv, a test says so), how a page gets its station.
"""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from egide.field.reception import queries
from egide.field.reception.permissions import NotAllowed
from egide.field.reception.policies import ReceptionRefused
from egide.foundation.audit.actions import record
from egide.foundation.clock import now
from egide.web.entrance import View, enters

RECEIVES = ("INVESTIGATOR", "ISCG", "RECEPTION_OFFICER")
RUNS = ("STATION_HEAD",)
READ = ("GET", "HEAD")
WRITE = (*READ, "POST")
REFUSALS = (NotAllowed, ReceptionRefused, ValidationError)


def at_station(roles: Sequence[str], *, methods: Sequence[str] = READ) -> Callable[[View], View]:
    """Hand the account's own station to the view; a station without a reception yet says who sets it up."""

    def decorate(view: View) -> View:
        @enters("field", role=roles, methods=methods)
        @wraps(view)
        def opened(request: HttpRequest, **kwargs: Any) -> Any:
            station = queries.get_station(account=account_of(request), now=now())
            return view(request, station, **kwargs) if station else _not_set_up(request)

        return opened

    return decorate


def _not_set_up(request: HttpRequest) -> HttpResponse:
    return render(request, "field/reception/none.html", {"closed": True, "section": "reception"}, status=404)


def account_of(request: HttpRequest) -> UUID:
    """The account that reads the page: `enters` has checked that there is one."""
    return request.user.pk  # type: ignore[return-value]


def attempt(request: HttpRequest, station: Any, action: Callable[..., Any], /, *, form: Any = None, **told: Any) -> Any:
    """Call one action. Refused: None, the sentence on the form or the next page, and the refusal in the trail."""
    try:
        return action(**told, by=account_of(request), now=now())
    except REFUSALS as refused:
        why = " ".join(refused.messages) if isinstance(refused, ValidationError) else str(refused)
        subject = ("station", station.id) if station else ("page", request.path)
        record("REFUSED", subject=subject, detail={"why": why}, at=now())
        if form is None:
            messages.error(request, why)
        else:
            form.add_error(None, why)
        return None
