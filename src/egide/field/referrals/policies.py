"""When a referral may move and what it may carry. Who may act is in permissions.py."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from egide.field.casefiles.models import CaseFile, Role
from egide.field.consents.models import Ground
from egide.field.consents.policies import check_covers, covered_sections
from egide.field.persons.answers import Answer
from egide.field.persons.models import Person
from egide.foundation.catalogue import NomenclatureCode, get_liaison_form, get_nomenclature, get_sections
from egide.foundation.organisations.models import Organisation
from egide.methods.secrecy import sheet_sections

from . import law
from .law import USUAL_FORM
from .models import Mode, Referral, State
from .states import MOVES

REMIND_AFTER = timedelta(days=7)  # R05
REMIND_AGAIN_AFTER = timedelta(days=14)  # a proposal for the field experts, as the next one
LAPSES_AFTER = timedelta(days=30)
OPEN_FOR = timedelta(hours=8)  # a working day: how long a code opens; the same in field/walls
ATTEMPTS = 5
PURPOSE = "referral"  # of catalogue/nomenclatures/share-purposes.yaml

BODY_OF_KIND = {
    "national-police": "national-police",
    "gendarmerie": "gendarmerie",
    "municipal-police": "municipal-police",
}
BODY_OF_ROLE = {
    "ISCG": "iscg",
    "MUNICIPAL_OFFICER": "municipal-police",
    "SHELTER_WORKER": "shelter",
    "PROGRAMME_WORKER": "perpetrator-programme",
    "ASSOCIATION_WORKER": "association",
}
POLICE_BODIES = frozenset({"national-police", "gendarmerie"})  # whom indicators v, vi and vii count (Z16)


class MoveRefused(ValueError):
    """The referral cannot become what was asked, or cannot carry it."""


@dataclass(frozen=True)
class Offered:
    """A section that a sheet may carry. `usual`: one of those the founding text agreed on (AT-15); `covered`: she agreed."""

    code: str
    label: str
    usual: bool
    covered: bool


def check_can_move(referral: Referral, to: State) -> None:
    """Raise MoveRefused unless the table of moves allows it for this kind of referral."""
    state = State(referral.state)
    number_given = referral.mode == Mode.NUMBER_GIVEN
    allowed = MOVES[state] - ({State.SENT} if number_given else {State.CONTACT_MADE} if state == State.DRAFT else set())
    if to not in allowed:
        raise MoveRefused(
            _("A referral that is “%(state)s” cannot become “%(to)s”.") % {"state": state.label, "to": to.label}
        )


def check_code(nomenclature: str, code: str) -> None:
    """Raise MoveRefused for a code that the nomenclature does not have."""
    if code not in get_nomenclature(nomenclature).codes:
        raise MoveRefused(_("“%(code)s” is not in the list “%(list)s”.") % {"code": code, "list": nomenclature})


def check_carries(case: CaseFile, person: Person, sections: Iterable[str]) -> None:
    """Raise MoveRefused for someone who is not in the file, or sections of a file opened for someone else."""
    role = Role.objects.filter(case=case, person=person).order_by("-concerned").first()
    if role is None:
        raise MoveRefused(_("She is not in this file: add her first."))
    if list(sections) and not role.concerned:
        raise MoveRefused(_("Only the person for whom the file is opened can agree that its sections are shared."))
    unknown = sorted(set(sections) - set(get_sections().sections))
    if unknown:
        raise MoveRefused(_("Unknown sections: %(sections)s.") % {"sections": ", ".join(unknown)})


def check_can_send(referral: Referral, now: datetime) -> None:
    """Raise MoveRefused without her agreement or a recorded ground, ConsentMissing for a section that is not covered.

    A refusal closes nothing but this sending: help goes on (AT-20).
    """
    check_can_move(referral, State.SENT)
    on = timezone.localdate(now)
    if not referral.recipient_name.strip():
        raise MoveRefused(_("Say to whom the code will be told by telephone: the link opens for nobody else."))
    if referral.agreed != Answer.YES and not _has_ground(referral, on):
        raise MoveRefused(_("She has not agreed to this referral, and no text that allows it without her is recorded."))
    if not referral.sections:
        raise MoveRefused(_("The sheet carries no section: choose what she agrees to, or hand over the number."))
    check_covers(
        person=referral.person,
        recipient=referral.recipient,
        sections=referral.sections,
        on=on,
        purpose=referral.purpose,
    )
    if law.is_asked_here(referral.form) and not _has_ground(referral, on, referral.sections):
        check_law(referral, on)


def check_law(referral: Referral, on: date) -> str:
    """Raise LawRefuses when no text of the day, or no open route, lets the sheet go; return the local route it takes, if any.

    A ground recorded without her agreement has asked the law already, with the facts; the sending does not ask it twice.
    """
    question = law.Question(referral.form, referral.status, referral.recipient_kind)
    agreed = referral.sections if referral.agreed == Answer.YES else ()
    decision = law.ask(question, referral.case, agreed=agreed, on=on)
    law.check_open(question, decision)
    return decision.protocol.code if decision.protocol else ""


def usual_sections(form: str = USUAL_FORM) -> tuple[str, ...]:
    """The sections of a form's items, by default the five of the founding text: the most a sheet offers by itself (AT-15)."""
    return sheet_sections(get_liaison_form(form).sheet, get_sections().section_of())


def offer(*, person: Person, recipient: Organisation, purpose: str, on: date, form: str = USUAL_FORM) -> list[Offered]:
    """What a sheet to a recipient may carry: the usual sections, then those she added; nothing else is proposed (AT-15)."""
    covered = covered_sections(person=person, recipient=recipient, on=on, purpose=purpose)
    usual, language = usual_sections(form), get_language() or "fr"
    return [
        Offered(code, entry.label.get(language), code in usual, code in covered)
        for code, entry in _usual_first(usual)
        if code in usual or code in covered
    ]


def default_sections(
    *, person: Person, recipient: Organisation, purpose: str, on: date, form: str = USUAL_FORM
) -> list[str]:
    """What a sheet carries when nobody chose: the usual sections that she agreed to, no other (AT-15)."""
    found = offer(person=person, recipient=recipient, purpose=purpose, on=on, form=form)
    return [section.code for section in found if section.usual and section.covered]


def body_of(roles: Iterable[str], kind: str) -> str:
    """The body that refers, from the roles of an account and the kind of its organisation; the role speaks first (Z16)."""
    for role in BODY_OF_ROLE:
        if role in roles:
            return BODY_OF_ROLE[role]
    return BODY_OF_KIND.get(kind, "other")


def _usual_first(usual: Sequence[str]) -> list[tuple[str, NomenclatureCode]]:
    sections = get_sections().sections
    return [(code, sections[code]) for code in (*usual, *(code for code in sections if code not in usual))]


def _has_ground(referral: Referral, on: date, sections: Sequence[str] = ()) -> bool:
    grounds = Ground.objects.filter(person=referral.person, recipient=referral.recipient, expires_on__gt=on)
    return grounds.filter(sections__contains=list(sections)).exists()
