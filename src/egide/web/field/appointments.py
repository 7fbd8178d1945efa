"""Appointments: a moment looked at beside the safe hours, noted, printed on a discreet slip; then held, moved, or it did not take place."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egide.field.appointments import actions, queries
from egide.field.appointments.choices import State
from egide.field.appointments.slip import render_slip
from egide.field.casefiles.queries import get_concerned, list_concerned
from egide.field.persons.choices import Channel
from egide.field.persons.queries import get_safe_contact, list_safe_contacts
from egide.foundation.clock import now
from egide.foundation.outbox.queries import list_messages
from egide.web.components.shapes import Action, Fact, FileLink, Record, Tag, Tap
from egide.web.components.words import day, language, moment

from .contact import TIME, contact_facts, may_contact_now, passage_fact
from .thresholds import WRITE, account_of, attempt, in_case, nothing_here
from .wording import case_url, full_name, trail


class AppointmentForm(forms.Form):
    """A day and an hour."""

    on = forms.DateField(label=gettext_lazy("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    at = forms.TimeField(label=gettext_lazy("Hour"), widget=forms.TimeInput(attrs=TIME, format="%H:%M"))
    place = forms.CharField(
        label=gettext_lazy("Place"), required=False, max_length=100,
        help_text=gettext_lazy("A neutral name: a street, a room. Not the name of the service."),
    )  # fmt: skip
    agreed = forms.BooleanField(label=gettext_lazy("The person said that this moment suits"), required=False)

    def moment(self) -> datetime:
        """The day and the hour together, in local time."""
        return timezone.make_aware(datetime.combine(self.cleaned_data["on"], self.cleaned_data["at"]))


class HeldForm(forms.Form):
    """How long it took."""

    minutes = forms.IntegerField(label=gettext_lazy("Minutes"), min_value=1, max_value=1440, initial=45)


@in_case(WRITE)
def appointment(request: HttpRequest, case: Any) -> HttpResponse:
    """Look whether a moment is inside her safe hours; keep it, and hand the slip over."""
    form = AppointmentForm(request.POST if request.method == "POST" else None)
    stated = get_safe_contact(get_concerned(case))
    valid = form.is_bound and form.is_valid()
    if valid and "keep" in request.POST:
        told = {"at": form.moment(), "place": form.cleaned_data["place"], "agreed": form.cleaned_data["agreed"]}
        made = attempt(
            request, case, actions.plan_appointment, form=form, case=case, by=account_of(request), now=now(), **told
        )
        if made is not None:
            messages.success(request, _("The appointment is noted. Hand the slip over only if it is safe to keep."))
            return redirect("one_appointment", case=case.id, appointment=made.id)
    context = {
        "form": form,
        "stated": stated,
        "contact": contact_facts(stated) if stated else [],
        "planned": [_record(case, each) for each in queries.list_appointments(case)],
        "section": "today",
        "closed": True,
        "trail": trail(case, _("Next appointment")),
    }
    if valid and not form.errors:
        context |= _looked_at(form, get_concerned(case), stated)
    return render(request, "field/appointment.html", context)


@in_case(WRITE)
def one_appointment(request: HttpRequest, case: Any, appointment: UUID) -> HttpResponse:
    """One appointment: its slip, and what became of it."""
    found = queries.get_appointment(case, appointment)
    if found is None:
        return nothing_here(request, _("There is no such appointment in this file."))
    planned = found.state == State.PLANNED
    over = planned and found.at <= now()
    form = HeldForm(request.POST if "minutes" in request.POST else None) if over else None
    if request.method == "POST" and _settle(request, case, found, form):
        return redirect("case", case=case.id)
    context = {
        "facts": _facts(found),
        "messages_given": [passage_fact(each) for each in list_messages(f"appointment:{found.id}")],
        "tags": [Tag(str(State(found.state).label))],
        "form": form,
        "taps": [Tap(_("It did not take place"), "became", "not-come")] if over else [],
        "files": [_slip(case, found)] if planned else [],
        "acts": [
            *(_changes(case, found) if planned and not over else []),
            Action(_("Go back to the file"), case_url("case", case), "plain"),
        ],
        "section": "today",
        "closed": True,
        "trail": trail(case, _("Appointment")),
    }
    return render(request, "field/one_appointment.html", context)


@in_case()
def slip(request: HttpRequest, case: Any, appointment: UUID) -> HttpResponse:
    """The slip as a small PDF; its name and its words say nothing of where it comes from."""
    found = queries.get_appointment(case, appointment)
    if found is None:
        return nothing_here(request, _("There is no such appointment in this file."))
    headers = {"Content-Disposition": 'attachment; filename="rendez-vous.pdf"'}
    return HttpResponse(render_slip(found, language()), content_type="application/pdf", headers=headers)


def of_today(at: datetime) -> list[Record]:
    """The appointments until tonight and those whose outcome nobody noted, each with whether one may call now."""
    found = list(queries.list_of_today(at))
    people = list_concerned(each.case for each in found)
    stated = list_safe_contacts(people.values())
    return [_today(each, people[each.case_id], stated.get(people[each.case_id].id), at) for each in found]


def _today(each: Any, person: Any, stated: Any, at: datetime) -> Record:
    over = Tag(_("what became of it?"), "warn") if each.at <= at else Tag(str(State(each.state).label))
    return Record(
        moment(each.at), case_url("one_appointment", each.case, appointment=each.id), f"{each.case.reference}, {full_name(person)}",
        (over,), (*_place(each), Fact(_("To reach the person"), call_words(stated, at))),
    )  # fmt: skip


def call_words(stated: Any, at: datetime) -> str:
    """Whether one may call now, or at what hour; none stated means never (X07, Z05)."""
    if stated is None:
        return _("None stated: do not call, do not write.")
    hours = {"start": f"{stated.from_time:%H:%M}", "end": f"{stated.to_time:%H:%M}"}
    if stated.channel != Channel.CALL:
        way = str(Channel(stated.channel).label)
        return _("Do not call. Safe way: %(way)s, from %(start)s to %(end)s.") % {"way": way, **hours}
    if stated.from_time <= timezone.localtime(at).time() < stated.to_time:
        return _("May be called now, until %(end)s.") % hours
    return _("Not now: call from %(start)s to %(end)s only.") % hours


def _place(found: Any) -> list[Fact]:
    return [Fact(_("Place"), found.place)] if found.place else []


def _facts(found: Any) -> list[Fact]:
    facts = [Fact(_("When"), moment(found.at)), *_place(found)]
    if found.moved_to:
        facts.append(Fact(_("Moved to"), moment(found.moved_to)))
    if found.settled_at:
        facts.append(Fact(_("Noted on"), moment(found.settled_at)))
    return facts


def _changes(case: Any, found: Any) -> list[Action]:
    names = {"move_appointment": _("Move it"), "cancel_appointment": _("Cancel it")}
    return [Action(words, case_url(name, case, appointment=found.id)) for name, words in names.items()]


def _looked_at(form: AppointmentForm, person: Any, stated: Any) -> dict[str, Any]:
    told = form.cleaned_data
    place = [Fact(_("Place"), told["place"])] if told["place"] else []
    return {
        "outside": may_contact_now(person, stated, form.moment()) if stated else "",
        "slip": [Fact(_("Day"), day(told["on"])), Fact(_("Hour"), f"{told['at']:%H:%M}"), *place],
    }


def _settle(request: HttpRequest, case: Any, found: Any, form: HeldForm | None) -> bool:
    told = {"appointment": found, "by": account_of(request), "now": now()}
    if request.POST.get("became") == "not-come":
        return attempt(request, case, actions.note_not_come, **told) is not None
    if form is not None and form.is_bound and form.is_valid():
        minutes = form.cleaned_data["minutes"]
        return attempt(request, case, actions.hold_appointment, form=form, minutes=minutes, **told) is not None
    return False


def _record(case: Any, each: Any) -> Record:
    url = case_url("one_appointment", case, appointment=each.id)
    return Record(moment(each.at), url, each.place, (Tag(str(State(each.state).label)),))


def _slip(case: Any, found: Any) -> FileLink:
    url = case_url("slip", case, appointment=found.id)
    return FileLink(_("Slip to print"), url, _("a day, an hour, a place; nothing else"), "application/pdf", language())
