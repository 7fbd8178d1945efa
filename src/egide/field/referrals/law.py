"""What the law of the day says of a sheet: the wizard's question, made of the form, the one who writes and the one who reads.

Lives here: the question and its refusal (R06, R07, AT-16). Not here: the table (catalogue), the decision (methods.secrecy),
what she agreed to (consents).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from egide.field.casefiles.models import CaseFile
from egide.foundation.catalogue import (
    LiaisonForm,
    get_liaison_form,
    get_nomenclature,
    get_secrecy_table,
    list_liaison_forms,
    list_statuses,
)
from egide.foundation.legal.queries import list_routes
from egide.methods.secrecy import Answer, Case, Consent, Decision, Person, SecrecyError, Situation, Words, decide

USUAL_FORM = "liaison-sheet"
HERSELF = "the-person"
HERE = frozenset(
    {Person.ADULT, Person.MINOR}
)  # an adult unable to protect herself has her own room, which asks the facts


class LawRefuses(ValueError):
    """No text lets this sheet go to that recipient, or the local route it would take is switched off."""


@dataclass(frozen=True)
class Question:
    """Which form, in what capacity, to whom in law: codes of the catalogue."""

    form: str
    status: str
    recipient: str


def ask(question: Question, case: CaseFile, *, agreed: Collection[str], on: date) -> Decision:
    """The law's answer of the day. `agreed`: the sections that she agreed to for this recipient and purpose.

    Raises LawRefuses for codes that the catalogue does not have or a day before its table.
    """
    form = get_liaison_form(question.form)
    put = Case(
        status=question.status,
        recipient=question.recipient,
        purpose=form.sheet.purpose,
        on=on,
        situation=Situation(Person(form.about)),
        consent=Consent.GIVEN if agreed else Consent.NOT_SOUGHT,
        sections=tuple(agreed),
        consented=frozenset(agreed),
        territory=place_of(case),
    )
    try:
        return decide(get_secrecy_table(), put, list_routes())
    except SecrecyError as silent:
        raise LawRefuses(str(silent)) from silent


def check_open(question: Question, decision: Decision) -> None:
    """Raise LawRefuses when the route is switched off (the fallback is in the sentence) or no text lets the sheet go."""
    if decision.instead is not None and decision.closed is not None:
        raise LawRefuses(
            _(
                "This route is switched off since %(day)s (%(who)s: %(why)s). Go by this one instead: %(recipient)s, %(purpose)s."
            )
            % {
                "day": f"{decision.closed.valid_from:%d/%m/%Y}",
                "who": _said(decision.closed.decided_by),
                "why": _said(decision.closed.reason),
                "recipient": _label("share-recipients", decision.instead.recipient),
                "purpose": _label("share-purposes", decision.instead.purpose).lower(),
            }
        )
    if decision.answer is Answer.FORBIDDEN:
        raise LawRefuses(
            _(
                "No text lets this sheet go to: %(recipient)s. %(because)s Hand her the number, or let her carry the sheet herself."
            )
            % {"recipient": _label("share-recipients", question.recipient), "because": _said(decision.because)}
        )


def is_asked_here(form: str) -> bool:
    """Whether the law of a sheet is asked with its form alone; that of a vulnerable adult is asked with the facts, in her room."""
    return Person(get_liaison_form(form).about) in HERE


def list_forms(statuses: Collection[str], recipient: str) -> list[LiaisonForm]:
    """The forms that one may write in these capacities to such a recipient: the usual sheet first, and always offered.

    Those of the room of vulnerable adults are not among them: the law is asked there, with the facts.
    """
    usual = get_liaison_form(USUAL_FORM)
    found = [
        form
        for form in list_liaison_forms()
        if form.code != USUAL_FORM
        and is_asked_here(form.code)
        and recipient in form.sheet.recipients
        and (not form.senders or form.senders & set(statuses))
    ]
    return [usual, *found] if recipient in usual.sheet.recipients or not found else [*found, usual]


def recipients_of(form: str, told: str) -> list[str]:
    """To whom in law a sheet of this form may go: what the service is, and the one for whom an association relays it."""
    last = get_liaison_form(form).sheet.recipients - {HERSELF}
    order = [code for code in get_nomenclature("share-recipients").codes if code in last]
    if form == USUAL_FORM:
        return list(dict.fromkeys([told, *order]))
    return order


def statuses_of(roles: Collection[str], form: str) -> list[str]:
    """The capacities in which these roles may write a form, the one proposed first."""
    senders = get_liaison_form(form).senders
    return [status for status in list_statuses(roles) if not senders or status in senders]


def place_of(case: CaseFile) -> str | None:
    """The département whose protocols a file meets; None when its commune is not known."""
    commune = case.commune
    return (commune[:3] if commune.startswith(("97", "98", "99")) else commune[:2]) or None


def _said(words: Words) -> str:
    return words.en if (get_language() or "fr").startswith("en") else words.fr


def _label(nomenclature: str, code: str) -> str:
    return get_nomenclature(nomenclature).codes[code].label.get((get_language() or "fr")[:2])
