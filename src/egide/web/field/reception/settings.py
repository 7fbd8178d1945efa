"""The settings of a station: its dots and their colours, its rooms, the address of its screen."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egide.field.reception import actions, queries
from egide.field.reception.choices import RoomKind
from egide.web.components.shapes import Action, Record, Tap
from egide.web.components.words import day
from egide.web.field.wording import choices, label

from .counter import RUNS, WRITE, at_station, attempt


class DotForm(forms.Form):
    """A dot to put in the hall."""

    colour = forms.ChoiceField(label=gettext_lazy("Colour of the dot"))
    place = forms.CharField(label=gettext_lazy("Where it is"), max_length=80, required=False)
    priority = forms.BooleanField(
        label=gettext_lazy("Whoever touches it is received first, in confidence"), required=False, initial=True
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["colour"].choices = choices("dot-colours")  # type: ignore[attr-defined]


class RoomForm(forms.Form):
    """A room to add."""

    name = forms.CharField(label=gettext_lazy("Name of the room"), max_length=60)
    kind = forms.ChoiceField(label=gettext_lazy("What it is"), choices=RoomKind.choices, widget=forms.RadioSelect)


@at_station(RUNS, methods=WRITE)
def settings(request: HttpRequest, station: Any) -> HttpResponse:
    """Show what is set, add a dot or a room, take a dot away, draw the screen's address."""
    what = request.POST.get("what", "") if request.method == "POST" else ""
    dot = DotForm(request.POST if what == "dot" else None)
    room = RoomForm(request.POST if what == "room" else None)
    if what == "screen":
        return _screen(request, station)
    for form, action in ((dot, actions.place_dot), (room, actions.add_room)):
        if form.is_bound and form.is_valid() and attempt(
            request, station, action, form=form, station=station, **form.cleaned_data
        ):  # fmt: skip
            return redirect("station_settings")
    dots = list(queries.list_dots(station))
    if "retire" in request.POST:
        for each in dots:
            if str(each.id) == request.POST["retire"]:
                attempt(request, station, actions.retire_dot, dot=each)
        return redirect("station_settings")
    context = {
        "dots": [_dot(each) for each in dots],
        "retire": [_retire(each) for each in dots],
        "rooms": [Record(place.room.name, "", str(place.room.get_kind_display())) for place in queries.list_rooms(station)],
        "dot": dot,
        "room": room,
        "screen": [Tap(_("Draw a new address for the screen"), "what", "screen")],
        "section": "station",
        "closed": True,
        "trail": [Action(_("My station"), reverse("station")), Action(_("Dots, rooms and screen"), "")],
    }  # fmt: skip
    return render(request, "field/reception/settings.html", context)


def _dot(dot: Any) -> Record:
    used = _("last touched on %(day)s") % {"day": day(dot.last_used_on)} if dot.last_used_on else _("never touched")
    kind = _("priority, confidential") if dot.priority else _("ordinary")
    return Record(label("dot-colours", dot.colour), "", ", ".join(filter(None, (dot.place, kind, used))))


def _retire(dot: Any) -> Tap:
    return Tap(_("Take away: %(colour)s") % {"colour": label("dot-colours", dot.colour)}, "retire", str(dot.id))


def _screen(request: HttpRequest, station: Any) -> HttpResponse:
    """The address, shown once."""
    token = attempt(request, station, actions.renew_screen, station=station)
    if not token:
        return redirect("station_settings")
    context = {
        "address": request.build_absolute_uri(reverse("screen", args=[token])),
        "back": Action(_("Dots, rooms and screen"), reverse("station_settings")),
        "section": "station",
        "closed": True,
    }
    return render(request, "field/reception/screen_address.html", context)
