"""The short form of the first minutes: twelve lines, then call now or call back. No level is decided here."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egide.field.assessments.notes.actions import write_short_note
from egide.field.assessments.notes.queries import get_short_note, list_short_notes, read_short_note
from egide.foundation.accounts.queries import list_names
from egide.foundation.catalogue import get_grid, get_short_form
from egide.foundation.clock import now
from egide.web.components.shapes import Fact, Record, Tap
from egide.web.components.words import moment, words
from egide.web.field.thresholds import WRITE, account_of, attempt, in_case, nothing_here
from egide.web.field.wording import case_url

from .wording import page_of


class ShortNoteForm(forms.Form):
    """The twelve lines, none required, and her words."""

    all_optional = True
    words = forms.CharField(
        label=gettext_lazy("Their words"), max_length=300, required=False,
        help_text=gettext_lazy("Between quotation marks, uncorrected. No name of anyone else."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form = get_short_form()
        ways = [(code, words(text)) for code, text in self.form.ways.items()]
        lines: dict[str, forms.Field] = {}
        for code, tick in self.form.ticks.items():
            lines[code] = forms.ChoiceField(
                label=words(tick.label), widget=forms.RadioSelect, choices=ways, required=False
            )
            if tick.grades:
                listed = [("", _("Not said")), *((grade, words(text)) for grade, text in tick.grades.items())]
                lines[f"{code}-grade"] = forms.ChoiceField(label=_("How far"), choices=listed, required=False)
        self.fields = {**lines, "words": self.fields["words"]}

    def marks(self) -> dict[str, dict[str, str]]:
        """The lines that were marked."""
        marked = {code: self.cleaned_data[code] for code in self.form.ticks if self.cleaned_data[code]}
        grades = {code: self.cleaned_data.get(f"{code}-grade") or "" for code in marked}
        return {code: {"way": way, **({"grade": grades[code]} if grades[code] else {})} for code, way in marked.items()}


@in_case(WRITE)
def short_form(request: HttpRequest, case: Any) -> HttpResponse:
    """Fill the twelve lines."""
    form = ShortNoteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told = {"marks": form.marks(), "words": form.cleaned_data["words"], "by": account_of(request), "now": now()}
        made = attempt(request, case, write_short_note, form=form, case=case, **told)
        if made is not None:
            return redirect("short_note", case=case.id, note=made.id)
    notes = list(list_short_notes(case))
    names = list_names(note.written_by for note in notes)
    records = [
        Record(moment(note.written_at), case_url("short_note", case, note=note.id), names.get(str(note.written_by), ""))
        for note in notes
    ]
    context = page_of(
        case, words(get_short_form().label), form=form, lead=words(get_short_form().caution), records=records
    )
    return render(request, "field/danger/lines.html", context)


@in_case()
def short_note(request: HttpRequest, case: Any, note: UUID) -> HttpResponse:
    """What the lines say: call now because of which lines, or call back; and what to ask again in calm."""
    found, form, grid = get_short_note(case, note), get_short_form(), get_grid("danger")
    if found is None:
        return nothing_here(request, _("There is no such form in this file."))
    reading = read_short_note(found)
    facts = [
        Fact(words(form.ticks[code].label), words(form.ways[mark["way"]]), note=_grade(form, code, mark))
        for code, mark in found.marks.items()
    ]
    context = page_of(
        case, words(form.label), urgent=reading.urgent, said=words(form.urgent if reading.urgent else form.not_urgent),
        because=[words(form.ticks[code].label) for code in reading.because], caution=words(form.caution),
        facts=[*facts, *([Fact(_("Their words"), f"« {found.words} »")] if found.words else [])],
        to_ask=[words(grid.factors[code].label) for code in reading.to_ask],
        starts=[Tap(words(text), "moment", code) for code, text in grid.moments.items()],
        start_at=case_url("dangers", case),
    )  # fmt: skip
    return render(request, "field/danger/short_note.html", context)


def _grade(form: Any, code: str, mark: dict[str, str]) -> str:
    return words(form.ticks[code].grades[mark["grade"]]) if mark.get("grade") else ""
