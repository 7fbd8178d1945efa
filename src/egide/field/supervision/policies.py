"""When a session may be noted and settled."""

from datetime import datetime

from django.utils.translation import gettext as _

from .models import Session

LONGEST = 600


class SupervisionRefused(ValueError):
    """The session cannot be; the sentence says why and what to do."""


def check_held(session: Session, minutes: int, now: datetime) -> None:
    """Raise SupervisionRefused before its hour, twice, or for a length that no session has."""
    if session.at > now:
        raise SupervisionRefused(_("This session has not come yet: note how long it took afterwards."))
    if session.minutes is not None:
        raise SupervisionRefused(_("How long this session took is already noted."))
    if not 1 <= minutes <= LONGEST:
        raise SupervisionRefused(_("Give its length in minutes, from 1 to %(longest)s.") % {"longest": LONGEST})
