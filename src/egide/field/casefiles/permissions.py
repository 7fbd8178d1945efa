"""Who may open and work on a file, from catalogue/access/matrix.csv. Whose file it is, is the database's wall."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from egide.foundation.catalogue import roles_with
from egide.foundation.organisations.queries import list_roles


class NotAllowed(PermissionError):
    """The account holds no role that may do this."""


def check_may(by: UUID, row: str, level: str | tuple[str, ...], now: datetime) -> None:
    """Raise NotAllowed unless a role of the account has the level ("N" nominal…) on a row of the matrix ("R01"…)."""
    levels = (level,) if isinstance(level, str) else level
    if not roles_with(row, *levels) & list_roles(account=by, now=now):
        raise NotAllowed(
            _("Your position does not give access to this. Ask whoever gives mandates in your organisation.")
        )


def check_may_join(account: UUID, now: datetime) -> None:
    """Raise NotAllowed unless a position of `account` follows files (R01): police, prefectures or shelters join no team (F1, X16)."""
    if not roles_with("R01", "N") & list_roles(account=account, now=now):
        raise NotAllowed(
            _("This colleague’s position does not follow files: share sections with her agreement, or refer instead.")
        )
