"""The professional directory: the search, a service with its verification, the doubtful entries, the list for paper."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egide.field.directory.actions import correct_service, tell_capacity, verify_service
from egide.field.directory.notation import HoursUnreadable, parse_hours
from egide.field.directory.permissions import is_keeper, may_write
from egide.field.directory.queries import (
    NotFound,
    get_service,
    list_doubtful,
    list_for_print,
    list_writable,
    load_service,
)
from egide.field.directory.views import ServiceView
from egide.foundation.clock import now
from egide.web.components.shapes import Action, Tap
from egide.web.components.words import day
from egide.web.entrance import ActionRefused, enters
from egide.web.field.thresholds import READ, WRITE, account_of, nothing_here, sentence_of
from egide.web.public.directory.listing import sections
from egide.web.public.directory.searching import ask
from egide.web.public.directory.showing import list_record, service_facts

from .framing import REFUSED, frame, links, url_of
from .roles import READERS


class CorrectionForm(forms.Form):
    """What a call to the service corrected. Saying it is also verifying it."""

    telephone = forms.CharField(label=gettext_lazy("Telephone"), max_length=20, required=False)
    sms = forms.CharField(label=gettext_lazy("Text messages"), max_length=20, required=False)
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)
    access_note = forms.CharField(label=gettext_lazy("How to reach it"), max_length=500, required=False)
    hours = forms.CharField(
        label=gettext_lazy("Opening hours"), max_length=500, required=False,
        help_text=gettext_lazy("For example: Mo-Fr 09:00-12:00,14:00-17:30. Day and night: 24/7."),
    )  # fmt: skip

    def clean_hours(self) -> Any:
        """The hours as data."""
        try:
            return parse_hours(self.cleaned_data["hours"])
        except HoursUnreadable as unreadable:
            raise forms.ValidationError(str(unreadable)) from unreadable


class CapacityForm(forms.Form):
    """How many places are free, today."""

    places = forms.IntegerField(label=gettext_lazy("Places free today"), min_value=0, max_value=9999, required=False)


@enters("field", role=READERS, methods=WRITE)
def directory(request: HttpRequest) -> HttpResponse:
    """Whom to turn to: the whole directory, confidential places told by a band only."""
    form, answer = ask(request, public=False, url_of=lambda near: url_of(near.service))
    context = {"form": form, "answer": answer, "more": _more(request), **frame(_("Directory"))}
    return render(request, "field/directory/search.html", context)


@enters("field", role=READERS, methods=WRITE)
def service(request: HttpRequest, service: UUID) -> HttpResponse:
    """One service, and the act of verifying it for those who may."""
    try:
        found = get_service(service, at=now(), now=now())
    except NotFound as unknown:
        return nothing_here(request, str(unknown))
    if request.method == "POST":
        return _do(request, service)
    writes = may_write(account_of(request), found.organisation_id, now())
    context = {
        "service": found,
        "facts": service_facts(found),
        "taps": [Tap(_("I have just checked: all of this is right"), "do", "verify", "primary")]
        if writes and not found.retired
        else [],
        "capacity": CapacityForm() if writes and not found.retired else None,
        "actions": links(found) if writes else [],
        **frame(found.name),
    }
    return render(request, "field/directory/service.html", context)


@enters("field", role=READERS, methods=WRITE)
def correct(request: HttpRequest, service: UUID) -> HttpResponse:
    """Correct what a call to the service showed to be wrong."""
    try:
        found = get_service(service, at=now(), now=now())
    except NotFound as unknown:
        return nothing_here(request, str(unknown))
    form = CorrectionForm(request.POST if request.method == "POST" else None, initial=_said(found))
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        hours = told.pop("hours")
        try:
            correct_service(service=load_service(service), hours=hours, by=account_of(request), now=now(), **told)
        except REFUSED as refused:
            form.add_error(None, sentence_of(refused))
        else:
            messages.success(request, _("The entry is corrected, and verified today."))
            return redirect(url_of(found))
    context = {
        "form": form, "title": _("Correct: %(name)s") % {"name": found.name}, "submit": _("Correct and verify"), "page": _("Correct"),
        "cancel": Action(_("Go back to the service"), url_of(found), "plain"), **frame(_("Correct"), found),
    }  # fmt: skip
    return render(request, "field/directory/form.html", context)


@enters("field", role=READERS, methods=READ)
def doubtful(request: HttpRequest) -> HttpResponse:
    """The entries that nobody verified for a year, those never verified first (AT-13)."""
    records = [list_record(each, url_of(each)) for each in list_doubtful(now=now())]
    return render(request, "field/directory/doubtful.html", {"records": records, **frame(_("To be verified"))})


@enters("field", role=READERS, methods=READ)
def printed(request: HttpRequest) -> HttpResponse:
    """The list for paper, without doubtful entries and without confidential places (AT-13)."""
    found = list_for_print(now=now())
    context = {"sections": sections(found, url_of), "today": day(now()), **frame(_("List"))}
    return render(request, "public/directory/list.html", context)


def _do(request: HttpRequest, id: UUID) -> HttpResponse:
    """One button: verify, or tell how many places are free."""
    row, by, at = load_service(id), account_of(request), now()
    address = reverse("service", kwargs={"service": id})
    try:
        if request.POST.get("do") == "verify":
            verify_service(service=row, on=timezone.localdate(at), by=by, now=at)
            messages.success(request, _("Verified today. Thank you: the others can trust it."))
        elif (form := CapacityForm(request.POST)).is_valid():
            tell_capacity(service=row, places=form.cleaned_data["places"], by=by, now=at)
            messages.success(request, _("The places are noted, for today only."))
        else:
            messages.error(request, _("Write a whole number of places, or leave it blank."))
    except REFUSED as refused:
        raise ActionRefused(sentence_of(refused), subject=("service", id), back=address) from refused
    return redirect(address)


def _said(found: ServiceView) -> dict[str, str]:
    return {
        "telephone": found.telephone, "sms": found.text_messages, "email": found.email, "access_note": found.access_note,
        "hours": found.hours,
    }  # fmt: skip


def _more(request: HttpRequest) -> list[Action]:
    found = [
        Action(_("The list to print or to keep"), reverse("services_printed")),
        Action(_("To be verified"), reverse("doubtful_services")),
    ]
    if list_writable(by=account_of(request), now=now()):
        found.append(Action(_("Add a service"), reverse("add_service")))
    if is_keeper(account_of(request), now()):
        found += [
            Action(_("Looks double"), reverse("duplicate_services")),
            Action(_("Waiting for a decision"), reverse("waiting_rows")),
        ]
    return found
