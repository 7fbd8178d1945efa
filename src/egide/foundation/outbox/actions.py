"""The only writes on messages: queue one, drop those about something, send those whose hour has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from egide.foundation.accounts.models import Account
from egide.foundation.audit.actions import record
from egide.foundation.wings.entering import Subject, entering

from . import policies
from .envelopes import Envelope, open_sealed, seal
from .models import Channel, Message, Reason, State
from .transport import Transport

_QUEUE = "SELECT outbox_queue(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"


@dataclass(frozen=True)
class Sending:
    """What one round did: messages sent, dropped, and put off."""

    sent: int = 0
    dropped: int = 0
    put_off: int = 0


@transaction.atomic
def queue_message(
    *, key: str, channel: Channel, address: str, body: str, about: Sequence[str], from_time: time, to_time: time, now: datetime
) -> bool:  # fmt: skip
    """Hold a message until the person's next safe hours; False when one of this key is already known."""
    sealed = seal(settings.EGIDE_FIELD_KEY, Envelope(address, body))
    return _queue(key, channel, None, sealed, about, from_time, to_time, now)


@transaction.atomic
def queue_notice(*, key: str, account: UUID, about: Sequence[str], now: datetime) -> bool:
    """Tell an account that something waits in its working space: no name, no content, no address kept here."""
    return _queue(key, Channel.EMAIL, account, None, about, None, None, now)


def _queue(
    key: str, channel: str, account: UUID | None, sealed: bytes | None, about: Sequence[str], start: time | None,
    end: time | None, now: datetime,
) -> bool:  # fmt: skip
    identifier, opens = uuid4(), policies.next_opening(now, start, end)
    told: list[Any] = [
        identifier,
        key,
        channel,
        account,
        sealed,
        list(about),
        start,
        end,
        now,
        opens,
        now + policies.LIVES,
    ]
    with connection.cursor() as cursor:
        cursor.execute(_QUEUE, told)
        made = cursor.fetchone()[0] is not None
    if made:
        record(
            "MESSAGE_QUEUED", subject=_subject(about), detail={"message": str(identifier), "channel": channel}, at=now
        )
    return made


@transaction.atomic
def drop_messages(*, about: str, because: Reason, now: datetime) -> int:
    """Drop what is still held about something ("person:…"), in the transaction of what makes it wrong; return how many."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT outbox_drop(%s, %s, %s)", [about, because, now])
        dropped: int = cursor.fetchone()[0]
    if dropped:
        record("MESSAGES_DROPPED", subject=_subject([about]), detail={"because": because, "count": dropped}, at=now)
    return dropped


def send_due(*, transport: Transport, now: datetime) -> Sending:
    """Hand over every message whose hour has come, each in a transaction of its own, as a job of the foundation.

    The row is locked while it is handed over: a contact withdrawn meanwhile waits, then finds it gone; one withdrawn before
    is obeyed. Killed in between, the next round hands over the same identifier, which the transport takes once.
    """
    counts = {State.SENT: 0, State.DROPPED: 0, State.HELD: 0}
    with entering("foundation", Subject.job("send_outbox")):
        due = list(
            Message.objects.filter(state=State.HELD, not_before__lte=now).order_by("not_before", "id").values_list("id")
        )
    for (identifier,) in due:
        with entering("foundation", Subject.job("send_outbox")):
            waiting = Message.objects.select_for_update(skip_locked=True).filter(id=identifier, state=State.HELD)
            if message := waiting.first():
                _send(message, transport, now)
                counts[State(message.state)] += 1
    return Sending(counts[State.SENT], counts[State.DROPPED], counts[State.HELD])


def _send(message: Message, transport: Transport, now: datetime) -> None:
    if message.expires_at <= now:
        return _settle(message, State.DROPPED, now, Reason.TOO_LATE)
    opens = policies.next_opening(now, message.from_time, message.to_time)
    if opens > now:
        return _put_off(message, opens)
    envelope = _envelope(message)
    if envelope is None:
        return _settle(message, State.DROPPED, now, Reason.NO_ADDRESS)
    try:
        transport.hand_over(message.id, message.channel, envelope)
    except OSError:
        message.attempts += 1
        if message.attempts >= policies.ATTEMPTS:
            return _settle(message, State.DROPPED, now, Reason.UNDELIVERABLE)
        return _put_off(message, policies.next_attempt(now, message.attempts))
    return _settle(message, State.SENT, now)


def _envelope(message: Message) -> Envelope | None:
    if message.account is None:
        return open_sealed(settings.EGIDE_FIELD_KEY, bytes(message.sealed)) if message.sealed else None
    account = Account.objects.filter(id=message.account, is_active=True).exclude(email="").first()
    if account is None:
        return None
    with translation.override(account.language):
        return Envelope(account.email, _("Something waits for you in your working space."))


def _put_off(message: Message, until: datetime) -> None:
    message.not_before = until
    message.save(update_fields=["not_before", "attempts"])


def _settle(message: Message, state: State, now: datetime, because: Reason | None = None) -> None:
    message.state, message.settled_at, message.reason, message.sealed = state, now, because or "", None
    message.save(update_fields=["state", "settled_at", "reason", "sealed", "attempts"])
    detail = {"message": str(message.id), "because": because or ""}
    record(f"MESSAGE_{state}", subject=_subject(message.about), detail=detail, at=now)


def _subject(about: Sequence[str]) -> tuple[str, str]:
    kind, _colon, identifier = about[0].partition(":")
    return kind, identifier
