"""A referral: choose a service, tick what she agreed to, check, send; the link and its code are shown once (R06, Z06).

Lives here: the pages of the one who sends. Not here: what may be carried (the room asks her consents), nor the partner's page.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egide.field.casefiles.queries import get_concerned
from egide.field.directory.queries import NotFound as NoService
from egide.field.directory.queries import load_service
from egide.field.needs.queries import domains
from egide.field.persons.answers import Answer
from egide.field.referrals import actions, queries
from egide.field.referrals.choices import Audience, Mode, State
from egide.field.referrals.law import LawRefuses, is_asked_here
from egide.field.referrals.liaison import PdfRefused, render_pdf
from egide.field.referrals.policies import check_can_move
from egide.foundation.catalogue import get_liaison_form
from egide.foundation.clock import now
from egide.web.components.shapes import Action, Fact, Record, Tag, Tap
from egide.web.components.words import day, language, moment, words

from .liaison.asking import Asked, QuestionForm, answer_context, ask_law, asked_again
from .sheets import sheet_facts, sheet_sections, state_words
from .thresholds import REFUSALS, WRITE, account_of, attempt, in_case, nothing_here
from .wording import case_url, choices, label, labels, trail

TO_WHOM = {"VICTIM": Audience.VICTIM, "OFFENDER": Audience.PERPETRATOR, "THIRD_PARTY": Audience.OTHER}


class ReferralForm(forms.Form):
    """What the sheet carries: only what she agreed to can be ticked, and nothing is ticked beforehand."""

    sections = forms.MultipleChoiceField(
        label=gettext_lazy("What the sheet carries"), widget=forms.CheckboxSelectMultiple, required=False
    )
    recipient_name = forms.CharField(
        label=gettext_lazy("Whom the code will be told to"), max_length=150, required=False,
        help_text=gettext_lazy("The one who will answer the telephone there. The link opens for nobody without the code."),
    )  # fmt: skip
    agreed = forms.ChoiceField(
        label=gettext_lazy("Does the person agree to this referral?"), widget=forms.RadioSelect,
        choices=[(Answer.YES, Answer.YES.label), (Answer.NO, Answer.NO.label), (Answer.NOT_ASKED, Answer.NOT_ASKED.label)],
    )  # fmt: skip

    def __init__(self, *args: Any, offered: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        covered = [(section.code, section.label) for section in offered if section.covered]
        self.fields["sections"].choices = covered  # type: ignore[attr-defined]
        if not covered:
            del self.fields["sections"]


class OutcomeForm(forms.Form):
    """What came of it."""

    outcome = forms.ChoiceField(label=gettext_lazy("What came of it"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = choices("service-outcomes")  # type: ignore[attr-defined]


@in_case()
def referrals(request: HttpRequest, case: Any) -> HttpResponse:
    """The referrals of the file, and where to choose a service."""
    context = {
        "referrals": [referral_record(each, case) for each in queries.list_referrals(case)],
        "domains": [Action(words(text), case_url("partners", case, domain=code)) for code, text in domains().items()],
        "section": "today",
        "closed": True,
        "trail": trail(case, _("Referrals")),
    }
    return render(request, "field/referrals.html", context)


@in_case(WRITE)
def new_referral(request: HttpRequest, case: Any, service: UUID) -> HttpResponse:
    """Prepare a referral to a service. Nothing leaves yet."""
    try:
        chosen = load_service(service)
    except NoService as unknown:
        return nothing_here(request, str(unknown))
    person = get_concerned(case)
    try:
        asked = ask_law(request, case, person, chosen)
    except LawRefuses as silent:
        return nothing_here(request, str(silent))
    asking = request.method == "POST" and request.POST.get("do") == "ask"
    question = QuestionForm(request.POST if asking else None, asked=asked)
    if asking and question.is_valid():
        return redirect(f"{request.path}?{asked_again(question, _domain(request))}")
    form = ReferralForm(request.POST if request.method == "POST" and not asking else None, offered=asked.offered)
    if form.is_bound and form.is_valid():
        made = _draft(request, case, person, chosen, form, asked)
        if made is not None:
            return redirect("referral", case=case.id, referral=made.id)
    told = urlencode({"partenaire": str(chosen.id), "finalite": asked.purpose})
    context = {
        "form": form,
        "service": chosen,
        "facts": _service_facts(chosen),
        "missing": [section.label for section in asked.offered if not section.covered],
        "consent": Action(_("Record a consent"), f"{case_url('consents', case)}?{told}"),
        "question": question,
        **answer_context(asked, case, chosen),
        "section": "today",
        "closed": True,
        "trail": [*trail(case), Action(_("Referrals"), case_url("referrals", case)), Action(_("New referral"), "")],
    }
    return render(request, "field/new_referral.html", context)


@in_case(WRITE)
def referral(request: HttpRequest, case: Any, referral: UUID) -> HttpResponse:
    """A referral: its sheet as the partner will read it, and what can be done now."""
    at = now()
    found = _get(case, referral, at)
    if found is None:
        return nothing_here(request, _("There is no such referral in this file."))
    if request.method == "POST":
        return _do(request, case, found, at)
    return _show(request, case, found, at)


@in_case()
def referral_pdf(request: HttpRequest, case: Any, referral: UUID) -> HttpResponse:
    """The same sheet on paper; its file's name names nobody."""
    at = now()
    found = _get(case, referral, at)
    if found is None:
        return nothing_here(request, _("There is no such referral in this file."))
    try:
        made = render_pdf(queries.get_sheet(found.id, now=at), language())
    except PdfRefused as refused:
        messages.error(request, str(refused))
        return redirect("referral", case=case.id, referral=found.id)
    if attempt(request, case, actions.note_copy, referral=found, by=account_of(request), now=at) is None:
        return redirect("referral", case=case.id, referral=found.id)
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="fiche-{case.reference}.pdf"'
    return answer


