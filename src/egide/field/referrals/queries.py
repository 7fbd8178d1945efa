"""The only reads of referrals. What a sheet carries is asked of her consents at each reading, by one function of the database.

The same content makes the link's page and the PDF, for the sender and for the partner: there is no second way.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from egide.field.casefiles.models import CaseFile, Entry
from egide.field.persons.models import Channel, Person, SafeContact
from egide.foundation.audit.actions import record
from egide.foundation.catalogue import Text, get_law, get_nomenclature, get_sections

from .models import Copy, Referral, State
from .policies import REMIND_AFTER
from .states import ANSWERS, BY_PARTNER, FAILED, LIVE, MOVES, UNANSWERED


class NotFound(LookupError):
    """No such referral, or none that this subject may open: nobody is told which."""


class LinkClosed(LookupError):
    """The link opens nothing; the sentence is the same whatever the reason (Z06, trap 27)."""


@dataclass(frozen=True)
class Word:
    """One thing written in the file: what it is, when, the words."""

    kind: str
    written_on: date
    text: str


@dataclass(frozen=True)
class Section:
    """A section that may be read now, in the order of the catalogue, oldest words first."""

    code: str
    label: Text
    words: tuple[Word, ...]


@dataclass(frozen=True)
class Basis:
    """On what a section is shared: her agreement, or an article (`article` blank: her agreement)."""

    article: str
    sections: tuple[str, ...]
    since: date
    until: date


@dataclass(frozen=True)
class Contact:
    """How she may be reached, in which hours, and what to say; None elsewhere means: do not write or call (Z05)."""

    channel: str
    address: str
    from_time: str
    to_time: str
    wording: str


@dataclass(frozen=True)
class Sheet:
    """A liaison sheet as it may be read now. `name` blank and `contact` None: those sections are not covered."""

    referral_id: UUID
    author: str
    service: str
    recipient: str
    purpose: Text
    state: State
    dated: date
    reply_wanted_by: date | None
    name: str
    contact: Contact | None
    sections: tuple[Section, ...]
    bases: tuple[Basis, ...]
    fictional: bool


@dataclass(frozen=True)
class Received:
    """A referral that one's own organisation received, in a list: no name, no word of the file."""

    id: UUID
    case_id: UUID
    author: str
    service: str
    purpose: Text
    state: State
    sent_at: datetime
    reply_wanted_by: date | None


@dataclass(frozen=True)
class Answerable:
    """The page of a partner: the sheet, what can be answered now, and the reasons to choose from."""

    sheet: Sheet
    answers: tuple[State, ...]
    reasons: Mapping[str, Text]


def link_refusal() -> str:
    """The only sentence of a link that does not open."""
    return _("This address and this code open nothing. Ask the service that called you for a new code.")


def get_referral(id: UUID, *, now: datetime) -> Referral:
    """Open a referral of the subject's own files. Found or not, the attempt is in the trail. Raises NotFound."""
    referral = Referral.objects.filter(id=id).select_related("recipient", "author").first()
    subject = ("case", referral.case_id) if referral else ("referral", id)
    record("REFERRAL_READ" if referral else "REFERRAL_ATTEMPTED", subject=subject, at=now)
    if referral is None:
        raise NotFound(_("There is no such referral."))
    return referral


def list_referrals(case: CaseFile) -> QuerySet[Referral]:
    """The referrals of a file, latest first."""
    return Referral.objects.filter(case=case).select_related("recipient", "link").order_by("-drafted_at")


def list_open_referrals() -> QuerySet[Referral]:
    """The referrals of the subject's files that are on their way, by the day an answer is wanted."""
    return (
        Referral.objects.filter(state__in=[State.DRAFT, *LIVE])
        .select_related("case", "recipient", "link")
        .order_by("reply_wanted_by", "drafted_at")
    )


def list_to_remind(*, now: datetime) -> QuerySet[Referral]:
    """Those without an answer for seven days, or past the day it was wanted by: call them (R05)."""
    late = Q(sent_at__lte=now - REMIND_AFTER) | Q(reply_wanted_by__lt=timezone.localdate(now))
    return list_open_referrals().filter(late, state__in=UNANSWERED)


def list_failed() -> QuerySet[Referral]:
    """The referrals of the subject's files that nobody took or answered in time, and that nobody closed yet: escalated."""
    found = Referral.objects.filter(state__in=FAILED).exclude(case__state="CLOSED")
    return found.select_related("case", "recipient").order_by("drafted_at")


def list_copies(referral: Referral) -> QuerySet[Copy]:
    """The sheets taken as PDF, oldest first, recalled or not."""
    return Copy.objects.filter(referral=referral).order_by("taken_at")


def list_carried(id: UUID) -> list[str]:
    """The sections that a referral's sheet carries now, in the order of the catalogue."""
    return list(_covered(id))


