"""The practical exit: what is worth thinking of before, on the day and after; and an escort to collect belongings."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egide.field.shelter import actions
from egide.field.shelter.choices import EscortState, StepState
from egide.field.shelter.queries import get_exit, list_escorts
from egide.field.shelter.states import ESCORT_MOVES
from egide.foundation.catalogue import get_nomenclature
from egide.foundation.clock import now
from egide.web.components.shapes import Action, Fact, Tap
from egide.web.components.words import moment, words
from egide.web.field.thresholds import WRITE, account_of, attempt, in_case
from egide.web.field.wording import case_url, trail


class EscortForm(forms.Form):
    """Whom it is asked of, and when."""

    asked_of = forms.CharField(label=gettext_lazy("Station it is asked of"), max_length=150)
    wanted_at = forms.DateTimeField(
        label=gettext_lazy("Day and hour wanted"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )


@in_case(WRITE)
def exits(request: HttpRequest, case: Any) -> HttpResponse:
    """Show the checklist; one tap puts one line in one state."""
    if request.method == "POST":
        _change(request, case)
        return redirect("exits", case=case.id)
    known = get_exit(case)
    groups = [(words(title.label), [_line(item, known.get(item.code)) for item in items]) for title, items in _groups()]
    context = {
        "groups": groups,
        "escorts": [_escort(each) for each in list_escorts(case)],
        "ask": [Action(_("Ask for an escort"), case_url("ask_escort", case))],
        "section": "today",
        "closed": True,
        "trail": trail(case, _("Preparing to leave")),
    }
    return render(request, "field/shelter/exits.html", context)


@in_case(WRITE)
def ask_escort(request: HttpRequest, case: Any) -> HttpResponse:
    """Note that an escort was asked."""
    form = EscortForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told = {"case": case, "by": account_of(request), "now": now(), **form.cleaned_data}
        if attempt(request, case, actions.ask_escort, form=form, **told):
            messages.success(request, _("It is noted. Note the station’s answer here when it comes."))
            return redirect("exits", case=case.id)
    title = _("Ask for an escort")
    context = {
        "form": form,
        "title": title,
        "lead": _("Someone of the station goes along to collect belongings. Call them; what was asked is noted here."),
        "submit": _("Note the request"),
        "cancel": Action(_("Go back to the list"), case_url("exits", case), "plain"),
        "section": "today",
        "closed": True,
        "trail": [*trail(case), Action(_("Preparing to leave"), case_url("exits", case)), Action(title, "")],
    }
    return render(request, "field/form.html", context)


def _change(request: HttpRequest, case: Any) -> None:
    item, _space, to = request.POST.get("set", "").partition(" ")
    by = account_of(request)
    if to in StepState.values:
        attempt(request, case, actions.set_step, case=case, item=item, state=StepState(to), by=by, now=now())
    elif to in EscortState.values and (found := next((e for e in list_escorts(case) if str(e.id) == item), None)):
        attempt(request, case, actions.answer_escort, escort=found, to=EscortState(to), by=by, now=now())


def _groups() -> list[tuple[Any, list[Any]]]:
    codes = get_nomenclature("exit-checklist").codes
    return [
        (title, [item for item in codes.values() if item.parent == title.code])
        for title in codes.values()
        if title.parent is None
    ]


def _line(item: Any, step: Any) -> dict[str, Any]:
    states = [state for state in StepState if step is None or step.state != state]
    said = {StepState.TO_DO: _("To do"), StepState.DONE: _("Done"), StepState.NOT_WANTED: _("Not wanted")}
    return {
        "id": item.code,
        "title": words(item.label),
        "note": words(item.note) if item.note else "",
        "said": said[StepState(step.state)] if step else _("Not discussed"),
        "taps": [Tap(said[state], "set", f"{item.code} {state}", described=item.code) for state in states],
    }


def _escort(found: Any) -> dict[str, Any]:
    said = {EscortState.AGREED: _("Agreed"), EscortState.DECLINED: _("Declined"), EscortState.DONE: _("Done")}
    return {
        "facts": [Fact(found.asked_of, moment(found.wanted_at), note=str(EscortState(found.state).label))],
        "taps": [
            Tap(said[to], "set", f"{found.id} {to}")
            for to in EscortState
            if to in ESCORT_MOVES[EscortState(found.state)]
        ],
    }
