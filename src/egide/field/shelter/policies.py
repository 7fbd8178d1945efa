"""What a shelter may be asked, how long a place is held, and how often the board is read."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from egide.foundation.catalogue import get_nomenclature

from .models import Escort, EscortState, Request, State
from .states import ESCORT_MOVES, MOVES, has_lapsed

HELD_FOR = timedelta(hours=2)  # R35; the same in field/walls
HOLDS_AT_ONCE = 3  # by one account; the same in field/walls
LOOKS_AN_HOUR = 30  # Z07; the same in field/walls


class PlaceRefused(ValueError):
    """What a shelter cannot be asked or told; the sentence says why."""


REFUSALS = {
    "not-free": lambda: _("This place has just been taken, or is closed tonight: choose another one."),
    "too-small": lambda: _("There are not enough beds in this place for all of them."),
    "no-children": lambda: _("Children cannot stay in this place."),
    "not-step-free": lambda: _("This place cannot be reached without steps."),
    "no-pets": lambda: _("Pets cannot stay in this place."),
    "too-many-holds": lambda: _("You already hold three places: give one back first, other people need them tonight."),
}


def check_codes(nomenclature: str, codes: Iterable[str]) -> None:
    """Raise PlaceRefused naming the codes that the nomenclature does not have."""
    unknown = sorted(set(codes) - set(get_nomenclature(nomenclature).codes))
    if unknown:
        raise PlaceRefused(
            _("“%(codes)s” is not in the list “%(list)s”.") % {"codes": ", ".join(unknown), "list": nomenclature}
        )


def check_can_move(request: Request, to: State, now: datetime) -> None:
    """Raise PlaceRefused for a hold that lapsed, or a move the table does not have."""
    if has_lapsed(request, now):
        raise PlaceRefused(_("The two hours are over: the place is free again. Ask for it again if it still is."))
    state = State(request.state)
    if to not in MOVES[state]:
        raise PlaceRefused(
            _("A request that is “%(state)s” cannot become “%(to)s”.") % {"state": state.label, "to": to.label}
        )


def check_escort(escort: Escort, to: EscortState) -> None:
    """Raise PlaceRefused unless the table of moves allows it."""
    state = EscortState(escort.state)
    if to not in ESCORT_MOVES[state]:
        raise PlaceRefused(
            pgettext("escort", "An escort that is “%(state)s” cannot become “%(to)s”.")
            % {"state": state.label, "to": to.label}
        )


def list_items() -> list[str]:
    """The lines of the exit checklist that can be ticked, without the titles they stand under."""
    return [code for code, entry in get_nomenclature("exit-checklist").codes.items() if entry.parent]
