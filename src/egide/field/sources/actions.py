"""The only writes on sheets: written and sent at once, received, taken into an assessment of one's own, erased."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from egide.field.assessments.actions import answer_factors
from egide.field.assessments.models import DangerAssessment
from egide.field.assessments.policies import AssessmentRefused, read_answers
from egide.foundation.audit.actions import record
from egide.foundation.catalogue import get_grid, get_retention_rule
from egide.foundation.organisations.models import Organisation
from egide.foundation.retention.actions import certify
from egide.foundation.retention.policies import latest_start
from egide.methods.danger import AnswerRefused

from . import permissions
from .models import SourceSheet

GRID, PART, RULE = "danger", "perpetrator", "source-sheets"
SOURCES = ("perpetrator", "observed", "record")  # of the grid's informants: those that a programme has


@dataclass(frozen=True)
class SheetPurge:
    """How many sheets went."""

    certificate: UUID
    erased: int


@transaction.atomic
def send_sheet(
    *, recipient: Organisation, source: str, told: Mapping[str, Mapping[str, Any]], facts_on: date, by: UUID, now: datetime
) -> SourceSheet:  # fmt: skip
    """Write a sheet and send it: facts of the perpetrator part by one source, to a service that assesses danger.

    Raises NotAllowed, AssessmentRefused: nothing said, another part, a source that may not answer, a day to come.
    """
    place = permissions.workplace_of(by, now)
    if source not in SOURCES:
        raise AssessmentRefused(_("Say how it is known: heard from him, observed, or read in a document."))
    if facts_on > timezone.localdate(now):
        raise AssessmentRefused(_("The day of the facts has not come yet."))
    if not told:
        raise AssessmentRefused(_("Answer at least one line: an empty sheet would look like an answer."))
    grid = get_grid(GRID)
    plain = {code: {**each, "source": source} for code, each in told.items()}
    outside = sorted(set(plain) - {factor.code for factor in grid.factors_of(PART) if source in factor.informants})
    if outside:
        raise AssessmentRefused(_("This source cannot answer: %(factors)s.") % {"factors": ", ".join(outside)})
    try:
        grid.method.check_answers(read_answers(plain))
    except AnswerRefused as refused:
        raise AssessmentRefused(str(refused)) from refused
    sheet = SourceSheet(
        organisation=place, recipient=recipient, grid=GRID, grid_version=grid.version, source=source, told=plain,
        facts_on=facts_on, written_by=by, written_at=now,
    )  # fmt: skip
    sheet.save(force_insert=True)
    record("SOURCE_SHEET_SENT", subject=("sheet", sheet.id), detail={"to": recipient.code}, at=now)
    return sheet


@transaction.atomic
def receive_sheet(*, sheet: SourceSheet, by: UUID, now: datetime) -> SourceSheet:
    """Give the receipt: all that the author ever learns. Raises NotAllowed."""
    permissions.check_may_receive(by, sheet.recipient_id, now)
    if sheet.received_at is None:
        sheet.received_at, sheet.received_by = now, by
        sheet.save(update_fields=["received_at", "received_by"])
        record("SOURCE_SHEET_RECEIVED", subject=("sheet", sheet.id), at=now)
    return sheet


@transaction.atomic
def take_into(*, sheet: SourceSheet, assessment: DangerAssessment, by: UUID, now: datetime) -> DangerAssessment:
    """Join the sheet's facts to an open assessment of one's own, each with its source. The sheet keeps no trace of which.

    Raises NotAllowed, AssessmentRefused.
    """
    receive_sheet(sheet=sheet, by=by, now=now)
    return answer_factors(assessment=assessment, answers=sheet.told, now=now)


@transaction.atomic
def purge_sheets(*, now: datetime) -> SheetPurge:
    """Erase the sheets of six months ago and the keys of their traces; leave a certificate. A job's work."""
    rule = get_retention_rule(RULE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT erase_sources(%s)", [latest_start(timezone.localdate(now), rule)])
        erased = [str(row[0]) for row in cursor.fetchall()]
        cursor.execute("SELECT audit_shred(%s)", [erased])
    certificate = certify(rule=rule, counts=+Counter({"source sheets": len(erased)}), waiting=Counter(), now=now)
    return SheetPurge(certificate.id, len(erased))
