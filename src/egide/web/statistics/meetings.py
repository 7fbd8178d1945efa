"""The working group's meetings: the four of the year, who was there, and the definitions that changed."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egide.foundation.clock import now
from egide.statistics.sources import actions
from egide.statistics.sources.meetings import A_YEAR, MeetingView, Year, get_meeting, get_year
from egide.statistics.sources.queries import list_counted, list_sources
from egide.web.components.codes import choices
from egide.web.components.shapes import Action, Fact
from egide.web.components.words import day, joined, words
from egide.web.entrance import ActionRefused, enters
from egide.web.public.passports import spaced

from .roles import DESK


class MeetingForm(forms.Form):
    """A meeting that was held."""

    held_on = forms.DateField(
        label=gettext_lazy("Day of the meeting"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=200)
    producers = forms.MultipleChoiceField(label=gettext_lazy("Producers present"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["producers"].choices = choices("producers")  # type: ignore[attr-defined]


class ChangeForm(forms.Form):
    """A definition that changed, told at a meeting."""

    meeting = forms.ChoiceField(label=gettext_lazy("Told at the meeting of"))
    series = forms.ChoiceField(label=gettext_lazy("Series"))
    at = forms.CharField(
        label=gettext_lazy("First period of the new definition"),
        max_length=20,
        help_text=gettext_lazy("A year (2024) or a month (2024-07)."),
    )
    cause = forms.CharField(label=gettext_lazy("What changed, in French"), max_length=500)
    cause_en = forms.CharField(label=gettext_lazy("What changed, in English"), max_length=500)

    def __init__(self, *args: Any, meetings: tuple[MeetingView, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].choices = [(str(each.id), day(each.held_on)) for each in meetings]  # type: ignore[attr-defined]
        series = [(f"{source.code}|", spaced(words(source.label))) for source in list_sources()]
        for source, label, column, codes in list_counted():
            named = [(f"{source}|{column}={code}", spaced(words(text))) for code, text in codes]
            series.append((spaced(words(label)), named))  # type: ignore[arg-type]
        self.fields["series"].choices = series  # type: ignore[attr-defined]


@enters("statistics", role=DESK, methods=("GET", "HEAD", "POST"))
def meetings(request: HttpRequest) -> HttpResponse:
    """Show the year's meetings; record one, or a change of definition."""
    today = timezone.localdate(now())
    year = get_year(today.year, today=today)
    meeting = MeetingForm(request.POST if "held_on" in request.POST else None)
    change = ChangeForm(request.POST if "series" in request.POST else None, meetings=year.meetings)
    for form, act in ((meeting, _record), (change, _change)):
        if form.is_bound and form.is_valid():
            _act(request, act, form.cleaned_data)
            return redirect("meetings")
    context = {
        "count": _("%(held)s of %(due)s meetings held in %(year)s")
        % {"held": year.held, "due": A_YEAR, "year": year.year},
        "missing": _missing(year, today),
        "held": [_told(each) for each in year.meetings],
        "meeting": meeting,
        "change": change if year.meetings else None,
        "section": "desk",
        "closed": True,
        "trail": [Action(_("My desk"), reverse("desk")), Action(_("Working group"), "")],
    }
    return render(request, "statistics/meetings.html", context)


def _missing(year: Year, today: date) -> list[str]:
    current = (today.month + 2) // 3
    return [
        _("Quarter %(quarter)s, under way: its meeting is still to be held.") % {"quarter": quarter}
        if quarter == current
        else _("Quarter %(quarter)s had no meeting.") % {"quarter": quarter}
        for quarter in year.without
    ]


def _told(each: MeetingView) -> Fact:
    changes = "; ".join(f"{source}, {at}: {spaced(words(cause))}" for source, at, cause in each.changes)
    note = _("Definitions changed: %(changes)s") % {"changes": changes} if changes else ""
    return Fact(day(each.held_on), f"{each.subject} ({spaced(joined(each.producers))})", note=note)


def _record(sent: dict[str, Any], by: str) -> None:
    actions.record_meeting(
        held_on=sent["held_on"], subject=sent["subject"], producers=sent["producers"], by=by, now=now()
    )


def _change(sent: dict[str, Any], by: str) -> None:
    source, _bar, named = sent["series"].partition("|")
    column, _equal, code = named.partition("=")
    meeting = get_meeting(sent["meeting"])
    if meeting is None:
        raise actions.NotRecorded(_("This meeting is not recorded."))
    actions.record_definition_change(
        meeting=meeting, source=source, series={column: code} if column else {}, at=sent["at"], cause=sent["cause"],
        cause_en=sent["cause_en"], by=by, now=now(),
    )  # fmt: skip


def _act(request: HttpRequest, act: Any, sent: dict[str, Any]) -> None:
    try:
        act(sent, request.user.get_username())
    except (actions.NotRecorded, actions.NotAllowed, LookupError) as refused:
        raise ActionRefused(str(refused), subject=("meeting", "working-group"), back=reverse("meetings")) from refused
    messages.success(request, _("It is recorded. A change of definition opens a break: no growth crosses it."))
