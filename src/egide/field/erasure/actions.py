"""The only purge: each due file in a transaction of its own, then one certificate of numbers."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils import timezone

from egide.foundation.catalogue import get_retention_rule
from egide.foundation.legal.actions import entering_active
from egide.foundation.outbox.transport import Folder
from egide.foundation.retention.actions import certify
from egide.foundation.wings.entering import Subject

from .handlers import run_on_erasure
from .queries import RULE, list_due

JOB = Subject.job("purge_expired")


@dataclass(frozen=True)
class Purge:
    """What a purge did. `waiting`: files due that were kept, by the reason; no number is about one person."""

    certificate: UUID
    made_at: datetime
    rule: str
    counts: dict[str, int]
    waiting: dict[str, int]


def purge_expired(*, now: datetime) -> Purge:
    """Erase the closed files whose retention has ended, where the archives agree; leave a certificate.

    A file and everything that hangs on it goes in one transaction, with those of its persons who stand in no other file,
    the messages held about them and the keys of their traces. Killed in between, the next purge goes on.
    """
    rule, counts, waiting = get_retention_rule(RULE), Counter[str](), Counter[str]()
    with entering_active("field", JOB):
        due = list_due(today=timezone.localdate(now))
    for found in due:
        if not found.closed:
            waiting["still open"] += 1
        elif found.waits_for_visa:
            waiting["archives visa"] += 1
        else:
            counts.update(_erase(found.case_id))
    with entering_active("field", JOB):
        certificate = certify(rule=rule, counts=counts, waiting=waiting, now=now)
    return Purge(certificate.id, now, f"{rule.code} {rule.version}", dict(counts), dict(waiting))


def _erase(case_id: UUID) -> Counter[str]:
    counts = Counter({"case files": 1})
    with entering_active("field", JOB):
        with connection.cursor() as cursor:
            cursor.execute("SELECT source, identifier FROM erase_case(%s)", [case_id])
            rows = cursor.fetchall()
            identifiers = [identifier for _source, identifier in rows]
            counts.update(f"rows of {source}" for source, _identifier in rows)
            counts["keys of traces"] += _number(cursor, "SELECT audit_shred(%s)", identifiers)
            cursor.execute("SELECT outbox_erase(%s)", [identifiers])
            messages = [row[0] for row in cursor.fetchall()]
        outbox = Folder(settings.EGIDE_OUTBOX)
        counts["messages"] += len(messages)
        counts["files"] += sum(outbox.take_back(message) for message in messages) + run_on_erasure(identifiers)
    return +counts


def _number(cursor: object, statement: str, identifiers: list[str]) -> int:
    cursor.execute(statement, [identifiers])  # type: ignore[attr-defined]
    return int(cursor.fetchone()[0])  # type: ignore[attr-defined]
