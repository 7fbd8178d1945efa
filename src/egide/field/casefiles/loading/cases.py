"""A case file as it is loaded: plain values, the persons inside. Not here: the writes (`actions`)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID


@dataclass(frozen=True)
class Contact:
    """A safe contact that she stated."""

    channel: str
    address: str
    from_time: time
    to_time: time


@dataclass(frozen=True)
class Member:
    """Someone of a case and the role; `minor` is known, because the person is invented."""

    id: UUID
    given_name: str
    family_name: str
    sex: str
    age_band: str
    minor: bool
    language: str
    role: str
    concerned: bool
    contact: Contact | None


@dataclass(frozen=True)
class Talk:
    """An interview with the member at a place of the case's list."""

    member: int
    held_at: datetime
    minutes: int


@dataclass(frozen=True)
class Deed:
    """An action, of a kind of the list."""

    kind: str
    done_at: datetime
    minutes: int


@dataclass(frozen=True)
class Case:
    """A whole case file. The first member is the person for whom it is opened; `colleagues` are the accounts that share it."""

    id: UUID
    reference: str
    category: str
    origin: str
    reasons: Sequence[str]
    violence_forms: Sequence[str]
    commune: str
    state: str
    complaint: str
    opened_on: date
    closed_on: date | None
    closure_reason: str
    members: Sequence[Member]
    talks: Sequence[Talk]
    deeds: Sequence[Deed]
    episodes: Sequence[tuple[date, date | None]]
    colleagues: Sequence[UUID] = ()
