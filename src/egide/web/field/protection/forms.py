"""The forms of protection measures. Names typed here become a keyed hash, or a question: no page shows them again."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egide.field.casefiles.choices import EntryKind
from egide.field.persons.answers import Answer
from egide.field.protection.actions import Named
from egide.field.protection.choices import Proof
from egide.foundation.clock import now
from egide.web.field.wording import choices

TOLD = (EntryKind.FACT_OBSERVED, EntryKind.FACT_TOLD)


def _day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, help_text=help_text)


def _silent(form: forms.Form) -> None:
    """The browser of a shared computer must not propose these names again."""
    for field in form.fields.values():
        field.widget.attrs["autocomplete"] = "off"


class AskForm(forms.Form):
    """One identity, whole, and one motive."""

    family_name = forms.CharField(label=gettext_lazy("Family name"), max_length=100)
    given_name = forms.CharField(label=gettext_lazy("First given name"), max_length=100)
    born_on = _day(gettext_lazy("Date of birth"))
    motive = forms.ChoiceField(label=gettext_lazy("Motive"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["motive"].choices = choices("protection-motives")  # type: ignore[attr-defined]
        _silent(self)

    def named(self) -> Named:
        """The identity asked about."""
        told = self.cleaned_data
        return Named(told["given_name"], told["family_name"], told["born_on"])


class MeasureForm(forms.Form):
    """A measure as its order says it."""

    kind = forms.ChoiceField(label=gettext_lazy("Measure"))
    court = forms.CharField(label=gettext_lazy("Court"), max_length=150)
    decided_on = _day(gettext_lazy("Decided on"))
    from_day = _day(gettext_lazy("First day in force"))
    last_day = _day(
        gettext_lazy("Last day in force"), required=False,
        help_text=gettext_lazy("This day included. Leave blank only if the order gives none."),
    )  # fmt: skip
    forbidden = forms.MultipleChoiceField(
        label=gettext_lazy("What is forbidden"), widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("All that a patrol will read. Tick what the order says, no more."),
    )  # fmt: skip
    area = forms.CharField(
        label=gettext_lazy("Area, in the words of the order"), required=False, max_length=300,
        help_text=gettext_lazy("For this file only. Never an address that is kept secret."),
    )  # fmt: skip
    proof = forms.ChoiceField(
        label=gettext_lazy("Proof"), choices=Proof.choices, widget=forms.RadioSelect,
        help_text=gettext_lazy("A measure that is only told stays in the file: the register does not answer with it."),
    )  # fmt: skip
    defendant_family = forms.CharField(
        label=gettext_lazy("Person the measure is against: family name"), required=False, max_length=100,
        help_text=gettext_lazy("As on the order. Names are kept as an imprint that nobody can read back."),
    )  # fmt: skip
    defendant_given = forms.CharField(
        label=gettext_lazy("Person the measure is against: first given name"), required=False, max_length=100
    )
    defendant_born = _day(gettext_lazy("Person the measure is against: date of birth"), required=False)
    protected_family = forms.CharField(
        label=gettext_lazy("Protected person: family name"), required=False, max_length=100
    )
    protected_given = forms.CharField(
        label=gettext_lazy("Protected person: first given name"), required=False, max_length=100
    )
    protected_born = _day(gettext_lazy("Protected person: date of birth"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = choices("protection-measures", blank=_("Choose the measure"))  # type: ignore[attr-defined]
        self.fields["forbidden"].choices = choices("forbidden-acts")  # type: ignore[attr-defined]
        _silent(self)

    def clean(self) -> dict[str, Any]:
        """Days follow; a name comes whole or not at all."""
        told = super().clean() or {}
        first, last = told.get("from_day"), told.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day of a measure does not come before its first day."))
        for who in ("defendant", "protected"):
            parts = [told.get(f"{who}_{part}") for part in ("family", "given", "born")]
            if any(parts) and not all(parts):
                self.add_error(f"{who}_family", _("Give the family name, the first given name and the date of birth."))
        return told

    def measure(self) -> dict[str, Any]:
        """What the action takes."""
        told = self.cleaned_data
        plain = ("kind", "court", "decided_on", "from_day", "last_day", "forbidden", "area")
        names = {f"{who}_named": self._named(who) for who in ("defendant", "protected")}
        return {**{name: told[name] for name in plain}, "proof": Proof(told["proof"]), **names}

    def _named(self, who: str) -> Named | None:
        told = self.cleaned_data
        family = told[f"{who}_family"]
        return Named(told[f"{who}_given"], family, told[f"{who}_born"]) if family else None


class LiftForm(forms.Form):
    """The day from which the court lifted a measure."""

    on = _day(
        gettext_lazy("Lifted from"), help_text=gettext_lazy("From this day on, the register no longer answers with it.")
    )

    def clean_on(self) -> date:
        """A court's decision is not foreseen."""
        on: date = self.cleaned_data["on"]
        if on > timezone.localdate(now()):
            raise forms.ValidationError(_("This day has not come yet."))
        return on


class BreachForm(forms.Form):
    """When, what, seen or told."""

    happened_at = forms.DateTimeField(
        label=gettext_lazy("When"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    acts = forms.MultipleChoiceField(
        label=gettext_lazy("What was done although it is forbidden"), widget=forms.CheckboxSelectMultiple
    )
    nature = forms.ChoiceField(label=gettext_lazy("Nature"), widget=forms.RadioSelect)
    police_told = forms.ChoiceField(
        label=gettext_lazy("Were the police or gendarmerie told?"), initial=Answer.NOT_ASKED, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["acts"].choices = choices("forbidden-acts")  # type: ignore[attr-defined]
        self.fields["nature"].choices = [(kind.value, kind.label) for kind in TOLD]  # type: ignore[attr-defined]
        self.fields["police_told"].choices = Answer.choices  # type: ignore[attr-defined]

    def breach(self) -> dict[str, Any]:
        """What the action takes."""
        return {**self.cleaned_data, "nature": EntryKind(self.cleaned_data["nature"])}

    def clean_happened_at(self) -> datetime:
        """Nothing is told before it happens."""
        happened: datetime = self.cleaned_data["happened_at"]
        if happened > now():
            raise forms.ValidationError(_("This moment has not come yet."))
        return happened
