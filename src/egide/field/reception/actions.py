"""The only writes of the reception. The trail says that someone was received, never which number nor by which sign."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from egide.foundation.audit.actions import record
from egide.foundation.organisations.models import Organisation

from . import permissions, policies
from .models import LIVE, Delay, Dot, DotDay, Room, RoomKind, State, Station, Tally, Ticket


@transaction.atomic
def set_up_station(*, organisation: Organisation, by: UUID, now: datetime, alert_after_days: int = 30) -> Station:
    """Open the reception of a station, or change its alert. Raises NotAllowed, ValidationError."""
    permissions.check_may_run(by, organisation, now)
    station = Station.objects.filter(organisation=organisation).first()
    station = station or Station(organisation=organisation, set_up_at=now, set_up_by=by)
    station.alert_after_days = alert_after_days
    station.full_clean(validate_unique=False)
    station.save()
    record("STATION_SET_UP", subject=("station", station.id), at=now)
    return station


@transaction.atomic
def place_dot(*, station: Station, colour: str, by: UUID, now: datetime, place: str = "", priority: bool = True) -> Dot:
    """Put a dot of a colour in the hall; the colour changes nothing to what follows (AT-80). Raises NotAllowed, ReceptionRefused."""
    permissions.check_may_run(by, station.organisation_id, now)
    policies.check_code("dot-colours", colour)
    if Dot.objects.filter(station=station, colour=colour, retired_on__isnull=True).exists():
        raise policies.ReceptionRefused(_("A dot of this colour is already in place."))
    dot = Dot(station=station, colour=colour, place=place, priority=priority, placed_on=timezone.localdate(now))
    dot.full_clean(validate_unique=False)
    dot.save(force_insert=True)
    record("DOT_PLACED", subject=("station", station.id), detail={"colour": colour}, at=now)
    return dot


@transaction.atomic
def retire_dot(*, dot: Dot, by: UUID, now: datetime) -> Dot:
    """Take a dot away; what was counted of it stays. Raises NotAllowed."""
    permissions.check_may_run(by, dot.station.organisation_id, now)
    dot.retired_on = timezone.localdate(now)
    dot.save(update_fields=["retired_on"])
    record("DOT_RETIRED", subject=("station", dot.station_id), detail={"colour": dot.colour}, at=now)
    return dot


@transaction.atomic
def add_room(*, station: Station, name: str, kind: RoomKind, by: UUID, now: datetime) -> Room:
    """Add a room where someone can be heard alone. Raises NotAllowed, ValidationError."""
    permissions.check_may_run(by, station.organisation_id, now)
    room = Room(station=station, name=name, kind=kind)
    room.full_clean(validate_unique=False)
    room.save(force_insert=True)
    record("ROOM_ADDED", subject=("station", station.id), at=now)
    return room


@transaction.atomic
def renew_screen(*, station: Station, by: UUID, now: datetime) -> str:
    """Draw the address of the waiting screen, returned once; the one before shows nothing any more. Raises NotAllowed."""
    permissions.check_may_run(by, station.organisation_id, now)
    token = secrets.token_urlsafe(32)
    station.screen_hash = hash_screen(token)
    station.save(update_fields=["screen_hash"])
    record("SCREEN_RENEWED", subject=("station", station.id), at=now)
    return token


def hash_screen(token: str) -> str:
    """What is stored of the screen's address: 256 bits of chance need no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def note_arrival(
    *, station: Station, by: UUID, now: datetime, dot: Dot | None = None, priority: bool = False
) -> Ticket:
    """Give the next number. Touching a dot is counted apart by day: the ticket is the same as any other (AT-80).

    Tickets of past days, if the night's purge was missed, are deleted first. Raises NotAllowed.
    """
    permissions.check_may_receive(by, station.organisation_id, now)
    day = timezone.localdate(now)
    _purge(day)
    priority = priority or bool(dot and dot.priority)
    tally = _tally_of(station, day)
    tally.arrivals += 1
    tally.priority += priority
    tally.save(update_fields=["arrivals", "priority"])
    if dot is not None:
        _count_use(dot, day)
    ticket = Ticket(station=station, day=day, number=tally.arrivals, priority=priority, arrived_at=now)
    ticket.save(force_insert=True)
    record("ARRIVAL_NOTED", subject=("station", station.id), at=now)
    return ticket


