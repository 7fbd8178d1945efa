"""A programme's own sheets: what is known of the alleged perpetrator's part, by source, and the receipt; nothing comes back."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from egide.field.sources import actions, queries
from egide.foundation.audit.actions import record
from egide.foundation.catalogue import get_grid
from egide.foundation.clock import now
from egide.web import answers
from egide.web.components.shapes import Action, Fact, Record, Tag
from egide.web.components.words import day, moment, words
from egide.web.entrance import enters
from egide.web.field.danger.forms import PartForm
from egide.web.field.danger.wording import answer_words, source_words
from egide.web.field.roles import PROGRAMME
from egide.web.field.thresholds import REFUSALS, WRITE, account_of, sentence_of

HIM = "perpetrator"


class SheetForm(PartForm):
    """The perpetrator part as one source tells it, to whom it goes, and the day of the facts."""

    all_optional = False

    def __init__(self, *args: Any, recipients: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, grid=get_grid(actions.GRID), part=actions.PART, stored={}, **kwargs)
        listed = [("", _("Choose a service")), *((each.code, each.name) for each in recipients)]
        self.fields["recipient"] = forms.ChoiceField(label=_("To which service"), choices=listed)
        self.fields["facts_on"] = forms.DateField(
            label=_("Day of the facts"), initial=timezone.localdate(now()),
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        )  # fmt: skip
        self.order_fields(["recipient", "facts_on"])


@enters("field", role=PROGRAMME)
def sources(request: HttpRequest) -> HttpResponse:
    """One's own sheets, and the sources from which one may write."""
    grid = get_grid(actions.GRID)
    context = {
        "sheets": [_record(each) for each in queries.list_own(by=account_of(request))],
        "write": [
            Action(words(grid.informants[code]), f"{reverse('new_facts_sheet')}?de={code}") for code in actions.SOURCES
        ],
        "never": words(grid.guidance["never-confront"]),
        "section": "start",
        "closed": True,
        "trail": [],
    }
    return render(request, "field/sources/own.html", context)


@enters("field", role=PROGRAMME, methods=WRITE)
def new_source(request: HttpRequest) -> HttpResponse:
    """Write a sheet and send it; its reference is then told by telephone."""
    source, recipients = request.GET.get("de", ""), list(queries.list_assessing())
    if source not in actions.SOURCES:
        return redirect("facts_sheets")
    form = SheetForm(request.POST if request.method == "POST" else None, source=source, recipients=recipients)
    if form.is_bound and form.is_valid():
        sent = _send(request, form, source, recipients)
        if sent is not None:
            said = _("The sheet is sent. Call the service, and tell its reference: %(reference)s.")
            messages.success(request, said % {"reference": sent.reference})
            return redirect("facts_sheet", sheet=sent.id)
    grid = get_grid(actions.GRID)
    context = {
        "form": form,
        "title": _("Sheet of facts: the alleged perpetrator"),
        "lead": _("Known by: %(source)s. No name, no level: facts. You tell by telephone whom they are about.")
        % {"source": words(grid.informants[source])},
        "submit": _("Send the sheet"),
        "cancel": Action(_("Go back"), reverse("facts_sheets"), "plain"),
        "section": "start",
        "closed": True,
        "trail": [Action(_("Sheets of facts"), reverse("facts_sheets")), Action(_("Write a sheet"), "")],
    }
    return render(request, "field/form.html", context)


@enters("field", role=PROGRAMME)
def source(request: HttpRequest, sheet: UUID) -> HttpResponse:
    """One of one's own sheets, as it was sent."""
    try:
        found = queries.get_sheet(sheet, now=now())
    except queries.NotFound as unknown:
        back = [Action(_("Sheets of facts"), reverse("facts_sheets"))]
        return answers.not_found(request, answers.NothingHere(str(unknown), back))
    context = sheet_context(found) | {
        "section": "start",
        "trail": [Action(_("Sheets of facts"), reverse("facts_sheets")), Action(found.reference, "")],
    }
    return render(request, "field/sources/sheet.html", context)


def sheet_context(found: Any) -> dict[str, Any]:
    """A sheet on a page: whence, when, received or not, and each fact with its source."""
    grid = get_grid(found.grid)
    facts = [
        Fact(_("From"), found.organisation.name), Fact(_("To"), found.recipient.name),
        Fact(_("Day of the facts"), day(found.facts_on)), Fact(_("Sent"), moment(found.written_at)),
        Fact(_("Received"), moment(found.received_at) or _("not yet")),
    ]  # fmt: skip
    told = [
        Fact(
            words(grid.factors[code].label), answer_words(grid.factors[code], each["value"]),
            note=", ".join(filter(None, (source_words(grid, each["source"]), f"« {each['words']} »" if each.get("words") else ""))),
        )
        for code, each in found.told.items()
    ]  # fmt: skip
    return {"title": found.reference, "facts": facts, "told": told, "closed": True}


def _send(request: HttpRequest, form: SheetForm, source: str, recipients: list[Any]) -> Any:
    told = {
        code: {name: each[name] for name in ("value", "words") if each.get(name)}
        for code, each in form.answers().items()
    }
    to = next(each for each in recipients if each.code == form.cleaned_data["recipient"])
    try:
        return actions.send_sheet(
            recipient=to,
            source=source,
            told=told,
            facts_on=form.cleaned_data["facts_on"],
            by=account_of(request),
            now=now(),
        )
    except REFUSALS as refused:
        record("REFUSED", subject=("page", request.path), detail={"why": sentence_of(refused)}, at=now())
        form.add_error(None, sentence_of(refused))
        return None


def _record(each: Any) -> Record:
    said = _("its receipt was given") if each.received_at else _("sent, not received yet")
    facts = (Fact(_("To"), each.recipient.name), Fact(_("Day of the facts"), day(each.facts_on)))
    return Record(each.reference, reverse("facts_sheet", args=[each.id]), "", (Tag(said),), facts)
