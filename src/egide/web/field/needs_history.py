"""The board then and now: who moved what, when, from what to what. A measure of change, never of a person (R04)."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egide.field.needs.actions import plan_need
from egide.field.needs.choices import State
from egide.field.needs.queries import compare_board, domains, get_need
from egide.foundation.accounts.queries import list_names
from egide.foundation.clock import now
from egide.web.components.shapes import Action, Cell, Row, Table
from egide.web.components.words import day, words

from .thresholds import WRITE, account_of, attempt, in_case, nothing_here
from .wording import case_url, label, trail

SPANS = (30, 90)


class PlanForm(forms.Form):
    """What the person wishes; one partner and one date for what is to do."""

    wish = forms.CharField(label=gettext_lazy("What the person wishes"), max_length=200, required=False)
    partner = forms.CharField(label=gettext_lazy("Partner"), max_length=200, required=False)
    due_on = forms.DateField(
        label=gettext_lazy("Date"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


@in_case()
def needs_history(request: HttpRequest, case: Any) -> HttpResponse:
    """The board on a day of the past beside the board of today."""
    since = _since(request, case)
    changes = compare_board(case, since=since)
    names = list_names(move.changed_by for change in changes for move in change.moves)
    rows = tuple(
        Row(
            Cell(words(change.label)),
            (Cell(str(change.then.label)), Cell(str(change.now.label)), Cell(_moves(change, names))),
        )
        for change in changes
    )
    columns = (_("Domain"), _("Then"), _("Now"), _("Who moved it"))
    context = {
        "table": Table("change", _("From %(day)s to today") % {"day": day(since)}, columns, rows),
        "moved": any(change.moves for change in changes),
        "spans": [
            Action(_("Since the file was opened"), case_url("needs_history", case), "plain"),
            *(
                Action(
                    _("Over %(days)s days") % {"days": span}, f"{case_url('needs_history', case)}?jours={span}", "plain"
                )
                for span in SPANS
            ),
        ],
        "section": "today",
        "closed": True,
        "trail": [*trail(case), Action(_("Needs"), case_url("needs", case)), Action(_("Then and now"), "")],
    }
    return render(request, "field/needs_history.html", context)


def _since(request: HttpRequest, case: Any) -> datetime:
    asked = request.GET.get("jours", "")
    if asked in map(str, SPANS):
        return now() - timedelta(days=int(asked))
    return timezone.make_aware(datetime.combine(case.opened_on, time.min))


def _moves(change: Any, names: dict[str, str]) -> str:
    said = [
        _("%(day)s: %(before)s → %(after)s (%(who)s)") % {
            "day": day(move.changed_at), "before": State(move.before).label, "after": State(move.after).label,
            "who": names.get(str(move.changed_by), "–"),
        }
        for move in change.moves
    ]  # fmt: skip
    return " ; ".join(said) or "–"


@in_case(WRITE)
def need_plan(request: HttpRequest, case: Any, domain: str) -> HttpResponse:
    """The person's wish, one partner, one date."""
    need = get_need(case, domain)
    if domain not in domains() or need is None:
        return nothing_here(request, _("This is not a domain of the board."))
    first = {"wish": need.wish, "partner": need.partner, "due_on": need.due_on}
    form = PlanForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        told = {"case": case, "domain": domain, "by": account_of(request), "now": now(), **form.cleaned_data}
        if attempt(request, case, plan_need, form=form, **told):
            return redirect(f"{case_url('needs', case)}#{domain}")
    title = _("Plan: %(domain)s") % {"domain": label("needs-domains", domain)}
    context = {
        "form": form, "title": title, "submit": _("Keep"), "section": "today", "closed": True,
        "cancel": Action(_("Go back to the board"), case_url("needs", case), "plain"),
        "trail": [*trail(case), Action(_("Needs"), case_url("needs", case)), Action(title, "")],
    }  # fmt: skip
    return render(request, "field/form.html", context)
