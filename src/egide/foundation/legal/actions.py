"""The only writes on processing records, and the gated way into a wing."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from django.db import transaction

from egide.foundation.audit.actions import record
from egide.foundation.wings.entering import Subject, entering

from .models import ProcessingRecord
from .policies import GateClosed, check_active, check_complete


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
