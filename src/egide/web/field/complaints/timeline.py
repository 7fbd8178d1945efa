"""The time line prepared with the social worker: what she remembers, as she dates it. No field is required (AT-90).

A fact told and a fact observed are shown apart. What has no date waits apart, without being called incomplete.
"""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egide.field.casefiles.choices import EntryKind
from egide.field.complaints import actions, queries
from egide.field.complaints.choices import Certainty
from egide.foundation.clock import now
from egide.web.components.shapes import Action, Fact, Record, Tag
from egide.web.components.words import day, month
from egide.web.field.thresholds import WRITE, account_of, attempt, in_case, nothing_here
from egide.web.field.wording import case_url, trail

KINDS = [(kind.value, kind.label) for kind in (EntryKind.FACT_TOLD, EntryKind.FACT_OBSERVED)]


class MomentForm(forms.Form):
    """One moment; every field may stay empty."""

    all_optional = True
    text = forms.CharField(
        label=gettext_lazy("What happened"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    certainty = forms.ChoiceField(
        label=gettext_lazy("When"),
        required=False,
        choices=Certainty.choices,
        widget=forms.RadioSelect,
        initial=Certainty.UNKNOWN,
    )
    earliest = forms.CharField(
        label=gettext_lazy("Date"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("2019, 03/2019 or 12/03/2019. Other words are kept as they are."),
    )
    latest = forms.CharField(label=gettext_lazy("Second date, for “between”"), required=False, max_length=60)
    landmark = forms.CharField(
        label=gettext_lazy("Landmark"),
        required=False,
        max_length=150,
        help_text=gettext_lazy("“Before the second child was born”, “the winter of the move”."),
    )
    place = forms.CharField(label=gettext_lazy("Place"), required=False, max_length=150)
    kind = forms.ChoiceField(
        label=gettext_lazy("Nature"),
        required=False,
        choices=KINDS,
        widget=forms.RadioSelect,
        initial=EntryKind.FACT_TOLD,
    )

    def told(self) -> dict[str, Any]:
        """What the action wants; a choice left open is the first one."""
        clean = dict(self.cleaned_data)
        return clean | {
            "certainty": Certainty(clean["certainty"] or Certainty.UNKNOWN),
            "kind": EntryKind(clean["kind"] or EntryKind.FACT_TOLD),
        }


@in_case(WRITE)
def timeline(request: HttpRequest, case: Any) -> HttpResponse:
    """Show the moments, and keep one more."""
    form = MomentForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        made = attempt(request, case, actions.write_moment, case=case, by=account_of(request), now=now(), **form.told())
        if made is None:
            messages.info(request, _("Nothing was written, so nothing was kept. There is no hurry."))
        return redirect(case_url("timeline", case))
    dated, undated = queries.list_timeline(case)
    context = {
        "dated": [_record(each, case) for each in dated],
        "undated": [_record(each, case) for each in undated],
        "form": form,
        "section": "today",
        "closed": True,
        "trail": [*trail(case), Action(_("Complaint"), case_url("complaint", case)), Action(_("Time line"), "")],
    }
    return render(request, "field/complaints/timeline.html", context)


@in_case(WRITE)
def moment(request: HttpRequest, case: Any, moment: UUID) -> HttpResponse:
    """Change one moment, or take it out for good."""
    try:
        found = queries.get_moment(case, moment)
    except queries.NotFound as unknown:
        return nothing_here(request, str(unknown))
    if "remove" in request.POST:
        attempt(request, case, actions.remove_moment, moment=found, by=account_of(request), now=now())
        return redirect(case_url("timeline", case))
    held = {
        name: getattr(found, name) for name in ("text", "certainty", "earliest", "latest", "landmark", "place", "kind")
    }
    form = MomentForm(request.POST if request.method == "POST" else None, initial=held)
    if form.is_bound and form.is_valid():
        told = {"case": case, "moment": found, "by": account_of(request), "now": now(), **form.told()}
        attempt(request, case, actions.write_moment, **told)
        return redirect(case_url("timeline", case))
    context = {
        "title": when(found) or _("A moment"),
        "form": form,
        "cancel": Action(_("Go back to the time line"), case_url("timeline", case), "plain"),
        "section": "today",
        "closed": True,
        "trail": [*trail(case), Action(_("Time line"), case_url("timeline", case)), Action(_("A moment"), "")],
    }
    return render(request, "field/complaints/moment.html", context)


def when(found: Any) -> str:
    """How she dates it, in words; "" when she does not."""
    first, last = _period(found.earliest), _period(found.latest)
    one = first or last
    if not one:
        return ""
    if found.certainty == Certainty.BETWEEN and first and last:
        return _("between %(first)s and %(last)s") % {"first": first, "last": last}
    shapes = {
        Certainty.ABOUT: _("about %(date)s"),
        Certainty.BEFORE: _("before %(date)s"),
        Certainty.AFTER: _("after %(date)s"),
        Certainty.BETWEEN: _("from %(date)s, or until then"),
        Certainty.EXACT: "%(date)s",
    }
    return shapes.get(Certainty(found.certainty), "%(date)s") % {"date": one}


def _period(text: str) -> str:
    return {0: "", 4: text, 7: month(text)}.get(len(text)) or day(text)


def _record(found: Any, case: Any) -> Record:
    said = when(found) or found.landmark or _("A moment")
    facts = [Fact(_("Landmark"), found.landmark if found.landmark != said else ""), Fact(_("Place"), found.place)]
    tag = Tag(str(found.get_kind_display()))
    return Record(
        said, case_url("moment", case, moment=found.id), found.text, (tag,), tuple(f for f in facts if f.words)
    )
