"""The only reads of the trail: verify it, and list the events about a subject."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from . import sealing
from .actions import EVENT_COLUMNS
from .models import Event, Seal, SealedEvent, SubjectKey


@dataclass(frozen=True)
class Verdict:
    """What a verification found: counts, the first altered record in words or None, and the digest of the last seal.

    Copied outside, that digest shows later that no seal was removed from the end.
    """

    events: int
    seals: int
    unsealed: int
    altered: str | None
    digest: str


@dataclass(frozen=True)
class Trace:
    """One event as a person may read it; `detail` is None once its subject's key is shredded."""

    at: datetime
    code: str
    actor_kind: str
    actor: str
    detail: dict[str, Any] | None


def verify_audit() -> Verdict:
    """Walk the chain from its first seal and stop at the first record that is not as it was sealed."""
    master = sealing.master_key(settings.EGIDE_AUDIT_KEY)
    previous, seals, events, altered = sealing.GENESIS, 0, 0, None
    for seal in Seal.objects.order_by("id"):
        items = list(SealedEvent.objects.filter(seal=seal).order_by("event_id"))
        altered = _first_altered(master, items) or _broken_seal(master, seal, previous, items)
        if altered:
            break
        previous, seals, events = bytes(seal.digest), seals + 1, events + len(items)
    unsealed = Event.objects.exclude(id__in=SealedEvent.objects.values("event_id")).count()
    return Verdict(events, seals, unsealed, altered, previous.hex())


def _first_altered(master: bytes, items: list[SealedEvent]) -> str | None:
    stored = {row["id"]: row for row in Event.objects.filter(id__in=[i.event_id for i in items]).values(*EVENT_COLUMNS)}
    for item in items:
        event = stored.get(item.event_id)
        if event is None:
            return f"event {item.event_id} was removed"
        if sealing.event_digest(master, event) != bytes(item.digest):
            return f"event {item.event_id} ({event['code']}, {event['at']:%Y-%m-%d %H:%M}) was altered"
    return None


def _broken_seal(master: bytes, seal: Seal, previous: bytes, items: list[SealedEvent]) -> str | None:
    if bytes(seal.previous) != previous:
        return f"seal {seal.id} does not follow the seal before it: one was removed or altered"
    if sealing.seal_digest(master, previous, [bytes(item.digest) for item in items]) != bytes(seal.digest):
        return f"seal {seal.id} of {seal.sealed_at:%Y-%m-%d %H:%M} does not match its events"
    return None


def list_events(*, kind: str, identifier: object) -> Iterator[Trace]:
    """Yield the events about one subject, oldest first."""
    master = sealing.master_key(settings.EGIDE_AUDIT_KEY)
    key = SubjectKey.objects.filter(subject_kind=kind, subject_id=str(identifier)).first()
    opened = sealing.decrypt(master, bytes(key.wrapped)) if key and key.wrapped else None
    for event in Event.objects.filter(subject_kind=kind, subject_id=str(identifier)).order_by("id"):
        detail = json.loads(sealing.decrypt(opened, bytes(event.detail))) if opened else None
        yield Trace(event.at, event.code, event.actor_kind, event.actor, detail)
