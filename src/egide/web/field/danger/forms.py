"""One part of a grid as a form: six-valued answers or grades by one source, none required, and the proof of a safety factor."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from egide.field.assessments.telling import list_tellings, telling_of
from egide.field.persons.answers import Answer
from egide.web.components.words import words

ORDER = (Answer.YES, Answer.NO, Answer.UNKNOWN, Answer.REFUSED, Answer.NOT_APPLICABLE, Answer.NOT_ASKED)
GRADED = ORDER[1:]
PERPETRATOR = "perpetrator"


def asked_of(factors: Any, source: str) -> list[Any]:
    """The factors that a source may answer; the alleged perpetrator only those that have words for an interview alone."""
    return [
        factor
        for factor in factors
        if source in factor.informants and (source != PERPETRATOR or factor.ask_him is not None)
    ]


class PartForm(forms.Form):
    """The factors of one part, as one source tells them. What it told is shown again; “not asked” takes it back."""

    all_optional = True

    def __init__(
        self, *args: Any, grid: Any, part: str, stored: dict[str, Any], source: str, about: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.proven = {factor.code for factor in grid.method.factors if factor.proven}
        factors = grid.factors_of(part)
        self.factors = factors if self.proven & {factor.code for factor in factors} else asked_of(factors, source)
        self.stored, self.source, self.about = stored, source, about
        informants = {code: words(text) for code, text in grid.informants.items()}
        for factor in self.factors:
            self._add(factor, informants)

    def _add(self, factor: Any, informants: dict[str, str]) -> None:
        told = self._told(factor.code)
        self.fields[factor.code] = forms.ChoiceField(
            label=words(factor.label), help_text=_help(factor, self.source), widget=forms.RadioSelect, required=False,
            choices=_values(factor), initial=told.get("value", Answer.NOT_ASKED.value),
        )  # fmt: skip
        if factor.red:
            self.fields[f"{factor.code}-words"] = forms.CharField(
                label=_("Their words, between quotation marks"), max_length=300, required=False,
                initial=told.get("words", ""), widget=forms.Textarea(attrs={"rows": 2}),
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

    def _told(self, code: str) -> dict[str, Any]:
        if code in self.proven:
            return next(iter(list_tellings(self.stored.get(code))), {})
        return telling_of(self.stored.get(code), self.source, self.about)

    def answers(self) -> dict[str, dict[str, Any]]:
        """What to keep: every answer that says something, and those that take one back."""
        told = {}
        for factor in self.factors:
            value = self.cleaned_data[factor.code] or Answer.NOT_ASKED.value
            if value == Answer.NOT_ASKED and not self._told(factor.code):
                continue
            proven = factor.code in self.proven
            source = self.cleaned_data.get(f"{factor.code}-source") or "" if proven else self.source
            answer = {"value": value, "source": source, "about": self.about}
            if said := self.cleaned_data.get(f"{factor.code}-words"):
                answer["words"] = said
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


def _help(factor: Any, source: str) -> str:
    ask = factor.ask_him if source == PERPETRATOR and factor.ask_him else factor.ask
    apart = _("Apart: never where the alleged perpetrator can hear or read.") if factor.apart else ""
    note = words(factor.note) if factor.note else ""
    return " ".join(filter(None, (words(ask), note, apart if source != PERPETRATOR else "")))
