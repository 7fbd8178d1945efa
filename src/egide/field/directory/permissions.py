"""Who may write in the directory, from catalogue/access/matrix.csv. Reading the directory is not writing it."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from egide.foundation.catalogue import roles_with
from egide.foundation.organisations.models import Organisation
from egide.foundation.organisations.queries import list_mandates, list_roles


class NotAllowed(PermissionError):
    """The account holds no role that may write this entry."""


def check_may_write(by: UUID | None, organisation: Organisation, now: datetime) -> None:
    """Raise NotAllowed unless `by` keeps the network's directory (W on R05), or describes its own organisation's service (W-own).

    None stands for a command of the house, which the walls admit by its name.
    """
    if by is None:
        return
    if not may_write(by, organisation.id, now):
        raise NotAllowed(
            _("Your position does not let you change this entry. Ask the network's coordinator, or the service itself.")
        )


def may_write(by: UUID, organisation: UUID, now: datetime) -> bool:
    """Whether the account keeps the directory, or holds a mandate in this very organisation that describes its services.

    The role and the organisation are those of one mandate: a position elsewhere gives no right here.
    """
    describers = roles_with("R05", "W-own")
    own = [mandate for mandate in list_mandates(account=by, now=now) if describers & set(mandate.position.roles)]
    return is_keeper(by, now) or organisation in {mandate.position.organisation_id for mandate in own}


def is_keeper(by: UUID, now: datetime) -> bool:
    """Whether the account keeps the network's directory (W on R05)."""
    return bool(roles_with("R05", "W") & list_roles(account=by, now=now))


def check_may_keep(by: UUID, now: datetime) -> None:
    """Raise NotAllowed unless the account keeps the directory: what was imported and what is double is its to decide."""
    if not is_keeper(by, now):
        raise NotAllowed(_("Your position does not let you decide this. Ask the network's coordinator."))
