"""The only read of the sheet: facts in three groups, her words, no sum; only for a recipient that a consent or a text covers."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from egide.core.missing import Missing
from egide.field.assessments.models import DangerAssessment, State
from egide.field.assessments.policies import AssessmentRefused, read_answers
from egide.field.assessments.telling import list_tellings
from egide.field.casefiles.models import CaseFile
from egide.field.casefiles.permissions import check_may
from egide.field.casefiles.queries import get_concerned
from egide.field.consents.policies import check_covers, covered_sections
from egide.field.consents.queries import list_consents, list_grounds
from egide.foundation.accounts.queries import list_names
from egide.foundation.audit.actions import record
from egide.foundation.catalogue import Text, get_grid
from egide.foundation.organisations.models import Organisation
from egide.methods.danger import Level, list_safety_gaps

SECTION, IDENTITY = "danger", "identity"
OBSERVED, RECORD, TOLD = "observed", "record", "told"


@dataclass(frozen=True)
class SheetFact:
    """One thing said of the situation: what, how far, by whom, on which day, in which words."""

    label: Text
    grade: Text | None
    source: Text | None
    on: date | None
    words: str
    holds_until: date | None = None


@dataclass(frozen=True)
class DangerSheet:
    """What the sheet says. `facts` by how they are known; `unknown` are red factors that nobody could answer."""

    reference: str
    name: str
    author: str
    recipient: str
    dated: date
    fictional: bool
    moment: Text
    assessor: str
    trained: bool
    level: Text
    meaning: Text
    decided_at: datetime
    reason: str
    second_look: str
    facts: dict[str, tuple[SheetFact, ...]]
    safety: tuple[SheetFact, ...]
    unknown: tuple[Text, ...]


def list_recipients(case: CaseFile, *, on: date) -> list[Organisation]:
    """Who may receive the sheet today: those that a consent in force, or a recorded text, lets know of the danger."""
    person = get_concerned(case)
    found = {each.recipient_id: each.recipient for each in list_consents(person) if SECTION in each.sections}
    found |= {each.recipient_id: each.recipient for each in list_grounds(person) if SECTION in each.sections}
    return [
        recipient
        for recipient in sorted(found.values(), key=lambda each: each.name)
        if SECTION in covered_sections(person=person, recipient=recipient, on=on)
    ]


def make_sheet(
    *, case: CaseFile, assessment: DangerAssessment, recipient: Organisation, by: UUID, now: datetime
) -> DangerSheet:
    """The sheet of a decided assessment, for one recipient; its making is in the trail.

    Raises NotAllowed, ConsentMissing, AssessmentRefused before a level is decided.
    """
    check_may(by, "R03", "N", now)
    if assessment.state != State.DECIDED or assessment.decided_at is None:
        raise AssessmentRefused(
            _("The sheet says who decided which level: decide first. To call the police, nothing is needed.")
        )
    person, day = get_concerned(case), timezone.localdate(now)
    check_covers(person=person, recipient=recipient, sections=[SECTION], on=day)
    named = IDENTITY in covered_sections(person=person, recipient=recipient, on=day)
    detail = {"assessment": str(assessment.id), "recipient": str(recipient.id)}
    record("DANGER_SHEET_MADE", subject=("case", case.id), detail=detail, at=now)
    grid, names = get_grid(assessment.grid), list_names(filter(None, (assessment.assessor, assessment.second_look_by)))
    level = grid.levels[Level(assessment.decided_level)]
    return DangerSheet(
        reference=case.reference, name=f"{person.given_name} {person.family_name}".strip() if named else "",
        author=case.organisation.name, recipient=recipient.name, dated=day, fictional=case.organisation.fictional,
        moment=grid.moments[assessment.moment], assessor=names.get(str(assessment.assessor), ""),
        trained=assessment.assessor_trained, level=level.label, meaning=level.meaning, decided_at=assessment.decided_at,
        reason=assessment.reason, second_look=names.get(str(assessment.second_look_by), ""),
        facts=_facts(assessment), safety=_safety(assessment, day), unknown=_unknown(assessment),
    )  # fmt: skip


def _facts(assessment: DangerAssessment) -> dict[str, tuple[SheetFact, ...]]:
    """Every yes about danger, each telling apart, by how it is known."""
    grid = get_grid(assessment.grid)
    groups: dict[str, list[SheetFact]] = {OBSERVED: [], RECORD: [], TOLD: []}
    proven = {factor.code for factor in grid.method.factors if factor.proven}
    for code, factor in grid.factors.items():
        for each in list_tellings(assessment.answers.get(code)):
            if code in proven or not (each["value"] == "YES" or each["value"] in factor.grades):
                continue
            source = each.get("source", "")
            groups[source if source in groups else TOLD].append(
                SheetFact(
                    factor.label, factor.grades.get(each["value"]), grid.informants.get(source), _day(each),
                    each.get("words", ""),
                )
            )  # fmt: skip
    return {group: tuple(facts) for group, facts in groups.items()}


def _safety(assessment: DangerAssessment, day: date) -> tuple[SheetFact, ...]:
    """The safety factors that hold today, with their source and their end; the others are not on the sheet."""
    grid, answers = get_grid(assessment.grid), read_answers(assessment.answers)
    lapsed = {gap.code for gap in list_safety_gaps(grid.method, answers, on=day)}
    return tuple(
        SheetFact(
            grid.factors[factor.code].label, None, grid.informants.get(answers[factor.code].source), None, "",
            answers[factor.code].expires_on,
        )
        for factor in grid.method.factors
        if factor.proven and factor.code not in lapsed and assessment.answers.get(factor.code, {}).get("value") == "YES"
    )  # fmt: skip


def _unknown(assessment: DangerAssessment) -> tuple[Text, ...]:
    absent = {each.value for each in Missing} - {Missing.NOT_APPLICABLE.value}
    return tuple(
        factor.label
        for code, factor in get_grid(assessment.grid).factors.items()
        if factor.red and assessment.answers.get(code, {}).get("value", Missing.NOT_ASKED.value) in absent
    )


def _day(telling: dict[str, str]) -> date | None:
    return timezone.localdate(datetime.fromisoformat(telling["at"])) if telling.get("at") else None
