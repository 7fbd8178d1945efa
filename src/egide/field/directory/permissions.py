"""Who may write in the directory, from catalogue/access/matrix.csv. Reading the directory is not writing it."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from egide.foundation.catalogue import roles_with
from egide.foundation.organisations.models import Organisation
from egide.foundation.organisations.queries import list_mandates, list_roles


class NotAllowed(PermissionError):
    """The account holds no role that may write this entry."""


def check_may_write(by: UUID, organisation: Organisation, now: datetime) -> None:
    """Raise NotAllowed unless `by` keeps the network's directory (W on R05), or describes its own organisation's service (W-own).

    The role and the organisation are those of one mandate: a position elsewhere gives no right here.
    """
    if roles_with("R05", "W") & list_roles(account=by, now=now):
        return
    describers = roles_with("R05", "W-own")
    own = [mandate for mandate in list_mandates(account=by, now=now) if describers & set(mandate.position.roles)]
    if organisation.id not in {mandate.position.organisation_id for mandate in own}:
        raise NotAllowed(
            _("Your position does not let you change this entry. Ask the network's coordinator, or the service itself.")
        )
