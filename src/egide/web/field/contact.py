"""How she may safely be reached: stated, changed, withdrawn; and the next appointment inside her hours (X07, Z05).

None stated means no outbound contact at all: the page says so before anything else, and proposes a slip handed over.
"""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egide.field.casefiles.queries import get_concerned
from egide.field.persons.actions import queue_message, state_safe_contact, withdraw_safe_contact
from egide.field.persons.choices import Channel
from egide.field.persons.policies import ContactRefused, check_can_contact
from egide.field.persons.queries import get_safe_contact
from egide.foundation.clock import now
from egide.foundation.outbox.queries import list_messages
from egide.web.components.shapes import Action, Fact
from egide.web.components.words import moment

from .thresholds import WRITE, account_of, attempt, in_case
from .wording import case_url, trail

TIME = {"type": "time"}
SILENT = (Channel.IN_PERSON,)


class ContactForm(forms.Form):
    """A channel, where, when, in which words. No channel: nobody writes or calls."""

    channel = forms.ChoiceField(
        label=gettext_lazy("Safe way to reach the person"), required=False,
        help_text=gettext_lazy("Ask first. If none is stated, nobody will write or call."),
    )  # fmt: skip
    address = forms.CharField(label=gettext_lazy("Number or address"), required=False, max_length=200)
    from_time = forms.TimeField(
        label=gettext_lazy("Safe from"), required=False, widget=forms.TimeInput(attrs=TIME, format="%H:%M")
    )
    to_time = forms.TimeField(
        label=gettext_lazy("Safe until"), required=False, widget=forms.TimeInput(attrs=TIME, format="%H:%M")
    )
    wording = forms.CharField(
        label=gettext_lazy("What to say"), required=False, max_length=200,
        help_text=gettext_lazy("Words that tell nothing to whoever else reads or listens."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].choices = [("", _("None stated: do not write, do not call")), *Channel.choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A channel needs its hours and, unless it is in person, a number or an address."""
        told = super().clean() or {}
        if not told.get("channel"):
            return told
        for name in ("from_time", "to_time"):
            if not told.get(name) and name not in self.errors:
                self.add_error(name, _("Give the hour: outside safe hours nobody writes or calls."))
        start, end = told.get("from_time"), told.get("to_time")
        if start and end and end <= start:
            self.add_error("to_time", _("The safe hours end after they begin."))
        if told["channel"] not in SILENT and not told.get("address", "").strip():
            self.add_error("address", _("Give the number or the address of this channel."))
        return told

    def contact(self) -> dict[str, Any]:
        """What the action takes."""
        told = self.cleaned_data
        names = ("address", "from_time", "to_time", "wording")
        return {"channel": Channel(told["channel"]), **{name: told[name] for name in names}}


def contact_facts(stated: Any) -> list[Fact]:
    """The safe contact in a few lines."""
    hours = _("from %(start)s to %(end)s") % {"start": f"{stated.from_time:%H:%M}", "end": f"{stated.to_time:%H:%M}"}
    lines = [
        Fact(_("Way"), str(Channel(stated.channel).label)),
        Fact(_("Number or address"), stated.address),
        Fact(_("Hours"), hours),
        Fact(_("What to say"), stated.wording),
        Fact(_("Stated"), moment(stated.stated_at)),
    ]
    return [line for line in lines if line.words]


def may_contact_now(person: Any, stated: Any, at: datetime) -> str:
    """Why she must not be contacted at that moment; nothing when she may."""
    try:
        check_can_contact(person, Channel(stated.channel) if stated else Channel.CALL, at)
    except ContactRefused as refused:
        return str(refused)
    return ""


@in_case(WRITE)
def contact(request: HttpRequest, case: Any) -> HttpResponse:
    """State, change or withdraw the safe contact."""
    person = get_concerned(case)
    stated = get_safe_contact(person)
    names = ("channel", "address", "from_time", "to_time", "wording")
    initial = {name: getattr(stated, name) for name in names} if stated else {}
    form = ContactForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["channel"]:
            done = attempt(request, case, state_safe_contact, form=form, person=person, now=now(), **form.contact())
        else:
            withdraw_safe_contact(person=person, now=now())
            done = True
        if done:
            messages.success(request, _("How the person may be reached is noted."))
            return redirect("case", case=case.id)
    context = {
        "form": form,
        "title": _("Safe contact"),
        "lead": _(
            "The way, the hours and the words that the person states safe. Any change ends what was stated before."
        ),
        "submit": _("Note it"),
        "cancel": Action(_("Go back to the file"), case_url("case", case), "plain"),
        "section": "today",
        "closed": True,
        "trail": trail(case, _("Safe contact")),
    }
    return render(request, "field/form.html", context)


@in_case(WRITE)
def message(request: HttpRequest, case: Any) -> HttpResponse:
    """Send the words she stated safe, by her channel and in her hours, once a day at most (X07, Z05)."""
    person, at = get_concerned(case), now()
    stated = get_safe_contact(person)
    if request.method == "POST":
        key = f"{case.id}:{timezone.localdate(at)}"
        queued = attempt(request, case, queue_message, person=person, key=key, by=account_of(request), now=at)
        if queued:
            messages.success(request, _("The message leaves in the person’s safe hours."))
        elif queued is False:
            messages.warning(request, _("A message was already given today: nothing more is sent."))
        return redirect("message", case=case.id)
    context = {
        "case": case,
        "stated": stated,
        "contact": contact_facts(stated) if stated else [],
        "passages": [passage_fact(passage) for passage in list_messages(f"person:{person.id}")],
        "cancel": Action(_("Go back to the file"), case_url("case", case), "plain"),
        "section": "today",
        "closed": True,
        "trail": trail(case, _("Message")),
    }
    return render(request, "field/message.html", context)


def passage_fact(passage: Any) -> Fact:
    """One message: given when, and what became of it."""
    became = str(passage.state.label)
    if passage.settled_at is None:
        became = _("%(state)s, leaves at %(moment)s or later") % {"state": became, "moment": moment(passage.leaves_at)}
    elif passage.reason:
        became = f"{became}: {passage.reason.label}"
    return Fact(moment(passage.queued_at), became)
