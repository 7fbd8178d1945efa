"""The only writes on one's own sessions of supervision: noted, held, taken out. Nobody is told, and no event names one."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from egide.field.casefiles.permissions import check_may

from . import policies
from .models import Kind, Session


@transaction.atomic
def note_session(*, at: datetime, kind: Kind, by: UUID, now: datetime) -> Session:
    """Note a session of one's own, to come or just over. Raises NotAllowed.

    No event is recorded, on purpose: when someone sought support in the work is nobody else's to read.
    """
    check_may(by, "R01", "N", now)
    session = Session(account=by, at=at, kind=kind)
    session.full_clean()
    session.save(force_insert=True)
    return session


@transaction.atomic
def hold_session(*, session: Session, minutes: int, by: UUID, now: datetime) -> Session:
    """It took place, and took so many minutes. Raises NotAllowed, SupervisionRefused."""
    check_may(by, "R01", "N", now)
    policies.check_held(session, minutes, now)
    session.minutes = minutes
    session.save(update_fields=["minutes"])
    return session


@transaction.atomic
def remove_session(*, session: Session, by: UUID, now: datetime) -> None:
    """Take a session out, put off or noted by mistake: nothing of it stays. Raises NotAllowed."""
    check_may(by, "R01", "N", now)
    session.delete()
