"""The only writes on the trail: record an event or one for each of many subjects, seal a batch, shred a subject's key."""

import json
import os
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from . import sealing
from .models import Event, Seal, SealedEvent, SubjectKey

EVENT_COLUMNS = ("id", "at", "code", "wing", "actor_kind", "actor", "subject_kind", "subject_id", "key_id", "detail")
_SEAL_LOCK = 4_100_2512
_KEYS = """
SELECT asked.identifier, key.id, key.wrapped
FROM unnest(%s::text[], %s::bytea[]) AS asked(identifier, fresh), audit_subject_key(%s, asked.identifier, asked.fresh) AS key
"""
_RECORD_MANY = """
SELECT count(audit_record(%s, '', %s, told.identifier, %s, told.key, told.detail))
FROM unnest(%s::text[], %s::uuid[], %s::bytea[]) AS told(identifier, key, detail)
"""


def record(
    code: str, *, subject: tuple[str, object], at: datetime, detail: Mapping[str, Any] | None = None, actor: str = ""
) -> None:
    """Add one event to the trail, in the caller's transaction.

    `subject` is (kind, identifier). The wing and the actor are read by the database from the entered wing; `actor` counts
    only outside a wing, for example at sign-in.
    """
    master = sealing.master_key(settings.EGIDE_AUDIT_KEY)
    kind, identifier = subject[0], str(subject[1])
    with connection.cursor() as cursor:
        fresh = sealing.encrypt(master, os.urandom(32))
        cursor.execute("SELECT id, wrapped FROM audit_subject_key(%s, %s, %s)", [kind, identifier, fresh])
        key_id, wrapped = cursor.fetchone()
        plain = json.dumps(detail or {}, default=str).encode()
        sealed = sealing.encrypt(sealing.decrypt(master, bytes(wrapped)), plain)
        cursor.execute(
            "SELECT audit_record(%s, %s, %s, %s, %s, %s, %s)", [code, actor, kind, identifier, at, key_id, sealed]
        )


def record_many(code: str, *, kind: str, details: Mapping[Any, Mapping[str, Any]], at: datetime) -> None:
    """Add one event for each subject of one kind, by its identifier, in two statements: for loads of many rows at once."""
    master = sealing.master_key(settings.EGIDE_AUDIT_KEY)
    told = {str(identifier): json.dumps(detail, default=str).encode() for identifier, detail in details.items()}
    fresh = [sealing.encrypt(master, os.urandom(32)) for _identifier in told]
    with connection.cursor() as cursor:
        cursor.execute(_KEYS, [list(told), fresh, kind])
        keys = cursor.fetchall()
        sealed = [
            sealing.encrypt(sealing.decrypt(master, bytes(wrapped)), told[identifier])
            for identifier, _key, wrapped in keys
        ]
        cursor.execute(_RECORD_MANY, [code, kind, at, [row[0] for row in keys], [row[1] for row in keys], sealed])


@transaction.atomic
def seal_events(*, now: datetime) -> int:
    """Chain every event not yet sealed into one batch; return how many. An event that commits later joins a later batch."""
    master = sealing.master_key(settings.EGIDE_AUDIT_KEY)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_SEAL_LOCK])
    sealed = SealedEvent.objects.values("event_id")
    events = list(Event.objects.exclude(id__in=sealed).order_by("id").values(*EVENT_COLUMNS))
    if not events:
        return 0
    last = Seal.objects.order_by("-id").first()
    previous = bytes(last.digest) if last else sealing.GENESIS
    digests = [sealing.event_digest(master, event) for event in events]
    seal = Seal.objects.create(sealed_at=now, previous=previous, digest=sealing.seal_digest(master, previous, digests))
    SealedEvent.objects.bulk_create(
        SealedEvent(event_id=event["id"], seal=seal, digest=digest)
        for event, digest in zip(events, digests, strict=True)
    )
    return len(events)


@transaction.atomic
def shred_subject(*, kind: str, identifier: object, now: datetime) -> None:
    """Destroy the key of a subject: the details about it can no longer be read, the chain still verifies (Z14)."""
    SubjectKey.objects.filter(subject_kind=kind, subject_id=str(identifier)).update(wrapped=None)
    record("SUBJECT_SHREDDED", subject=("shredding", f"{kind}:{identifier}"), at=now)
