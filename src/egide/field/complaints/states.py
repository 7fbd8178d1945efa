"""How a complaint moves. A station's refusal ends nothing: another station, the same later, or the prosecutor may take it."""

from .models import Outcome, State

S = State
_TRIED = {S.TAKEN, S.STATEMENT, S.REFUSED, S.DEFERRED}
MOVES = {
    S.OPEN: {*_TRIED, S.OPEN, S.ASIDE},
    S.REFUSED: {*_TRIED, S.OPEN, S.ASIDE},
    S.DEFERRED: {*_TRIED, S.OPEN, S.ASIDE},
    S.STATEMENT: {*_TRIED, S.OPEN, S.ASIDE},
    S.ASIDE: {*_TRIED, S.OPEN, S.ASIDE},
    S.TAKEN: {S.FORWARDED},
    S.FORWARDED: set(),
}
AFTER = {
    Outcome.TAKEN: S.TAKEN,
    Outcome.STATEMENT: S.STATEMENT,
    Outcome.REFUSED: S.REFUSED,
    Outcome.DEFERRED: S.DEFERRED,
}
FOLLOWED = (S.TAKEN, S.FORWARDED)
