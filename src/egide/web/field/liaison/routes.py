"""Local routes: the coordinator switches a protocol off the same day, or on again, and says who decided and why (AT-16)."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egide.field.referrals.actions import switch_route
from egide.foundation.audit.actions import record
from egide.foundation.clock import now
from egide.foundation.legal.queries import get_suspension, list_routes, list_suspensions
from egide.web.components.codes import label, labels
from egide.web.components.shapes import Action, Fact, Record, Tag
from egide.web.components.words import day, words
from egide.web.entrance import enters
from egide.web.field.roles import COORDINATOR
from egide.web.field.thresholds import REFUSALS, WRITE, account_of, nothing_here, sentence_of


class OffForm(forms.Form):
    """Who decided, and why."""

    decided_by = forms.CharField(label=gettext_lazy("Who decided"), max_length=200)
    why = forms.CharField(
        label=gettext_lazy("Why"), max_length=300,
        help_text=gettext_lazy("Those who used this route will read it. Name no person who is supported."),
    )  # fmt: skip


class OnForm(forms.Form):
    """Why it opens again."""

    why = forms.CharField(label=gettext_lazy("Why it opens again, and who decided"), max_length=300)


@enters("field", role=COORDINATOR)
def routes(request: HttpRequest) -> HttpResponse:
    """The protocols, each open or switched off."""
    today = timezone.localdate(now())
    context = {
        "routes": [_route(each, today) for each in list_routes()],
        "section": "routes",
        "closed": True,
        "trail": [Action(_("Local routes"), "")],
    }
    return render(request, "field/liaison/routes.html", context)


@enters("field", role=COORDINATOR, methods=WRITE)
def route(request: HttpRequest, protocol: str) -> HttpResponse:
    """One protocol: its history, and the switch."""
    found = next((each for each in list_routes() if each.code == protocol), None)
    if found is None:
        return nothing_here(request, _("There is no such local protocol in the catalogue."))
    off = get_suspension(protocol) is None
    form = (OffForm if off else OnForm)(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _switch(request, protocol, off, form):
        return redirect("routes")
    today = timezone.localdate(now())
    context = {
        "title": words(found.label),
        "tag": (_state(found, today),),
        "facts": _facts(found, today),
        "form": form,
        "off": off,
        "history": [_past(each) for each in list_suspensions(protocol)],
        "cancel": Action(_("Change nothing"), reverse("routes"), "plain"),
        "section": "routes",
        "closed": True,
        "trail": [Action(_("Local routes"), reverse("routes")), Action(words(found.label), "")],
    }
    return render(request, "field/liaison/route.html", context)


def _switch(request: HttpRequest, protocol: str, off: bool, form: Any) -> bool:
    try:
        switch_route(protocol=protocol, off=off, by=account_of(request), now=now(), **form.cleaned_data)
    except REFUSALS as refused:
        record("REFUSED", subject=("protocol", protocol), detail={"why": sentence_of(refused)}, at=now())
        form.add_error(None, sentence_of(refused))
        return False
    messages.success(request, _("The route is switched off from today.") if off else _("The route is open again."))
    return True


def _state(protocol: Any, today: Any) -> Tag:
    return Tag(_("open"), "good") if protocol.is_open(today) else Tag(_("switched off"), "warn")


def _route(protocol: Any, today: Any) -> Record:
    url = reverse("route", kwargs={"protocol": protocol.code})
    return Record(words(protocol.label), url, "", (_state(protocol, today),), tuple(_facts(protocol, today)))


def _facts(protocol: Any, today: Any) -> list[Fact]:
    closed, (recipient, purpose) = protocol.closed_by(today), protocol.fallback
    lines = [
        Fact(_("Who may use it"), labels("professional-statuses", sorted(protocol.statuses))),
        Fact(_("To whom"), label("share-recipients", protocol.recipient)),
        Fact(_("Through"), label("share-recipients", protocol.via)),
        Fact(_("What is proposed instead when it is off"), f"{label('share-recipients', recipient)}, {label('share-purposes', purpose)}"),
        Fact(_("Off since"), day(closed.valid_from) if closed else "", note=words(closed.decided_by) if closed else ""),
        Fact(_("Why"), words(closed.reason) if closed else ""),
    ]  # fmt: skip
    return [line for line in lines if line.words]


def _past(written: Any) -> Record:
    until = _("until %(day)s") % {"day": day(written.resumed_on)} if written.resumed_on else _("still off")
    facts = (
        Fact(_("Who decided"), written.decided_by),
        Fact(_("Why"), written.reason),
        Fact(_("Why it opened again"), written.resumed_because),
    )
    said = _("Off from %(day)s, %(until)s") % {"day": day(written.since), "until": until}
    return Record(said, "", "", (), tuple(fact for fact in facts if fact.words))
