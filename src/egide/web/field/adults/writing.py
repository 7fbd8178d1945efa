"""Writing a report: what leaves the person unable, the violence, agreement or why it could not be sought, the facts, to whom.

Lives here: the form and its words. Not here: the law (field.adults.law), nor what the sheet shows (referrals).
"""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egide.field.adults import actions, law, queries
from egide.field.adults.choices import Agreement
from egide.field.adults.policies import FACTS_IN, IDENTITY
from egide.field.directory.queries import load_service
from egide.field.persons.answers import Answer
from egide.foundation.catalogue import get_nomenclature, list_statuses
from egide.foundation.clock import now
from egide.web.components.codes import choices, label
from egide.web.components.shapes import Action
from egide.web.field.free_text import AS_WRITTEN, warn_of_third_parties
from egide.web.field.thresholds import WRITE, account_of, attempt, in_case, nothing_here
from egide.web.field.wording import case_url, trail

SAID = [(each.value, each.label) for each in (Answer.YES, Answer.NO, Answer.UNKNOWN)]


class ReportForm(forms.Form):
    """The facts, agreement, to whom. Nothing is ticked beforehand but what protects: the home is not safe until said so."""

    incapacities = forms.MultipleChoiceField(
        label=gettext_lazy("What leaves the person unable to protect themselves"), widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Violence alone does not: an adult who is able decides."),
        error_messages={"required": gettext_lazy("Tick at least one: without it, this is a referral, and the person decides.")},
    )  # fmt: skip
    violence = forms.ChoiceField(label=gettext_lazy("Is violence established?"), widget=forms.RadioSelect)
    life_in_danger = forms.BooleanField(
        label=gettext_lazy("A life is in immediate danger: call 17 or 15 before this report"), required=False
    )
    lives_with = forms.ChoiceField(
        label=gettext_lazy("Does the alleged perpetrator live with the person, or have access to their mail or telephone?"),
        widget=forms.RadioSelect, choices=SAID, initial=Answer.UNKNOWN,
        help_text=gettext_lazy("As long as it is not excluded, the sheet says not to write to the home and not to call there."),
    )  # fmt: skip
    agreement = forms.ChoiceField(
        label=gettext_lazy("The person’s agreement to this report"), widget=forms.RadioSelect, choices=Agreement.choices
    )
    impossible_because = forms.ChoiceField(label=gettext_lazy("If it was impossible to ask, why"), required=False)
    agreement_words = forms.CharField(
        label=gettext_lazy("How agreement was sought"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("When, where, with which help to understand; what the answer was, or what made it impossible."),
    )  # fmt: skip
    informed = forms.CharField(
        label=gettext_lazy("How the person was informed"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Say it also when informing would expose the person."),
    )  # fmt: skip
    observed = forms.CharField(
        label=gettext_lazy("What was observed"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reported = forms.CharField(
        label=gettext_lazy("What was told, and by whom"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Between quotation marks. Observed and told stay apart on the sheet."),
    )  # fmt: skip
    sections = forms.MultipleChoiceField(
        label=gettext_lazy("What else is strictly necessary"), widget=forms.CheckboxSelectMultiple, required=False,
        help_text=gettext_lazy(
            "Identity and these facts always go. Without established violence, only housing and rights can be added."
        ),
    )  # fmt: skip
    service = forms.ChoiceField(label=gettext_lazy("To whom"))
    recipient_name = forms.CharField(
        label=gettext_lazy("Whom the code will be told to, by telephone"), max_length=150,
        help_text=gettext_lazy("The one who will answer there. The link opens for nobody without the code."),
    )  # fmt: skip
    status = forms.ChoiceField(label=gettext_lazy("In what capacity I write"))
    representation = forms.ChoiceField(label=gettext_lazy("Measure of representation"), initial="unknown")
    represented_by_alleged = forms.ChoiceField(
        label=gettext_lazy("Is the alleged perpetrator the one who represents the person?"), widget=forms.RadioSelect,
        choices=SAID, initial=Answer.UNKNOWN,
    )  # fmt: skip
    later = ("representation", "represented_by_alleged")
    later_title = gettext_lazy("Guardianship, curatorship, mandate")

    def __init__(self, *args: Any, roles: Any, authorities: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        statuses, unable = dict(choices("professional-statuses")), get_nomenclature("adult-incapacities").codes
        more = dict.fromkeys(code for violence in ("other", "none") for code in law.sections_of(violence))
        listed = {
            "incapacities": [(code, label("adult-incapacities", code)) for code, each in unable.items() if each.parent],
            "violence": [
                (code.removeprefix("violence-"), said) for code, said in choices("secrecy-facts", parent="violence")
            ],
            "impossible_because": choices("adult-agreement-impossible", blank=_("agreement was asked")),
            "sections": [
                (code, label("sections", code)) for code in more if code not in (IDENTITY, *FACTS_IN.values())
            ],
            "service": [("", _("Choose an authority")), *_grouped(authorities)],
            "status": [(code, statuses[code]) for code in list_statuses(roles)],
            "representation": choices("adult-representations"),
        }
        for name, found in listed.items():
            self.fields[name].choices = found  # type: ignore[attr-defined]

    def told(self) -> actions.Told:
        """What the action wants: of the sections ticked, those that the form of these facts carries."""
        clean = self.cleaned_data
        offered = law.sections_of(clean["violence"])
        names = ("incapacities", "violence", "agreement_words", "informed", "status", "observed", "reported",
                 "impossible_because", "life_in_danger", "representation")  # fmt: skip
        return actions.Told(
            **{name: clean[name] for name in names}, agreement=Agreement(clean["agreement"]),
            lives_with=Answer(clean["lives_with"]), represented_by_alleged=Answer(clean["represented_by_alleged"]),
            sections=[code for code in clean["sections"] if code in offered],
        )  # fmt: skip


@in_case(WRITE)
def new_adult_report(request: HttpRequest, case: Any) -> HttpResponse:
    """Write a report; `?suite=` names the one that stayed silent before it, whose facts are proposed again."""
    authorities = queries.list_authorities()
    before = _before(request, case)
    roles = request.roles  # type: ignore[attr-defined]
    sent = request.POST if request.method == "POST" else None
    form = ReportForm(sent, roles=roles, authorities=authorities, initial=_again(before))
    warned = warn_of_third_parties(request, form, "observed", "reported")
    if form.is_bound and form.is_valid():
        made = attempt(
            request, case, actions.write_report, form=form, case=case,
            service=load_service(UUID(form.cleaned_data["service"])), told=form.told(), follows=before,
            recipient_name=form.cleaned_data["recipient_name"], by=account_of(request), now=now(),
        )  # fmt: skip
        if made is not None:
            messages.success(request, _("The report is written. Nothing has left yet: read it, then send it."))
            return redirect("adult_report", case=case.id, report=made.id)
    if not authorities:
        return nothing_here(
            request, _("The directory holds no authority that receives such reports: propose one there.")
        )
    context = {
        "form": form,
        "title": _("Report about an adult unable to protect themselves"),
        "lead": _(
            "The law of the day is asked with these facts and names the text, or says that none allows the report."
        ),
        "submit": _("Ask the law and write the report"),
        "second": _("Keep these words as they are") if warned else "",
        "second_name": AS_WRITTEN,
        "cancel": Action(_("Go back"), case_url("adult_reports", case), "plain"),
        "section": "today",
        "closed": True,
        "trail": [
            *trail(case),
            Action(_("Vulnerable adult"), case_url("adult_reports", case)),
            Action(_("Report"), ""),
        ],
    }
    return render(request, "field/form.html", context)


def _grouped(authorities: Any) -> list[tuple[str, list[tuple[str, str]]]]:
    """The services under what they are in law: the département first, then justice, then the police."""
    order, found = [code for code, _said in choices("share-recipients")], dict[str, list[tuple[str, str]]]()
    for recipient, service in authorities:
        found.setdefault(recipient, []).append((str(service.id), f"{service.name}, {service.organisation.name}"))
    first = sorted(found, key=lambda code: (code != "department", order.index(code)))
    return [(label("share-recipients", code), found[code]) for code in first]


def _before(request: HttpRequest, case: Any) -> Any:
    try:
        return queries.get_report(case, UUID(request.GET.get("suite", "")))
    except (ValueError, queries.NotFound):
        return None


def _again(before: Any) -> dict[str, Any]:
    """The facts of the report before, never its words nor its agreement: each authority is asked about anew."""
    if before is None:
        return {}
    names = ("incapacities", "violence", "lives_with", "representation", "represented_by_alleged")
    return {name: getattr(before, name) for name in names}
