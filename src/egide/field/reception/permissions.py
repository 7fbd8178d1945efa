"""Who may receive, and who may set a station up, from catalogue/access/matrix.csv (R33): N receives, A sets up and reads the table.

The role is held at that very station: a mandate elsewhere opens nothing here, and the database says so too.
"""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from egide.foundation.catalogue import roles_with
from egide.foundation.organisations.models import Organisation
from egide.foundation.organisations.queries import list_mandates

RECEIVES, RUNS = "N", "A"


class NotAllowed(PermissionError):
    """The account has no such part in this station."""


def check_may_receive(by: UUID, organisation_id: UUID, now: datetime) -> None:
    """Raise NotAllowed unless a position of the account in the station receives people."""
    _check(by, organisation_id, RECEIVES, now)


def check_may_run(by: UUID, organisation: Organisation | UUID, now: datetime) -> None:
    """Raise NotAllowed unless a position of the account in the station runs it."""
    _check(by, organisation.id if isinstance(organisation, Organisation) else organisation, RUNS, now)


def _check(by: UUID, organisation_id: UUID, level: str, now: datetime) -> None:
    held = {
        role
        for mandate in list_mandates(account=by, now=now)
        if mandate.position.organisation_id == organisation_id
        for role in mandate.position.roles
    }
    if not held & roles_with("R33", level):
        raise NotAllowed(_("Your position in this station does not let you do this. Ask whoever runs the station."))
