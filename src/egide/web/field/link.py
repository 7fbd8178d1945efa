"""The partner's page: a code told by telephone first, then the sheet and the answers, without an account (R06, Z06).

Before the code nothing is shown, whatever the address: no name, no service, not even whether it exists. Each request asks the
consents again: withdrawn while the page is open, the next request shows nothing.
"""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egide.field.referrals import actions, queries
from egide.field.referrals.choices import State
from egide.foundation.audit.actions import record
from egide.foundation.clock import now
from egide.web.components.shapes import Tap
from egide.web.components.words import words
from egide.web.entrance import enters_by_link, link_key

from .sheets import sheet_facts, sheet_sections, state_words
from .thresholds import REFUSALS, WRITE, sentence_of

NAME = "link"


class CodeForm(forms.Form):
    """The code that was told."""

    code = forms.CharField(
        label=gettext_lazy("Code told by telephone"), max_length=20,
        help_text=gettext_lazy("Eight digits. It serves once."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )  # fmt: skip


class RefusalForm(forms.Form):
    """Why the service does not take the referral."""

    reason = forms.ChoiceField(label=gettext_lazy("Why not"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, reasons: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [(code, words(text)) for code, text in reasons.items()]  # type: ignore[attr-defined]


@enters_by_link("field", name=NAME, methods=WRITE)
def link(request: HttpRequest, token: str, opened: str | None) -> HttpResponse:
    """Ask the code, or show the sheet that it opened and take the answer."""
    if opened is None:
        return _ask(request, token)
    try:
        page = queries.get_linked(UUID(opened), now=now())
    except queries.LinkClosed as closed:
        del request.session[link_key(NAME, token)]
        return _closed(request, str(closed))
    form = RefusalForm(request.POST if request.POST.get("do") == State.REFUSED else None, reasons=page.reasons)
    if request.method == "POST" and (not form.is_bound or form.is_valid()):
        return _answer(request, token, opened, form)
    context = {
        "facts": sheet_facts(page.sheet),
        "sections": sheet_sections(page.sheet),
        "state": state_words(page.sheet.state),
        "fictional": page.sheet.fictional,
        "taps": [Tap(said, "do", to.value) for to, said in said().items() if to in page.answers],
        "refusal": form if State.REFUSED in page.answers else None,
        "closed": True,
    }
    return render(request, "field/link.html", context)


def _ask(request: HttpRequest, token: str) -> HttpResponse:
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        subject = actions.open_link(token=token, code=form.cleaned_data["code"], now=now())
        if subject is not None:
            request.session[link_key(NAME, token)] = str(subject.id)
            return redirect("link", token=token)
        form.add_error("code", queries.link_refusal())
    return render(request, "field/link_code.html", {"form": form, "closed": True})


def _closed(request: HttpRequest, sentence: str) -> HttpResponse:
    return render(request, "field/link_code.html", {"form": CodeForm(), "ended": sentence, "closed": True}, status=404)


def _answer(request: HttpRequest, token: str, opened: str, form: RefusalForm) -> HttpResponse:
    to = request.POST.get("do", "")
    if to in State.values:
        reason = form.cleaned_data["reason"] if form.is_bound else ""
        try:
            loaded = queries.load_linked(UUID(opened))
            actions.answer_by_link(referral=loaded, to=State(to), reason=reason, now=now())
            messages.success(request, _("Your answer reached the one who sent the sheet."))
        except (*REFUSALS, queries.LinkClosed) as refused:
            record("REFUSED", subject=("link", opened), detail={"why": sentence_of(refused)}, at=now())
            messages.error(request, sentence_of(refused))
    return redirect("link", token=token)


def said() -> dict[State, str]:
    """What a partner may say in one tap."""
    return {
        State.RECEIVED: _("We received it"), State.ACCEPTED: _("We accept"), State.NO_CAPACITY: _("We have no place left"),
        State.CONTACT_MADE: _("Contact was made"), State.CLOSED: _("The person was helped: finished"),
    }  # fmt: skip
