"""When a ticket may move, what a station is set up with, and from when a silent dot is an alert."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from egide.foundation.catalogue import get_nomenclature

from .models import Dot, Room, State, Ticket
from .states import MOVES


class ReceptionRefused(ValueError):
    """What was asked at the reception cannot be done."""


def check_can_move(ticket: Ticket, to: State) -> None:
    """Raise ReceptionRefused unless the table of moves allows it."""
    if to not in MOVES[State(ticket.state)]:
        told = {"number": ticket.number, "state": State(ticket.state).label, "to": to.label}
        raise ReceptionRefused(_("Number %(number)s is “%(state)s”: it cannot become “%(to)s”.") % told)


def check_code(nomenclature: str, code: str) -> None:
    """Raise ReceptionRefused for a code that the list does not have."""
    if code not in get_nomenclature(nomenclature).codes:
        raise ReceptionRefused(_("“%(code)s” is not in the list “%(list)s”.") % {"code": code, "list": nomenclature})


def check_same_station(ticket: Ticket, room: Room) -> None:
    """Raise ReceptionRefused for a room of another station."""
    if ticket.station_id != room.station_id:
        raise ReceptionRefused(_("This room is in another station."))


def is_silent(dot: Dot, *, after_days: int, today: date) -> bool:
    """Whether a dot in place was not touched for so many days: people may not know that it exists."""
    if dot.retired_on is not None:
        return False
    return (dot.last_used_on or dot.placed_on) <= today - timedelta(days=after_days)
