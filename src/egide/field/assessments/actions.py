"""The only writes on danger assessments."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from egide.field.casefiles.models import CaseFile
from egide.field.casefiles.permissions import check_may
from egide.foundation.audit.actions import record
from egide.foundation.catalogue import get_grid, roles_with
from egide.foundation.organisations.queries import list_mandates, list_roles
from egide.methods.danger import Level, SecondLook, as_plain, assess, check_decision

from . import policies
from .following.actions import follow_decision, follow_start
from .models import DangerAssessment, State
from .policies import AssessmentRefused


@transaction.atomic
def start_assessment(
    *, case: CaseFile, moment: str, by: UUID, trained: bool, now: datetime, grid: str = "danger"
) -> DangerAssessment:
    """Open the current version of a grid. An untrained assessor may, and it is said (AT-31). Raises NotAllowed."""
    check_may(by, "R03", "N", now)
    definition = get_grid(grid)
    if moment not in definition.moments:
        raise AssessmentRefused(_("Say whether this is done in the crisis or in calm."))
    assessment = DangerAssessment(
        case=case,
        grid=grid,
        grid_version=definition.version,
        moment=moment,
        assessor=by,
        assessor_trained=trained,
        started_at=now,
    )
    assessment.save(force_insert=True)
    follow_start(assessment=assessment, now=now)
    record(
        "ASSESSMENT_STARTED", subject=("case", case.id), detail={"grid": grid, "version": definition.version}, at=now
    )
    return assessment


@transaction.atomic
def answer_factors(
    *, assessment: DangerAssessment, answers: Mapping[str, Mapping[str, Any]], now: datetime
) -> DangerAssessment:
    """Keep answers as they come, some or all; nothing is required. Raises AssessmentRefused for an answer the grid refuses."""
    policies.check_state(assessment, State.OPEN)
    assessment.answers = policies.join_answers(assessment, answers, now)
    assessment.save(update_fields=["answers"])
    record("ASSESSMENT_ANSWERED", subject=("case", assessment.case_id), at=now)
    return assessment


@transaction.atomic
def write_own_level(*, assessment: DangerAssessment, level: str, by: UUID, now: datetime) -> DangerAssessment:
    """Write the assessor's own level; only then is the suggestion computed, kept and shown (Z03)."""
    policies.check_state(assessment, State.OPEN)
    _check_assessor(assessment, by)
    own = policies.level_of(level)
    suggestion = assess(
        get_grid(assessment.grid).method,
        policies.read_answers(assessment.answers),
        forms=assessment.case.violence_forms,
        on=timezone.localdate(now),
    )
    assessment.own_level, assessment.own_level_at = own.value, now
    assessment.suggestion, assessment.state = as_plain(suggestion), State.COMPARED
    assessment.save(update_fields=["own_level", "own_level_at", "suggestion", "state"])
    detail = {"own": own.value, "suggested": suggestion.level.value}
    record("OWN_LEVEL_WRITTEN", subject=("case", assessment.case_id), detail=detail, at=now)
    return assessment


@transaction.atomic
def decide_level(
    *, assessment: DangerAssessment, level: str, by: UUID, now: datetime, reason: str = ""
) -> DangerAssessment:
    """Decide. At the suggestion or above it is done; below, with a reason, it waits for a second look."""
    policies.check_state(assessment, State.COMPARED)
    _check_assessor(assessment, by)
    decided, suggested = policies.level_of(level), _suggested(assessment)
    lacks = check_decision(
        suggested=suggested, own_before=Level(assessment.own_level), decided=decided, assessor=str(by), reason=reason
    )
    waiting = tuple(lack for lack in lacks if lack.name != "SECOND_LOOK")
    policies.refuse_lacks(waiting)
    assessment.decided_level, assessment.reason = decided.value, reason
    if lacks:
        assessment.state = State.AWAITING_SECOND_LOOK
        assessment.save(update_fields=["decided_level", "reason", "state"])
        record("SECOND_LOOK_ASKED", subject=("case", assessment.case_id), detail={"decided": decided.value}, at=now)
        return assessment
    return _conclude(assessment, now)


@transaction.atomic
def take_second_look(*, assessment: DangerAssessment, level: str, by: UUID, now: datetime) -> DangerAssessment:
    """Another account, mandated for danger in the same organisation, agrees or finds a higher level. Raises AssessmentRefused."""
    policies.check_state(assessment, State.AWAITING_SECOND_LOOK)
    look = SecondLook(
        by=str(by),
        level=policies.level_of(level),
        mandated=bool(roles_with("R03", "N") & list_roles(account=by, now=now)),
        same_organisation=bool(_organisations(by, now) & _organisations(assessment.assessor, now)),
    )
    policies.refuse_lacks(
        check_decision(
            suggested=_suggested(assessment),
            own_before=Level(assessment.own_level),
            decided=Level(assessment.decided_level),
            assessor=str(assessment.assessor),
            reason=assessment.reason,
            second_look=look,
        )
    )
    assessment.second_look_by, assessment.second_look_level = by, look.level.value
    assessment.save(update_fields=["second_look_by", "second_look_level"])
    return _conclude(assessment, now)


def _conclude(assessment: DangerAssessment, now: datetime) -> DangerAssessment:
    level = get_grid(assessment.grid).levels[Level(assessment.decided_level)]
    assessment.state, assessment.decided_at = State.DECIDED, now
    assessment.review_at = level.review.due_at(timezone.localtime(now))
    assessment.save(update_fields=["decided_level", "reason", "state", "decided_at", "review_at"])
    follow_decision(assessment=assessment, now=now)
    record("LEVEL_DECIDED", subject=("case", assessment.case_id), detail={"level": assessment.decided_level}, at=now)
    return assessment


def _suggested(assessment: DangerAssessment) -> Level:
    assert assessment.suggestion is not None, "the state says that a suggestion was computed"
    return Level(assessment.suggestion["level"])


def _check_assessor(assessment: DangerAssessment, by: UUID) -> None:
    if assessment.assessor != by:
        raise AssessmentRefused(_("This assessment is a colleague's: start your own, both will be shown side by side."))


def _organisations(account: UUID, now: datetime) -> set[UUID]:
    return {mandate.position.organisation_id for mandate in list_mandates(account=account, now=now)}
