"""How a request and an escort move, and when a request is live: a hold lapses by the clock alone."""

from datetime import datetime

from .models import EscortState, Request, State

S = State
MOVES = {
    S.HELD: {S.CONFIRMED, S.REFUSED, S.CANCELLED},
    S.CONFIRMED: {S.ARRIVED, S.CANCELLED},
    S.ARRIVED: {S.MOVED},
    S.MOVED: set(),
    S.REFUSED: set(),
    S.CANCELLED: set(),
}
BY_SHELTER = frozenset({S.CONFIRMED, S.REFUSED, S.ARRIVED, S.MOVED})
BY_HOLDER = frozenset({S.ARRIVED, S.CANCELLED, S.MOVED})
STAMPS = {S.CONFIRMED: "confirmed_at", S.ARRIVED: "arrived_at"}
ADDRESS = frozenset({S.CONFIRMED, S.ARRIVED})  # while the holder may read where it is; the same in field/walls
ESCORT_MOVES = {
    EscortState.ASKED: {EscortState.AGREED, EscortState.DECLINED},
    EscortState.AGREED: {EscortState.DONE},
    EscortState.DECLINED: set(),
    EscortState.DONE: set(),
}


def has_lapsed(request: Request, now: datetime) -> bool:
    """Whether a hold ended because nobody confirmed it in time."""
    return request.state == State.HELD and request.held_until <= now
