"""The reports of a file, and one report: the text that carries it, its road, what came of it, how the person was told."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egide.field.adults import actions, queries
from egide.field.adults.choices import Agreement, Step
from egide.field.adults.policies import due_at, is_late, may_follow
from egide.field.adults.states import step_of
from egide.field.persons.answers import Answer
from egide.field.persons.queries import get_safe_contact
from egide.foundation.catalogue import get_article
from egide.foundation.clock import now
from egide.methods.secrecy import Answer as Law
from egide.web.components.shapes import Action, Fact, Record, Tag
from egide.web.components.shapes import Step as Stone
from egide.web.components.words import day, moment, words
from egide.web.field.contact import contact_facts
from egide.web.field.thresholds import WRITE, account_of, attempt, in_case, nothing_here
from egide.web.field.wording import case_url, choices, label, labels, trail
from egide.web.public.secrecy import ANSWERS


class OutcomeForm(forms.Form):
    """What the authority did, and the day it is known."""

    outcome = forms.ChoiceField(label=gettext_lazy("Outcome of the report"), widget=forms.RadioSelect)
    on = forms.DateField(
        label=gettext_lazy("Known on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = choices("adult-report-outcomes")  # type: ignore[attr-defined]


class TellingForm(forms.Form):
    """How the person was told: no way of the list reaches a home."""

    way = forms.ChoiceField(label=gettext_lazy("How the person is told"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=gettext_lazy("What was told, or why nothing is"), required=False, max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["way"].choices = choices("adult-telling-ways")  # type: ignore[attr-defined]


@in_case()
def adult_reports(request: HttpRequest, case: Any) -> HttpResponse:
    """The reports of the file, and the way to write one."""
    context = {
        "reports": [report_record(each, case) for each in queries.list_reports(case)],
        "new": Action(_("Write a report"), case_url("new_adult_report", case), "primary"),
        "ask": Action(_("Ask the law first"), reverse("secrecy")),
        "section": "today",
        "closed": True,
        "trail": trail(case, _("Vulnerable adult")),
    }
    return render(request, "field/adults/reports.html", context)


@in_case(WRITE)
def adult_report(request: HttpRequest, case: Any, report: UUID) -> HttpResponse:
    """One report, and the one thing to do next: send it, note what came of it, tell the person."""
    try:
        found = queries.get_report(case, report)
    except queries.NotFound as unknown:
        return nothing_here(request, str(unknown))
    do = request.POST.get("do", "") if request.method == "POST" else ""
    today = timezone.localdate(now())
    outcome = OutcomeForm(request.POST if do == "outcome" else None, initial={"on": today})
    telling = TellingForm(request.POST if do == "tell" else None)
    common = {"report": found, "by": account_of(request), "now": now()}
    if do == "send":
        sent = attempt(request, case, actions.send_report, **common)
        return _secrets(request, case, found, sent) if sent else redirect("adult_report", case=case.id, report=found.id)
    for form, action in ((outcome, actions.note_outcome), (telling, actions.tell_person)):
        bound = form.is_bound and form.is_valid()
        if bound and attempt(request, case, action, form=form, **common, **form.cleaned_data) is not None:
            return redirect("adult_report", case=case.id, report=found.id)
    return render(request, "field/adults/report.html", _shown(found, case, outcome, telling))


def report_record(report: Any, case: Any, *, reference: bool = False) -> Record:
    """A report in a list: to whom, where it stands, what is awaited."""
    title = case.reference if reference else f"{report.referral.service_name}, {day(report.written_at)}"
    url = case_url("adult_report", case, report=report.id)
    return Record(title, url, _next_words(report), (_tag(report),))


def _shown(found: Any, case: Any, outcome: OutcomeForm, telling: TellingForm) -> dict[str, Any]:
    step, stated = step_of(found), get_safe_contact(found.person)
    sheet = case_url("referral", case, referral=found.referral_id)
    return {
        "title": found.referral.service_name,
        "tags": (_tag(found),),
        "late": _next_words(found) if is_late(found, now()) or step is Step.SILENT else "",
        "danger": found.life_in_danger and step is not Step.CLOSED,
        "law": _law_facts(found),
        "facts": _facts(found),
        "steps": _stones(found, step),
        "send": step is Step.WRITTEN,
        "sheet": [Action(_("Read the sheet as it will be read"), sheet)],
        "outcome": outcome if step in (Step.SENT, Step.RECEIVED, Step.SILENT) else None,
        "telling": telling if step is Step.TO_TELL else None,
        "contact": contact_facts(stated) if stated else [],
        "again": Action(_("Take another route"), f"{case_url('new_adult_report', case)}?suite={found.id}")
        if may_follow(found, now()) and step is not Step.WRITTEN
        else None,
        "section": "today",
        "closed": True,
        "trail": [
            *trail(case),
            Action(_("Vulnerable adult"), case_url("adult_reports", case)),
            Action(_("Report"), ""),
        ],
    }


def _tag(report: Any) -> Tag:
    said = {
        Step.WRITTEN: _("written, not sent"), Step.SENT: _("sent, without a receipt yet"), Step.RECEIVED: _("received"),
        Step.SILENT: _("came to nothing there"), Step.TO_TELL: _("outcome known, the person is to be told"),
        Step.CLOSED: _("report closed"),
    }  # fmt: skip
    late = is_late(report, now()) or step_of(report) is Step.SILENT
    return Tag(said[step_of(report)], "warn" if late else "plain")


def _next_words(report: Any) -> str:
    """What is awaited, by when; or what to do since it did not come."""
    step, due = step_of(report), due_at(report)
    if step is Step.SILENT:
        return _("This authority does not take it: take another route, or note what came of it.")
    if due is None:
        return {Step.WRITTEN: _("Read it, then send it."), Step.TO_TELL: _("Tell the person, by a safe way.")}.get(
            step, ""
        )
    told = {"when": day(due)}
    if due <= now():
        if step is Step.SENT:
            return _("No receipt since %(when)s: call, or take another route.") % told
        return _("No outcome since %(when)s: call, or take another route.") % told
    return (_("Receipt awaited by %(when)s.") if step is Step.SENT else _("Outcome awaited by %(when)s.")) % told


def _law_facts(found: Any) -> list[Fact]:
    said, _tone = ANSWERS[Law(found.answer)]
    article = get_article(found.article, timezone.localdate(found.written_at))
    return [
        Fact(_("What the law says"), str(said)),
        Fact(_("Under"), f"{words(article.act)}, {article.ref}", note=words(article.summary)),
        Fact(_("To whom, in law"), label("share-recipients", found.referral.recipient_kind)),
    ]


def _facts(found: Any) -> list[Fact]:
    agreement = str(Agreement(found.agreement).label)
    because = label("adult-agreement-impossible", found.impossible_because) if found.impossible_because else ""
    represented = label("adult-representations", found.representation)
    lines = [
        Fact(_("What leaves the person unable"), labels("adult-incapacities", found.incapacities)),
        Fact(_("Violence"), label("secrecy-facts", f"violence-{found.violence}")),
        Fact(_("The alleged perpetrator lives there"), str(Answer(found.lives_with).label)),
        Fact(_("Agreement"), " : ".join(filter(None, (agreement, because))), note=found.agreement_words),
        Fact(_("Informed"), found.informed),
        Fact(_("Measure of representation"), represented),
        Fact(_("Outcome of the report"), label("adult-report-outcomes", found.outcome) if found.outcome else ""),
        Fact(_("How the person was told"), label("adult-telling-ways", found.told_way) if found.told_way else "", note=found.told_words),
    ]  # fmt: skip
    return [line for line in lines if line.words]


def _stones(found: Any, step: Step) -> list[Stone]:
    """The road of the report, in order."""
    sheet = found.referral
    taken = sheet.received_at or sheet.answered_at
    marks = [
        (_("Written"), True, moment(found.written_at)),
        (_("Sent to the authority"), sheet.sent_at is not None, moment(sheet.sent_at)),
        (_("Received by the authority"), bool(taken or found.outcome), moment(taken)),
        (_("Outcome of the report"), bool(found.outcome), day(found.outcome_on)),
        (_("The person told, loop closed"), step is Step.CLOSED, moment(found.closed_at)),
    ]  # fmt: skip
    coming = next((index for index, (_title, done, _when) in enumerate(marks) if not done), len(marks))
    states = ["done" if done else "now" if index == coming else "later" for index, (_t, done, _w) in enumerate(marks)]
    return [
        Stone(title, state, when if state == "done" else _next_words(found) if state == "now" else "")  # type: ignore[arg-type]
        for (title, _done, when), state in zip(marks, states, strict=True)
    ]


def _secrets(request: HttpRequest, case: Any, found: Any, sent: Any) -> HttpResponse:
    """The address and the code, shown once."""
    context = {
        "code": sent.code,
        "address": request.build_absolute_uri(reverse("link", kwargs={"token": sent.token})),
        "recipient": found.referral.recipient_name,
        "service": found.referral.service_name,
        "back": Action(_("Go back to the report"), case_url("adult_report", case, report=found.id)),
        "section": "today",
        "closed": True,
        "trail": [*trail(case), Action(_("Vulnerable adult"), case_url("adult_reports", case)), Action(_("To hand over now"), "")],
    }  # fmt: skip
    return render(request, "field/sent.html", context)
