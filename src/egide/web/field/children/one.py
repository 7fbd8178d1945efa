"""One child: where they stand, what was told of that one in the danger grid, what was written of them; nothing of a sibling."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from egide.field.assessments.choices import State
from egide.field.casefiles.choices import EntryKind
from egide.field.children import actions, queries
from egide.field.persons.answers import Answer
from egide.foundation.accounts.queries import list_names
from egide.foundation.catalogue import get_grid
from egide.foundation.clock import now
from egide.web.components.codes import label
from egide.web.components.shapes import Action, Fact
from egide.web.components.words import day, words
from egide.web.field.danger.parts import CHILDREN, HERSELF
from egide.web.field.danger.wording import answer_words, source_words
from egide.web.field.free_text import AS_WRITTEN, warn_of_third_parties
from egide.web.field.thresholds import WRITE, account_of, attempt, in_case, nothing_here
from egide.web.field.wording import case_url, trail

from .forms import NAMES, PartForm, WordForm
from .several import child_name


@in_case(WRITE)
def child(request: HttpRequest, case: Any, role: UUID) -> HttpResponse:
    """One child, and something to write of that one."""
    try:
        found, part = queries.get_child(case, role)
    except queries.NotFound as unknown:
        return nothing_here(request, str(unknown))
    form = WordForm(request.POST if request.method == "POST" else None)
    warned = warn_of_third_parties(request, form, "text")
    if part is not None and form.is_bound and form.is_valid():
        told = {"kind": EntryKind(form.cleaned_data["kind"]), "text": form.cleaned_data["text"]}
        by = account_of(request)
        if attempt(request, case, actions.write_word, form=form, child=part, by=by, now=now(), **told) is not None:
            return redirect("child", case=case.id, role=found.id)
    last, tellings = queries.list_told_of(case, found)
    written = queries.list_words(part) if part else []
    names = list_names(each.written_by for each in written)
    context = {
        "title": child_name(found),
        "part": _part(part) if part else [],
        "unsafe": part is not None and part.safe_tonight == Answer.NO,
        "change": Action(_("Change what is known"), case_url("child_part", case, role=found.id)),
        "tellings": _tellings(last, tellings),
        "ask": _ask(case, found, last),
        "written": [
            Fact(
                f"{each.get_kind_display()} – {day(each.written_at)}",
                each.text,
                note=names.get(str(each.written_by), ""),
            )
            for each in written
        ],
        "form": form if part else None,
        "warned": warned,
        "as_written": AS_WRITTEN,
        "concern": Action(_("Look for a service for children"), case_url("partners", case, domain="children")),
        "section": "today",
        "closed": True,
        "trail": [*trail(case), Action(_("Children"), case_url("children", case)), Action(child_name(found), "")],
    }
    return render(request, "field/children/child.html", context)


@in_case(WRITE)
def child_part(request: HttpRequest, case: Any, role: UUID) -> HttpResponse:
    """What is known of that child, to change."""
    try:
        found, part = queries.get_child(case, role)
    except queries.NotFound as unknown:
        return nothing_here(request, str(unknown))
    known = {name: getattr(part, name) for name in NAMES} if part else {}
    form = PartForm(request.POST if request.method == "POST" else None, initial=known)
    if form.is_bound and form.is_valid():
        told = {"role": found, "told": form.told(), "by": account_of(request), "now": now()}
        if attempt(request, case, actions.write_part, form=form, **told) is not None:
            messages.success(request, _("It is kept on this child’s page."))
            return redirect("child", case=case.id, role=found.id)
    own = case_url("child", case, role=found.id)
    context = {
        "form": form,
        "title": child_name(found),
        "lead": _("Only of this child. What is not known stays unknown."),
        "submit": _("Keep"),
        "cancel": Action(_("Go back"), own, "plain"),
        "section": "today",
        "closed": True,
        "trail": [
            *trail(case), Action(_("Children"), case_url("children", case)), Action(child_name(found), own),
            Action(_("What is known"), ""),
        ],
    }  # fmt: skip
    return render(request, "field/form.html", context)


def _part(part: Any) -> list[Fact]:
    """What is known; what nobody asked is said so, for it is still to ask."""
    return [
        Fact(_("Age"), label("child-ages", part.age)),
        Fact(_("Where the child lives"), label("child-homes", part.home)),
        Fact(_("Safe tonight"), str(part.get_safe_tonight_display())),
        Fact(_("Listened to alone by a professional"), str(part.get_listened_to_display())),
        Fact(_("Seen by a doctor"), str(part.get_seen_by_doctor_display())),
        Fact(_("The school knows whom to call"), str(part.get_school_knows_display())),
        Fact(_("Parental authority"), label("child-authority", part.authority)),
        Fact(_("Visits of the alleged perpetrator"), label("child-visits", part.visits)),
    ]


def _tellings(last: Any, tellings: list[Any]) -> list[Fact]:
    """What was told of this child in the last assessment, each source apart."""
    if last is None:
        return []
    grid = get_grid(last.grid)
    return [
        Fact(
            words(grid.factors[each.factor].label), answer_words(grid.factors[each.factor], each.value),
            note=", ".join(filter(None, (source_words(grid, each.source), f"« {each.words} »" if each.words else ""))),
        )
        for each in tellings
    ]  # fmt: skip


def _ask(case: Any, role: Any, last: Any) -> Action:
    """Where the grid asks about this very child: the assessment being filled in, else the page that starts one."""
    if last is None or last.state != State.OPEN:
        return Action(_("Start a danger assessment"), case_url("dangers", case))
    told = urlencode({"de": HERSELF, "enfant": str(role.id)})
    return Action(
        _("Ask about this child"), f"{case_url('danger_part', case, assessment=last.id, part=CHILDREN)}?{told}"
    )
