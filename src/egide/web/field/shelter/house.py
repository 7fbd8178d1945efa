"""The duty page of a house: which places are open tonight, and the requests that come, with how many people and never who."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egide.field.casefiles.permissions import NotAllowed
from egide.field.shelter import actions
from egide.field.shelter.choices import State
from egide.field.shelter.policies import PlaceRefused
from egide.field.shelter.queries import get_incoming, list_incoming, list_own_places
from egide.field.shelter.states import MOVES, has_lapsed
from egide.foundation.audit.actions import record
from egide.foundation.clock import now
from egide.web.components.shapes import Action, Record, Tag, Tap
from egide.web.components.words import moment
from egide.web.entrance import enters
from egide.web.field.roles import HOUSE
from egide.web.field.shared import partner_pages
from egide.web.field.thresholds import WRITE, account_of, nothing_here
from egide.web.field.wording import choices, label

from .keeping import links as keeping_links
from .places import request_facts, state_tag

WAITING = (State.HELD, State.CONFIRMED, State.ARRIVED)


class ReasonForm(forms.Form):
    """Why the shelter says no."""

    reason = forms.ChoiceField(label=gettext_lazy("Reason"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, nomenclature: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = choices(nomenclature)  # type: ignore[attr-defined]


@enters("field", role=HOUSE, methods=WRITE)
def house(request: HttpRequest) -> HttpResponse:
    """Show what waits and the places; one tap opens or closes a place for tonight."""
    own = list(list_own_places())
    if request.method == "POST":
        wanted, _space, to = request.POST.get("set", "").partition(" ")
        place = next((each for each in own if str(each.id) == wanted), None)
        if place is not None:
            actions.tell_tonight(place=place, tonight=to == "open", by=account_of(request), now=now())
        return redirect("house")
    found = list(list_incoming())
    context = {
        "waiting": [_incoming(each) for each in found if each.state in WAITING and not has_lapsed(each, now())],
        "places": [_place(each) for each in own],
        "keep": keeping_links(),
        "also": partner_pages(request),
        "section": "start",
        "closed": True,
    }
    return render(request, "field/shelter/house.html", context)


@enters("field", role=HOUSE, methods=WRITE)
def incoming(request: HttpRequest, asked: UUID) -> HttpResponse:
    """One request: confirm it, refuse it with a reason, note the arrival and the departure."""
    found = get_incoming(asked)
    if found is None:
        return nothing_here(request, _("There is no such request for your places."))
    can = set() if has_lapsed(found, now()) else MOVES[State(found.state)]
    listed = {State.REFUSED: "shelter-refusals", State.MOVED: "shelter-departures"}
    ending = next((state for state in listed if state in can), None)
    form, refused = (ReasonForm(nomenclature=listed[ending]) if ending else None), ""
    if request.method == "POST":
        refused = _answer(request, found, request.POST.get("to") or str(ending or ""))
        if not refused:
            return redirect("house")
    context = {
        "title": _("Request %(number)s") % {"number": found.number},
        "tags": [state_tag(found)],
        "facts": request_facts(found),
        "place": f"{found.place.shelter.name}, {found.place.label}",
        "taps": [Tap(words, "to", to, "primary") for to, words in _words().items() if to in can],
        "form": form,
        "ending": _("Refuse") if ending == State.REFUSED else _("Left"),
        "refused": refused,
        "section": "start",
        "closed": True,
        "trail": [Action(_("Tonight"), reverse("house")), Action(found.number, "")],
    }
    return render(request, "field/shelter/incoming.html", context)


def _answer(request: HttpRequest, found: Any, to: str) -> str:
    if to not in State.values:
        return _("Choose what happened.")
    reason, by = request.POST.get("reason", ""), account_of(request)
    try:
        actions.answer_request(request=found, to=State(to), reason=reason, by=by, now=now())
    except (PlaceRefused, NotAllowed) as refused:
        record("REFUSED", subject=("place-request", found.id), detail={"why": str(refused)}, at=now())
        return str(refused)
    return ""


def _words() -> dict[State, str]:
    return {State.CONFIRMED: _("Confirm: the place is theirs"), State.ARRIVED: _("Arrived")}


def _incoming(found: Any) -> Record:
    return Record(
        f"{found.number} – {found.place.label}", reverse("incoming", kwargs={"asked": found.id}),
        _("asked on %(when)s") % {"when": moment(found.asked_at)}, (state_tag(found),), tuple(request_facts(found)[1:]),
    )  # fmt: skip


def _place(place: Any) -> dict[str, Any]:
    words, to = (_("Close for tonight"), "closed") if place.tonight else (_("Open for tonight"), "open")
    tap = Tap(words, "set", f"{place.id} {to}")
    tag = Tag(_("open tonight"), "good") if place.tonight else Tag(_("closed tonight"))
    kind = f"{place.shelter.name} – {label('shelter-kinds', place.kind)}"
    return {"record": [Record(place.label, "", kind, (tag,))], "taps": [tap]}
