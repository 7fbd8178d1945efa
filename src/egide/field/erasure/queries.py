"""The only reads of what falls due: the day of a file's purge, shown on the file, and the files whose day has come."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from egide.foundation.catalogue import RetentionRule, get_retention_rule
from egide.foundation.retention.policies import due_on, latest_start, needs_visa
from egide.foundation.retention.queries import visas_until

RULE = "case-files"


@dataclass(frozen=True)
class PurgeDay:
    """When a file is erased, counted from its last contact; `needs_visa`: the archives are asked before."""

    on: date
    counted_from: date
    rule: RetentionRule
    needs_visa: bool


@dataclass(frozen=True)
class Due:
    """A file whose day has come: closed or not, and whether it still waits for the archives."""

    case_id: UUID
    closed: bool
    waits_for_visa: bool


def get_purge_day(case_id: UUID) -> PurgeDay | None:
    """The day of a file of the subject; None when there is no such file."""
    rule = get_retention_rule(RULE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_contact, kind FROM case_clock(%s)", [case_id])
        found = cursor.fetchone()
    day = due_on(found[0], rule) if found else None
    return PurgeDay(day, found[0], rule, needs_visa(found[1], rule)) if found and day else None


def list_due(*, today: date) -> list[Due]:
    """The files whose day has come, for a job; an account is given none."""
    rule = get_retention_rule(RULE)
    latest, visas = latest_start(today, rule), visas_until(rule.code)
    with connection.cursor() as cursor:
        cursor.execute("SELECT case_id, organisation_id, kind, closed, last_contact FROM due_cases(%s)", [latest])
        rows = [(row, due_on(row[4], rule)) for row in cursor.fetchall()]
    return [
        Due(case, closed, needs_visa(kind, rule) and not _covered(day, visas.get(organisation)))
        for (case, organisation, kind, closed, _last), day in rows
        if day is not None and day <= today
    ]


def _covered(due: date | None, until: date | None) -> bool:
    return due is not None and until is not None and due <= until