def referral_record(referral: Any, case: Any) -> Record:
    """A referral in a list."""
    when = moment(referral.sent_at or referral.drafted_at)
    said = _("%(service)s: %(state)s, %(when)s.") % {
        "service": referral.service_name, "state": state_words(referral.state), "when": when,
    }  # fmt: skip
    url = case_url("referral", case, referral=referral.id)
    return Record(referral.service_name, url, said, (Tag(state_words(referral.state)),))


def _get(case: Any, id: UUID, at: datetime) -> Any:
    """A referral of this very file, or None. The same moment for all a page reads: the trail then counts one look."""
    try:
        found = queries.get_referral(id, now=at)
    except queries.NotFound:
        return None
    return found if found.case_id == case.id else None


def _domain(request: HttpRequest) -> str:
    """The square of the board that the referral answers, kept in the address until it is written."""
    domain = request.GET.get("besoin", "")
    return domain if domain in domains() else ""


def _draft(request: HttpRequest, case: Any, person: Any, service: Any, form: ReferralForm, asked: Asked) -> Any:
    told = form.cleaned_data
    number = "number" in request.POST
    return attempt(
        request, case, actions.draft_referral, form=form, case=case, person=person, service=service,
        audience=TO_WHOM[case.category], by=account_of(request), now=now(), agreed=Answer(told["agreed"]),
        sections=[] if number else told.get("sections", []), mode=Mode.NUMBER_GIVEN if number else Mode.ACCOMPANIED,
        recipient_name=told["recipient_name"], purpose=asked.purpose, sheet=asked.question.form, domain=_domain(request),
        status=asked.question.status, recipient_kind=asked.question.recipient,
    )  # fmt: skip


def _do(request: HttpRequest, case: Any, found: Any, at: datetime) -> HttpResponse:
    """One button: send, renew the code, note an answer, close. Secrets are shown in the answer to the button, once."""
    what, by = request.POST.get("do", ""), account_of(request)
    common = {"referral": found, "by": by, "now": now()}
    if what == "send":
        sent = attempt(request, case, actions.send_referral, **common)
        if sent is not None:
            return _tell_secrets(request, case, found, sent.code, sent.token)
    elif what == "renew":
        code = attempt(request, case, actions.renew_code, **common)
        if code is not None:
            return _tell_secrets(request, case, found, code)
    elif what in State.values:
        attempt(request, case, actions.record_answer, to=State(what), reason=request.POST.get("reason", ""), **common)
    elif what == "close":
        form = OutcomeForm(request.POST)
        if not form.is_valid():
            return _show(request, case, found, at, outcome=form)
        attempt(request, case, actions.close_referral, outcome=form.cleaned_data["outcome"], **common)
    return redirect(case_url("referral", case, referral=found.id))


