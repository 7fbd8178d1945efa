"""A share without her agreement: the facts, the attempt to obtain it, the information given; the law of the day names the article.

Lives here: the page. Nobody chooses an article here: the wizard finds it, or says that none allows the share (R07, AT-17 to AT-19).
"""

from datetime import timedelta
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
from egide.field.consents.actions import record_ground
from egide.field.directory.queries import load_service
from egide.field.referrals.law import HERSELF
from egide.foundation.catalogue import get_secrecy_table, get_sections, list_statuses
from egide.foundation.clock import now
from egide.foundation.legal.queries import list_routes
from egide.methods.secrecy import Answer, Case, Consent, Person, SecrecyError, Situation, Violence, decide
from egide.web.components.codes import choices, label
from egide.web.components.shapes import Action
from egide.web.components.words import words
from egide.web.field.consents import list_recipients
from egide.web.field.thresholds import WRITE, account_of, attempt, in_case
from egide.web.field.wording import case_url, trail

LASTS = timedelta(days=7)  # a proposal for the field experts: a ground is for an act, not for a support
FLAGS = ("danger_to_life", "control", "weapon", "subjection", "crime")


class GroundForm(forms.Form):
    """To whom, in what capacity, what is established, what was tried: all of it, or nothing is shared."""

    recipient = forms.ChoiceField(label=gettext_lazy("Partner"))
    kind = forms.ChoiceField(label=gettext_lazy("To whom, in law"))
    status = forms.ChoiceField(label=gettext_lazy("In what capacity I write"))
    purpose = forms.ChoiceField(label=gettext_lazy("What for"), initial="report-offence")
    person = forms.ChoiceField(label="", widget=forms.RadioSelect, initial=Person.ADULT.value)
    violence = forms.ChoiceField(label="", widget=forms.RadioSelect, initial=Violence.NONE.value)
    established = forms.MultipleChoiceField(
        label=gettext_lazy("What is established"), widget=forms.CheckboxSelectMultiple, required=False,
        help_text=gettext_lazy("Nothing is ticked beforehand. What is not known stays blank."),
    )  # fmt: skip
    sections = forms.MultipleChoiceField(
        label=gettext_lazy("What is strictly necessary to tell"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick at least one section: nothing is shared by default.")},
    )  # fmt: skip
    facts = forms.CharField(label=gettext_lazy("The facts"), widget=forms.Textarea(attrs={"rows": 3}))
    agreement_sought = forms.CharField(
        label=gettext_lazy("How agreement was sought"), max_length=300,
        help_text=gettext_lazy("When, how, what the answer was; or what made it impossible."),
    )  # fmt: skip
    informed = forms.CharField(
        label=gettext_lazy("How the person was informed"), max_length=300,
        help_text=gettext_lazy("Say it also when informing would expose the person."),
    )  # fmt: skip
    expires_on = forms.DateField(
        label=gettext_lazy("Ends on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, roles: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        statuses = dict(choices("professional-statuses"))
        listed = {
            "recipient": [("", _("Choose a partner")), *list_recipients()],
            "kind": [(code, said) for code, said in choices("share-recipients", blank=_("Choose")) if code != HERSELF],
            "status": [(code, statuses[code]) for code in list_statuses(roles)],
            "purpose": choices("share-purposes"),
            "person": _answers("person"),
            "violence": _answers("violence"),
            "established": [(name, label("secrecy-facts", name)) for name in FLAGS],
            "sections": [(code, words(section.label)) for code, section in get_sections().sections.items()],
        }
        for name, found in listed.items():
            self.fields[name].choices = found  # type: ignore[attr-defined]
        for name in ("person", "violence"):
            self.fields[name].label = label("secrecy-facts", name)

    def clean(self) -> dict[str, Any]:
        """Ask the law of the day with these facts; keep the article that carries the share, or say why none does."""
        told = super().clean() or {}
        if not self.errors:
            self.decision = self._decide(told)
        return told

    def _decide(self, told: dict[str, Any]) -> Any:
        flags = {name: name in told["established"] for name in FLAGS}
        case = Case(
            status=told["status"], recipient=told["kind"], purpose=told["purpose"], on=timezone.localdate(now()),
            situation=Situation(Person(told["person"]), Violence(told["violence"]), **flags),
            consent=Consent.NOT_OBTAINED, sections=tuple(told["sections"]),
        )  # fmt: skip
        try:
            decision = decide(get_secrecy_table(), case, list_routes())
        except SecrecyError as silent:
            raise forms.ValidationError(str(silent)) from silent
        if decision.answer not in (Answer.POSSIBLE, Answer.REQUIRED):
            raise forms.ValidationError(
                _(
                    "Without agreement no text allows this share. %(because)s Calling for help in an imminent danger always is."
                )
                % {"because": words(decision.because)}
            )
        if decision.withheld:
            names = ", ".join(label("sections", code) for code in decision.withheld)
            raise forms.ValidationError(_("The text does not open: %(sections)s.") % {"sections": names})
        return decision


@in_case(WRITE)
def ground(request: HttpRequest, case: Any) -> HttpResponse:
    """Take a share without agreement, if a text of the day carries it."""
    person, today = get_concerned(case), timezone.localdate(now())
    initial = {
        "recipient": request.GET.get("partenaire", ""), "kind": request.GET.get("vers", ""),
        "status": request.GET.get("statut", ""), "expires_on": today + LASTS,
    }  # fmt: skip
    roles = request.roles  # type: ignore[attr-defined]
    form = GroundForm(request.POST if request.method == "POST" else None, initial=initial, roles=roles)
    if request.method == "POST" and form.is_valid() and _record(request, case, person, form):
        messages.success(request, _("The share without agreement is recorded, with its text and its facts."))
        return redirect(case_url("consents", case) + "#grounds")
    context = {
        "form": form,
        "title": _("Share without agreement"),
        "lead": _(
            "The exception: the law of the day must allow it for these very facts. You decide, and your name stays beside it."
        ),
        "submit": _("Ask the law and record"),
        "cancel": Action(_("Go back to the consents"), case_url("consents", case), "plain"),
        "section": "today",
        "closed": True,
        "trail": [
            *trail(case),
            Action(_("Consents"), case_url("consents", case)),
            Action(_("Share without agreement"), ""),
        ],
    }
    return render(request, "field/form.html", context)


def _record(request: HttpRequest, case: Any, person: Any, form: GroundForm) -> Any:
    told = form.cleaned_data
    article = next(each.article.article for each in form.decision.citations if each.carries)
    return attempt(
        request, case, record_ground, form=form, person=person,
        recipient=load_service(UUID(told["recipient"])).organisation, article=article, sections=told["sections"],
        facts=told["facts"], agreement_sought=told["agreement_sought"], informed=told["informed"],
        by=account_of(request), expires_on=told["expires_on"], now=now(),
    )  # fmt: skip


def _answers(fact: str) -> list[tuple[str, str]]:
    return [(code.removeprefix(f"{fact}-"), said) for code, said in choices("secrecy-facts", parent=fact)]
