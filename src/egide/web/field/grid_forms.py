"""One part of a grid as a form: six-valued answers or grades, none required, and the proof of a safety factor (X04, R03)."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from egide.field.persons.answers import Answer
from egide.web.components.words import words

ORDER = (Answer.YES, Answer.NO, Answer.UNKNOWN, Answer.REFUSED, Answer.NOT_APPLICABLE, Answer.NOT_ASKED)
GRADED = ORDER[1:]


def answer_words(factor: Any, value: str) -> str:
    """The words of a stored answer: one of the six values, or a grade of the factor."""
    return words(factor.grades[value]) if value in factor.grades else str(Answer(value).label)


class PartForm(forms.Form):
    """The factors of one part. What was stored is shown again; a factor left “not asked” is not stored."""

    all_optional = True

    def __init__(self, *args: Any, grid: Any, part: str, stored: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.factors, self.stored = grid.factors_of(part), stored
        self.proven = {factor.code for factor in grid.method.factors if factor.proven}
        informants = {code: words(text) for code, text in grid.informants.items()}
        for factor in self.factors:
            told = stored.get(factor.code, {})
            self.fields[factor.code] = forms.ChoiceField(
                label=words(factor.label), help_text=_help(factor), widget=forms.RadioSelect, required=False,
                choices=_values(factor), initial=told.get("value", Answer.NOT_ASKED.value),
            )  # fmt: skip
            if factor.code in self.proven:
                listed = [(code, informants[code]) for code in factor.informants]
                self.fields[f"{factor.code}-source"] = forms.ChoiceField(
                    label=_("Source"),
                    required=False,
                    choices=[("", _("Not said")), *listed],
                    initial=told.get("source", ""),
                )
                self.fields[f"{factor.code}-until"] = forms.DateField(
                    label=_("Holds until"), required=False, initial=told.get("expires_on"),
                    widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
                )  # fmt: skip

    def answers(self) -> dict[str, dict[str, Any]]:
        """What to keep: every answer that says something, and those that take one back."""
        told = {}
        for factor in self.factors:
            value = self.cleaned_data[factor.code] or Answer.NOT_ASKED.value
            if value == Answer.NOT_ASKED and factor.code not in self.stored:
                continue
            answer = {"value": value, "source": self.cleaned_data.get(f"{factor.code}-source") or ""}
            until: date | None = self.cleaned_data.get(f"{factor.code}-until")
            told[factor.code] = answer | ({"expires_on": until.isoformat()} if until else {})
        return told


def _values(factor: Any) -> list[tuple[str, str]]:
    if factor.grades:
        return [
            *((code, words(text)) for code, text in factor.grades.items()),
            *((each.value, str(each.label)) for each in GRADED),
        ]
    return [(each.value, str(each.label)) for each in ORDER]


def _help(factor: Any) -> str:
    apart = _("Apart: never where the alleged perpetrator can hear or read.") if factor.apart else ""
    note = words(factor.note) if factor.note else ""
    return " ".join(filter(None, (words(factor.ask), note, apart)))
