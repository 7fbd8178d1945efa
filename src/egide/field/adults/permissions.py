"""Who may report (R38), from catalogue/access/matrix.csv. In whose file, is the database's wall; who receives, is R06's."""

from datetime import datetime
from uuid import UUID

from egide.field.casefiles.permissions import check_may


def check_may_report(by: UUID, now: datetime) -> None:
    """Raise NotAllowed unless a role of the account reports on vulnerable adults (R38, nominal)."""
    check_may(by, "R38", "N", now)
