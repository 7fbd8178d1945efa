"""Who asks for a place and who keeps the places, from catalogue/access/matrix.csv. Whose file or house it is, the walls know."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from egide.field.casefiles.permissions import NotAllowed, check_may
from egide.foundation.catalogue import roles_with
from egide.foundation.organisations.queries import list_mandates, list_roles


def check_may_ask(by: UUID, now: datetime) -> None:
    """Raise NotAllowed unless a role of the account follows files and asks shelters (R01 and R35, nominal)."""
    check_may(by, "R01", "N", now)
    check_may(by, "R35", "N", now)


def keepers() -> frozenset[str]:
    """The roles that keep places: nominal on R35 without following files of their own."""
    return roles_with("R35", "N") - roles_with("R01", "N")


def check_may_keep(by: UUID, organisation: UUID, now: datetime) -> None:
    """Raise NotAllowed unless the account keeps places in that organisation."""
    own = {mandate.position.organisation_id for mandate in list_mandates(account=by, now=now)}
    if organisation not in own or not (keepers() & list_roles(account=by, now=now)):
        raise NotAllowed(_("Only those who keep this shelter may change it."))
