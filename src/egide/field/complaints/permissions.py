"""Who may work on complaints (R34), from catalogue/access/matrix.csv. In whose file, is the database's wall."""

from datetime import datetime
from uuid import UUID

from egide.field.casefiles.permissions import check_may


def check_may_write(by: UUID, now: datetime) -> None:
    """Raise NotAllowed unless a role of the account accompanies complaints (R34, nominal)."""
    check_may(by, "R34", "N", now)
