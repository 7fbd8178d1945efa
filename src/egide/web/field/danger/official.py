"""A form of the official grid already filled elsewhere, read by question number (AT-09). Its text is nowhere here."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egide.field.assessments.notes.actions import read_official_form
from egide.field.assessments.notes.queries import get_official_reading, list_official_readings, read_official
from egide.field.persons.answers import Answer
from egide.foundation.catalogue import get_official_profile
from egide.foundation.clock import now
from egide.web.components.shapes import Fact, Finding, Record, Tag
from egide.web.components.words import day, words
from egide.web.field.thresholds import WRITE, account_of, attempt, in_case, nothing_here
from egide.web.field.wording import case_url

from .wording import page_of

ANSWERS = (Answer.NOT_ASKED, Answer.YES, Answer.NO, Answer.UNKNOWN, Answer.REFUSED, Answer.NOT_APPLICABLE)


class NumbersForm(forms.Form):
    """Twenty-three numbers with their answers, the five that are red on the form, and its day."""

    filled_on = forms.DateField(
        label=gettext_lazy("Day the form was filled"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    red = forms.MultipleChoiceField(
        label=gettext_lazy("The five red questions"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick the five questions that are red on the official form.")},
        help_text=gettext_lazy("Their numbers are read on the official form: nothing here guesses them."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = get_official_profile().method.questions
        self.fields["red"].choices = [(code, number_of(code)) for code in self.questions]  # type: ignore[attr-defined]
        listed = [(each.value, str(each.label)) for each in ANSWERS]
        for code in self.questions:
            self.fields[code] = forms.ChoiceField(label=_question(code), choices=listed, initial=Answer.NOT_ASKED.value)

    def answers(self) -> dict[str, str]:
        """The numbers that were answered."""
        return {code: self.cleaned_data[code] for code in self.questions if self.cleaned_data[code] != Answer.NOT_ASKED}


def number_of(code: str) -> str:
    """The number of a question as the form prints it."""
    return str(int(code.removeprefix("q")))


def _question(code: str) -> str:
    return _("Question %(number)s") % {"number": number_of(code)}


@in_case(WRITE)
def official_form(request: HttpRequest, case: Any) -> HttpResponse:
    """Type in the answers by number."""
    before = list(list_official_readings(case))
    first = {"filled_on": timezone.localdate(now()), "red": before[0].red if before else []}
    form = NumbersForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        told = {"red": form.cleaned_data["red"], "filled_on": form.cleaned_data["filled_on"], "answers": form.answers()}
        made = attempt(
            request, case, read_official_form, form=form, case=case, by=account_of(request), now=now(), **told
        )
        if made is not None:
            return redirect("official_reading", case=case.id, reading=made.id)
    profile = get_official_profile()
    records = [
        Record(day(each.filled_on), case_url("official_reading", case, reading=each.id), _outcome(profile, each))
        for each in before
    ]
    context = page_of(case, words(profile.label), form=form, lead=words(profile.caution), records=records)
    return render(request, "field/danger/lines.html", context)


@in_case()
def official_reading(request: HttpRequest, case: Any, reading: UUID) -> HttpResponse:
    """What the profile says of a form, and which numbers made it."""
    found, profile = get_official_reading(case, reading), get_official_profile()
    if found is None:
        return nothing_here(request, _("There is no such form in this file."))
    fired = [
        Finding(
            "note", Tag(each.rule), words(profile.rules[each.rule]),
            remedy=", ".join(_question(given.code) for given in each.because),
        )
        for each in read_official(found).fired
    ]  # fmt: skip
    facts = [
        Fact(_question(code), str(Answer(value).label), note=_("red on the form") if code in found.red else "")
        for code, value in sorted(found.answers.items())
    ]
    context = page_of(
        case, words(profile.label), outcome=_outcome(profile, found), fired=fired, facts=facts,
        caution=words(profile.caution), filled=day(found.filled_on),
    )  # fmt: skip
    return render(request, "field/danger/official_reading.html", context)


def _outcome(profile: Any, reading: Any) -> str:
    return words(profile.outcomes[read_official(reading).outcome])
