"""The desk of a station: one tap for whoever comes, then the number, the room and how she wants to be received.

What is on this screen may be read over the counter: numbers, rooms and hours, never a name nor a reason.
"""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egide.field.reception import actions, queries
from egide.field.reception.choices import State
from egide.field.reception.states import MOVES
from egide.foundation.clock import now
from egide.web import answers
from egide.web.components.shapes import Action, Fact, Record, Tag, Tap
from egide.web.field.wording import choices, label, labels, language_name, languages

from .counter import RECEIVES, WRITE, at_station, attempt

DOT, ROOM = "dot", "room"


class WishesForm(forms.Form):
    """How she wants to be received; every box may stay empty."""

    all_optional = True
    wishes = forms.MultipleChoiceField(
        label=gettext_lazy("Offer each one; tick what the person wants"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    language = forms.ChoiceField(label=gettext_lazy("Language, for the interpreter"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wishes"].choices = choices("reception-wishes")  # type: ignore[attr-defined]
        self.fields["language"].choices = [("", _("none")), *languages()]  # type: ignore[attr-defined]


@at_station(RECEIVES, methods=WRITE)
def reception(request: HttpRequest, station: Any) -> HttpResponse:
    """Show the queue of the day, the rooms, and the buttons for whoever comes in."""
    if request.method == "POST":
        return _arrive(request, station) if "come" in request.POST else _set_room(request, station)
    queue = list(queries.list_queue(station, now=now()))
    places = queries.list_rooms(station)
    context = {
        "station": station.organisation.name,
        "come": [*_dot_taps(station), *_plain_taps()],
        "queue": [_record(ticket) for ticket in queue],
        "places": [_place(place) for place in places],
        "rooms": _room_taps(places),
        "section": "reception",
        "closed": True,
    }
    return render(request, "field/reception/desk.html", context)


@at_station(RECEIVES, methods=WRITE)
def ticket(request: HttpRequest, station: Any, ticket: UUID) -> HttpResponse:
    """Show one number: call it, give it a room, note its wishes, receive it, let it go."""
    try:
        found = queries.get_ticket(ticket, now=now())
    except queries.NotFound as unknown:
        return answers.not_found(
            request, answers.NothingHere(str(unknown), [Action(_("Go back to the reception"), reverse("reception"))])
        )
    form = WishesForm(
        request.POST if "noted" in request.POST else None, initial={"wishes": found.wishes, "language": found.language}
    )
    if request.method == "POST":
        if form.is_bound and form.is_valid():
            attempt(request, station, actions.note_wishes, ticket=found, **form.cleaned_data)
        elif not form.is_bound:
            _move(request, station, found)
        return redirect("ticket", ticket=found.id)
    live = bool(MOVES[State(found.state)])
    context = {
        "title": _("Number %(number)s") % {"number": found.number},
        "tags": _tags(found),
        "facts": _facts(found),
        "taps": _taps(found),
        "form": form if live else None,
        "back": Action(_("Go back to the reception"), reverse("reception")),
        "section": "reception",
        "closed": True,
    }
    return render(request, "field/reception/ticket.html", context)


def _arrive(request: HttpRequest, station: Any) -> HttpResponse:
    come, dot = request.POST["come"], None
    if come.startswith(DOT):
        dot = next((each for each in queries.list_dots(station) if f"{DOT} {each.id}" == come), None)
    made = attempt(request, station, actions.note_arrival, station=station, dot=dot, priority=come == "priority")
    return redirect("ticket", ticket=made.id) if made else redirect("reception")


def _set_room(request: HttpRequest, station: Any) -> HttpResponse:
    wanted, _space, to = request.POST.get(ROOM, "").partition(" ")
    for place in queries.list_rooms(station):
        if str(place.room.id) == wanted:
            attempt(request, station, actions.set_room_taken, room=place.room, taken=to == "taken")
    return redirect("reception")


def _move(request: HttpRequest, station: Any, found: Any) -> None:
    to = request.POST.get("do", "")
    if to == ROOM:
        attempt(request, station, actions.offer_room, ticket=found)
    elif to in State.values:
        attempt(request, station, actions.move_ticket, ticket=found, to=State(to))


def _dot_taps(station: Any) -> list[Tap]:
    """One button for each dot of the hall, called by its colour: priority first."""
    dots = sorted(queries.list_dots(station), key=lambda dot: not dot.priority)
    said = {True: _("Dot touched, %(colour)s: priority, confidential"), False: _("Dot touched, %(colour)s")}
    return [
        Tap(said[dot.priority] % {"colour": label("dot-colours", dot.colour)}, "come", f"{DOT} {dot.id}", "primary")
        for dot in dots
    ]


def _plain_taps() -> list[Tap]:
    return [Tap(_("Priority, confidential"), "come", "priority"), Tap(_("Another arrival"), "come", "plain")]


def _tags(found: Any) -> list[Tag]:
    tags = [Tag(str(State(found.state).label))]
    return [*tags, Tag(_("priority"), "warn")] if found.priority else tags


def _record(found: Any) -> Record:
    facts = [
        Fact(_("Arrived"), f"{timezone.localtime(found.arrived_at):%H:%M}"),
        Fact(_("Room"), found.room.name if found.room else ""),
        Fact(_("Wishes"), labels("reception-wishes", found.wishes)),
    ]
    title = _("Number %(number)s") % {"number": found.number}
    return Record(
        title, reverse("ticket", args=[found.id]), "", tuple(_tags(found)), tuple(f for f in facts if f.words)
    )


def _facts(found: Any) -> list[Fact]:
    room = found.room.name if found.room else _("none yet: the person waits in the hall")
    facts = [
        Fact(_("Arrived"), f"{timezone.localtime(found.arrived_at):%H:%M}"),
        Fact(_("Room"), room if MOVES[State(found.state)] else ""),
        Fact(_("Wishes"), labels("reception-wishes", found.wishes)),
        Fact(_("Language"), language_name(found.language) if found.language else ""),
        Fact(_("Received at"), f"{timezone.localtime(found.seen_at):%H:%M}" if found.seen_at else ""),
    ]
    return [fact for fact in facts if fact.words]


def _taps(found: Any) -> list[Tap]:
    """The next thing first: a room, then someone who receives."""
    moves, taps = MOVES[State(found.state)], []
    if moves and not found.room:
        taps.append(Tap(_("Give a room"), "do", ROOM, "primary"))
    said = {
        State.CALLED: _("Call again on the screen") if found.state == State.CALLED else _("Call on the screen"),
        State.SEEN: _("Someone receives the person"), State.DONE: _("Finished"), State.LEFT: _("The person leaves"),
    }  # fmt: skip
    taps += [Tap(said[to], "do", to.value) for to in said if to in moves]
    return taps


def _place(place: Any) -> Record:
    if place.number:
        words = _("taken, number %(number)s") % {"number": place.number}
    else:
        words = _("free") if place.free else _("used for something else")
    return Record(
        place.room.name, "", str(place.room.get_kind_display()), (Tag(words, "good" if place.free else "plain"),)
    )


def _room_taps(places: Any) -> list[Tap]:
    """Say that a room is used for something else, or free again."""
    said = {True: _("Mark as free: %(room)s"), False: _("Mark as taken: %(room)s")}
    to = {True: "free", False: "taken"}
    return [
        Tap(said[room.taken] % {"room": room.name}, ROOM, f"{room.id} {to[room.taken]}")
        for room in (place.room for place in places if not place.number)
    ]
