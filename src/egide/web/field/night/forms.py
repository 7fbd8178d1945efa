"""The form of the night note: the same fields in the notebook, filled offline, and online without a script."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egide.field.interventions.policies import LONGEST
from egide.field.interventions.queries import list_units
from egide.foundation.catalogue import get_short_form
from egide.web.components.codes import choices
from egide.web.components.words import words

LOCAL = "%Y-%m-%dT%H:%M"
LISTS = {"present": "intervention-present", "actions": "intervention-actions", "called": "intervention-calls"}


class NoteForm(forms.Form):
    """A kind of place, the twelve lines, what was observed and what was told, what was done, who takes over."""

    all_optional = True
    place = forms.ChoiceField(label=gettext_lazy("Kind of place"), widget=forms.RadioSelect)
    observed = forms.CharField(
        label=gettext_lazy("What I observed"), required=False, max_length=LONGEST,
        help_text=gettext_lazy("Seen or heard by you. No name, no address, no offence."),
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )  # fmt: skip
    told = forms.CharField(
        label=gettext_lazy("What I was told"), required=False, max_length=LONGEST,
        help_text=gettext_lazy("Between quotation marks, and by which role: the victim, a neighbour. No name."),
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )  # fmt: skip
    present = forms.MultipleChoiceField(
        label=gettext_lazy("Who is there"), required=False, widget=forms.CheckboxSelectMultiple
    )
    actions = forms.MultipleChoiceField(
        label=gettext_lazy("What we did"), required=False, widget=forms.CheckboxSelectMultiple
    )
    called = forms.MultipleChoiceField(
        label=gettext_lazy("Whom we called"), required=False, widget=forms.CheckboxSelectMultiple
    )
    held_at = forms.DateTimeField(
        label=gettext_lazy("Day and hour"), input_formats=[LOCAL],
        widget=forms.DateTimeInput(format=LOCAL, attrs={"type": "datetime-local"}),
    )  # fmt: skip
    unit = forms.ChoiceField(label=gettext_lazy("Unit that takes over"))
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    note = forms.UUIDField(widget=forms.HiddenInput, required=False)
    bases = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form = get_short_form()
        last = self.fields.copy()
        first = {"place": last.pop("place")}
        for name, nomenclature in {"place": "intervention-places", **LISTS}.items():
            self.base_choices(self.fields[name], choices(nomenclature))
        units = [(unit.code, unit.name) for unit in list_units()]
        alone = units if len(units) == 1 else [("", _("Choose the unit")), *units]
        self.base_choices(self.fields["unit"], alone)
        self.fields = {**first, **self._ticks(), **last}

    @staticmethod
    def base_choices(field: forms.Field, listed: list[tuple[str, str]]) -> None:
        """Give a field what it offers, read at each request."""
        field.choices = listed  # type: ignore[attr-defined]

    def _ticks(self) -> dict[str, forms.Field]:
        ways = [(code, words(text)) for code, text in self.form.ways.items()]
        calls = {tick.code: tick for tick in self.form.method.ticks}
        lines: dict[str, forms.Field] = {}
        for number, (code, tick) in enumerate(self.form.ticks.items(), 1):
            told = (
                {"data-calls": "yes"} if calls[code].calls else {"data-calls-when": " ".join(calls[code].call_grades)}
            )
            widget = forms.RadioSelect(attrs={key: value for key, value in told.items() if value})
            label = f"{number}. {words(tick.label)}"
            lines[code] = forms.ChoiceField(label=label, widget=widget, choices=ways, required=False)
            if tick.grades:
                listed = [("", _("Not said")), *((grade, words(text)) for grade, text in tick.grades.items())]
                said = _("Line %(number)s: how far") % {"number": number}
                lines[f"{code}-grade"] = forms.ChoiceField(label=said, choices=listed, required=False)
        return lines

    def clean(self) -> dict[str, Any]:
        """A grade without a way says nothing: ask whether it was seen or told."""
        cleaned: dict[str, Any] = super().clean() or {}
        for code in self.form.ticks:
            if cleaned.get(f"{code}-grade") and not cleaned.get(code):
                self.add_error(code, _("Say whether it was observed or told."))
        return cleaned

    def told_by_form(self) -> dict[str, Any]:
        """What was filled, as a device sends it."""
        kept = self.cleaned_data
        marks = {code: {"way": kept[code]} for code in self.form.ticks if kept.get(code)}
        for code, mark in marks.items():
            if kept.get(f"{code}-grade"):
                mark["grade"] = kept[f"{code}-grade"]
        plain = {name: kept[name] for name in ("place", "observed", "told", *LISTS)}
        return {**plain, "held_at": kept["held_at"].isoformat(), "marks": marks}

    def bases_of(self) -> list[UUID]:
        """The versions that this one was written from."""
        return [UUID(key) for key in self.cleaned_data["bases"].split()]


def initial_of(plain: dict[str, Any], unit: str) -> dict[str, Any]:
    """What fills a form again: the reverse of `told_by_form`."""
    ways = {code: mark["way"] for code, mark in plain["marks"].items()}
    grades = {f"{code}-grade": mark["grade"] for code, mark in plain["marks"].items() if "grade" in mark}
    moment = timezone.localtime(datetime.fromisoformat(plain["held_at"]))
    return {**plain, **ways, **grades, "held_at": moment, "unit": unit}
