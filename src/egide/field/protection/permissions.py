"""Who notes a measure and who may ask whether one is in force, from catalogue/access/matrix.csv (R36)."""

from datetime import datetime
from uuid import UUID

from egide.field.casefiles.permissions import check_may


def check_may_note(by: UUID, now: datetime) -> None:
    """Raise NotAllowed unless a role of the account keeps measures in its files (nominal)."""
    check_may(by, "R36", "N", now)


def check_may_ask(by: UUID, now: datetime) -> None:
    """Raise NotAllowed unless a role of the account may ask the register (fact only: police, gendarmerie, municipal police)."""
    check_may(by, "R36", "F", now)
