"""The only writes on processing records and on local routes, and the gated way into a wing."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from egide.foundation.audit.actions import record
from egide.foundation.catalogue import list_protocols
from egide.foundation.wings.entering import Subject, entering

from .models import ProcessingRecord, RouteSuspension
from .policies import GateClosed, RouteRefused, check_active, check_complete


@contextmanager
def entering_active(wing: str, subject: Subject) -> Iterator[None]:
    """Enter a wing whose module is active; raise GateClosed before the door otherwise."""
    check_active(wing)
    with entering(wing, subject):
        yield


@transaction.atomic
def register_processing(
    *,
    module: str,
    controller: str,
    act: str,
    dpia_reference: str,
    dpia_date: date | None,
    dpo: str,
    retention_rule: str,
    fictional: bool,
    now: datetime,
) -> ProcessingRecord:
    """Write or complete the record of a module; what is blank stays missing and keeps the gate closed."""
    legal, _made = ProcessingRecord.objects.get_or_create(module=module)
    legal.controller, legal.act, legal.dpo = controller, act, dpo
    legal.dpia_reference, legal.dpia_date = dpia_reference, dpia_date
    legal.retention_rule, legal.fictional = retention_rule, fictional
    if legal.activated_at:
        check_complete(legal)
    legal.save()
    record("PROCESSING_REGISTERED", subject=("module", module), detail={"act": act, "fictional": fictional}, at=now)
    return legal


def activate(*, module: str, now: datetime) -> ProcessingRecord:
    """Open the gate of a module. Without a complete record it raises GateClosed, and the refusal is in the trail (X02)."""
    legal = ProcessingRecord.objects.filter(module=module).first() or ProcessingRecord(module=module)
    try:
        check_complete(legal)
    except GateClosed as refusal:
        record("ACTIVATION_REFUSED", subject=("module", module), detail={"why": str(refusal)}, at=now)
        raise
    with transaction.atomic():
        legal.activated_at = legal.activated_at or now
        legal.save(update_fields=["activated_at"])
        record("MODULE_ACTIVATED", subject=("module", module), detail={"act": legal.act}, at=now)
    return legal


@transaction.atomic
def suspend_route(*, protocol: str, decided_by: str, reason: str, by: UUID, now: datetime) -> RouteSuspension:
    """Switch a local protocol off from today. Who may is the caller's to check. Raises RouteRefused.

    `decided_by`: the authority ("prosecutor's office"); `by`: the account that writes it down.
    """
    if protocol not in {each.code for each in list_protocols()}:
        raise RouteRefused(_("There is no such local protocol in the catalogue."))
    if RouteSuspension.objects.filter(protocol=protocol, resumed_on__isnull=True).exists():
        raise RouteRefused(_("This protocol is switched off already."))
    if not (decided_by.strip() and reason.strip()):
        raise RouteRefused(_("Say who decided and why: those who used this route will read it."))
    written = RouteSuspension(
        protocol=protocol, since=timezone.localdate(now), decided_by=decided_by.strip(), reason=reason.strip(), written_by=by,
        written_at=now,
    )  # fmt: skip
    written.save(force_insert=True)
    record("ROUTE_SUSPENDED", subject=("protocol", protocol), detail={"decided_by": written.decided_by}, at=now)
    return written


@transaction.atomic
def resume_route(*, protocol: str, because: str, by: UUID, now: datetime) -> RouteSuspension:
    """Open a protocol again from today; the days when it was off stay written. Raises RouteRefused."""
    written = RouteSuspension.objects.filter(protocol=protocol, resumed_on__isnull=True).first()
    if written is None:
        raise RouteRefused(_("Nobody here switched this protocol off: there is nothing to open again."))
    if not because.strip():
        raise RouteRefused(_("Say why it opens again, and who decided."))
    written.resumed_on, written.resumed_by, written.resumed_at = timezone.localdate(now), by, now
    written.resumed_because = because.strip()
    written.save(update_fields=["resumed_on", "resumed_by", "resumed_at", "resumed_because"])
    record("ROUTE_RESUMED", subject=("protocol", protocol), at=now)
    return written
