"""The notes that municipal police handed to a unit: read, received, said to be seen, printed. No complaint, no offence."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from egide.field.interventions import actions, queries
from egide.field.interventions.handover.pdf import render_pdf
from egide.field.interventions.permissions import NotAllowed
from egide.field.interventions.policies import NoteRefused
from egide.foundation.audit.actions import record
from egide.foundation.clock import now
from egide.web import answers
from egide.web.components.shapes import Action, Fact, FileLink, Record, Tap
from egide.web.components.words import language, moment
from egide.web.entrance import enters
from egide.web.field.thresholds import account_of

from .wording import sheet_of, tags_of

UNIT = ("INVESTIGATOR",)
MOVES = {"receive": actions.receive_note, "seen": actions.note_seen}
SECTION = {"closed": True, "section": "handed"}


@enters("field", role=UNIT)
def handed_notes(request: HttpRequest) -> HttpResponse:
    """List the notes handed to the unit, those without a receipt first."""
    found = queries.list_handed(by=account_of(request))
    return render(request, "field/night/handed.html", {"notes": [_record(note) for note in found], **SECTION})


@enters("field", role=UNIT, methods=("GET", "HEAD", "POST"))
def handed_note(request: HttpRequest, note: UUID) -> HttpResponse:
    """Show one note, observed and told apart, every version that stands; give the receipt (AT-22, AT-23)."""
    found = _find(request, note)
    if isinstance(found, HttpResponse):
        return found
    if request.method == "POST":
        _move(request, found)
        return redirect("handed_note", note=note)
    sheets = [sheet_of(page) for page in queries.list_pages(found)]
    pdf = FileLink(_("The note, to print"), reverse("handed_note_pdf", args=[note]), "PDF/UA", "application/pdf")
    context = {
        "title": _("Note %(reference)s") % {"reference": found.reference}, "tags": tags_of(found, conflict=len(sheets) > 1),
        "facts": _facts(found), "sheets": sheets, "conflict": len(sheets) > 1, "taps": _taps(found), "files": [pdf],
        "back": Action(_("Notes of the municipal police"), reverse("handed_notes")), **SECTION,
    }  # fmt: skip
    return render(request, "field/night/handed_note.html", context)


@enters("field", role=UNIT)
def handed_note_pdf(request: HttpRequest, note: UUID) -> HttpResponse:
    """The note as one tagged PDF."""
    found = _find(request, note)
    if isinstance(found, HttpResponse):
        return found
    try:
        made = render_pdf(found, queries.list_pages(found), language())
    except NoteRefused as refused:
        messages.error(request, str(refused))
        return redirect("handed_note", note=note)
    name = f"note-{found.reference}.pdf"
    return HttpResponse(
        made, content_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _find(request: HttpRequest, note: UUID) -> Any:
    try:
        return queries.get_handed(note, by=account_of(request), now=now())
    except queries.NotFound as unknown:
        back = Action(_("Notes of the municipal police"), reverse("handed_notes"))
        return answers.not_found(request, answers.NothingHere(str(unknown), [back]))


def _move(request: HttpRequest, found: Any) -> None:
    move = MOVES.get(request.POST.get("do", ""))
    if move is None:
        return
    try:
        move(note=found, by=account_of(request), now=now())
    except (NotAllowed, NoteRefused) as refused:
        record("REFUSED", subject=("note", found.id), detail={"why": str(refused)}, at=now())
        messages.error(request, str(refused))


def _taps(note: Any) -> list[Tap]:
    if note.received_at is None:
        return [Tap(_("Give the receipt: the unit takes over"), "do", "receive", "primary")]
    return [] if note.seen_at else [Tap(_("Tell the patrol: seen by the social worker"), "do", "seen", "primary")]


def _record(note: Any) -> Record:
    told = (Fact(_("From"), note.organisation.name), Fact(_("Arrived"), moment(note.arrived_at)))
    title = _("Note %(reference)s") % {"reference": note.reference}
    return Record(title, reverse("handed_note", args=[note.id]), "", tags_of(note), told)


def _facts(note: Any) -> list[Fact]:
    told = [
        Fact(_("From"), note.organisation.name), Fact(_("Arrived"), moment(note.arrived_at)),
        Fact(_("Received by the unit"), moment(note.received_at)), Fact(_("Seen by the social worker"), moment(note.seen_at)),
    ]  # fmt: skip
    return [fact for fact in told if fact.words]
