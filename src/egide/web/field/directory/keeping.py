"""Keeping the directory by hand: a service added, described anew, its rounds, its withdrawal and its return.

Lives here: the pages. Not here: what they ask (forms), nor who may write: the actions decide, from the access matrix.
"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from egide.field.directory import actions
from egide.field.directory.permissions import may_write
from egide.field.directory.queries import NotFound, get_service, list_writable, load_service
from egide.field.directory.views import ServiceView
from egide.foundation.clock import now
from egide.foundation.territories.queries import get_point
from egide.web.components.shapes import Action, Fact, Tap
from egide.web.entrance import ActionRefused, enters
from egide.web.field.thresholds import WRITE, account_of, nothing_here, sentence_of
from egide.web.public.directory.schedules import rule_in_words

from .forms import RoundForm, ServiceForm, said_of
from .framing import REFUSED, frame, url_of
from .roles import READERS


@enters("field", role=READERS, methods=WRITE)
def add_service(request: HttpRequest) -> HttpResponse:
    """Add a service of an organisation that one may write for. It is doubtful until somebody verifies it (AT-13)."""
    allowed = list_writable(by=account_of(request), now=now())
    form = ServiceForm(request.POST if request.method == "POST" else None, organisations=allowed)
    if request.method == "POST" and form.is_valid():
        told = form.described()
        organisation = form.chosen()
        try:
            made = actions.add_service(
                organisation=organisation, hours=told.pop("hours"), by=account_of(request), now=now(), **told
            )
        except REFUSED as refused:
            form.add_error(None, sentence_of(refused))
        else:
            messages.success(
                request, _("The service is in the directory. Verify it by a call: until then it is shown as doubtful.")
            )
            return redirect("service", service=made.id)
    context = {
        "form": form, "title": _("Add a service"), "submit": _("Add"), "page": _("Add a service"),
        "cancel": Action(_("Go back to the directory"), reverse("services"), "plain"), **frame(_("Add a service")),
    }  # fmt: skip
    if not allowed:
        raise ActionRefused(
            _("Your position does not let you add a service. Ask the network's coordinator."),
            subject=("directory", "add"), back=reverse("services"),
        )  # fmt: skip
    return render(request, "field/directory/form.html", context)


@enters("field", role=READERS, methods=WRITE)
def describe(request: HttpRequest, service: UUID) -> HttpResponse:
    """Write anew what the directory says of a service; its verification stays as it was."""
    found = _writable(request, service)
    if not isinstance(found, ServiceView):
        return found
    row = load_service(service)
    form = ServiceForm(
        request.POST if request.method == "POST" else None, initial=said_of(found, row.kind, row.fee, row.distance_band)
    )
    if request.method == "POST" and form.is_valid():
        told = form.described()
        if (told["commune"], told["address"]) == (found.commune, found.address) and not told["confidential_address"]:
            del told["latitude"], told["longitude"]  # a position taken more finely than the commune's stays
        try:
            actions.rewrite_service(service=row, hours=told.pop("hours"), by=account_of(request), now=now(), **told)
        except REFUSED as refused:
            form.add_error(None, sentence_of(refused))
        else:
            messages.success(request, _("The entry is written anew."))
            return redirect(url_of(found))
    context = {
        "form": form, "title": _("Write anew: %(name)s") % {"name": found.name}, "submit": _("Save"), "page": _("Write anew"),
        "cancel": Action(_("Go back to the service"), url_of(found), "plain"), **frame(_("Write anew"), found),
    }  # fmt: skip
    return render(request, "field/directory/form.html", context)


@enters("field", role=READERS, methods=WRITE)
def rounds(request: HttpRequest, service: UUID) -> HttpResponse:
    """The stops of an itinerant service: add one, take one away."""
    found = _writable(request, service)
    if not isinstance(found, ServiceView):
        return found
    form = RoundForm(request.POST if request.method == "POST" and "away" not in request.POST else None)
    if request.method == "POST" and _change_rounds(request, service, form):
        return redirect("service_rounds", service=service)
    stops = [
        {
            "facts": [Fact(stop.place, rule_in_words(stop.rule))],
            "taps": [Tap(_("Take this stop away"), "away", str(stop.id))],
        }
        for stop in found.stops
    ]
    title = _("Rounds of %(name)s") % {"name": found.name}
    context = {"form": form, "title": title, "stops": stops, **frame(_("Rounds"), found)}
    return render(request, "field/directory/rounds.html", context)


@enters("field", role=READERS, methods=WRITE)
def withdraw(request: HttpRequest, service: UUID) -> HttpResponse:
    """Ask, then take a service out of every list; or put back one that left."""
    found = _writable(request, service)
    if not isinstance(found, ServiceView):
        return found
    if request.method == "POST":
        act = actions.return_service if found.retired else actions.retire_service
        try:
            act(service=load_service(service), by=account_of(request), now=now())
        except REFUSED as refused:
            raise ActionRefused(sentence_of(refused), subject=("service", service), back=url_of(found)) from refused
        said = _("The service is back in the directory.") if found.retired else _("The service has left every list.")
        messages.success(request, said)
        return redirect(url_of(found))
    context = {
        "name": found.name, "retired": found.retired, "cancel": Action(_("Go back to the service"), url_of(found), "plain"),
        **frame(_("Put back") if found.retired else _("Withdraw"), found),
    }  # fmt: skip
    return render(request, "field/directory/withdraw.html", context)


def _change_rounds(request: HttpRequest, service: UUID, form: RoundForm) -> bool:
    """Whether something was changed; refused: the sentence stands on the form."""
    row, by, at = load_service(service), account_of(request), now()
    try:
        if "away" in request.POST:
            actions.remove_stop(service=row, stop=request.POST["away"], by=by, now=at)
            messages.success(request, _("The stop is taken away."))
            return True
        if not form.is_valid():
            return False
        point = get_point(form.commune_code)
        if point is None or not point.exact:
            form.add_error(
                "commune", _("The place of this commune is not known here: ask for the file of communes to be loaded.")
            )
            return False
        actions.add_round(
            service=row, rule=form.rule, place=form.cleaned_data["place"], commune=form.commune_code, latitude=point.latitude,
            longitude=point.longitude, by=by, now=at,
        )  # fmt: skip
    except REFUSED as refused:
        form.add_error(None, sentence_of(refused))
        return False
    messages.success(request, _("The stop is in the directory."))
    return True


def _writable(request: HttpRequest, id: UUID) -> ServiceView | HttpResponse:
    """The service, for who may write it."""
    try:
        found = get_service(id, at=now(), now=now())
    except NotFound as unknown:
        return nothing_here(request, str(unknown))
    if not may_write(account_of(request), found.organisation_id, now()):
        raise ActionRefused(
            _("Your position does not let you change this entry. Ask the network's coordinator, or the service itself."),
            subject=("service", id), back=url_of(found),
        )  # fmt: skip
    return found
