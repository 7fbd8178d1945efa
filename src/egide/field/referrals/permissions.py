"""Who may refer, from catalogue/access/matrix.csv. In whose file, is the database's wall."""

from datetime import datetime
from uuid import UUID

from egide.field.casefiles.permissions import check_may


def check_may_refer(by: UUID, now: datetime) -> None:
    """Raise NotAllowed unless a role of the account writes liaison sheets (R06, nominal)."""
    check_may(by, "R06", "N", now)
