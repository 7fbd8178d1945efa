"""The only reads of the reception: the queue of the day, the numbers of the screen, the station's table, the silent dots.

The table tells whole months that are over, counts from one to four hidden: day by day, a count would tell of one person.
"""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from egide.foundation.catalogue import get_profile
from egide.foundation.organisations.queries import list_workplaces

from .actions import hash_screen
from .models import LIVE, Delay, Dot, DotDay, Room, Station, Tally, Ticket
from .policies import is_silent

MONTHS = 12


class NotFound(LookupError):
    """No such ticket, station or room here today."""


@dataclass(frozen=True)
class Place:
    """A room and whether it is free now; `number` is the ticket in it."""

    room: Room
    free: bool
    number: int | None


@dataclass(frozen=True)
class Month:
    """One month of the station's table. None is a count too small to be told, or a delay of too few people."""

    first: date
    arrivals: int | None
    priority: int | None
    dots: int | None
    delay: int | None
    priority_delay: int | None


def get_station(*, account: UUID, now: datetime) -> Station | None:
    """The station where the account works; None when its reception is not set up yet."""
    places = [organisation.id for organisation in list_workplaces(account=account, now=now)]
    return Station.objects.filter(organisation__in=places).select_related("organisation").first()


def list_queue(station: Station, *, now: datetime) -> QuerySet[Ticket]:
    """The numbers of today that are still here, in one queue: priority first, then by number."""
    today = Ticket.objects.filter(station=station, day=timezone.localdate(now), state__in=LIVE)
    return today.select_related("room").order_by("-priority", "number")


def get_ticket(id: UUID, *, now: datetime) -> Ticket:
    """A ticket of today. Raises NotFound."""
    tickets = Ticket.objects.select_related("station__organisation", "room")
    ticket = tickets.filter(id=id, day=timezone.localdate(now)).first()
    if ticket is None:
        raise NotFound(_("There is no such number today: numbers are deleted at midnight."))
    return ticket


def list_dots(station: Station) -> QuerySet[Dot]:
    """The dots in place."""
    return (
        Dot.objects.filter(station=station, retired_on__isnull=True)
        .select_related("station")
        .order_by("placed_on", "colour")
    )


def list_rooms(station: Station) -> list[Place]:
    """The rooms, the confidential ones first, each free or taken."""
    inside = dict(
        Ticket.objects.filter(station=station, state__in=LIVE, room__isnull=False).values_list("room", "number")
    )
    rooms = (
        Room.objects.filter(station=station, retired_on__isnull=True).select_related("station").order_by("kind", "name")
    )
    return [Place(room, not room.taken and room.id not in inside, inside.get(room.id)) for room in rooms]


def list_screen(token: str, *, now: datetime) -> list[int]:
    """The numbers called and not yet received, latest first: one list for every colour, and nothing else (AT-80)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM screen_numbers(%s, %s)", [hash_screen(token), timezone.localdate(now)])
        return [int(row[0]) for row in cursor.fetchall()]


def list_silent_dots(station: Station, *, now: datetime) -> list[Dot]:
    """The dots that nobody touched for as long as the station says: the alert of its head (AT-80)."""
    today = timezone.localdate(now)
    return [dot for dot in list_dots(station) if is_silent(dot, after_days=station.alert_after_days, today=today)]


def get_table(station: Station, *, now: datetime) -> list[Month]:
    """The last months that are over, latest first; none before the reception was set up, for that would not be zero (X04)."""
    since = timezone.localdate(station.set_up_at)
    months = _months_before(timezone.localdate(now))
    return [_month(station, first, last) for first, last in months if last > since]


def _month(station: Station, first: date, last: date) -> Month:
    days = {"station": station, "day__gte": first, "day__lt": last}
    counts = Tally.objects.filter(**days).aggregate(arrivals=Sum("arrivals"), priority=Sum("priority"))
    delays = list(Delay.objects.filter(**days).values_list("priority", "minutes"))
    return Month(
        first,
        hidden_if_small(counts["arrivals"] or 0),
        hidden_if_small(counts["priority"] or 0),
        hidden_if_small(DotDay.objects.filter(**days).aggregate(uses=Sum("uses"))["uses"] or 0),
        _middle([minutes for _priority, minutes in delays]),
        _middle([minutes for priority, minutes in delays if priority]),
    )


def hidden_if_small(count: int) -> int | None:
    """A count as it may be told: None from one to the house's threshold (X12)."""
    return None if 0 < count < get_profile("default").minimum_count else count


def _middle(minutes: Sequence[int]) -> int | None:
    """The median in whole minutes, when there are enough people to tell it."""
    return round(statistics.median(minutes)) if len(minutes) >= get_profile("default").minimum_count else None


def _months_before(today: date) -> list[tuple[date, date]]:
    found, last = [], today.replace(day=1)
    for _number in range(MONTHS):
        first = last.replace(year=last.year - (last.month == 1), month=last.month - 1 or 12)
        found.append((first, last))
        last = first
    return found