def list_received() -> list[Received]:
    """What the subject's own organisation received and still has to do with, oldest first; the database says which."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM received_referrals() ORDER BY sent_at")
        return [_received(row) for row in cursor.fetchall()]


def get_received(id: UUID, *, now: datetime) -> tuple[Received, Answerable]:
    """One of them with its sheet, as the link would show it. Found or not, the attempt is in the trail. Raises NotFound."""
    received = next((each for each in list_received() if each.id == id), None)
    subject = ("case", received.case_id) if received else ("referral", id)
    record("REFERRAL_READ" if received else "REFERRAL_ATTEMPTED", subject=subject, detail={"by": "partner"}, at=now)
    if received is None:
        raise NotFound(_("There is no such referral."))
    return received, Answerable(_received_sheet(received), *_answers(received.state))


def get_sheet(id: UUID, *, now: datetime) -> Sheet:
    """What a referral's sheet carries now, for the team that sends it. Raises NotFound."""
    return _sheet(get_referral(id, now=now))


def get_linked(id: UUID, *, now: datetime) -> Answerable:
    """What a verified link shows now, inside its own subject. Raises LinkClosed, always with the same sentence."""
    referral = Referral.objects.filter(id=id).select_related("recipient", "author").first()
    if referral is None:
        record("REFERRAL_LINK_REFUSED", subject=("link", "refused"), at=now)
        raise LinkClosed(link_refusal())
    record("REFERRAL_READ", subject=("case", referral.case_id), detail={"by": "link"}, at=now)
    return Answerable(_sheet(referral), *_answers(State(referral.state)))


def load_linked(id: UUID) -> Referral:
    """The row behind a verified link, for `actions.answer_by_link`. Raises LinkClosed."""
    referral = Referral.objects.filter(id=id).first()
    if referral is None:
        raise LinkClosed(link_refusal())
    return referral


def _answers(state: State) -> tuple[tuple[State, ...], Mapping[str, Text]]:
    reasons = {code: entry.label for code, entry in get_nomenclature("service-refusal-reasons").codes.items()}
    told = BY_PARTNER if state in (State.ACCEPTED, State.CONTACT_MADE) else ANSWERS
    return tuple(each for each in told if each in MOVES[state]), reasons


def _received(row: Sequence[Any]) -> Received:
    id, case_id, author, service, purpose, state, sent_at, wanted = row
    return Received(id, case_id, author, service, _purpose(purpose), State(state), sent_at, wanted)


def _received_sheet(received: Received) -> Sheet:
    """The partner reads no row of the referral or of the person: one function of the database tells what is covered."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM received_person(%s)", [received.id])
        recipient, fictional, name, channel, address, start, end, wording = cursor.fetchone()
    hours = (f"{start:%H:%M}", f"{end:%H:%M}") if channel else ("", "")
    return Sheet(
        referral_id=received.id,
        author=received.author,
        service=received.service,
        recipient=recipient,
        purpose=received.purpose,
        state=received.state,
        dated=timezone.localdate(received.sent_at),
        reply_wanted_by=received.reply_wanted_by,
        name=name or "",
        contact=Contact(channel, address, *hours, wording) if channel else None,
        sections=_sections(received.case_id, _covered(received.id)),
        bases=_bases(received.id),
        fictional=fictional,
    )


def _purpose(code: str) -> Text:
    known = get_nomenclature("share-purposes").codes.get(code)
    return known.label if known else Text(code, code)


def _sheet(referral: Referral) -> Sheet:
    covered = _covered(referral.id)
    person = Person.objects.filter(id=referral.person_id).first() if "identity" in covered else None
    return Sheet(
        referral_id=referral.id,
        author=referral.author.name,
        service=referral.service_name,
        recipient=referral.recipient.name,
        purpose=_purpose(referral.purpose),
        state=State(referral.state),
        dated=timezone.localdate(referral.sent_at or referral.drafted_at),
        reply_wanted_by=referral.reply_wanted_by,
        name=f"{person.given_name} {person.family_name}".strip() if person else "",
        contact=_contact(referral.person_id) if "contact" in covered else None,
        sections=_sections(referral.case_id, covered),
        bases=_bases(referral.id),
        fictional=referral.author.fictional,
    )


def _covered(id: UUID) -> Sequence[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT section FROM referral_sections(%s)", [id])
        found = {row[0] for row in cursor.fetchall()}
    return [code for code in get_sections().sections if code in found]


def _sections(case_id: UUID, covered: Sequence[str]) -> tuple[Section, ...]:
    written: dict[str, list[Word]] = {code: [] for code in covered}
    for entry in Entry.objects.filter(case_id=case_id, section__in=covered).order_by("written_at", "id"):
        word = Word(entry.kind, timezone.localdate(entry.written_at), entry.text)
        written[entry.section].append(word)
    labels = get_sections().sections
    return tuple(Section(code, labels[code].label, tuple(words)) for code, words in written.items())


def _contact(person_id: UUID) -> Contact | None:
    stated = SafeContact.objects.filter(person_id=person_id, withdrawn_at__isnull=True).first()
    if stated is None:
        return None
    hours = (f"{stated.from_time:%H:%M}", f"{stated.to_time:%H:%M}")
    return Contact(Channel(stated.channel).value, stated.address, *hours, stated.wording)


def _bases(id: UUID) -> tuple[Basis, ...]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT article, sections, since, until FROM referral_bases(%s) ORDER BY since, article", [id])
        rows = cursor.fetchall()
    return tuple(
        Basis(get_law(article).ref if article else "", tuple(sections), since, until)
        for article, sections, since, until in rows
    )
