"""The only writes on organisations, positions and mandates."""

from collections.abc import Sequence
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from egide.foundation.accounts.models import Account
from egide.foundation.audit.actions import record

from .models import Mandate, Organisation, Position


@transaction.atomic
def register_organisation(*, code: str, name: str, kind: str, fictional: bool = False, now: datetime) -> Organisation:
    """Make an organisation known, or return the one that already has this code."""
    organisation, made = Organisation.objects.get_or_create(
        code=code, defaults={"name": name, "kind": kind, "fictional": fictional}
    )
    if made:
        record("ORGANISATION_REGISTERED", subject=("organisation", organisation.id), detail={"code": code}, at=now)
    return organisation


@transaction.atomic
def open_position(*, organisation: Organisation, title: str, roles: Sequence[str], now: datetime) -> Position:
    """Open a seat with its roles, or return the one of this title."""
    position, made = Position.objects.get_or_create(
        organisation=organisation, title=title, defaults={"roles": list(roles)}
    )
    if made:
        record("POSITION_OPENED", subject=("position", position.id), detail={"roles": list(roles)}, at=now)
    return position


@transaction.atomic
def give_mandate(*, position: Position, account: Account, valid_from: date, valid_to: date, now: datetime) -> Mandate:
    """Seat an account on a position for a bounded time. Raises ValidationError when the dates do not follow."""
    mandate = Mandate(position=position, account=account, valid_from=valid_from, valid_to=valid_to)
    mandate.full_clean()
    mandate.save(force_insert=True)
    record("MANDATE_GIVEN", subject=("account", account.id), detail={"position": str(position.id)}, at=now)
    return mandate


@transaction.atomic
def revoke_mandate(*, mandate: Mandate, because: str, now: datetime) -> Mandate:
    """End a mandate at once (X16). Raises ValidationError without a reason."""
    if not because.strip():
        raise ValidationError(_("Say why the mandate is revoked: the reason stays in the trail."))
    mandate.revoked_at, mandate.revoked_because = now, because
    mandate.save(update_fields=["revoked_at", "revoked_because"])
    record("MANDATE_REVOKED", subject=("account", mandate.account_id), detail={"because": because}, at=now)
    return mandate
