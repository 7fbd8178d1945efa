"""What is asked of whoever writes in the directory. Not here: what may be written, which the actions decide."""

from collections.abc import Sequence
from typing import Any

from babel import Locale
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egide.field.directory.choices import Band, Fee
from egide.field.directory.hours import Rule
from egide.field.directory.notation import HoursUnreadable, parse_hours
from egide.field.directory.views import ServiceView
from egide.foundation.catalogue import get_territory
from egide.foundation.territories.queries import find_communes, get_point
from egide.web.components.words import language
from egide.web.public.directory.showing import choices

LANGUAGES = ("fr", "en", "ar", "es", "pt", "tr", "uk")
WHICH = {
    "": gettext_lazy("every week"), "1": gettext_lazy("the first of the month"), "2": gettext_lazy("the second of the month"),
    "3": gettext_lazy("the third of the month"), "4": gettext_lazy("the fourth of the month"), "-1": gettext_lazy("the last of the month"),
}  # fmt: skip
DAYS = {
    "1": gettext_lazy("Monday"), "2": gettext_lazy("Tuesday"), "3": gettext_lazy("Wednesday"), "4": gettext_lazy("Thursday"),
    "5": gettext_lazy("Friday"), "6": gettext_lazy("Saturday"), "7": gettext_lazy("Sunday"),
}  # fmt: skip


def find_commune(text: str) -> Any:
    """The one commune of a name or a code. Raises ValidationError."""
    found = find_communes(text)
    if not found:
        raise forms.ValidationError(_("No commune has this name or this code. Check it, or leave it blank."))
    if len(found) > 1:
        named = ", ".join(f"{each.code} ({get_territory(each.parent or '').name})" for each in found[:12])
        raise forms.ValidationError(
            _("Several communes have this name. Write the code of yours: %(codes)s.") % {"codes": named}
        )
    return found[0]


