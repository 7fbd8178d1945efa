"""Who may write a note and who may receive it, from catalogue/access/matrix.csv (R09): own writes, N receives."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from egide.foundation.catalogue import roles_with
from egide.foundation.organisations.models import Organisation
from egide.foundation.organisations.queries import list_mandates

WRITES, RECEIVES = "own", "N"


class NotAllowed(PermissionError):
    """The account has no such part in this note."""


def workplace_of(by: UUID, now: datetime) -> Organisation:
    """The municipal police service where the account writes its notes. Raises NotAllowed when there is none."""
    for mandate in list_mandates(account=by, now=now):
        if roles_with("R09", WRITES) & set(mandate.position.roles):
            return mandate.position.organisation
    raise NotAllowed(_("Your position does not write intervention notes. Ask whoever runs your service."))


def check_may_receive(by: UUID, unit: UUID, now: datetime) -> None:
    """Raise NotAllowed unless a position of the account in that unit receives notes."""
    for mandate in list_mandates(account=by, now=now):
        held = set(mandate.position.roles)
        if mandate.position.organisation_id == unit and roles_with("R09", RECEIVES) & held:
            return
    raise NotAllowed(_("This note was handed to another unit. Only that unit may receive it."))
