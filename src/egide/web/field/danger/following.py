"""What happened, what came of a task, and what is due on today's page: for the owner of the files, by date (Z03)."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egide.field.assessments.choices import Reason
from egide.field.assessments.following.actions import finish_task, record_event
from egide.field.assessments.following.queries import get_task, list_reviews_due, list_tasks_due
from egide.foundation.catalogue import get_grid
from egide.foundation.clock import now
from egide.web.components.shapes import Action, Fact, Record, Tag
from egide.web.components.words import day, moment, words
from egide.web.field.thresholds import WRITE, account_of, attempt, in_case, nothing_here
from egide.web.field.wording import case_url

from .wording import page_of, task_words


class EventForm(forms.Form):
    """Something that reopens the assessment, and its day when it is known."""

    event = forms.ChoiceField(label=gettext_lazy("What happened"), widget=forms.RadioSelect)
    happened_on = forms.DateField(
        label=gettext_lazy("Day"), required=False, help_text=gettext_lazy("Leave it empty if the day is not known."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        events = [(code, words(event.label)) for code, event in get_grid("danger").events.items()]
        self.fields["event"].choices = events  # type: ignore[attr-defined]


class OutcomeForm(forms.Form):
    """What came of a task."""

    outcome = forms.CharField(
        label=gettext_lazy("What came of it"), max_length=200,
        help_text=gettext_lazy("Done, by whom; or why it was not done."),
    )  # fmt: skip


@in_case(WRITE)
def danger_event(request: HttpRequest, case: Any) -> HttpResponse:
    """Note that something happened: a review opens at once, and no level moves by itself."""
    form = EventForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told: dict[str, str | date] = form.cleaned_data
        if attempt(request, case, record_event, form=form, case=case, by=account_of(request), now=now(), **told):
            messages.success(request, _("It is noted, and a review is open."))
            return redirect("dangers", case=case.id)
    context = page_of(
        case, _("Something happened"), form=form, submit=_("Open a review"),
        lead=_("A review opens now, for whoever follows the file. No level changes by itself."),
        cancel=Action(_("Go back"), case_url("dangers", case), "plain"),
    )  # fmt: skip
    return render(request, "field/form.html", context)


@in_case(WRITE)
def danger_task(request: HttpRequest, case: Any, task: UUID) -> HttpResponse:
    """Write what came of a task."""
    found = get_task(case, task)
    if found is None:
        return nothing_here(request, _("There is no such task in this file."))
    grid, form = get_grid(found.assessment.grid), OutcomeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told = {"task": found, "outcome": form.cleaned_data["outcome"], "by": account_of(request), "now": now()}
        if attempt(request, case, finish_task, form=form, **told):
            return redirect("dangers", case=case.id)
    owner = words(grid.owners[found.owner].label) if found.owner in grid.owners else found.owner
    facts = [Fact(_("Who"), owner), Fact(_("Before"), moment(found.due_at)), Fact(_("What came of it"), found.outcome)]
    context = page_of(
        case, task_words(grid, found.code), form=form, submit=_("Keep"), facts=[fact for fact in facts if fact.words],
        cancel=Action(_("Go back"), case_url("dangers", case), "plain"),
    )  # fmt: skip
    return render(request, "field/form.html", context)


def due_reviews(account: UUID, at: datetime) -> list[Record]:
    """The reviews due in one's own files, by date."""
    return [_due(review) for review in list_reviews_due(account=account, now=at)]


def due_tasks(account: UUID, at: datetime) -> list[Record]:
    """The tasks whose time has come in one's own files, one entry for each file, by time."""
    grid, files = get_grid("danger"), dict[UUID, list[Any]]()
    for task in list_tasks_due(account=account, now=at):
        files.setdefault(task.case_id, []).append(task)
    return [
        Record(
            own[0].case.reference, f"{case_url('dangers', own[0].case)}#tasks", "",
            (Tag(_("due since %(when)s") % {"when": moment(own[0].due_at)}, "warn"),),
            tuple(Fact(words(grid.owners[task.owner].label), task_words(grid, task.code)) for task in own),
        )
        for own in files.values()
    ]  # fmt: skip


def _due(review: Any) -> Record:
    why = str(Reason(review.reason).label).capitalize()
    if review.reason == Reason.EVENT:
        why = words(get_grid("danger").events[review.event].label)
    tag = Tag(_("due since %(day)s") % {"day": day(review.due_at)}, "warn")
    return Record(review.case.reference, case_url("dangers", review.case), why, (tag,))
