"""In what capacity someone writes a referral: for which body, with which status in law. Reads only; to write it is in actions."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from egide.foundation.organisations.models import Organisation
from egide.foundation.organisations.queries import list_mandates, list_roles

from . import law, policies
from .models import Mode


def own_body(by: UUID, author: Organisation, now: datetime) -> str:
    """The body of the account where the author's seat is: a code of service-author-bodies."""
    seats = [m for m in list_mandates(account=by, now=now) if m.position.organisation_id == author.id]
    roles = {role for seat in seats for role in seat.position.roles} or list_roles(account=by, now=now)
    return policies.body_of(roles, author.kind)


def own_status(by: UUID, form: str, mode: Mode, now: datetime) -> str:
    """The first status in which the account may write this form; none for a number handed over. Raises MoveRefused."""
    found = law.statuses_of(list_roles(account=by, now=now), form)
    if mode == Mode.NUMBER_GIVEN:
        return ""
    if not found:
        raise policies.MoveRefused(_("Your position does not write this form of sheet: choose another one."))
    return found[0]
