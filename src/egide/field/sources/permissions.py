"""Who writes the perpetrator part and who receives it, from catalogue/access/matrix.csv (R03: own writes, N receives).

A municipal officer's own note on R03 is the night note (interventions); the person's is the form filled alone (assessments).
"""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from egide.field.casefiles.permissions import NotAllowed
from egide.foundation.catalogue import roles_with
from egide.foundation.organisations.models import Organisation
from egide.foundation.organisations.queries import list_mandates

ELSEWHERE = frozenset({"MUNICIPAL_OFFICER", "PERSON"})


def writing_roles() -> frozenset[str]:
    """The roles that write here; the same array in field/walls, which a test compares."""
    return roles_with("R03", "own") - ELSEWHERE


def receiving_roles() -> frozenset[str]:
    """The roles that assess danger, and receive."""
    return roles_with("R03", "N")


def workplace_of(by: UUID, now: datetime) -> Organisation:
    """The programme where the account writes. Raises NotAllowed when there is none."""
    for mandate in list_mandates(account=by, now=now):
        if writing_roles() & set(mandate.position.roles):
            return mandate.position.organisation
    raise NotAllowed(
        _("Your position does not write the part on the alleged perpetrator. Ask whoever runs your service.")
    )


def check_may_receive(by: UUID, organisation: UUID, now: datetime) -> None:
    """Raise NotAllowed unless a position of the account in that service assesses danger."""
    for mandate in list_mandates(account=by, now=now):
        if mandate.position.organisation_id == organisation and receiving_roles() & set(mandate.position.roles):
            return
    raise NotAllowed(_("This sheet was sent to another service. Only that service may receive it."))
