"""A house and its places, written down by those who keep them. The address is asked once, encrypted at once, and shown nowhere here."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egide.field.casefiles.permissions import NotAllowed
from egide.field.shelter import actions
from egide.field.shelter.policies import PlaceRefused
from egide.field.shelter.queries import list_own_shelters
from egide.foundation.clock import now
from egide.foundation.organisations.queries import list_workplaces
from egide.web.components.shapes import Action
from egide.web.entrance import enters
from egide.web.field.roles import HOUSE
from egide.web.field.thresholds import WRITE, account_of, sentence_of
from egide.web.field.wording import choices

REFUSED = (NotAllowed, PlaceRefused, ValidationError)


class HouseForm(forms.Form):
    """A house: its name without its place, its distance in a wide band, its address for the sealed box."""

    name = forms.CharField(label=gettext_lazy("Name of the house, without its place"), max_length=100)
    band = forms.ChoiceField(label=gettext_lazy("Distance from the public point"), widget=forms.RadioSelect)
    telephone = forms.CharField(label=gettext_lazy("Duty telephone"), max_length=20, required=False)
    address = forms.CharField(
        label=gettext_lazy("Address"), max_length=300, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("Encrypted as soon as it is written. It is told only to whoever holds a request that you confirmed."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["band"].choices = choices("distance-bands")  # type: ignore[attr-defined]


class PlaceForm(forms.Form):
    """A place that one household can have."""

    shelter = forms.ChoiceField(label=gettext_lazy("House"))
    label = forms.CharField(label=gettext_lazy("How the place is called"), max_length=60)
    kind = forms.ChoiceField(label=gettext_lazy("Kind of place"), widget=forms.RadioSelect)
    beds = forms.IntegerField(label=gettext_lazy("Beds"), min_value=1, max_value=30)
    children = forms.BooleanField(label=gettext_lazy("Children welcome"), required=False)
    step_free = forms.BooleanField(label=gettext_lazy("Step-free"), required=False)
    pets = forms.BooleanField(label=gettext_lazy("Pets welcome"), required=False)

    def __init__(self, *args: Any, houses: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["shelter"].choices = [(str(each.id), each.name) for each in houses]
        fields["kind"].choices = choices("shelter-kinds")


@enters("field", role=HOUSE, methods=WRITE)
def add_house(request: HttpRequest) -> HttpResponse:
    """Write down a house of one's own organisation."""
    form = HouseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        by, at = account_of(request), now()
        try:
            actions.open_shelter(
                organisation=list_workplaces(account=by, now=at)[0], by=by, now=at, **form.cleaned_data
            )
        except REFUSED as refused:
            form.add_error(None, sentence_of(refused))
        else:
            messages.success(request, _("The house is written down. Now its places."))
            return redirect("add_place")
    return _asked(request, form, _("Add a house"), _("Add the house"))


@enters("field", role=HOUSE, methods=WRITE)
def add_place(request: HttpRequest) -> HttpResponse:
    """Add a place to one of one's houses."""
    by, at = account_of(request), now()
    houses = list_own_shelters(by=by, now=at)
    if not houses:
        messages.info(request, _("No house is written down yet: write one, then its places."))
        return redirect("add_house")
    form = PlaceForm(request.POST if request.method == "POST" else None, houses=houses)
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        shelter = next(each for each in houses if str(each.id) == told.pop("shelter"))
        try:
            actions.add_place(shelter=shelter, by=by, now=at, **told)
        except REFUSED as refused:
            form.add_error(None, sentence_of(refused))
        else:
            messages.success(request, _("The place is on the board, open tonight."))
            return redirect("house")
    return _asked(request, form, _("Add a place"), _("Add the place"))


def links() -> list[Action]:
    """What a keeper may write down."""
    return [Action(_("Add a place"), reverse("add_place")), Action(_("Add a house"), reverse("add_house"))]


def _asked(request: HttpRequest, form: forms.Form, title: str, submit: str) -> HttpResponse:
    context = {
        "form": form, "title": title, "page": title, "submit": submit, "section": "start", "closed": True,
        "cancel": Action(_("Tonight"), reverse("house"), "plain"), "trail": [Action(_("Tonight"), reverse("house")), Action(title, "")],
    }  # fmt: skip
    return render(request, "field/directory/form.html", context)
