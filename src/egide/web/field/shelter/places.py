"""A place for tonight, asked for a file: the board without addresses, the request, and the address on its holder's own demand."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egide.field.shelter import actions
from egide.field.shelter.choices import State
from egide.field.shelter.queries import Offer, get_board, get_request, list_requests
from egide.field.shelter.states import ADDRESS, BY_HOLDER, MOVES, has_lapsed
from egide.foundation.clock import now
from egide.web.components.shapes import Action, Fact, Record, Tag, Tap
from egide.web.components.words import moment
from egide.web.field.thresholds import WRITE, account_of, attempt, in_case, nothing_here
from egide.web.field.wording import case_url, choices, label, trail


class AskForm(forms.Form):
    """How many people, and what they need: all that the shelter will read."""

    adults = forms.IntegerField(label=gettext_lazy("Adults"), min_value=1, max_value=6, initial=1)
    children = forms.IntegerField(label=gettext_lazy("Children"), min_value=0, max_value=12, initial=0)
    step_free = forms.BooleanField(label=gettext_lazy("A place without steps is needed"), required=False)
    pets = forms.BooleanField(label=gettext_lazy("With a pet"), required=False)


@in_case()
def places(request: HttpRequest, case: Any) -> HttpResponse:
    """Show the requests of the file, then every place with what it offers tonight."""
    board = get_board()
    context = {
        "asked": [_asked(each, case) for each in list_requests(case)],
        "free": [_offer(offer, case) for offer in board if offer.free],
        "taken": [_offer(offer, case) for offer in board if not offer.free],
        "section": "today",
        "closed": True,
        "trail": trail(case, _("A place for tonight")),
    }
    return render(request, "field/shelter/places.html", context)


@in_case(WRITE)
def ask_place(request: HttpRequest, case: Any, place: UUID) -> HttpResponse:
    """Hold a place for two hours."""
    form = AskForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told = {"case": case, "place": place, "by": account_of(request), "now": now(), **form.cleaned_data}
        asked = attempt(request, case, actions.ask_for_place, form=form, **told)
        if asked:
            messages.success(request, _("The place is held for two hours. Call the shelter now."))
            return redirect("place_request", case=case.id, asked=asked)
    context = {
        "form": form,
        "title": _("Ask for this place"),
        "lead": _("The shelter will read how many people come and what they need. Never a name, never this file."),
        "submit": _("Hold it for two hours"),
        "cancel": Action(_("Go back to the places"), case_url("places", case), "plain"),
        "section": "today",
        "closed": True,
        "trail": _under(case, _("Ask for this place")),
    }
    return render(request, "field/form.html", context)


class LeaveForm(forms.Form):
    """Where the person went: a fact, without judgement."""

    reason = forms.ChoiceField(label=gettext_lazy("Where the person went"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = choices("shelter-departures")  # type: ignore[attr-defined]


@in_case(WRITE)
def place_request(request: HttpRequest, case: Any, asked: UUID) -> HttpResponse:
    """One request: its state, what can be done, and the address when its holder asks to see it, on this page only."""
    found = get_request(case, asked)
    if found is None:
        return nothing_here(request, _("There is no such request in this file."))
    by, address = account_of(request), ""
    if request.method == "POST" and request.POST.get("show") == "address":
        address = attempt(request, case, actions.read_address, request=found, by=by, now=now()) or ""
    elif request.method == "POST" and (to := request.POST.get("to") or "MOVED") in BY_HOLDER:
        told = {"to": State(to), "reason": request.POST.get("reason", ""), "by": by, "now": now()}
        attempt(request, case, actions.follow_request, request=found, **told)
        return redirect("place_request", case=case.id, asked=asked)
    context = {
        "tags": [state_tag(found)],
        "facts": request_facts(found),
        "address": address,
        "show": [Tap(_("Show the address"), "show", "address")] if _may_read(found, by) and not address else [],
        "moves": [Tap(_move_words()[to], "to", to) for to in _moves(found)],
        "leave": LeaveForm() if State.MOVED in MOVES[State(found.state)] else None,
        "section": "today",
        "closed": True,
        "trail": _under(case, found.number),
        "title": _("Request %(number)s") % {"number": found.number},
    }
    return render(request, "field/shelter/request.html", context)


def state_tag(found: Any) -> Tag:
    """Where a request stands; a hold that lapsed says so by itself."""
    if has_lapsed(found, now()):
        return Tag(_("lapsed: the place is free again"), "warn")
    return Tag(str(State(found.state).label), "good" if found.state in ADDRESS else "plain")


def request_facts(found: Any) -> list[Fact]:
    """How many, until when: what both sides read."""
    needs = [
        _("without steps") if found.step_free else "",
        _("with a pet") if found.pets else "",
    ]
    held = found.state == State.HELD and not has_lapsed(found, now())
    lines = [
        Fact(_("Number to give on the telephone"), found.number),
        Fact(_("Adults"), str(found.adults)),
        Fact(_("Children"), str(found.children)),
        Fact(_("Needs"), ", ".join(each for each in needs if each)),
        Fact(_("Held until"), moment(found.held_until) if held else ""),
        Fact(_("Reason"), _reason(found)),
    ]
    return [line for line in lines if line.words]


def _reason(found: Any) -> str:
    if not found.reason:
        return ""
    return label("shelter-refusals" if found.state == State.REFUSED else "shelter-departures", found.reason)


def _may_read(found: Any, by: UUID) -> bool:
    return found.state in ADDRESS and found.asked_by == by


def _moves(found: Any) -> list[State]:
    if has_lapsed(found, now()):
        return []
    return [to for to in (State.ARRIVED, State.CANCELLED) if to in MOVES[State(found.state)]]


def _move_words() -> dict[State, str]:
    return {State.ARRIVED: _("Arrived"), State.CANCELLED: _("Give the place back")}


def _asked(found: Any, case: Any) -> Record:
    words = _("asked on %(when)s") % {"when": moment(found.asked_at)}
    return Record(found.number, case_url("place_request", case, asked=found.id), words, (state_tag(found),))


def _offer(offer: Offer, case: Any) -> Record:
    welcome = [
        _("children welcome") if offer.children else _("no children"),
        _("step-free") if offer.step_free else _("with steps"),
        _("pets welcome") if offer.pets else _("no pets"),
    ]
    beds = _("%(count)s beds") % {"count": offer.beds}
    url = case_url("ask_place", case, place=offer.place) if offer.free else ""
    tags = (Tag(_("free tonight"), "good"),) if offer.free else (Tag(_("not tonight")),)
    title = f"{label('shelter-kinds', offer.kind)}, {beds}"
    return Record(
        title,
        url,
        f"{offer.shelter} – {', '.join(welcome)}",
        tags,
        (Fact(_("Distance"), label("distance-bands", offer.band)),),
    )


def _under(case: Any, here: str) -> list[Action]:
    return [*trail(case), Action(_("A place for tonight"), case_url("places", case)), Action(here, "")]
