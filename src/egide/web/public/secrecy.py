"""May I tell it? The secrecy wizard: who I am, what I hold, to whom, why, on which day; the answer with its texts (R07).

Lives here: the question as a form, the decision as a page. Not here: the table and the articles (catalogue), the decision
(methods.secrecy), the consents of a file (field). Nothing asked here is kept, logged or put in an address.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egide.foundation.catalogue import get_secrecy_table, list_protocols
from egide.foundation.clock import now
from egide.foundation.legal.queries import list_routes
from egide.methods.secrecy import (
    FACTS,
    Answer,
    Case,
    Consent,
    Decision,
    Need,
    Person,
    SecrecyError,
    Situation,
    Violence,
    decide,
)
from egide.web.components.codes import choices, label, labels
from egide.web.components.shapes import Action, Fact, Finding, Step, Tag, Tone
from egide.web.components.words import day, words
from egide.web.entrance import enters

FLAGS = ("danger_to_life", "control", "weapon", "subjection", "crime")
YES_NO = [("yes", gettext_lazy("yes")), ("no", gettext_lazy("no")), ("", gettext_lazy("unknown"))]
ANSWERS: Mapping[Answer, tuple[Any, Tone]] = {
    Answer.POSSIBLE: (gettext_lazy("possible"), "good"),
    Answer.WITH_CONSENT: (gettext_lazy("possible with agreement"), "warn"),
    Answer.REQUIRED: (gettext_lazy("required"), "warn"),
    Answer.FORBIDDEN: (gettext_lazy("forbidden"), "bad"),
}


class QuestionForm(forms.Form):
    """Four questions decide; the others change the answer only when they are known."""

    status = forms.ChoiceField(
        label=gettext_lazy("Who I am"), error_messages={"required": gettext_lazy("Say in what capacity you work.")}
    )
    recipient = forms.ChoiceField(
        label=gettext_lazy("To whom I would tell it"),
        error_messages={"required": gettext_lazy("Say to whom you would tell it.")},
    )
    purpose = forms.ChoiceField(
        label=gettext_lazy("Why"), error_messages={"required": gettext_lazy("Say why you would tell it.")}
    )
    person = forms.ChoiceField(label="", widget=forms.RadioSelect, initial=Person.ADULT.value)
    violence = forms.ChoiceField(label="", widget=forms.RadioSelect, initial=Violence.NONE.value)
    consent = forms.ChoiceField(
        label=gettext_lazy("Her agreement, for this recipient and this purpose"),
        widget=forms.RadioSelect,
        initial=Consent.NOT_SOUGHT.value,
        choices=[
            (Consent.NOT_SOUGHT.value, gettext_lazy("not asked yet")),
            (Consent.NOT_OBTAINED.value, gettext_lazy("asked, not given or withdrawn")),
            (Consent.GIVEN.value, gettext_lazy("given")),
        ],
    )
    sections = forms.MultipleChoiceField(
        label=gettext_lazy("What I would tell"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "With agreement, tick only what she agreed to. Left blank, the question is put in general."
        ),
    )
    done = forms.MultipleChoiceField(
        label=gettext_lazy("Already done"), required=False, widget=forms.CheckboxSelectMultiple
    )
    territory = forms.ChoiceField(label=gettext_lazy("Local protocol"), required=False)
    on = forms.DateField(
        label=gettext_lazy("As of"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("The law of that day answers."),
    )

    later = ("sections", *FLAGS[2:], "territory", "on")
    later_title = gettext_lazy("Rarer facts, sections, local protocol, date")
    field_order = [
        "status",
        "recipient",
        "purpose",
        "person",
        "violence",
        "danger_to_life",
        "control",
        "consent",
        "done",
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in FLAGS:
            self.fields[name] = forms.ChoiceField(
                label=label("secrecy-facts", name), choices=YES_NO, required=False, widget=forms.RadioSelect, initial=""
            )
        for name in ("person", "violence"):
            self.fields[name].label = label("secrecy-facts", name)
        table, first = get_secrecy_table(), _("Choose")
        listed = {
            "status": choices("professional-statuses", blank=first),
            "recipient": choices("share-recipients", blank=first),
            "purpose": choices("share-purposes", blank=first),
            "person": _answers("person"),
            "violence": _answers("violence"),
            "sections": choices("sections"),
            "done": [(code, words(each.words)) for code, each in table.conditions.items() if each.ticked],
            "territory": [
                ("", _("none, or elsewhere")),
                *((each.territory, words(each.label)) for each in list_protocols()),
            ],
        }
        for name, found in listed.items():
            self.fields[name].choices = found  # type: ignore[attr-defined]
        self.fields["on"].initial = localdate(now())
        self.order_fields(self.field_order)

    def case(self) -> Case:
        """The question as the method reads it: what is unknown stays unsaid, and help stays possible."""
        told = self.cleaned_data
        flags = {name: told[name] == "yes" for name in FLAGS}
        return Case(
            status=told["status"],
            recipient=told["recipient"],
            purpose=told["purpose"],
            on=told["on"] or localdate(now()),
            situation=Situation(Person(told["person"]), Violence(told["violence"]), **flags),
            consent=Consent(told["consent"]),
            sections=tuple(told["sections"]),
            consented=frozenset(told["sections"]),
            done=frozenset(told["done"]),
            territory=told["territory"] or None,
        )

    def ask_only(self, needs: tuple[Need, ...]) -> None:
        """Offer to tick only what this answer asks to do or check."""
        wanted = {need.condition.code for need in needs if need.condition.ticked}
        field = self.fields["done"]
        field.choices = [(code, said) for code, said in field.choices if code in wanted]  # type: ignore[attr-defined]
        if not wanted:
            field.widget = field.hidden_widget()


def _answers(fact: str) -> list[tuple[str, str]]:
    return [(code.removeprefix(f"{fact}-"), said) for code, said in choices("secrecy-facts", parent=fact)]


@enters("public", methods=("GET", "HEAD", "POST"))
def secrecy(request: HttpRequest) -> HttpResponse:
    """Ask, then answer on the same page with what was asked still in the form."""
    form = QuestionForm(request.POST if request.method == "POST" else None)
    told: dict[str, Any] = {}
    needs: tuple[Need, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            case = form.case()
            decision = decide(get_secrecy_table(), case, list_routes())
            told, needs = _told(decision) | {"otherwise": _otherwise(case, decision)}, decision.needs
            told["urgent"] = case.situation.danger_to_life
        except SecrecyError as silent:
            form.add_error("on", str(silent))
    form.ask_only(needs)
    trail = [Action(_("Home"), reverse("home")), Action(_("May I tell it?"), "")]
    response = render(request, "public/secrecy.html", {"form": form, "trail": trail, "section": "secrecy", **told})
    response["Cache-Control"] = "no-store"
    return response


def _told(decision: Decision) -> dict[str, Any]:
    steps = [Step(words(need.condition.words), "done" if need.met else "now") for need in decision.needs]
    said, tone = ANSWERS[decision.answer]
    return {
        "answer": _("The answer: %(answer)s") % {"answer": said},
        "tone": tone,
        "because": words(decision.because),
        "next": _next(decision),
        "needs": steps,
        "texts": [citation(each) for each in decision.citations],
        "remains": [label("help-actions", code) for code in decision.remains],
        "facts": _facts(decision),
    }


def _otherwise(case: Case, decision: Decision) -> list[str]:
    """Facts left unknown that would change the answer: an oversight must not close a road that the law opens."""
    found = []
    for fact, usual in Situation().facts().items():
        if case.situation.facts()[fact] != usual:
            continue
        for value in FACTS[fact]:
            kind: Callable[[Any], Any] = {"person": Person, "violence": Violence}.get(fact, bool)
            other_facts: Any = {fact: kind(value)}
            situation = replace(case.situation, **other_facts)
            other = decide(get_secrecy_table(), replace(case, situation=situation)).answer
            if other is not decision.answer:
                said = label("secrecy-facts", f"{fact}-{value}") if isinstance(value, str) else _("yes")
                asked = label("secrecy-facts", fact)
                found.append(
                    _("%(asked)s %(said)s: %(answer)s") % {"asked": asked, "said": said, "answer": ANSWERS[other][0]}
                )
    return found


def _next(decision: Decision) -> str:
    if decision.instead is not None:
        return _("The local protocol is switched off. What stays open: %(recipient)s, to %(purpose)s.") % {
            "recipient": label("share-recipients", decision.instead.recipient),
            "purpose": label("share-purposes", decision.instead.purpose).lower(),
        }
    if decision.answer is Answer.FORBIDDEN:
        return _("Do not tell it. What remains possible is below; calling for help in an imminent danger always is.")
    if decision.may_proceed:
        return _("You may go on now, with what is listed here and no more.")
    if not decision.offered:
        return _("Not without her agreement. Her refusal closes nothing: what remains possible is below.")
    return _("Before going on, do or check what is not ticked yet.")


def citation(cited: Any) -> Finding:
    """An article in its dated version, and whether it decides."""
    article = cited.article
    until = _("until %(day)s") % {"day": day(article.valid_to)} if article.valid_to else _("in force since then")
    dated = _("version of %(day)s, %(until)s") % {"day": day(article.valid_from), "until": until}
    tag = Tag(_("decides"), "good") if cited.carries else Tag(_("to be read too"))
    where = f"{words(article.act)}, {article.ref} – {dated}"
    if article.to_verify:
        where += " – " + _("not yet read again by a lawyer")
    return Finding("note", tag, words(article.summary), where)


def _facts(decision: Decision) -> list[Fact]:
    found = [Fact(_("As of"), day(decision.on))]
    if decision.sections:
        found.append(Fact(_("May go"), labels("sections", decision.sections)))
    if decision.withheld:
        found.append(Fact(_("Stays here"), labels("sections", decision.withheld)))
    if decision.protocol is not None:
        road = label("share-recipients", decision.via) if decision.via else _("switched off")
        found.append(Fact(words(decision.protocol.label), road, note=_why_closed(decision)))
    return [*found, Fact(_("Rule"), decision.row, code=True)]


def _why_closed(decision: Decision) -> str:
    closed = decision.closed
    if closed is None:
        return ""
    return _("since %(day)s, %(who)s: %(why)s") % {
        "day": day(closed.valid_from), "who": words(closed.decided_by), "why": words(closed.reason),
    }  # fmt: skip
