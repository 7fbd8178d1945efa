"""Who may refer, answer for a partner and switch a route, from catalogue/access/matrix.csv. In whose file, is the database's wall."""

from datetime import datetime
from uuid import UUID

from egide.field.casefiles.permissions import check_may
from egide.foundation.catalogue import roles_with


def receiving_roles() -> frozenset[str]:
    """The roles that read what their organisation receives; the same array in field/walls, which a test compares."""
    return roles_with("R06", "N", "S")


def check_may_refer(by: UUID, now: datetime) -> None:
    """Raise NotAllowed unless a role of the account writes liaison sheets (R06, nominal)."""
    check_may(by, "R06", "N", now)


def check_may_answer(by: UUID, now: datetime) -> None:
    """Raise NotAllowed unless a role of the account reads what its organisation receives (R06, nominal or by section)."""
    check_may(by, "R06", ("N", "S"), now)


def check_may_switch(by: UUID, now: datetime) -> None:
    """Raise NotAllowed unless a role of the account keeps the network and its protocols (R08, nominal)."""
    check_may(by, "R08", "N", now)
