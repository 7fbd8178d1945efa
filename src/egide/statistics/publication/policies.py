"""When a release may move. Who may move it is in permissions.py."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .models import Release, State
from .states import MOVES


class ReleaseRefused(ValueError):
    """A release cannot be composed, signed or published; the sentence says why and what to do."""


def check_can_move(release: Release, to: State) -> None:
    """Raise ReleaseRefused unless the table of moves allows it."""
    if to not in MOVES[State(release.state)]:
        raise ReleaseRefused(
            _("Revision %(revision)s of the letter %(edition)s is %(state)s: it cannot become %(to)s.")
            % {
                "revision": release.revision,
                "edition": release.edition,
                "state": State(release.state).label,
                "to": to.label,
            }
        )


def check_signed_by_another(release: Release, by: str) -> None:
    """Raise ReleaseRefused when the one who composed it signs it off."""
    if release.built_by == by:
        raise ReleaseRefused(
            _("You composed this release: someone else signs it off, so that two people have read it.")
        )


def check_embargo_over(release: Release, now: datetime) -> None:
    """Raise ReleaseRefused before the embargo ends."""
    if now < release.embargo_until:
        until = timezone.localtime(release.embargo_until)
        raise ReleaseRefused(
            _("The embargo lasts until %(until)s: publish after that moment.")
            % {"until": date_format(until, "DATETIME_FORMAT")}
        )


def check_latest(release: Release, latest: Release | None) -> None:
    """Raise ReleaseRefused when a later revision has been composed."""
    if latest and latest.id != release.id:
        raise ReleaseRefused(
            _("Revision %(revision)s has been composed since: work on that one.") % {"revision": latest.revision}
        )
