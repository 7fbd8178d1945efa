"""The only writes on duplicates: merge, tell apart, give back."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from egide.field.directory import permissions
from egide.field.directory.models import Merge, Service
from egide.field.directory.policies import ServiceRefused
from egide.foundation.audit.actions import record

FILLED = (
    "description", "telephone", "sms", "email", "website", "access_note", "accessibility", "audience_note", "fee_note", "hours_note",
)  # fmt: skip
JOINED = ("audiences", "themes", "languages", "access_modes", "zone")


@transaction.atomic
def merge_services(*, kept: Service, absorbed: Service, by: UUID, now: datetime) -> Merge:
    """Say that two entries are one service: `kept` gains what only `absorbed` told, `absorbed` leaves the lists.

    No address passes from one to the other. Raises NotAllowed without the right on both, ServiceRefused for an entry that
    has left the lists already.
    """
    for each in (kept, absorbed):
        permissions.check_may_write(by, each.organisation, now)
        if each.retired_on or each.merged_into_id:
            raise ServiceRefused(_("One of the two entries has left the directory already."))
    if kept.id == absorbed.id:
        raise ServiceRefused(_("An entry is not merged with itself."))
    told = _gained(kept, absorbed)
    merge = Merge(kept=kept, absorbed=absorbed, decided_at=now, decided_by=by, after=told)
    merge.before = {name: getattr(kept, name) for name in told}
    merge.full_clean()
    merge.save(force_insert=True)
    _set(kept, told)
    absorbed.retired_on, absorbed.merged_into = timezone.localdate(now), kept
    absorbed.save(update_fields=["retired_on", "merged_into"])
    record("SERVICES_MERGED", subject=("service", kept.id), detail={"absorbed": str(absorbed.id)}, at=now)
    return merge


@transaction.atomic
def tell_apart(*, one: Service, other: Service, by: UUID, now: datetime) -> Merge:
    """Note that a person looked and that the two are two services: they are not proposed again."""
    for each in (one, other):
        permissions.check_may_write(by, each.organisation, now)
    merge = Merge(kept=one, absorbed=other, apart=True, decided_at=now, decided_by=by)
    merge.save(force_insert=True)
    record("SERVICES_TOLD_APART", subject=("service", one.id), detail={"other": str(other.id)}, at=now)
    return merge


@transaction.atomic
def undo_merge(*, merge: Merge, by: UUID, now: datetime) -> Merge:
    """Give both entries back as they were; what somebody changed since then stays changed."""
    permissions.check_may_write(by, merge.kept.organisation, now)
    if merge.undone_at:
        raise ServiceRefused(_("This was given back already."))
    kept, absorbed = merge.kept, merge.absorbed
    _set(kept, {name: was for name, was in merge.before.items() if getattr(kept, name) == merge.after[name]})
    if not merge.apart:
        absorbed.retired_on, absorbed.merged_into = None, None
        absorbed.save(update_fields=["retired_on", "merged_into"])
    merge.undone_at, merge.undone_by = now, by
    merge.save(update_fields=["undone_at", "undone_by"])
    record("SERVICES_GIVEN_BACK", subject=("service", kept.id), detail={"other": str(absorbed.id)}, at=now)
    return merge


def _gained(kept: Service, absorbed: Service) -> dict[str, Any]:
    blank = {name: getattr(absorbed, name) for name in FILLED if not getattr(kept, name) and getattr(absorbed, name)}
    joined = {
        name: [*getattr(kept, name), *(set(getattr(absorbed, name)) - set(getattr(kept, name)))] for name in JOINED
    }
    return {**blank, **{name: told for name, told in joined.items() if told != getattr(kept, name)}}


def _set(service: Service, told: dict[str, Any]) -> None:
    for name, value in told.items():
        setattr(service, name, value)
    if told:
        service.full_clean(validate_unique=False)
        service.save(update_fields=list(told))
