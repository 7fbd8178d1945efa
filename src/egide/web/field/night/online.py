"""The same note online, without a script: the form, one's notes, and two versions side by side until someone settles them."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from egide.field.interventions import queries
from egide.field.interventions.actions import send_version
from egide.foundation.audit.actions import record
from egide.foundation.clock import now
from egide.web import answers
from egide.web.components.shapes import Action, Fact, Record
from egide.web.components.words import moment
from egide.web.entrance import enters
from egide.web.field.thresholds import account_of

from .forms import NoteForm, initial_of
from .sending import OFFICER, REFUSALS, plain_of
from .wording import sheet_of, tags_of

WRITE = ("GET", "HEAD", "POST")
SECTION = {"closed": True, "section": "notebook"}


@enters("field", role=OFFICER, methods=WRITE)
def night_notes(request: HttpRequest) -> HttpResponse:
    """Fill a note online; below, one's notes and what became of them."""
    form = NoteForm(request.POST if request.method == "POST" else None, initial=_fresh())
    made = _send(request, form) if request.method == "POST" and form.is_valid() else None
    if made is not None:
        return redirect("night_note", note=made.note)
    notes = [_record(facts) for facts in queries.list_own(by=account_of(request))]
    return render(request, "field/night/online.html", {"form": form, "notes": notes, **SECTION})


@enters("field", role=OFFICER, methods=WRITE)
def night_note(request: HttpRequest, note: UUID) -> HttpResponse:
    """Show what became of a note; until its receipt, its versions side by side and a form that settles them."""
    try:
        facts = queries.get_own(note, by=account_of(request))
    except queries.NotFound as unknown:
        return answers.not_found(
            request, answers.NothingHere(str(unknown), [Action(_("My notes"), reverse("night_notes"))])
        )
    pages = queries.list_pages(facts.note)
    form = (
        NoteForm(request.POST if request.method == "POST" else None, initial=_joined(facts, pages)) if pages else None
    )
    if form is not None and form.is_bound and form.is_valid() and _send(request, form) is not None:
        return redirect("night_note", note=note)
    context = {
        "title": _("Note %(reference)s") % {"reference": facts.note.reference}, "tags": tags_of(facts.note, conflict=facts.conflict),
        "facts": _facts(facts), "sheets": [sheet_of(page) for page in pages], "conflict": facts.conflict, "form": form,
        "back": Action(_("My notes"), reverse("night_notes")), **SECTION,
    }  # fmt: skip
    return render(request, "field/night/note.html", context)


def _send(request: HttpRequest, form: NoteForm) -> Any:
    kept = form.cleaned_data
    try:
        return send_version(
            key=kept["key"] or uuid4(), note=kept["note"] or uuid4(), bases=form.bases_of(), told=form.told_by_form(),
            recipient=queries.get_unit(kept["unit"]), by=account_of(request), now=now(),
        )  # fmt: skip
    except (*REFUSALS, ValueError) as refused:
        record("REFUSED", subject=("page", request.path), detail={"why": str(refused)}, at=now())
        form.add_error(None, str(refused))
        messages.error(request, str(refused))
        return None


def _fresh() -> dict[str, Any]:
    return {"key": uuid4(), "note": uuid4(), "held_at": timezone.localtime(now())}


def _joined(facts: Any, pages: list[Any]) -> dict[str, Any]:
    """What settles the versions starts from: every list united, every word of each; the officer takes out what is wrong."""
    plain = [plain_of(page.content) for page in pages]
    told = {**plain[0], "marks": {code: mark for each in reversed(plain) for code, mark in each["marks"].items()}}
    for name in ("present", "actions", "called"):
        told[name] = list(dict.fromkeys(code for each in plain for code in each[name]))
    for name in ("observed", "told"):
        told[name] = "\n".join(dict.fromkeys(each[name] for each in plain if each[name]))
    bases = " ".join(str(page.version.key) for page in pages)
    return {**initial_of(told, facts.note.recipient.code), "key": uuid4(), "note": facts.note.id, "bases": bases}


def _record(facts: Any) -> Record:
    told = [Fact(_("Arrived"), moment(facts.note.arrived_at)), Fact(_("Unit"), facts.note.recipient.name)]
    title = _("Note %(reference)s") % {"reference": facts.note.reference}
    return Record(
        title,
        reverse("night_note", args=[facts.note.id]),
        "",
        tags_of(facts.note, conflict=facts.conflict),
        tuple(told),
    )


def _facts(facts: Any) -> list[Fact]:
    told = [
        Fact(_("Unit"), facts.note.recipient.name), Fact(_("Arrived"), moment(facts.note.arrived_at)),
        Fact(_("Received by the unit"), moment(facts.note.received_at)),
        Fact(_("Seen by the social worker"), moment(facts.note.seen_at)),
        Fact(_("Gone from the device"), moment(facts.wiped_at)),
    ]  # fmt: skip
    return [fact for fact in told if fact.words]
