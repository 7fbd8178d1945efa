"""The search of services: for whom, about what, from where, when. It goes by POST: no place stands in an address.

The position of the device is used for this one answer, then forgotten: it is in no session, no trail, no address, and does
not come back in the form.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from egide.field.directory.nearest import Group, Nearby
from egide.field.directory.queries import list_nearest
from egide.foundation.catalogue import get_nomenclature, get_territory
from egide.foundation.clock import now
from egide.foundation.territories.queries import Point, find_communes, get_point
from egide.web.components.words import moment

from .drawing import Drawing, draw
from .showing import choices, near_record


class SearchForm(forms.Form):
    """Whom to turn to. Only for whom has an answer that is asked for."""

    later = ("day", "hour")
    later_title = gettext_lazy("Another moment than now")
    audience = forms.ChoiceField(label=gettext_lazy("For whom"))
    theme = forms.ChoiceField(label=gettext_lazy("About what"), required=False)
    commune = forms.CharField(
        label=gettext_lazy("Commune"), max_length=100, required=False,
        help_text=gettext_lazy("Its name, or its official code. Leave it blank to see who answers at a distance."),
    )  # fmt: skip
    day = forms.DateField(
        label=gettext_lazy("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    hour = forms.TimeField(
        label=gettext_lazy("Hour"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    latitude = forms.FloatField(
        required=False, min_value=-90, max_value=90, widget=forms.HiddenInput(attrs={"autocomplete": "off"})
    )
    longitude = forms.FloatField(
        required=False, min_value=-180, max_value=180, widget=forms.HiddenInput(attrs={"autocomplete": "off"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["audience"].choices = choices("service-audiences")  # type: ignore[attr-defined]
        self.fields["theme"].choices = [("", _("everything")), *choices("service-themes")]  # type: ignore[attr-defined]
        self.fields["commune"].widget.attrs["autocomplete"] = "off"
        self.found_commune = ""

    def forget_position(self) -> None:
        """What goes back to the page no longer says where the device stands."""
        self.data = {name: self.data[name] for name in self.data if name not in ("latitude", "longitude")}

    def clean_commune(self) -> str:
        """The text as typed; the code it stands for is in `found_commune`."""
        text = str(self.cleaned_data["commune"]).strip()
        found = find_communes(text) if text else []
        if text and not found:
            raise forms.ValidationError(_("No commune has this name or this code. Check it, or leave it blank."))
        if len(found) > 1:
            named = ", ".join(f"{each.code} ({get_territory(each.parent or '').name})" for each in found[:12])
            raise forms.ValidationError(
                _("Several communes have this name. Write the code of yours: %(codes)s.") % {"codes": named}
            )
        self.found_commune = found[0].code if found else ""
        return text


@dataclass(frozen=True)
class Answer:
    """What a search found, ready for a page."""

    national: list[Any]
    local: list[Any]
    remote: list[Any]
    drawing: Drawing | None
    limits: str
    when: str
    where: str
    asked: bool
    found: str


def ask(request: HttpRequest, *, public: bool, url_of: Callable[[Nearby], str]) -> tuple[SearchForm, Answer]:
    """The form and what answers; without a question, the lines for victims that answer everywhere."""
    audience = _known(request, "public", "service-audiences") or "victim"
    starts = {"audience": audience, "theme": _known(request, "besoin", "service-themes")}
    form = SearchForm(request.POST if request.method == "POST" else None, initial=starts)
    valid = form.is_bound and form.is_valid()
    blank = {"day": None, "hour": None, "latitude": None, "longitude": None}
    told: dict[str, Any] = form.cleaned_data if valid else {**starts, **blank}
    at = _moment_asked(told)
    point = get_point(form.found_commune) if form.found_commune else None
    device = told["latitude"] is not None and told["longitude"] is not None
    here = (
        (told["latitude"], told["longitude"])
        if device
        else (point.latitude, point.longitude)
        if point
        else (None, None)
    )
    found = list_nearest(
        latitude=here[0], longitude=here[1], audience=told["audience"], theme=told["theme"] or None, commune=form.found_commune,
        at=at, now=now(), public=public,
    )  # fmt: skip
    if device:
        form.forget_position()
    return form, _answer(found, form, point, at, device=device, asked=valid, url_of=url_of)


def _answer(
    found: list[Nearby],
    form: SearchForm,
    point: Point | None,
    at: datetime,
    *,
    device: bool,
    asked: bool,
    url_of: Callable[[Nearby], str],
) -> Answer:
    local = [each for each in found if each.group is Group.LOCAL]
    where = get_territory(form.found_commune).name if form.found_commune else _("your position") if device else ""
    centre = (where, point.latitude, point.longitude) if point and point.exact and not device else None
    return Answer(
        [near_record(each, url_of(each)) for each in found if each.group is Group.NATIONAL],
        [near_record(each, url_of(each), number) for number, each in enumerate(local, start=1)],
        [near_record(each, url_of(each)) for each in found if each.group is Group.REMOTE],
        draw(_points(local), centre), _limits(point, device=device), moment(at), where, asked,
        _found(len(local)),
    )  # fmt: skip


def _found(count: int) -> str:
    return (
        ngettext("%(count)s service is open.", "%(count)s services are open.", count) % {"count": count}
        if count
        else ""
    )


def _points(local: list[Nearby]) -> list[tuple[str, float, float]]:
    """The numbers of the list and where they stand; a stop of a round where it stands now. A confidential place has none."""
    found = []
    for number, near in enumerate(local, start=1):
        place: Any = near.service
        if near.place:
            place = next(stop for stop in near.service.stops if stop.place == near.place)
        if place.latitude is not None and place.longitude is not None:
            found.append((str(number), place.latitude, place.longitude))
    return found


def _limits(point: Point | None, *, device: bool) -> str:
    """What a distance is worth, said where it is shown."""
    crow = _("Distances are as the crow flies: a river, a mountain or a border may make the way longer.")
    if device:
        return crow
    if point is None:
        return _("The place of this commune is not known here: what is shown is what serves it.")
    if point.exact:
        return (
            crow
            + " "
            + _("They are taken from one point of the commune (source: %(source)s).") % {"source": point.source}
        )
    return (
        crow
        + " "
        + _("The place of this commune is not known here: they are taken from the middle of its département.")
    )


def _moment_asked(told: dict[str, Any]) -> datetime:
    local = timezone.localtime(now())
    if not told["day"] and not told["hour"]:
        return local
    return timezone.make_aware(
        datetime.combine(told["day"] or local.date(), told["hour"] or local.time().replace(tzinfo=None))
    )


def _known(request: HttpRequest, name: str, nomenclature: str) -> str:
    code = request.GET.get(name, "")
    return code if code in get_nomenclature(nomenclature).codes else ""
