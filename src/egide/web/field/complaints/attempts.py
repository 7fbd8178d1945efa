"""What a station did: one form, whichever station; and the letters after a refusal."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from egide.field.complaints import actions, queries
from egide.field.complaints.choices import Outcome
from egide.field.complaints.letters import PdfRefused, render_letter
from egide.field.persons.answers import Answer
from egide.foundation.catalogue import UnknownEntry
from egide.foundation.clock import now
from egide.web.components.shapes import Action
from egide.web.field.thresholds import WRITE, account_of, attempt, in_case, nothing_here
from egide.web.field.wording import case_url, choices, trail

DAY = {"type": "date"}


class AttemptForm(forms.Form):
    """A station, a day, what was done. Who answered is told by function, never by name."""

    station = forms.ChoiceField(label=gettext_lazy("Station"), required=False)
    place = forms.CharField(
        label=gettext_lazy("Or another station, by its town"), max_length=150, required=False,
        help_text=gettext_lazy("A complaint is taken anywhere, even far from home."),
    )  # fmt: skip
    tried_on = forms.DateField(label=gettext_lazy("Day"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    outcome = forms.ChoiceField(label=gettext_lazy("What was done"), choices=Outcome.choices, widget=forms.RadioSelect)
    reason = forms.ChoiceField(label=gettext_lazy("Reason given, if it was refused or put off"), required=False)
    function = forms.ChoiceField(label=gettext_lazy("Who answered, by function"), required=False)
    words = forms.CharField(
        label=gettext_lazy("Words said, as the person reports them"), max_length=500, required=False,
        help_text=gettext_lazy("No name. They go as they are into the letters after a refusal."), widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    receipt = forms.ChoiceField(label=gettext_lazy("Receipt given"), choices=Answer.choices, initial=Answer.NOT_ASKED)
    copy = forms.ChoiceField(label=gettext_lazy("Copy given"), choices=Answer.choices, initial=Answer.NOT_ASKED)
    come_back_on = forms.DateField(label=gettext_lazy("Put off to"), required=False, widget=forms.DateInput(attrs=DAY))
    later = ("receipt", "copy", "come_back_on")
    later_title = gettext_lazy("Receipt, copy, another day")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(station.id): station for station in queries.list_stations()}
        stations = [("", _("another one")), *((id, station.name) for id, station in self.known.items())]
        self.fields["station"].choices = stations  # type: ignore[attr-defined]
        self.fields["reason"].choices = choices("complaint-refusal-reasons", blank=_("none to note"))  # type: ignore[attr-defined]
        self.fields["function"].choices = choices("station-functions", blank=_("not said"))  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        """What the action wants."""
        clean = dict(self.cleaned_data)
        station = self.known.get(clean["station"])
        return clean | {
            "station": station, "outcome": Outcome(clean["outcome"]), "receipt": Answer(clean["receipt"]), "copy": Answer(clean["copy"]),
        }  # fmt: skip


@in_case(WRITE)
def new_attempt(request: HttpRequest, case: Any) -> HttpResponse:
    """Note an attempt; a refusal starts its clock at once."""
    found = queries.get_current(case)
    if found is None:
        return redirect(case_url("complaint", case))
    form = AttemptForm(
        request.POST if request.method == "POST" else None, initial={"tried_on": timezone.localdate(now())}
    )
    if form.is_bound and form.is_valid():
        told = {"complaint": found, "by": account_of(request), "now": now(), **form.told()}
        if attempt(request, case, actions.record_attempt, form=form, **told):
            return redirect(case_url("complaint", case))
    context = {
        "title": _("What a station did"),
        "lead": _("A refusal opens a 24-hour clock and the letters. A log entry (main courante) is not a complaint."),
        "form": form,
        "submit": _("Note it"),
        "cancel": Action(_("Go back to the complaint"), case_url("complaint", case), "plain"),
        "section": "today",
        "closed": True,
        "trail": trail(case, _("What a station did")),
    }
    return render(request, "field/form.html", context)


@in_case()
def refusal_letter(request: HttpRequest, case: Any, attempt: UUID, addressee: str) -> HttpResponse:
    """A letter to take away, without a name in it."""
    try:
        drawn = queries.draw_letter(queries.get_attempt(case, attempt), addressee, now=now())
        content = render_letter(drawn, (get_language() or "fr")[:2])
    except (queries.NotFound, UnknownEntry, PdfRefused) as unknown:
        return nothing_here(request, str(unknown))
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="lettre.pdf"'
    return answer
