"""The proposals, the search of a source, one proposal with its evidence, and its signature."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from egide.foundation.clock import now
from egide.statistics.collection.queries import list_deliveries
from egide.statistics.harmonisation.breaks import actions, queries
from egide.statistics.harmonisation.breaks.permissions import NotAllowed
from egide.statistics.harmonisation.breaks.telling import errors
from egide.statistics.harmonisation.breaks.words import decimal
from egide.statistics.sources.queries import list_sources
from egide.web.answers import NothingHere
from egide.web.components.shapes import Action, Fact, Finding, Record, Tag
from egide.web.components.words import moment, words
from egide.web.entrance import ActionRefused, enters
from egide.web.public.passports import spaced
from egide.web.statistics.roles import DESK, STATISTICIAN

from .drawing import draw
from .telling import period_words, series_words

FORMS = ("GET", "HEAD", "POST")
SEARCHED = ("monthly", "quarterly", "yearly")
TONES = {"artefact": "warn", "real": "good", "undetermined": "plain"}
LEANS = {"artefact": "warn", "real": "good", "silent": "plain"}
SIGNED = {"ARTEFACT": "warn", "REAL": "good", "REJECTED": "plain"}


class SearchForm(forms.Form):
    """Which source to search."""

    source = forms.ChoiceField(
        label=gettext_lazy("Source"),
        help_text=gettext_lazy("Its last accepted delivery is searched. This takes a few seconds."),
        error_messages={"required": gettext_lazy("Choose the source to search.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        usable = {each.source for each in list_deliveries() if each.verdict != "REFUSED"}
        held = [each for each in list_sources() if each.frequency in SEARCHED and each.code in usable]
        choices = [(source.code, spaced(words(source.label))) for source in held]
        self.fields["source"].choices = [("", _("Choose a source")), *choices]  # type: ignore[attr-defined]
        self.empty = not held


class SignForm(forms.Form):
    """What the statistician decides, and what it rests on."""

    decision = forms.ChoiceField(
        label=gettext_lazy("Your decision"),
        choices=[
            ("ARTEFACT", gettext_lazy("An artefact of recording: no growth is computed across it without a back-cast")),
            ("REAL", gettext_lazy("A real change: growth is computed, and the break is told beside it")),
            ("REJECTED", gettext_lazy("No break: the proposal is set aside, and stays readable")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the three.")},
    )
    words = forms.CharField(
        label=gettext_lazy("What it rests on"),
        help_text=gettext_lazy("The reason is published with the break: name the tool, the text or the event."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say what the decision rests on.")},
    )


@enters("statistics", role=DESK, methods=FORMS)
def breaks(request: HttpRequest) -> HttpResponse:
    """List the proposals, and search a source where the reader is a statistician."""
    may = STATISTICIAN in request.roles  # type: ignore[attr-defined]
    form = SearchForm(request.POST or None) if may else None
    if form is not None and request.method == "POST" and form.is_valid():
        return _search(request, form)
    found = queries.list_proposals()
    context = {
        "waiting": [_record(each) for each in found if not each.signatures],
        "signed": [_record(each) for each in found if each.signatures],
        "form": form if form is not None and not form.empty else None,
        "section": "desk",
        "closed": True,
        "trail": [Action(_("My desk"), reverse("desk")), Action(_("Breaks of series"), "")],
    }
    return render(request, "statistics/breaks.html", context)


@enters("statistics", role=DESK, methods=FORMS, consults="proposal")
def one_break(request: HttpRequest, proposal: UUID) -> HttpResponse:
    """Show one proposal; a statistician signs it."""
    try:
        found = queries.get_proposal(proposal)
    except queries.NotFound as missing:
        raise NothingHere(str(missing), [Action(_("See the breaks"), reverse("breaks"))]) from missing
    may = STATISTICIAN in request.roles  # type: ignore[attr-defined]
    form = SignForm(request.POST or None) if may else None
    if form is not None and request.method == "POST" and form.is_valid():
        return _sign(request, proposal, form)
    return render(request, "statistics/break.html", _context(found, form))


def _search(request: HttpRequest, form: SearchForm) -> HttpResponse:
    who = request.user.get_username()
    try:
        new = actions.propose_breaks(source=form.cleaned_data["source"], by=who, now=now())
    except (actions.BreakRefused, NotAllowed) as refusal:
        raise ActionRefused(
            str(refusal), subject=("source", form.cleaned_data["source"]), back=reverse("breaks")
        ) from refusal
    told = ngettext("%(count)s new break is proposed.", "%(count)s new breaks are proposed.", len(new))
    messages.success(request, told % {"count": len(new)})
    return redirect("breaks")


def _sign(request: HttpRequest, proposal: UUID, form: SignForm) -> HttpResponse:
    who = request.user.get_username()
    try:
        actions.sign_break(proposal=proposal, by=who, now=now(), **form.cleaned_data)
    except (actions.BreakRefused, NotAllowed) as refusal:
        back = reverse("break", kwargs={"proposal": proposal})
        raise ActionRefused(str(refusal), subject=("break", proposal), back=back) from refusal
    messages.success(request, _("Signed. The decision is in the register, with your reason."))
    return redirect("break", proposal=proposal)


def _record(found: Any) -> Record:
    facts = [
        Fact(_("Source"), spaced(words(found.source_label))),
        Fact(_("Size of the change"), found.size),
    ]
    return Record(
        title=f"{series_words(found)} – {period_words(found.at)}",
        url=reverse("break", kwargs={"proposal": found.id}),
        tags=(_tag(found),),
        words="" if found.signatures else found.strength.capitalize() + ".",
        facts=tuple(facts),
    )


def _tag(found: Any) -> Tag:
    if found.signatures:
        last = found.signatures[0]
        return Tag(_("signed: %(decision)s") % {"decision": last.label}, SIGNED[last.decision])  # type: ignore[arg-type]
    return Tag(_("proposed: %(verdict)s") % {"verdict": found.verdict_label}, TONES[found.verdict])  # type: ignore[arg-type]


def _context(found: Any, form: SignForm | None) -> dict[str, Any]:
    when = period_words(found.at)
    return {
        "heading": series_words(found),
        "over": _("Break proposed in %(period)s") % {"period": when},
        "tags": (_tag(found),),
        "strength": found.strength.capitalize() + ".",
        "curve": draw(found.values, found.place, when),
        "curve_label": _("%(series)s, from %(first)s to %(last)s: the level changes by %(size)s in %(period)s.") % {
            "series": series_words(found), "first": period_words(found.values[0][0]),
            "last": period_words(found.values[-1][0]), "size": found.size, "period": when,
        },
        "evidence": [
            Finding("note", Tag(each.leans, LEANS[each.lean]), each.sentence)  # type: ignore[arg-type]
            for each in found.evidence
        ],
        "measured": _measured(found),
        "signatures": [_signature(each) for each in found.signatures],
        "form": form,
        "cancel": Action(_("Go back to the breaks"), reverse("breaks")),
        "section": "desk",
        "closed": True,
        "trail": [
            Action(_("My desk"), reverse("desk")),
            Action(_("Breaks of series"), reverse("breaks")),
            Action(series_words(found), ""),
        ],
    }  # fmt: skip


def _measured(found: Any) -> list[Fact]:
    sides = _("%(count)s values on each side; %(statistic)s standard errors, announced from %(critical)s.") % {
        "count": found.window, "statistic": decimal(abs(found.statistic)), "critical": decimal(found.critical),
    }  # fmt: skip
    return [
        Fact(_("Source"), spaced(words(found.source_label)), url=reverse("source", kwargs={"code": found.source})),
        Fact(_("Size of the change"), _("%(size)s, between %(low)s and %(high)s") % {
            "size": found.size, "low": found.low, "high": found.high,
        }),
        Fact(_("How it was seen"), sides),
        Fact(_("How often the search errs"), errors()),
        Fact(_("Proposed"), moment(found.proposed_at)),
    ]  # fmt: skip


def _signature(each: Any) -> Record:
    return Record(
        title=each.label.capitalize(),
        url="",
        words=each.words,
        facts=(
            Fact(_("Signed"), f"{moment(each.signed_at)}, {each.signed_by}"), Fact(_("Fingerprint SHA-256"), each.fingerprint, code=True),
        ),
    )  # fmt: skip
