"""Who may write in the directory, from catalogue/access/matrix.csv. Everyone who may read R05 reads all of it."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from egide.foundation.catalogue import roles_with
from egide.foundation.organisations.models import Organisation
from egide.foundation.organisations.queries import list_mandates, list_roles


class NotAllowed(PermissionError):
    """The account holds no role that may write this entry."""


def check_may_write(by: UUID, organisation: Organisation, now: datetime) -> None:
    """Raise NotAllowed unless `by` keeps the network's directory, or describes a service of its own organisation.

    Keepers are the roles that read R05 and follow files, in full or as facts (R01): those who refer know what answers.
    """
    held = list_roles(account=by, now=now)
    readers = roles_with("R05", "N") & held
    own = {mandate.position.organisation_id for mandate in list_mandates(account=by, now=now)}
    if not (readers & roles_with("R01", "N", "F") or (readers and organisation.id in own)):
        raise NotAllowed(
            _("Your position does not let you change this entry. Ask the network's coordinator, or the service itself.")
        )
