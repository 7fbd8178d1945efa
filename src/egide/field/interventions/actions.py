"""The only writes on notes: send a version, receive, say that it was seen, purge."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from egide.foundation.audit.actions import record
from egide.foundation.catalogue import get_retention_rule, get_short_form
from egide.foundation.organisations.models import Organisation
from egide.foundation.retention.actions import certify
from egide.foundation.retention.policies import due_on, latest_start, needs_visa
from egide.foundation.retention.queries import visas_until

from . import permissions, policies
from .models import Content, Note, Version

RULE = "intervention-notes"


@dataclass(frozen=True)
class Receipt:
    """What the device is answered: the same for the same key, whenever and however often it asks."""

    key: UUID
    note: UUID
    number: int
    beside: bool
    arrived_at: datetime


@dataclass(frozen=True)
class NotePurge:
    """How many notes went, and how many due ones wait for the archives' visa."""

    certificate: UUID
    erased: int
    waiting: int


@transaction.atomic
def send_version(
    *,
    key: UUID,
    note: UUID,
    bases: Sequence[UUID],
    told: Mapping[str, Any],
    recipient: Organisation,
    by: UUID,
    now: datetime,
) -> Receipt:
    """Keep one version of a note, once. The same key twice gives the first receipt; nothing is ever overwritten.

    A version written from an older one is kept beside the newer: both stand. Raises NotAllowed, NoteRefused.
    """
    place = permissions.workplace_of(by, now)
    _lock(note)
    checked = policies.read_told(told, now=now)
    digest = checked.digest
    if (known := Version.objects.filter(key=key).first()) is not None:
        return _same(known, note, digest)
    try:
        with transaction.atomic():
            found = Note.objects.filter(id=note).first() or _open(note, place, recipient, checked, by, now)
            version = _keep(found, key, bases, checked, digest, by, now)
    except IntegrityError as taken:
        raise policies.NoteRefused(_("This number belongs to another note: write yours anew.")) from taken
    record("NOTE_SENT", subject=("note", note), detail={"number": version.number, "beside": version.beside}, at=now)
    return _receipt(version)


@transaction.atomic
def receive_note(*, note: Note, by: UUID, now: datetime) -> Note:
    """Give the receipt: the unit has taken over, the officer's device forgets a day later (AT-22). Raises NotAllowed, NoteRefused."""
    permissions.check_may_receive(by, note.recipient_id, now)
    if note.received_at is not None:
        raise policies.NoteRefused(_("This note was already received."))
    note.received_at, note.received_by = now, by
    note.save(update_fields=["received_at", "received_by"])
    record("NOTE_RECEIVED", subject=("note", note.id), at=now)
    return note


@transaction.atomic
def note_seen(*, note: Note, by: UUID, now: datetime) -> Note:
    """Say back to the officer that the social worker has seen it: a fact and a day, nothing more. Raises NotAllowed, NoteRefused."""
    permissions.check_may_receive(by, note.recipient_id, now)
    if note.received_at is None:
        raise policies.NoteRefused(_("Receive this note before you say who saw it."))
    note.seen_at = note.seen_at or now
    note.save(update_fields=["seen_at"])
    record("NOTE_SEEN", subject=("note", note.id), at=now)
    return note


@transaction.atomic
def purge_notes(*, now: datetime) -> NotePurge:
    """Erase the notes of six months ago and the keys of their traces, where the archives agree; leave a certificate."""
    rule, today = get_retention_rule(RULE), timezone.localdate(now)
    visas, waiting, erased = visas_until(rule.code), 0, list[str]()
    with connection.cursor() as cursor:
        cursor.execute("SELECT note_id, organisation_id, kind, held_on FROM due_notes(%s)", [latest_start(today, rule)])
        for note, organisation, kind, held_on in cursor.fetchall():
            due, visa = due_on(held_on, rule), visas.get(organisation)
            if due is None or due > today:
                continue
            if needs_visa(kind, rule) and (visa is None or visa < due):
                waiting += 1
            else:
                erased.append(str(note))
        cursor.execute("SELECT erase_notes(%s::uuid[])", [erased])
        cursor.execute("SELECT audit_shred(%s)", [erased])
    counts = Counter({"intervention notes": len(erased)})
    certificate = certify(rule=rule, counts=+counts, waiting=+Counter({"archives visa": waiting}), now=now)
    return NotePurge(certificate.id, len(erased), waiting)


def _lock(note: UUID) -> None:
    """Two sendings of one note wait for each other, also the first two, when there is no row to lock yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 409))", [str(note)])


def _open(
    note: UUID, place: Organisation, recipient: Organisation, told: policies.Told, by: UUID, now: datetime
) -> Note:
    made = Note(
        id=note, organisation=place, recipient=recipient, written_by=by, arrived_at=now,
        held_on=timezone.localdate(told.held_at),
    )  # fmt: skip
    made.save(force_insert=True)
    return made


def _keep(
    note: Note, key: UUID, bases: Sequence[UUID], told: policies.Told, digest: str, by: UUID, now: datetime
) -> Version:
    versions = list(Version.objects.filter(note=note))
    version = Version(
        key=key, note=note, number=len(versions) + 1, bases=list(bases), digest=digest,
        beside=policies.is_beside(versions, bases), arrived_at=now, written_by=by,
    )  # fmt: skip
    version.save(force_insert=True)
    form = get_short_form().version
    plain = {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(told).items()}
    Content(version=version, form_version=form, **plain).save(force_insert=True)
    return version


def _same(known: Version, note: UUID, digest: str) -> Receipt:
    if (known.note_id, known.digest) != (note, digest):
        raise policies.NoteRefused(_("This number was already used for other words: send them as a new version."))
    return _receipt(known)


def _receipt(version: Version) -> Receipt:
    return Receipt(version.key, version.note_id, version.number, version.beside, version.arrived_at)