class ServiceForm(forms.Form):
    """A service: what it is, for whom, how to reach it, when and where. A confidential place has no address here."""

    later = (
        "kind", "access_note", "languages", "fee", "sms", "email", "website", "zone", "accessibility", "public_point", "distance_band",
    )  # fmt: skip
    later_title = gettext_lazy("More: languages, e-mail, zone, distance of a confidential place")
    organisation = forms.ChoiceField(
        label=gettext_lazy("Organisation"),
        help_text=gettext_lazy("One that is missing is made known by the administrator of this installation."),
    )
    name = forms.CharField(label=gettext_lazy("Name of the service"), max_length=150)
    description = forms.CharField(
        label=gettext_lazy("What it does, in one or two sentences"), required=False, max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    audiences = forms.MultipleChoiceField(label=gettext_lazy("For whom"), widget=forms.CheckboxSelectMultiple)
    themes = forms.MultipleChoiceField(label=gettext_lazy("About what"), widget=forms.CheckboxSelectMultiple)
    access_modes = forms.MultipleChoiceField(
        label=gettext_lazy("How to reach it"), widget=forms.CheckboxSelectMultiple, required=False
    )
    access_note = forms.CharField(label=gettext_lazy("How to reach it, in words"), max_length=500, required=False)
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"), widget=forms.CheckboxSelectMultiple, required=False
    )
    fee = forms.ChoiceField(label=gettext_lazy("Cost"), choices=Fee.choices, initial=Fee.FREE)
    telephone = forms.CharField(label=gettext_lazy("Telephone"), max_length=20, required=False)
    sms = forms.CharField(label=gettext_lazy("Text messages"), max_length=20, required=False)
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)
    website = forms.URLField(label=gettext_lazy("Site"), required=False, assume_scheme="https")
    hours = forms.CharField(
        label=gettext_lazy("Opening hours"), max_length=500, required=False,
        help_text=gettext_lazy("For example: Mo-Fr 09:00-12:00,14:00-17:30. Day and night: 24/7."),
    )  # fmt: skip
    confidential_address = forms.BooleanField(
        label=gettext_lazy("Its address is confidential: it is written nowhere in the directory"), required=False
    )
    public_point = forms.CharField(
        label=gettext_lazy("Confidential: public point its distance is told from"), max_length=100, required=False,
        help_text=gettext_lazy("A town hall or a station, the same for all who ask. Never the service itself."),
    )  # fmt: skip
    distance_band = forms.ChoiceField(label=gettext_lazy("Confidential: distance"), required=False)
    address = forms.CharField(label=gettext_lazy("Address"), max_length=200, required=False)
    postal_code = forms.CharField(label=gettext_lazy("Postal code"), max_length=5, required=False)
    commune = forms.CharField(
        label=gettext_lazy("Commune"), max_length=100, required=False, help_text=gettext_lazy("Its name, or its official code.")
    )  # fmt: skip
    zone = forms.CharField(
        label=gettext_lazy("Zone served"), max_length=500, required=False,
        help_text=gettext_lazy(
            "Codes of communes or départements with spaces between, or: france. Left blank: the département of its commune."
        ),
    )  # fmt: skip
    accessibility = forms.CharField(label=gettext_lazy("Accessibility"), max_length=300, required=False)

    def __init__(self, *args: Any, organisations: Sequence[Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = {str(each.id): each for each in organisations or ()}
        fields: dict[str, Any] = self.fields
        if organisations is None:
            del fields["organisation"]
        else:
            fields["organisation"].choices = [(id, each.name) for id, each in self.organisations.items()]
        for name in ("audiences", "themes", "access_modes"):
            fields[name].choices = choices("service-access" if name == "access_modes" else f"service-{name}")
        fields["kind"].choices = [("", _("not said")), *choices("service-kinds")]
        fields["distance_band"].choices = [("", _("not said")), *Band.choices]
        named = Locale.parse(language()).languages
        fields["languages"].choices = [(code, str(named[code])) for code in LANGUAGES]

    def clean_hours(self) -> Any:
        """The hours as data."""
        try:
            return parse_hours(self.cleaned_data["hours"])
        except HoursUnreadable as unreadable:
            raise forms.ValidationError(str(unreadable)) from unreadable

    def clean_commune(self) -> Any:
        """The commune, or None."""
        text = str(self.cleaned_data["commune"]).strip()
        return find_commune(text) if text else None

    def clean_zone(self) -> list[str]:
        """The codes, each known or « france »."""
        codes = str(self.cleaned_data["zone"]).split()
        for code in codes:
            if code != "france":
                try:
                    get_territory(code)
                except LookupError as unknown:
                    raise forms.ValidationError(
                        _("“%(code)s” is not the code of a territory.") % {"code": code}
                    ) from unknown
        return codes

    def clean(self) -> dict[str, Any]:
        """A confidential place has no address; another has no band."""
        told: dict[str, Any] = super().clean() or {}
        if told.get("confidential_address"):
            for name in ("address", "postal_code", "commune"):
                if told.get(name):
                    self.add_error(name, _("A confidential address is not written in the directory: leave it blank."))
        else:
            told["public_point"] = told["distance_band"] = ""
        return told

    def chosen(self) -> Any:
        """The organisation."""
        return self.organisations[self.cleaned_data["organisation"]]

    def described(self) -> dict[str, Any]:
        """What the action is told, with the point of the commune where it is known."""
        told = {name: value for name, value in self.cleaned_data.items() if name != "organisation"}
        commune = told.pop("commune")
        point = get_point(commune.code) if commune else None
        exact = point if point and point.exact else None
        told["commune"], told["commune_name"] = (commune.code, commune.name) if commune else ("", "")
        told["latitude"], told["longitude"] = (exact.latitude, exact.longitude) if exact else (None, None)
        if commune and not told["zone"]:
            told["zone"] = [commune.parent]
        told["national"] = "france" in told["zone"] and not commune and not told["confidential_address"]
        return told


def said_of(found: ServiceView, kind: str, fee: str, band: str) -> dict[str, Any]:
    """What the form of a known service starts with."""
    same = (
        "name", "description", "access_note", "telephone", "email", "website", "confidential_address", "public_point", "address",
        "postal_code", "commune", "accessibility", "hours",
    )  # fmt: skip
    return {
        **{name: getattr(found, name) for name in same}, "kind": kind, "fee": fee, "sms": found.text_messages, "distance_band": band,
        "zone": " ".join(found.zone), "audiences": list(found.audiences), "themes": list(found.themes),
        "access_modes": list(found.access_modes), "languages": list(found.languages),
    }  # fmt: skip


class RoundForm(forms.Form):
    """One stop of a round: which days, from when to when, where."""

    days = forms.MultipleChoiceField(
        label=gettext_lazy("Days"), choices=list(DAYS.items()), widget=forms.CheckboxSelectMultiple
    )
    which = forms.ChoiceField(label=gettext_lazy("How often"), choices=list(WHICH.items()), required=False)
    start = forms.TimeField(label=gettext_lazy("From"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    end = forms.TimeField(label=gettext_lazy("To"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    place = forms.CharField(label=gettext_lazy("Place where it stands"), max_length=150)
    commune = forms.CharField(
        label=gettext_lazy("Commune"), max_length=100, help_text=gettext_lazy("Its name, or its official code.")
    )

    def clean_commune(self) -> str:
        """The code of the commune."""
        return str(find_commune(str(self.cleaned_data["commune"]).strip()).code)

    def clean(self) -> dict[str, Any]:
        """A stop ends after it begins, on the same day."""
        told: dict[str, Any] = super().clean() or {}
        if told.get("start") and told.get("end") and told["end"] <= told["start"]:
            self.add_error("end", _("A stop ends after it begins, on the same day."))
        if told.get("which") and len(told.get("days", [])) > 1:
            self.add_error("days", _("Choose one day for a stop of once a month."))
        return told

    @property
    def commune_code(self) -> str:
        """The code of the commune."""
        return str(self.cleaned_data["commune"])

    @property
    def rule(self) -> Rule:
        """The days and the hours, as the directory says them."""
        told = self.cleaned_data
        span = tuple(each.hour * 60 + each.minute for each in (told["start"], told["end"]))
        nth = int(told["which"]) if told["which"] else None
        return Rule(tuple(int(each) for each in told["days"]), (span,), None, nth)
