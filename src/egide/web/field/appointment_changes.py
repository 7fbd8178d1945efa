"""An appointment moved or cancelled: looked at, then confirmed. Its trace stays; she is told in her safe hours, or not at all."""

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
from egide.field.appointments.policies import AppointmentRefused, check_moment, check_place
from egide.field.casefiles.queries import get_concerned
from egide.field.persons.queries import get_safe_contact
from egide.foundation.clock import now
from egide.web.components.shapes import Action, Fact
from egide.web.components.words import moment

from .appointments import AppointmentForm
from .thresholds import WRITE, account_of, attempt, in_case, nothing_here
from .wording import case_url, trail


class Tells(forms.Form):
    """Whether the agreed words are sent; the box is there only when they can leave in time."""

    tell = forms.BooleanField(label=gettext_lazy("Send the agreed words to the person"), required=False)

    def __init__(self, *args: Any, telling: queries.Telling, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if telling.leaves_at is None:
            del self.fields["tell"]
            return
        told = {"words": telling.words, "moment": moment(telling.leaves_at)}
        self.fields["tell"].help_text = (
            _("“%(words)s”, and nothing else. Leaves on %(moment)s, in the safe hours.") % told
        )


class MoveForm(AppointmentForm, Tells):
    """Another day and hour, and whether she is told."""

    field_order = ("on", "at", "place", "agreed", "tell")

    def hide(self) -> None:
        """Keep what was typed, without showing it again, while it is confirmed."""
        for field in self.fields.values():
            field.widget = field.hidden_widget()


@in_case(WRITE)
def move(request: HttpRequest, case: Any, appointment: UUID) -> HttpResponse:
    """Another moment: typed, shown beside the one it replaces, confirmed."""
    found = queries.get_appointment(case, appointment)
    if found is None or not _may_change(found):
        return nothing_here(request, _("There is no such appointment to change in this file."))
    telling, local = queries.get_telling(found, now=now()), timezone.localtime(found.at)
    initial = {"on": local.date(), "at": local.time(), "place": found.place}
    form = MoveForm(request.POST if request.method == "POST" else None, initial=initial, telling=telling)
    shown: list[Fact] = []
    if form.is_bound and form.is_valid() and _suits(form, case):
        if "confirm" in request.POST and (made := _move(request, case, found, form)):
            return redirect("one_appointment", case=case.id, appointment=made.id)
        if not form.errors:
            shown = _compared(found, form, telling)
            form.hide()
    context = {
        "title": _("Move the appointment"),
        "facts": shown or [Fact(_("When"), moment(found.at))],
        "confirm": bool(shown),
        "form": form,
        "silent": telling.refused,
        "submit": _("Confirm the new moment") if shown else _("Go on"),
        "cancel": Action(_("Keep the appointment as it is"), _page(case, found), "plain"),
    }
    return _render(request, case, context)


@in_case(WRITE)
def cancel(request: HttpRequest, case: Any, appointment: UUID) -> HttpResponse:
    """It will not take place: confirmed once, without a reason."""
    found = queries.get_appointment(case, appointment)
    if found is None or not _may_change(found):
        return nothing_here(request, _("There is no such appointment to change in this file."))
    telling = queries.get_telling(found, now=now())
    form = Tells(request.POST if request.method == "POST" else None, telling=telling)
    if form.is_bound and form.is_valid():
        told = {
            "appointment": found,
            "by": account_of(request),
            "now": now(),
            "tell": form.cleaned_data.get("tell", False),
        }
        if attempt(request, case, actions.cancel_appointment, form=form, **told) is not None:
            messages.success(request, _("The appointment is cancelled; that it was planned stays in the file."))
            return redirect("one_appointment", case=case.id, appointment=found.id)
    context = {
        "title": _("Cancel the appointment?"),
        "lead": _("Why is not asked. That it was planned, then cancelled, stays in the file."),
        "facts": [Fact(_("When"), moment(found.at)), *([Fact(_("Place"), found.place)] if found.place else [])],
        "form": form,
        "silent": telling.refused,
        "submit": _("Yes, cancel it"),
        "danger": True,
        "cancel": Action(_("Keep the appointment as it is"), _page(case, found), "plain"),
    }
    return _render(request, case, context)


def _may_change(found: Any) -> bool:
    return bool(found.state == State.PLANNED and found.at > now())


def _suits(form: MoveForm, case: Any) -> bool:
    """Whether the moment and the place may be; what is wrong goes on the form."""
    try:
        check_moment(form.moment(), get_safe_contact(get_concerned(case)), form.cleaned_data["agreed"], now())
        check_place(form.cleaned_data["place"], ())
    except AppointmentRefused as refused:
        form.add_error(None, str(refused))
    return not form.errors


def _move(request: HttpRequest, case: Any, found: Any, form: MoveForm) -> Any:
    told = {name: form.cleaned_data.get(name, False) for name in ("place", "agreed", "tell")}
    told |= {"appointment": found, "at": form.moment(), "by": account_of(request), "now": now()}
    made = attempt(request, case, actions.move_appointment, form=form, **told)
    if made is not None:
        messages.success(request, _("The appointment is moved. The slip handed over before is no longer right."))
    return made


def _compared(found: Any, form: MoveForm, telling: queries.Telling) -> list[Fact]:
    place = form.cleaned_data["place"]
    facts = [Fact(_("Until now"), moment(found.at)), Fact(_("From now on"), moment(form.moment()))]
    if place:
        facts.append(Fact(_("Place"), place))
    if form.cleaned_data.get("tell") and telling.leaves_at is not None:
        facts.append(
            Fact(
                _("Message"),
                _("“%(words)s”, on %(moment)s") % {"words": telling.words, "moment": moment(telling.leaves_at)},
            )
        )
    elif not telling.refused:
        facts.append(Fact(_("Message"), _("none is sent")))
    return facts


def _page(case: Any, found: Any) -> str:
    return case_url("one_appointment", case, appointment=found.id)


def _render(request: HttpRequest, case: Any, context: dict[str, Any]) -> HttpResponse:
    around = {"section": "today", "closed": True, "trail": trail(case, _("Appointment"))}
    return render(request, "field/change_appointment.html", context | around)
