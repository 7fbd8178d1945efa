"""What a partner with an account received: the list without a name, then the sheet as the link would show it, and the answer.

Lives here: pages of the organisations that receive. Not here: what may be read (the database asks the consents each time).
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from egide.field.referrals import actions, queries
from egide.field.referrals.choices import State
from egide.foundation.audit.actions import record
from egide.foundation.clock import now
from egide.web.components.shapes import Action, Fact, Record, Tag, Tap
from egide.web.components.words import day, moment, words
from egide.web.entrance import enters
from egide.web.field.link import RefusalForm, said
from egide.web.field.roles import RECEIVING
from egide.web.field.sheets import sheet_facts, sheet_sections, state_words
from egide.web.field.thresholds import REFUSALS, WRITE, account_of, nothing_here, sentence_of


@enters("field", role=RECEIVING)
def received(request: HttpRequest) -> HttpResponse:
    """What waits for an answer or for an outcome, oldest first."""
    context = {
        "received": [_record(each) for each in queries.list_received()],
        "section": "received",
        "closed": True,
        "trail": [Action(_("Referrals received"), "")],
    }
    return render(request, "field/liaison/received.html", context)


@enters("field", role=RECEIVING, methods=WRITE)
def received_one(request: HttpRequest, referral: UUID) -> HttpResponse:
    """One sheet, and the answer."""
    try:
        found, page = queries.get_received(referral, now=now())
    except queries.NotFound as unknown:
        return nothing_here(request, str(unknown))
    form = RefusalForm(request.POST if request.POST.get("do") == State.REFUSED else None, reasons=page.reasons)
    if request.method == "POST" and (not form.is_bound or form.is_valid()):
        return _answer(request, found, form)
    context = {
        "facts": sheet_facts(page.sheet),
        "sections": sheet_sections(page.sheet),
        "state": state_words(page.sheet.state),
        "fictional": page.sheet.fictional,
        "taps": [Tap(text, "do", to.value) for to, text in said().items() if to in page.answers],
        "refusal": form if State.REFUSED in page.answers else None,
        "section": "received",
        "closed": True,
        "trail": [Action(_("Referrals received"), reverse("received")), Action(_("Liaison sheet"), "")],
    }
    return render(request, "field/link.html", context)


def _answer(request: HttpRequest, found: Any, form: RefusalForm) -> HttpResponse:
    to = request.POST.get("do", "")
    if to in State.values:
        reason = form.cleaned_data["reason"] if form.is_bound else ""
        try:
            actions.answer_received(received=found, to=State(to), reason=reason, by=account_of(request), now=now())
            messages.success(request, _("Your answer reached the one who sent the sheet."))
        except REFUSALS as refused:
            record("REFUSED", subject=("referral", found.id), detail={"why": sentence_of(refused)}, at=now())
            messages.error(request, sentence_of(refused))
    return redirect("received")


def _record(each: Any) -> Record:
    facts = (
        Fact(_("From"), each.author),
        Fact(_("Purpose"), words(each.purpose)),
        Fact(_("Sent"), moment(each.sent_at)),
        Fact(_("Answer wanted by"), day(each.reply_wanted_by) if each.reply_wanted_by else ""),
    )
    url = reverse("received_one", kwargs={"referral": each.id})
    return Record(each.service, url, "", (Tag(state_words(each.state)),), tuple(fact for fact in facts if fact.words))
