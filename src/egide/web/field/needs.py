"""The needs board: eleven domains, one button for each change, told apart without colour; from red to partners in one tap.

Red is what remains to be done, not danger. Green asks for what was obtained: a letter sent is not an outcome (R04).
"""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egide.field.directory.queries import list_nearest, list_services
from egide.field.needs.actions import set_need
from egide.field.needs.choices import State
from egide.field.needs.queries import domains, get_board
from egide.foundation.clock import now
from egide.web.components.shapes import Action, Fact, Record, Square, Tag, Tap
from egide.web.components.words import day, moment, words

from .thresholds import WRITE, account_of, attempt, in_case, nothing_here
from .wording import case_url, label, trail

ONE_TAP = (State.RED, State.HATCHED, State.GREY)
AUDIENCES = {"VICTIM": "victim", "OFFENDER": "perpetrator", "THIRD_PARTY": "all"}


def tap_words() -> dict[State, str]:
    """What the buttons of a square say."""
    return {State.RED: _("To do"), State.HATCHED: _("Not wanted"), State.GREY: _("Not discussed")}


class OutcomeForm(forms.Form):
    """What was obtained."""

    outcome = forms.CharField(
        label=gettext_lazy("What was obtained"), max_length=200,
        help_text=gettext_lazy("A place, an appointment held, a right opened. A letter sent is not an outcome."),
    )  # fmt: skip


@in_case(WRITE)
def needs(request: HttpRequest, case: Any) -> HttpResponse:
    """Show the board; one tap puts one domain in one state."""
    if request.method == "POST":
        domain, _space, to = request.POST.get("set", "").partition(" ")
        if to in ONE_TAP:
            attempt(request, case, set_need, case=case, domain=domain, to=State(to), by=account_of(request), now=now())
        return redirect(f"{case_url('needs', case)}#{domain}" if domain in domains() else case_url("needs", case))
    board = get_board(case)
    context = {
        "squares": [_square(square, case) for square in board],
        "history": Action(_("Then and now"), case_url("needs_history", case)),
        "left": sum(square.state == State.GREY for square in board),
        "section": "today",
        "closed": True,
        "trail": trail(case, _("Needs")),
    }
    return render(request, "field/needs.html", context)


@in_case(WRITE)
def need_done(request: HttpRequest, case: Any, domain: str) -> HttpResponse:
    """Put a domain in green, with what was obtained."""
    if domain not in domains():
        return nothing_here(request, _("This is not a domain of the board."))
    form = OutcomeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told = {"domain": domain, "to": State.GREEN, "outcome": form.cleaned_data["outcome"]}
        if attempt(request, case, set_need, form=form, case=case, by=account_of(request), now=now(), **told):
            return redirect(f"{case_url('needs', case)}#{domain}")
    title = _("Done: %(domain)s") % {"domain": label("needs-domains", domain)}
    context = {
        "form": form,
        "title": title,
        "submit": _("Done"),
        "cancel": Action(_("Go back to the board"), case_url("needs", case), "plain"),
        "section": "today",
        "closed": True,
        "trail": [*trail(case), Action(_("Needs"), case_url("needs", case)), Action(title, "")],
    }
    return render(request, "field/form.html", context)


@in_case()
def partners(request: HttpRequest, case: Any, domain: str) -> HttpResponse:
    """Whom to turn to for a domain: what answers now, nearest first, then the rest of the directory with its hours."""
    if domain not in domains():
        return nothing_here(request, _("This is not a domain of the board."))
    audience = AUDIENCES[case.category]
    answering = list_nearest(
        latitude=None, longitude=None, audience=audience, theme=domain, at=now(), now=now(), commune=case.commune
    )
    shown = {near.service.id for near in answering}
    later = [
        service
        for service in list_services(audience=audience, theme=domain, commune=case.commune, at=now(), now=now())
        if service.id not in shown
    ]
    context = {
        "title": _("Partners: %(domain)s") % {"domain": label("needs-domains", domain)},
        "answering": [service_record(near.service, case, domain, open_now=True) for near in answering],
        "later": [service_record(service, case, domain, open_now=is_open(service)) for service in later],
        "section": "today",
        "closed": True,
        "trail": [
            *trail(case), Action(_("Needs"), case_url("needs", case)), Action(label("needs-domains", domain), ""),
        ],
    }  # fmt: skip
    return render(request, "field/partners.html", context)


def is_open(service: Any) -> bool:
    """Whether a service answers at this moment."""
    return service.opens_at is not None and service.opens_at <= now()


def service_record(service: Any, case: Any, domain: str, *, open_now: bool = False) -> Record:
    """A service in a list of partners, which leads to a referral to it."""
    tags = [Tag(_("open now"), "good")] if open_now else []
    if service.doubtful:
        tags.append(Tag(_("not verified for a year: call first"), "warn"))
    facts = [
        Fact(_("Telephone"), service.telephone, url=f"tel:{service.telephone.replace(' ', '')}" if service.telephone else ""),
        Fact(_("Text messages"), service.text_messages),
        Fact(_("Where"), _("confidential address") if service.confidential_address else _place(service)),
        Fact(_("Opens"), moment(service.opens_at) if service.opens_at and not open_now else ""),
    ]  # fmt: skip
    return Record(
        service.name,
        f"{case_url('new_referral', case, service=service.id)}?besoin={domain}",
        service.description or service.organisation,
        tuple(tags),
        tuple(fact for fact in facts if fact.words),
    )


def _place(service: Any) -> str:
    return f"{service.address} {service.commune_name}".strip()


def _square(square: Any, case: Any) -> Square:
    said, need = tap_words(), square.need
    taps = tuple(
        Tap(said[to], "set", f"{square.domain} {to}", described=f"{square.domain}-title")
        for to in ONE_TAP
        if to != square.state
    )
    own = {"domain": square.domain}
    more = [Action(_("Done…"), case_url("need_done", case, **own))] if square.state != State.GREEN else []
    if square.state in (State.RED, State.RED_SENT):
        more.insert(0, Action(_("Partners"), case_url("partners", case, **own), "primary"))
        more.append(Action(_("Plan…"), case_url("need_plan", case, **own)))
    notes = []
    if need and need.outcome:
        notes.append(_("Obtained: %(outcome)s") % {"outcome": need.outcome})
    if need and need.wish:
        notes.append(_("Wish: %(wish)s") % {"wish": need.wish})
    if need and need.due_on:
        notes.append(_("for %(day)s") % {"day": day(need.due_on)})
    if need and need.partner:
        notes.append(_("Partner: %(partner)s") % {"partner": need.partner})
    if need:
        notes.append(_("since %(day)s") % {"day": day(need.changed_at)})
    return Square(
        square.domain,
        words(square.label),
        square.state.value,
        str(square.state.label),
        " – ".join(notes),
        taps,
        tuple(more),
    )
