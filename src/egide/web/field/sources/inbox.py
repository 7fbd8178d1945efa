"""What a perpetrator programme sent: read, received, taken into an assessment of one's own; the programme never learns which."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from egide.field.sources import actions, queries
from egide.foundation.audit.actions import record
from egide.foundation.clock import now
from egide.web.components.shapes import Action, Fact, Record, Tag, Tap
from egide.web.components.words import day, moment
from egide.web.entrance import enters
from egide.web.field.roles import FIELD
from egide.web.field.thresholds import REFUSALS, WRITE, account_of, nothing_here, sentence_of

from .own import sheet_context


@enters("field", role=FIELD)
def sources_received(request: HttpRequest) -> HttpResponse:
    """The sheets sent to one's service, those without a receipt first."""
    context = {
        "sheets": [_record(each) for each in queries.list_received(by=account_of(request))],
        "section": "today",
        "closed": True,
        "trail": [Action(_("Sheets of facts received"), "")],
    }
    return render(request, "field/sources/received.html", context)


@enters("field", role=FIELD, methods=WRITE)
def source_received(request: HttpRequest, sheet: UUID) -> HttpResponse:
    """One sheet: give the receipt, or take its facts into an assessment being filled in."""
    try:
        found = queries.get_sheet(sheet, now=now())
    except queries.NotFound as unknown:
        return nothing_here(request, str(unknown))
    if request.method == "POST":
        return _act(request, found)
    context = sheet_context(found) | {
        "receive": [] if found.received_at else [Tap(_("Give the receipt"), "do", "receive", "primary")],
        "into": [_into(each) for each in queries.list_open_assessments()],
        "mine": True,
        "section": "today",
        "trail": [Action(_("Sheets of facts received"), reverse("facts_received")), Action(found.reference, "")],
    }  # fmt: skip
    return render(request, "field/sources/sheet.html", context)


def _act(request: HttpRequest, found: Any) -> HttpResponse:
    told = {"sheet": found, "by": account_of(request), "now": now()}
    into = next((each for each in queries.list_open_assessments() if str(each.id) == request.POST.get("into")), None)
    try:
        if into is not None:
            actions.take_into(assessment=into, **told)
            messages.success(request, _("These facts stand in the assessment, with their source."))
            return redirect("danger", case=into.case_id, assessment=into.id)
        actions.receive_sheet(**told)
    except REFUSALS as refused:
        record("REFUSED", subject=("sheet", found.id), detail={"why": sentence_of(refused)}, at=now())
        messages.error(request, sentence_of(refused))
    return redirect("facts_received_one", sheet=found.id)


def _into(each: Any) -> Tap:
    told = {"reference": each.case.reference, "day": day(each.started_at)}
    return Tap(_("File %(reference)s, begun on %(day)s") % told, "into", str(each.id))


def _record(each: Any) -> Record:
    said = Tag(_("its receipt was given")) if each.received_at else Tag(_("to be received"), "warn")
    facts = (Fact(_("From"), each.organisation.name), Fact(_("Sent"), moment(each.written_at)))
    return Record(each.reference, reverse("facts_received_one", args=[each.id]), "", (said,), facts)
