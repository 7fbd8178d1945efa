"""The only writes on measures, and the one question that may be asked of them: a question is written down too."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from egide.field.assessments.following.actions import record_event
from egide.field.casefiles.models import CaseFile, EntryKind, Role
from egide.field.persons.answers import Answer
from egide.field.persons.models import Person
from egide.foundation.audit.actions import record
from egide.foundation.catalogue import get_nomenclature
from egide.foundation.legal.policies import check_active

from . import permissions, policies
from .identities import identity_of
from .models import Breach, Measure, Proof, Told
from .policies import MeasureRefused


@dataclass(frozen=True)
class Named:
    """Someone as an order names them: a family name, a first given name, a date of birth."""

    given_name: str
    family_name: str
    born_on: date | None


@dataclass(frozen=True)
class Reply:
    """All that a question is answered: the acts forbidden today, as codes, or none; `limited`: asked too often."""

    forbidden: tuple[str, ...] = ()
    limited: bool = False


@transaction.atomic
def note_measure(
    *, case: CaseFile, protected: Person, kind: str, court: str, decided_on: date, from_day: date, last_day: date | None,
    forbidden: Sequence[str], proof: Proof, protected_named: Named | None = None, defendant_named: Named | None = None,
    area: str = "", renews: Measure | None = None, by: UUID, now: datetime,
) -> Measure:  # fmt: skip
    """Note a measure in a file, as its order says it; the civil order of another court is noted beside the criminal one.

    Whoever is named becomes the identity by which the register answers, and is kept as a hash only. Raises NotAllowed,
    MeasureRefused, ValidationError.
    """
    permissions.check_may_note(by, now)
    policies.check_codes("protection-measures", [kind])
    policies.check_codes("forbidden-acts", forbidden)
    if not Role.objects.filter(case=case, person=protected).exists():
        raise MeasureRefused(_("She is not in this file: add her first."))
    if renews is not None and (renews.case_id != case.id or Measure.objects.filter(renews=renews).exists()):
        raise MeasureRefused(_("This measure is already renewed, or belongs to another file."))
    if proof != Proof.TOLD and not (protected_named or defendant_named):
        raise MeasureRefused(_("Copy from the order at least one of the two names with its date of birth."))
    measure = Measure(
        case=case, protected=protected, kind=kind, court=court, decided_on=decided_on, from_day=from_day, last_day=last_day,
        forbidden=list(dict.fromkeys(forbidden)), area=area, proof=proof, renews=renews, noted_by=by, noted_at=now,
        protected_identity=_identity(protected_named), defendant_identity=_identity(defendant_named),
    )  # fmt: skip
    measure.full_clean(validate_unique=False)
    measure.save(force_insert=True)
    detail = {"kind": kind, "proof": proof, "renews": str(renews.id) if renews else ""}
    record("MEASURE_NOTED", subject=("case", case.id), detail=detail, at=now)
    return measure


@transaction.atomic
def lift_measure(*, measure: Measure, on: date, by: UUID, now: datetime) -> Measure:
    """Note that the court lifted a measure, from a day on. Raises NotAllowed, MeasureRefused."""
    permissions.check_may_note(by, now)
    policies.check_lifting(measure, on)
    measure.lifted_on = on
    measure.save(update_fields=["lifted_on"])
    record("MEASURE_LIFTED", subject=("case", measure.case_id), detail={"on": str(on)}, at=now)
    return measure


@transaction.atomic
def report_breach(
    *, measure: Measure, happened_at: datetime, acts: Sequence[str], nature: EntryKind, police_told: str = Answer.NOT_ASKED,
    by: UUID, now: datetime,
) -> Breach:  # fmt: skip
    """Note that a measure was not respected, and open the review of the danger in the same transaction (AT-84).

    Raises NotAllowed, MeasureRefused.
    """
    permissions.check_may_note(by, now)
    policies.check_codes("forbidden-acts", acts)
    if not acts:
        raise MeasureRefused(_("Say what was done."))
    if happened_at > now or timezone.localdate(happened_at) < measure.from_day:
        raise MeasureRefused(_("A breach happens after the measure begins, and not in the future."))
    if nature == EntryKind.OPINION:
        raise MeasureRefused(_("A breach is a fact, observed or told."))
    breach = Breach(
        case_id=measure.case_id, measure=measure, happened_at=happened_at, acts=list(acts), nature=nature,
        police_told=police_told, noted_by=by, noted_at=now,
    )  # fmt: skip
    breach.full_clean()
    breach.save(force_insert=True)
    record("BREACH_REPORTED", subject=("case", measure.case_id), detail={"measure": str(measure.id)}, at=now)
    day = timezone.localdate(happened_at)
    record_event(case=measure.case, event=policies.REVIEW_EVENT, by=by, now=now, happened_on=day)
    return breach


@transaction.atomic
def ask_in_force(*, named: Named, motive: str, by: UUID, now: datetime) -> Reply:
    """Ask what is forbidden today to, or for the sake of, one exactly named person (AT-84, Z04).

    The day is the database's, so that no caller can ask about another. Nothing in the reply says why, by which court, in
    which file, where, or how many measures there are. Raises GateClosed without a legal act, NotAllowed, MeasureRefused.
    """
    check_active(policies.MODULE)
    permissions.check_may_ask(by, now)
    policies.check_codes("protection-motives", [motive])
    identity = _identity(named)
    with connection.cursor() as cursor:
        cursor.execute("SELECT told, forbidden FROM ask_protection(%s, %s)", [identity, motive])
        told, forbidden = cursor.fetchone()
    record("PROTECTION_ASKED", subject=("identity", identity), detail={"motive": motive, "told": told}, at=now)
    known = get_nomenclature("forbidden-acts").codes
    return Reply(tuple(code for code in known if code in (forbidden or ())), told == Told.LIMITED)


def _identity(named: Named | None) -> str:
    if named is None:
        return ""
    policies.check_identity(named.given_name, named.family_name, named.born_on)
    assert named.born_on is not None, "an identity that is not whole was refused"
    return identity_of(named.given_name, named.family_name, named.born_on)
