"""The children of a file: each one leads to their own page; one is added without a name if need be."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from egide.field.children import actions, queries
from egide.field.persons.answers import Answer
from egide.foundation.clock import now
from egide.web.components.codes import label
from egide.web.components.shapes import Action, Fact, Record, Tag
from egide.web.field.thresholds import WRITE, account_of, attempt, in_case
from egide.web.field.wording import case_url, trail

from .forms import NewChildForm


@in_case()
def children(request: HttpRequest, case: Any) -> HttpResponse:
    """Each child of the file."""
    found = queries.list_children(case)
    context = {
        "children": [_record(number, role, child, case) for number, (role, child) in enumerate(found, 1)],
        "add": Action(_("Add a child"), case_url("new_child", case), "primary"),
        "concern": Action(_("Look for a service for children"), case_url("partners", case, domain="children")),
        "section": "today",
        "closed": True,
        "trail": trail(case, _("Children")),
    }
    return render(request, "field/children/children.html", context)


@in_case(WRITE)
def new_child(request: HttpRequest, case: Any) -> HttpResponse:
    """Add a child to the file, as a person in their own right."""
    form = NewChildForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("given_name", "family_name")}
        made = attempt(
            request, case, actions.add_child, form=form, case=case, told=form.told(), sex=form.cleaned_data["sex"] or "U",
            by=account_of(request), now=now(), **told,
        )  # fmt: skip
        if made is not None:
            messages.success(request, _("The child is in the file, with a page of their own."))
            return redirect("child", case=case.id, role=made.role_id)
    context = {
        "form": form,
        "title": _("Add a child"),
        "lead": _("One child at a time: each has their own situation, and what is true of one may not be of another."),
        "submit": _("Add this child"),
        "cancel": Action(_("Go back"), case_url("children", case), "plain"),
        "section": "today",
        "closed": True,
        "trail": [*trail(case), Action(_("Children"), case_url("children", case)), Action(_("Add a child"), "")],
    }
    return render(request, "field/form.html", context)


def child_name(role: Any, number: int = 0) -> str:
    """The given name, else a number in the list: no surname stands in a title."""
    if role.person.given_name:
        return str(role.person.given_name)
    return _("Child %(number)s") % {"number": number} if number else _("Child without a name")


def _record(number: int, role: Any, child: Any, case: Any) -> Record:
    url = case_url("child", case, role=role.id)
    if child is None:
        return Record(child_name(role, number), url, _("Nothing is written yet."))
    unsafe = child.safe_tonight == Answer.NO
    tags = (Tag(_("not safe tonight"), "bad"),) if unsafe else ()
    facts = (
        Fact(_("Age"), label("child-ages", child.age)),
        Fact(_("Where the child lives"), label("child-homes", child.home)),
    )
    return Record(child_name(role, number), url, "", tags, facts)
