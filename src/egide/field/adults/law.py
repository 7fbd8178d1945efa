"""The law of the day, asked with the facts of an adult unable to protect herself: which text carries the report, and to whom.

Lives here: the facts as the wizard takes them. Not here: the table (catalogue), the decision (methods.secrecy).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from egide.field.casefiles.models import CaseFile
from egide.field.referrals.law import LawRefuses, Question, check_open, place_of
from egide.foundation.catalogue import get_liaison_form, get_nomenclature, get_secrecy_table, get_sections
from egide.foundation.legal.queries import list_routes
from egide.methods.secrecy import (
    Answer,
    Case,
    Consent,
    Decision,
    Person,
    SecrecyError,
    Situation,
    Violence,
    decide,
    sheet_sections,
)

from .models import Agreement

REPORT, HELP = "vulnerable-adult", "vulnerable-adult-help"
CONSENT_OF = {
    Agreement.GIVEN: Consent.GIVEN,
    Agreement.REFUSED: Consent.NOT_OBTAINED,
    Agreement.IMPOSSIBLE: Consent.NOT_OBTAINED,
}


@dataclass(frozen=True)
class Facts:
    """What is established, in what capacity one writes, to whom in law, and what one would tell."""

    incapacities: tuple[str, ...]
    violence: str
    life_in_danger: bool
    status: str
    recipient: str
    sections: tuple[str, ...]
    agreement: Agreement


def form_of(violence: str) -> str:
    """The family of the sheet: a report where violence is established, else a request to the département for help."""
    return HELP if Violence(violence) is Violence.NONE else REPORT


def person_of(incapacities: Collection[str]) -> Person:
    """What the law calls the person: age and incapacity come first, for article 226-14 names them."""
    codes = get_nomenclature("adult-incapacities").codes
    parents = {codes[code].parent for code in incapacities}
    return Person.UNABLE if Person.UNABLE.value in parents else Person.WEAKENED


def recipients_of(violence: str) -> frozenset[str]:
    """To whom, in law, such a report may go."""
    return frozenset(get_liaison_form(form_of(violence)).sheet.recipients)


def sections_of(violence: str) -> tuple[str, ...]:
    """What the form proposes to tell, no more."""
    return sheet_sections(get_liaison_form(form_of(violence)).sheet, get_sections().section_of())


def ask(facts: Facts, case: CaseFile, *, on: date) -> Decision:
    """What the law of that day says. Raises LawRefuses when no text lets the report go, or its local route is switched off."""
    form = get_liaison_form(form_of(facts.violence))
    if facts.recipient not in form.sheet.recipients:
        raise LawRefuses(
            _("Without violence that is established, the département is asked for help; justice is not seized.")
        )
    given = facts.agreement == Agreement.GIVEN
    put = Case(
        status=facts.status, recipient=facts.recipient, purpose=form.sheet.purpose, on=on,
        situation=Situation(
            person_of(facts.incapacities), Violence(facts.violence), danger_to_life=facts.life_in_danger
        ),
        consent=CONSENT_OF[facts.agreement], sections=facts.sections,
        consented=frozenset(facts.sections if given else ()), territory=place_of(case),
    )  # fmt: skip
    try:
        decision = decide(get_secrecy_table(), put, list_routes())
    except SecrecyError as silent:
        raise LawRefuses(str(silent)) from silent
    check_open(Question(form.code, facts.status, facts.recipient), decision)
    if decision.answer is Answer.WITH_CONSENT and not given:
        raise LawRefuses(
            _(
                "Without agreement no text allows this report. %(because)s Calling for help in an imminent danger always is."
            )
            % {"because": decision.because.en if (get_language() or "fr").startswith("en") else decision.because.fr}
        )
    if decision.withheld:
        codes = get_nomenclature("sections").codes
        names = ", ".join(codes[code].label.get((get_language() or "fr")[:2]) for code in decision.withheld)
        raise LawRefuses(
            _("The text does not open: %(sections)s. Untick them, or obtain agreement.") % {"sections": names}
        )
    return decision