def _tell_secrets(request: HttpRequest, case: Any, found: Any, code: str, token: str = "") -> HttpResponse:
    context = {
        "code": code,
        "address": request.build_absolute_uri(reverse("link", kwargs={"token": token})) if token else "",
        "recipient": found.recipient_name,
        "service": found.service_name,
        "back": Action(_("Go back to the referral"), case_url("referral", case, referral=found.id)),
        "section": "today",
        "closed": True,
        "trail": [*trail(case), Action(_("Referrals"), case_url("referrals", case)), Action(_("To hand over now"), "")],
    }
    return render(request, "field/sent.html", context)


def _show(
    request: HttpRequest, case: Any, found: Any, at: datetime, *, outcome: OutcomeForm | None = None
) -> HttpResponse:
    sheet = queries.get_sheet(found.id, now=at)
    context = {
        "referral": found,
        "tags": (Tag(state_words(found.state)), Tag(str(Mode(found.mode).label))),
        "facts": [*_dates(found), *sheet_facts(sheet)],
        "sections": sheet_sections(sheet),
        "carries": found.mode == Mode.ACCOMPANIED,
        "draft": found.state == State.DRAFT and found.mode == Mode.ACCOMPANIED and is_asked_here(found.form),
        "taps": _taps(found),
        "refusal": choices("service-refusal-reasons") if _allows(found, State.REFUSED) else [],
        "close": (outcome or OutcomeForm()) if _allows(found, State.CLOSED) else None,
        "copies": _copies(found),
        "recalled": any(copy.recalled_at for copy in queries.list_copies(found)),
        "pdf": [Action(_("Take the sheet as PDF"), case_url("referral_pdf", case, referral=found.id))],
        "section": "today",
        "closed": True,
        "trail": [*trail(case), Action(_("Referrals"), case_url("referrals", case)), Action(found.service_name, "")],
    }
    return render(request, "field/referral.html", context)


def _copies(found: Any) -> list[Record]:
    """What left on paper or on a screen, and whether its reader must be asked to destroy it."""
    lines = []
    for copy in queries.list_copies(found):
        ended = _("agreement ended on %(when)s: have it destroyed") % {"when": moment(copy.recalled_at)}
        tags = (Tag(ended, "warn"),) if copy.recalled_at else ()
        said = _("PDF taken on %(when)s") % {"when": moment(copy.taken_at)}
        lines.append(Record(said, "", labels("sections", copy.sections), tags))
    link = getattr(found, "link", None)
    if link is not None and link.open_until:
        lines.append(
            Record(_("Opened by the partner, by the link"), "", "", (Tag(_("now closed")),) if link.closed_at else ())
        )
    return lines


def _allows(found: Any, to: State) -> bool:
    try:
        check_can_move(found, to)
    except REFUSALS:
        return False
    return True


def _taps(found: Any) -> list[Tap]:
    said = {
        State.RECEIVED: _("They received it"), State.ACCEPTED: _("They accept"), State.NO_CAPACITY: _("They have no place"),
        State.CONTACT_MADE: _("Contact was made"),
    }  # fmt: skip
    taps = [Tap(text, "do", to.value) for to, text in said.items() if _allows(found, to)]
    live = found.state in (State.SENT, State.RECEIVED, State.ACCEPTED, State.CONTACT_MADE)
    return [*taps, Tap(_("Draw a new code"), "do", "renew")] if live and found.mode == Mode.ACCOMPANIED else taps


def _dates(found: Any) -> list[Fact]:
    lines = [
        Fact(_("Whom the code is told to"), found.recipient_name),
        Fact(_("Does the person agree?"), str(Answer(found.agreed).label)),
        Fact(_("Which sheet"), words(get_liaison_form(found.form).label) if found.sections else ""),
        Fact(_("Sent"), moment(found.sent_at)),
        Fact(_("Answer wanted by"), day(found.reply_wanted_by)),
        Fact(_("Answered"), moment(found.answered_at)),
        Fact(_("Contact made"), moment(found.contact_made_at)),
        Fact(_("Reason of the refusal"), label("service-refusal-reasons", found.refusal_reason) if found.refusal_reason else ""),
        Fact(_("What came of it"), label("service-outcomes", found.outcome) if found.outcome else ""),
    ]  # fmt: skip
    return [line for line in lines if line.words]


def _service_facts(service: Any) -> list[Fact]:
    lines = [
        Fact(_("Organisation"), service.organisation.name),
        Fact(_("Telephone"), service.telephone),
        Fact(_("How to go there"), service.access_note),
    ]
    return [line for line in lines if line.words]
