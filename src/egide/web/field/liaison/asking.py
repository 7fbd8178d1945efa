"""The question of a sheet: which form, in what capacity, to whom in law; and the answer of the law of the day, with its texts.

Lives here: the question as codes in an address (no fact about anyone), the answer as words. Not here: the table, the decision.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egide.field.referrals import law
from egide.field.referrals.policies import offer
from egide.foundation.catalogue import get_liaison_form, recipient_in_law
from egide.foundation.clock import now
from egide.web.components.codes import choices, label
from egide.web.components.shapes import Action, Finding
from egide.web.components.words import words
from egide.web.field.wording import case_url
from egide.web.public.secrecy import ANSWERS, citation

NAMES = {"form": "fiche", "status": "statut", "recipient": "vers"}  # as they stand in the address


class QuestionForm(forms.Form):
    """Which sheet, in what capacity, to whom."""

    form = forms.ChoiceField(label=gettext_lazy("Which sheet"))
    status = forms.ChoiceField(label=gettext_lazy("In what capacity I write"))
    recipient = forms.ChoiceField(
        label=gettext_lazy("To whom, in law"),
        help_text=gettext_lazy("The last one who will read it, when an association passes it on."),
    )

    def __init__(self, *args: Any, asked: "Asked", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        statuses, recipients = dict(choices("professional-statuses")), dict(choices("share-recipients"))
        listed = {
            "form": [(form.code, words(form.label)) for form in asked.forms],
            "status": [(code, statuses[code]) for code in asked.statuses],
            "recipient": [(code, said) for code, said in recipients.items() if code != law.HERSELF],
        }
        for name, found in listed.items():
            self.fields[name].choices = found  # type: ignore[attr-defined]
            self.fields[name].initial = getattr(asked.question, name)


@dataclass(frozen=True)
class Asked:
    """A question put to the law, what else could be asked, what may be offered, and the answer."""

    question: law.Question
    forms: tuple[Any, ...]
    statuses: tuple[str, ...]
    purpose: str
    offered: list[Any]
    decision: Any
    refusal: str


def ask_law(request: HttpRequest, case: Any, person: Any, service: Any) -> Asked:
    """Put the question that the address holds, or the one that the service and the account propose. Raises LawRefuses."""
    roles = request.roles  # type: ignore[attr-defined]
    told = recipient_in_law(service.themes, service.organisation.kind)
    statuses = law.statuses_of(roles, law.USUAL_FORM)
    found = law.list_forms(statuses, told)
    form = _among(request, "form", [each.code for each in found])
    statuses = law.statuses_of(roles, form)
    question = law.Question(
        form,
        _among(request, "status", statuses),
        _among(request, "recipient", law.recipients_of(form, told)),
    )
    on, purpose = timezone.localdate(now()), get_liaison_form(form).sheet.purpose
    offered = offer(person=person, recipient=service.organisation, purpose=purpose, on=on, form=form)
    agreed = [section.code for section in offered if section.covered]
    decision = law.ask(question, case, agreed=agreed, on=on)
    try:
        law.check_open(question, decision)
        refusal = ""
    except law.LawRefuses as refused:
        refusal = str(refused)
    return Asked(question, tuple(found), tuple(statuses), purpose, offered, decision, refusal)


def asked_again(form: QuestionForm, domain: str) -> str:
    """The question that was just chosen, as it will stand in the address."""
    told = {NAMES[name]: form.cleaned_data[name] for name in NAMES}
    return urlencode({**told, "besoin": domain} if domain else told)


def answer_context(asked: Asked, case: Any, service: Any) -> dict[str, Any]:
    """The answer as words: what the law says, its texts, the local route, what to do when it is closed."""
    decision = asked.decision
    said, tone = ANSWERS[decision.answer]
    if asked.refusal:
        tone = "bad"
    return {
        "answer": _("What the law says: %(answer)s") % {"answer": said},
        "tone": tone,
        "because": words(decision.because),
        "refusal": asked.refusal,
        "texts": _texts(decision),
        "route": _route(decision),
        "fallback": _fallback(asked, case, service),
        "ground": _ground(asked, case, service),
        "purpose": label("share-purposes", asked.purpose),
    }


def _among(request: HttpRequest, name: str, offered: list[str]) -> str:
    wanted = request.GET.get(NAMES[name], "")
    return wanted if wanted in offered else next(iter(offered), "")


def _texts(decision: Any) -> list[Finding]:
    return [citation(each) for each in decision.citations]


def _route(decision: Any) -> str:
    if decision.protocol is None or decision.via is None:
        return ""
    return _("By the local protocol “%(protocol)s”, through: %(via)s.") % {
        "protocol": words(decision.protocol.label), "via": label("share-recipients", decision.via),
    }  # fmt: skip


def _fallback(asked: Asked, case: Any, service: Any) -> Action | None:
    instead = asked.decision.instead
    if instead is None:
        return None
    told = urlencode({"fiche": law.USUAL_FORM, "statut": asked.question.status, "vers": instead.recipient})
    return Action(
        _("Go by the route that stays open"), f"{case_url('new_referral', case, service=service.id)}?{told}", "primary"
    )


def _ground(asked: Asked, case: Any, service: Any) -> Action:
    told = urlencode({"partenaire": service.id, "statut": asked.question.status, "vers": asked.question.recipient})
    return Action(_("A fact changes this: record a share without agreement"), f"{case_url('ground', case)}?{told}")
