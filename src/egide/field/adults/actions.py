"""The only writes on reports: written with the text that carries it, sent, its outcome noted, the person told, the loop closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from egide.field.casefiles.actions import write_entry
from egide.field.casefiles.models import CaseFile, Category, EntryKind
from egide.field.casefiles.queries import get_concerned
from egide.field.consents.actions import record_consent, record_ground
from egide.field.consents.models import Proof
from egide.field.directory.models import Service
from egide.field.persons.actions import queue_message
from egide.field.persons.answers import Answer
from egide.field.referrals import actions as referrals
from egide.field.referrals.models import Audience, State
from egide.field.referrals.policies import LAPSES_AFTER, check_can_move
from egide.field.referrals.policies import MoveRefused as ReferralRefused
from egide.foundation.audit.actions import record
from egide.foundation.catalogue import get_liaison_form, get_nomenclature, recipient_in_law
from egide.methods.secrecy import Answer as Law
from egide.methods.secrecy import Decision

from . import law, permissions, policies
from .models import Agreement, Report

AUDIENCES = {Category.VICTIM: Audience.VICTIM, Category.OFFENDER: Audience.PERPETRATOR}


@dataclass(frozen=True)
class Told:
    """What the one who reports says. Observed and told facts stay apart; `agreement_words` and `informed` are never empty."""

    incapacities: Sequence[str]
    violence: str
    lives_with: Answer
    agreement: Agreement
    agreement_words: str
    informed: str
    status: str
    observed: str = ""
    reported: str = ""
    impossible_because: str = ""
    life_in_danger: bool = False
    representation: str = "unknown"
    represented_by_alleged: Answer = Answer.UNKNOWN
    sections: Sequence[str] = ()


@transaction.atomic
def write_report(
    *, case: CaseFile, service: Service, recipient_name: str, told: Told, by: UUID, now: datetime,
    follows: Report | None = None,
) -> Report:  # fmt: skip
    """Write a report: ask the law of the day with these facts, record the text or the agreement, prepare the sheet.

    Nothing leaves yet. Raises NotAllowed, ReportRefused, LawRefuses.
    """
    permissions.check_may_report(by, now)
    _check(told)
    recipient = recipient_in_law(service.themes, service.organisation.kind)
    policies.check_follows(follows, recipient, now)
    facts = _facts(told, recipient)
    decision = law.ask(facts, case, on=timezone.localdate(now))
    article = next(each.article.article for each in decision.citations if each.carries)
    _record_basis(case, service, facts, told, decision, article, by, now)
    form = law.form_of(told.violence)
    _write_facts(case, form, told, by, now)
    referral = referrals.draft_referral(
        case=case, person=get_concerned(case), service=service, by=by, now=now, sections=facts.sections, sheet=form,
        audience=AUDIENCES.get(Category(case.category), Audience.OTHER), purpose=get_liaison_form(form).sheet.purpose,
        recipient_name=recipient_name, status=told.status, recipient_kind=recipient,
        agreed={Agreement.GIVEN: Answer.YES, Agreement.REFUSED: Answer.NO}.get(told.agreement, Answer.NOT_ASKED),
        reply_wanted_by=timezone.localdate(now + policies.RECEIPT_WITHIN),
        route=decision.protocol.code if decision.protocol else "",
    )  # fmt: skip
    report = Report(
        case=case, person=referral.person, referral=referral, follows=follows, incapacities=list(told.incapacities),
        violence=told.violence, life_in_danger=told.life_in_danger, lives_with=told.lives_with,
        representation=told.representation, represented_by_alleged=told.represented_by_alleged, agreement=told.agreement,
        impossible_because=told.impossible_because, agreement_words=told.agreement_words.strip(),
        informed=told.informed.strip(), rule=decision.row, answer=decision.answer.value, article=article, written_at=now,
        written_by=by,
    )  # fmt: skip
    report.full_clean(validate_unique=False)
    report.save(force_insert=True)
    record("ADULT_REPORT_WRITTEN", subject=("case", case.id), detail={"to": recipient, "article": article}, at=now)
    return report


@transaction.atomic
def send_report(*, report: Report, by: UUID, now: datetime) -> referrals.Sent:
    """Send it, once the law has been asked again: a route may have been switched off since. The secrets are told once.

    Raises NotAllowed, ReportRefused, LawRefuses, MoveRefused.
    """
    permissions.check_may_report(by, now)
    sheet = report.referral
    facts = law.Facts(
        tuple(report.incapacities), report.violence, report.life_in_danger, sheet.status, sheet.recipient_kind,
        tuple(sheet.sections), Agreement(report.agreement),
    )  # fmt: skip
    law.ask(facts, report.case, on=timezone.localdate(now))
    sent = referrals.send_referral(referral=sheet, by=by, now=now)
    record("ADULT_REPORT_SENT", subject=("case", report.case_id), detail={"to": sheet.recipient_kind}, at=now)
    return sent


@transaction.atomic
def note_outcome(*, report: Report, outcome: str, on: date, by: UUID, now: datetime) -> Report:
    """Note what the authority did, and end the referral with it. Raises NotAllowed, ReportRefused."""
    permissions.check_may_report(by, now)
    policies.check_outcome(report, outcome, on, now)
    report.outcome, report.outcome_on = outcome, on
    report.save(update_fields=["outcome", "outcome_on"])
    record("ADULT_REPORT_OUTCOME", subject=("case", report.case_id), detail={"outcome": outcome}, at=now)
    try:
        check_can_move(report.referral, State.CLOSED)
    except ReferralRefused:
        return report
    served = "served" if outcome in policies.SERVED else "not-served"
    referrals.close_referral(referral=report.referral, outcome=served, by=by, now=now)
    return report


@transaction.atomic
def tell_person(*, report: Report, way: str, words: str, by: UUID, now: datetime) -> Report:
    """Note how the person was told, which closes the loop; by the safe channel, the agreed words leave, in their hours.

    Raises NotAllowed, ReportRefused, ContactRefused.
    """
    permissions.check_may_report(by, now)
    policies.check_telling(report, way, words)
    if way == "safe-channel":
        queue_message(person=report.person, key=f"adult-report:{report.id}", by=by, now=now)
    report.told_way, report.told_words, report.told_at, report.closed_at = way, words.strip(), now, now
    report.save(update_fields=["told_way", "told_words", "told_at", "closed_at"])
    record("ADULT_REPORT_CLOSED", subject=("case", report.case_id), detail={"way": way}, at=now)
    return report


def _check(told: Told) -> None:
    policies.check_incapacities(told.incapacities)
    policies.check_agreement(
        told.agreement,
        impossible_because=told.impossible_because,
        words=told.agreement_words,
        informed=told.informed,
    )
    policies.check_code("adult-representations", told.representation)
    if not (told.observed.strip() or told.reported.strip()):
        raise policies.ReportRefused(_("Write what was observed, or what was told: the authority reads facts."))


def _facts(told: Told, recipient: str) -> law.Facts:
    sections = policies.sections_to_tell(told.violence, told.sections)
    return law.Facts(
        tuple(told.incapacities), told.violence, told.life_in_danger, told.status, recipient, sections, told.agreement
    )


def _record_basis(
    case: CaseFile, service: Service, facts: law.Facts, told: Told, decision: Decision, article: str, by: UUID, now: datetime
) -> None:  # fmt: skip
    """On what the sheet is shared: the agreement when it was given, and the text whenever it stands by itself."""
    person, until = get_concerned(case), timezone.localdate(now + LAPSES_AFTER)
    if told.agreement == Agreement.GIVEN:
        purpose = get_liaison_form(law.form_of(told.violence)).sheet.purpose
        record_consent(
            person=person, recipient=service.organisation, purpose=purpose, sections=facts.sections, proof=Proof.ORAL,
            given_on=timezone.localdate(now), expires_on=until, by=by, now=now,
        )  # fmt: skip
        return
    if decision.answer in (Law.POSSIBLE, Law.REQUIRED):
        record_ground(
            person=person, recipient=service.organisation, article=article, sections=decision.sections, by=by, now=now,
            facts="\n".join(filter(None, (told.observed.strip(), told.reported.strip()))), informed=told.informed,
            agreement_sought=_sought(told), expires_on=until,
        )  # fmt: skip


def _sought(told: Told) -> str:
    because = get_nomenclature("adult-agreement-impossible").codes.get(told.impossible_because)
    return ". ".join(filter(None, (because.label.fr if because else "", told.agreement_words.strip())))[:300]


def _write_facts(case: CaseFile, form: str, told: Told, by: UUID, now: datetime) -> None:
    """The facts as entries of the section that the sheet carries; and, unless it is excluded, that a home may not be written to."""
    written = [(EntryKind.FACT_OBSERVED, told.observed), (EntryKind.FACT_TOLD, told.reported)]
    if told.lives_with != Answer.NO:
        warning = _(
            "Do not write to the home and do not call there: the alleged perpetrator lives there, or it is not excluded."
        )
        written.append((EntryKind.OPINION, warning))
    purpose = get_liaison_form(form).sheet.purpose
    for kind, text in written:
        if text.strip():
            write_entry(
                case=case,
                section=policies.FACTS_IN[form],
                purpose=purpose,
                kind=kind,
                text=text.strip(),
                by=by,
                now=now,
            )
