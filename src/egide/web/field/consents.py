"""What the person agrees to: one partner, some sections, one purpose, a period; nothing ticked beforehand, and withdrawn at once."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egide.field.casefiles.queries import get_concerned
from egide.field.consents.actions import record_consent, withdraw_consent
from egide.field.consents.choices import Proof
from egide.field.consents.queries import get_consent, list_consents, list_grounds
from egide.field.directory.queries import list_services, load_service
from egide.foundation.accounts.queries import list_names
from egide.foundation.catalogue import get_law, get_sections
from egide.foundation.clock import now
from egide.web.components.shapes import Action, Fact, Record, Tag
from egide.web.components.words import day, moment, words

from .thresholds import WRITE, account_of, attempt, in_case, nothing_here
from .wording import case_url, choices, label, labels, languages, trail

DATE = {"type": "date"}
PROPOSED = timedelta(days=180)  # a proposal for the field experts


class ConsentForm(forms.Form):
    """To whom, what, why, until when, how it was explained."""

    recipient = forms.ChoiceField(label=gettext_lazy("Partner"))
    sections = forms.MultipleChoiceField(
        label=gettext_lazy("What may be shared"), widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Nothing is ticked beforehand: go through the list together."),
        error_messages={"required": gettext_lazy("Tick at least one section: nothing is shared by default.")},
    )  # fmt: skip
    purpose = forms.ChoiceField(label=gettext_lazy("What for"), initial="referral")
    given_on = forms.DateField(label=gettext_lazy("Given on"), widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"))
    expires_on = forms.DateField(
        label=gettext_lazy("Ends on"), widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"),
        help_text=gettext_lazy("Six months are proposed; shorter is possible."),
    )  # fmt: skip
    proof = forms.ChoiceField(label=gettext_lazy("Proof"), choices=Proof.choices)
    language = forms.ChoiceField(label=gettext_lazy("Explained in"), initial="fr")
    interpreter = forms.BooleanField(label=gettext_lazy("With an interpreter"), required=False)

    def __init__(self, *args: Any, recipients: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sections = [(code, words(section.label)) for code, section in get_sections().sections.items()]
        listed = {
            "recipient": [("", _("Choose a partner")), *recipients], "sections": sections,
            "purpose": choices("share-purposes"), "language": languages(),
        }  # fmt: skip
        for name, found in listed.items():
            self.fields[name].choices = found  # type: ignore[attr-defined]

    def clean_given_on(self) -> Any:
        """A consent is not written down before it is given."""
        given = self.cleaned_data["given_on"]
        if given > timezone.localdate(now()):
            raise forms.ValidationError(_("This day has not come yet."))
        return given


def is_live(consent: Any, at: datetime) -> bool:
    """Whether a consent opens anything on that day."""
    today = timezone.localdate(at)
    return consent.withdrawn_at is None and consent.given_on <= today < consent.expires_on


@in_case(WRITE)
def consents(request: HttpRequest, case: Any) -> HttpResponse:
    """Show what stands and what has ended; take a new consent."""
    person, today = get_concerned(case), timezone.localdate(now())
    initial = {
        "given_on": today, "expires_on": today + PROPOSED, "recipient": request.GET.get("partenaire", ""),
        "purpose": request.GET.get("finalite", "referral"),
    }  # fmt: skip
    form = ConsentForm(
        request.POST if request.method == "POST" else None, initial=initial, recipients=list_recipients()
    )
    if request.method == "POST" and form.is_valid() and _record(request, case, person, form):
        messages.success(request, _("The consent is recorded."))
        return redirect("consents", case=case.id)
    found = list(list_consents(person))
    names = list_names(each.decided_by for each in list_grounds(person))
    context = {
        "form": form,
        "live": [_consent(each, case) for each in found if is_live(each, now())],
        "ended": [_consent(each, case, live=False) for each in found if not is_live(each, now())],
        "grounds": [_ground(each, names) for each in list_grounds(person)],
        "ground": Action(_("Record a share without agreement"), case_url("ground", case)),
        "section": "today",
        "closed": True,
        "trail": trail(case, _("Consents")),
    }
    return render(request, "field/consents.html", context)


@in_case(WRITE)
def withdraw(request: HttpRequest, case: Any, consent: UUID) -> HttpResponse:
    """Ask once more, then end the consent: what it opened closes in the same moment."""
    found = get_consent(get_concerned(case), consent)
    if found is None:
        return nothing_here(request, _("There is no such consent in this file."))
    if request.method == "POST":
        if attempt(request, case, withdraw_consent, consent=found, now=now()) is not None:
            messages.success(request, _("The consent is withdrawn. What it opened is closed."))
        return redirect("consents", case=case.id)
    context = {
        "title": _("Withdraw this consent"),
        "facts": _facts(found),
        "submit": _("Withdraw"),
        "cancel": Action(_("Keep it"), case_url("consents", case), "plain"),
        "section": "today",
        "closed": True,
        "trail": [
            *trail(case),
            Action(_("Consents"), case_url("consents", case)),
            Action(_("Withdraw this consent"), ""),
        ],
    }
    return render(request, "field/withdraw.html", context)


def list_recipients() -> list[tuple[str, str]]:
    """The organisations of the directory, each once, under one of its services."""
    found: dict[UUID, tuple[str, str]] = {}
    for service in list_services(at=now(), now=now()):
        found.setdefault(service.organisation_id, (str(service.id), service.organisation))
    return sorted(found.values(), key=lambda pair: pair[1])


def _record(request: HttpRequest, case: Any, person: Any, form: ConsentForm) -> Any:
    told = dict(form.cleaned_data)
    recipient = load_service(UUID(told.pop("recipient"))).organisation
    told["proof"] = Proof(told["proof"])
    return attempt(
        request,
        case,
        record_consent,
        form=form,
        person=person,
        recipient=recipient,
        by=account_of(request),
        now=now(),
        **told,
    )


def _facts(consent: Any) -> list[Fact]:
    until = _("from %(start)s, before %(end)s") % {"start": day(consent.given_on), "end": day(consent.expires_on)}
    return [
        Fact(_("Partner"), consent.recipient.name),
        Fact(_("What may be shared"), labels("sections", consent.sections)),
        Fact(_("What for"), label("share-purposes", consent.purpose)),
        Fact(_("Period"), until),
        Fact(_("Proof"), consent.get_proof_display()),
    ]


def _consent(consent: Any, case: Any, *, live: bool = True) -> Record:
    tag = Tag(_("in force"), "good") if live else Tag(_("ended"))
    if consent.withdrawn_at:
        tag = Tag(_("withdrawn on %(when)s") % {"when": moment(consent.withdrawn_at)})
    url = case_url("withdraw_consent", case, consent=consent.id) if live else ""
    return Record(consent.recipient.name, url, "", (tag,), tuple(_facts(consent)[1:]))


def _ground(ground: Any, names: Mapping[str, str]) -> Record:
    facts = (
        Fact(_("Article"), get_law(ground.article).ref),
        Fact(_("What was shared"), labels("sections", ground.sections)),
        Fact(_("Facts"), ground.facts),
        Fact(_("How agreement was sought"), ground.agreement_sought),
        Fact(_("How the person was informed"), ground.informed),
        Fact(_("Decided by"), names.get(str(ground.decided_by), "–"), note=moment(ground.decided_at)),
        Fact(_("Until"), day(ground.expires_on)),
    )
    return Record(ground.recipient.name, "", "", (Tag(_("without consent"), "warn"),), facts)