@transaction.atomic
def note_wishes(*, ticket: Ticket, wishes: Sequence[str], by: UUID, now: datetime, language: str = "") -> Ticket:
    """Keep how she wants to be received: a woman officer, an interpreter, the social worker. Raises NotAllowed, ReceptionRefused."""
    permissions.check_may_receive(by, ticket.station.organisation_id, now)
    for wish in wishes:
        policies.check_code("reception-wishes", wish)
    _check_live(ticket)
    ticket.wishes, ticket.language = list(dict.fromkeys(wishes)), language if "interpreter" in wishes else ""
    ticket.save(update_fields=["wishes", "language"])
    record("WISHES_NOTED", subject=("station", ticket.station_id), at=now)
    return ticket


@transaction.atomic
def offer_room(*, ticket: Ticket, by: UUID, now: datetime) -> Room:
    """Give the first free room: the confidential one, else the social worker's office. Raises NotAllowed, ReceptionRefused."""
    permissions.check_may_receive(by, ticket.station.organisation_id, now)
    _check_live(ticket)
    used = Ticket.objects.filter(station=ticket.station, state__in=LIVE, room__isnull=False).values("room")
    free = Room.objects.select_for_update().filter(station=ticket.station, taken=False, retired_on__isnull=True)
    room = free.exclude(id__in=used).order_by("kind", "name").first()
    if room is None:
        raise policies.ReceptionRefused(
            _(
                "Every room is taken. Keep the person out of sight of the hall, and ask the social worker for her office."
            )
        )
    policies.check_same_station(ticket, room)
    ticket.room = room
    ticket.save(update_fields=["room"])
    record("ROOM_GIVEN", subject=("station", ticket.station_id), at=now)
    return room


@transaction.atomic
def move_ticket(*, ticket: Ticket, to: State, by: UUID, now: datetime) -> Ticket:
    """Call, receive, finish, or let go. The first time someone receives her, the delay is kept without the number.

    Raises NotAllowed, ReceptionRefused.
    """
    permissions.check_may_receive(by, ticket.station.organisation_id, now)
    policies.check_can_move(ticket, to)
    unseen = ticket.seen_at is None
    if to == State.SEEN and unseen:
        minutes = max(0, int((now - ticket.arrived_at).total_seconds() // 60))
        Delay(station=ticket.station, day=ticket.day, priority=ticket.priority, minutes=minutes).save(force_insert=True)
        ticket.seen_at = now
    if to == State.CALLED:
        ticket.called_at = now
    if to == State.LEFT and unseen:
        tally = _tally_of(ticket.station, ticket.day)
        tally.left_unseen += 1
        tally.save(update_fields=["left_unseen"])
    if to not in LIVE:
        ticket.room, ticket.wishes, ticket.language = None, [], ""
    ticket.state = to
    ticket.save(update_fields=["state", "called_at", "seen_at", "room", "wishes", "language"])
    record("TICKET_MOVED", subject=("station", ticket.station_id), at=now)
    return ticket


@transaction.atomic
def set_room_taken(*, room: Room, taken: bool, by: UUID, now: datetime) -> Room:
    """Say that a room is used for something else, or free again. Raises NotAllowed."""
    permissions.check_may_receive(by, room.station.organisation_id, now)
    room.taken = taken
    room.save(update_fields=["taken"])
    record("ROOM_SET", subject=("station", room.station_id), at=now)
    return room


def purge_tickets(*, now: datetime) -> int:
    """Delete every ticket of the days before, of every station: a job's work each midnight. Return how many."""
    return _purge(timezone.localdate(now))


def _purge(day: date) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT purge_tickets(%s)", [day])
        return int(cursor.fetchone()[0])


def _tally_of(station: Station, day: date) -> Tally:
    """The day's counts, locked: two officers never give the same number."""
    Tally.objects.bulk_create([Tally(station=station, day=day)], ignore_conflicts=True)
    return Tally.objects.select_for_update().get(station=station, day=day)


def _count_use(dot: Dot, day: date) -> None:
    DotDay.objects.bulk_create([DotDay(station_id=dot.station_id, dot=dot, day=day)], ignore_conflicts=True)
    counted = DotDay.objects.select_for_update().get(dot=dot, day=day)
    counted.uses += 1
    counted.save(update_fields=["uses"])
    dot.last_used_on = day
    dot.save(update_fields=["last_used_on"])


def _check_live(ticket: Ticket) -> None:
    if ticket.state not in LIVE:
        raise ValidationError(_("This number is finished: give a new one."))
