"""The only reads of the outbox for others: what became of the messages about something, never what they say."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from .models import Channel, Reason, State


@dataclass(frozen=True)
class Passage:
    """One message as its sender may see it: `leaves_at` is when it may go, `settled_at` when it went or was dropped."""

    channel: Channel
    state: State
    queued_at: datetime
    leaves_at: datetime
    settled_at: datetime | None
    reason: Reason | None


def list_messages(about: str) -> list[Passage]:
    """The messages about something ("person:…"), latest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT channel, state, queued_at, not_before, settled_at, reason FROM outbox_about(%s)", [about]
        )
        rows = cursor.fetchall()
    return [
        Passage(Channel(channel), State(state), queued, leaves, settled, Reason(reason) if reason else None)
        for channel, state, queued, leaves, settled, reason in rows
    ]
