"""How a ticket moves. Nobody has to say why they leave, and whoever left may come back with a new number."""

from .models import State

S = State
MOVES = {
    S.WAITING: {S.CALLED, S.SEEN, S.LEFT},
    S.CALLED: {S.CALLED, S.SEEN, S.LEFT},
    S.SEEN: {S.DONE, S.LEFT},
    S.DONE: set(),
    S.LEFT: set(),
}
