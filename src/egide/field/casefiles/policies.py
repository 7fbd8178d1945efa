"""When a file may move and what closes it. Who may act is in permissions.py."""

from django.utils.translation import gettext as _

from egide.foundation.catalogue import get_nomenclature, get_sections

from .models import CaseFile, State
from .states import MOVES


class MoveRefused(ValueError):
    """The file cannot become what was asked."""


def check_can_move(case: CaseFile, to: State) -> None:
    """Raise MoveRefused unless the table of moves allows it."""
    if to not in MOVES[State(case.state)]:
        raise MoveRefused(
            _("A file that is “%(state)s” cannot become “%(to)s”.") % {"state": State(case.state).label, "to": to.label}
        )


def check_code(nomenclature: str, code: str) -> None:
    """Raise MoveRefused for a code that the nomenclature does not have."""
    if code not in get_nomenclature(nomenclature).codes:
        raise MoveRefused(_("“%(code)s” is not in the list “%(list)s”.") % {"code": code, "list": nomenclature})


def check_section(section: str) -> None:
    """Raise MoveRefused for anything but a section of consent: words stand where a consent can open or close them."""
    if section not in get_sections().sections:
        raise MoveRefused(_("“%(code)s” is not a section of the file.") % {"code": section})
