"""The only writes of an import: the receipt, the rows that go in, those that are kept aside, what a person decides of them."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from egide.field.directory import actions as directory
from egide.field.directory import permissions
from egide.field.directory.models import Import, Kept, KeptRow, Service
from egide.field.directory.policies import ServiceRefused
from egide.foundation.audit.actions import record
from egide.foundation.organisations.models import Organisation

from . import data_inclusion, hsds
from .incoming import Batch, Incoming, Refused, row_without_place
from .policies import check_is_worth_reading, described_for, differences, names_a_hidden_place

READERS = {data_inclusion.STANDARD: data_inclusion.read, hsds.STANDARD: hsds.read}


def read_directory(path: Path, standard: str) -> Batch:
    """Read a file in one of the standards. Raises ImportRefused when the whole is refused."""
    batch = READERS[standard](path)
    check_is_worth_reading(batch)
    return batch


def digest_of(path: Path) -> str:
    """The hash of a file, or of the files of a folder in the order of their names."""
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    whole = hashlib.sha256()
    for each in files:
        whole.update(hashlib.sha256(each.read_bytes()).digest())
    return whole.hexdigest()


@transaction.atomic
def import_directory(
    *, batch: Batch, filename: str, sha256: str, organisations: Mapping[str, Organisation], now: datetime
) -> Import:
    """Write a batch: new services, changes to those that came the same way; the rest is kept aside for a person.

    The same bytes again give the first receipt; the same rows in other bytes change nothing. What a person wrote or
    verified here is never replaced.
    """
    known = Import.objects.filter(sha256=sha256).first()
    if known:
        return known
    counts = {"added": 0, "changed": 0, "same": 0}
    kept: list[KeptRow] = [_refused(each) for each in batch.refused]
    hidden = list(Service.objects.filter(confidential_address=True))
    for row in batch.rows:
        waits = _take_in(row, organisations[row.organisation_code], hidden, counts, now)
        kept += [waits] if waits else []
    receipt = Import(standard=batch.standard, filename=filename[:150], sha256=sha256, imported_at=now, **counts)
    receipt.read = len(batch.rows) + len(batch.refused)
    receipt.save(force_insert=True)
    for each in kept:
        each.receipt = receipt
    KeptRow.objects.bulk_create(kept)
    record("DIRECTORY_IMPORTED", subject=("import", receipt.id), detail={**counts, "kept": len(kept)}, at=now)
    return receipt


@transaction.atomic
def accept_row(*, kept: KeptRow, by: UUID, now: datetime) -> Service:
    """Write on the known service what the row says, because a person read both. Raises ServiceRefused, NotAllowed."""
    permissions.check_may_keep(by, now)
    row = _read_again(kept)
    if kept.state != Kept.WAITS or kept.service is None or not isinstance(row, Incoming):
        raise ServiceRefused(_("This row does not wait for a decision."))
    service = kept.service
    directory.describe_service(service=service, by=by, now=now, **described_for(service, row.described))
    directory.set_hours(service=service, hours=row.hours, note=row.hours_note, by=by, now=now)
    _decide(kept, Kept.ACCEPTED, by, now)
    return service


@transaction.atomic
def dismiss_row(*, kept: KeptRow, by: UUID, now: datetime) -> KeptRow:
    """Leave what is written here as it is; the same row is not asked about again."""
    permissions.check_may_keep(by, now)
    return _decide(kept, Kept.DISMISSED, by, now)


def _take_in(
    row: Incoming, organisation: Organisation, hidden: list[Service], counts: dict[str, int], now: datetime
) -> KeptRow | None:
    """Write one row, or say why it waits. `hidden`: the services whose place is confidential here."""
    service = _known(row)
    if service is None:
        if names_a_hidden_place(row, hidden):
            why = _(
                "a service whose address is confidential here has the same name or telephone; its place is not kept"
            )
            return _kept(row, Kept.REFUSED, (why,), None, secret=True)
        service = directory.register_service(
            organisation=organisation, by=None, now=now, source=row.source, source_id=row.source_id, **row.described
        )
        directory.set_hours(service=service, hours=row.hours, note=row.hours_note, by=None, now=now)
        counts["added"] += 1
        return None
    changed = () if _is_our_own(service, row) else differences(service, row)
    if not changed:
        counts["same"] += 1
    elif service.kept_by_hand or service.last_verified_on or service.merged_into_id or service.retired_on:
        why = _("it would change: %(columns)s") % {"columns": ", ".join(changed)}
        return _waits(row, service, why, counts)
    else:
        directory.describe_service(service=service, by=None, now=now, **described_for(service, row.described))
        directory.set_hours(service=service, hours=row.hours, note=row.hours_note, by=None, now=now)
        counts["changed"] += 1
    return None


def _known(row: Incoming) -> Service | None:
    """The service that a row speaks of: the one of its source, or one of ours that comes back."""
    services = Service.objects.select_related("organisation")
    ours = row.source_id.removeprefix(f"{data_inclusion.OURS}--")
    found = services.filter(source=row.source, source_id=row.source_id).first()
    try:
        return found or services.filter(id=UUID(ours)).first()
    except ValueError:
        return found


def _is_our_own(service: Service, row: Incoming) -> bool:
    """Whether a row is, word for word, what we hand to others: the standards say less than we know, which is no change."""
    standard = data_inclusion if "service" in row.row else hsds
    return bool(standard.write([service])["services"][0] == row.row.get("service", row.row))


def _waits(row: Incoming, service: Service, why: str, counts: dict[str, int]) -> KeptRow | None:
    """Kept aside, unless a person was already asked about this very row."""
    kept = _kept(row, Kept.WAITS, (why,), service, secret=service.confidential_address)
    if KeptRow.objects.filter(service=service, row=kept.row).exclude(state=Kept.REFUSED).exists():
        counts["same"] += 1
        return None
    return kept


def _kept(row: Incoming, state: Kept, why: tuple[str, ...], service: Service | None, *, secret: bool) -> KeptRow:
    told = row_without_place(row.row, str(row.described.get("address") or "")) if secret else row.row
    return KeptRow(
        number=row.number, identifier=row.source_id[:210], state=state, why=list(why), row=told, service=service
    )


def _refused(row: Refused) -> KeptRow:
    return KeptRow(
        number=row.number, identifier=row.identifier, state=Kept.REFUSED, why=list(row.why), row=dict(row.row)
    )


def _read_again(kept: KeptRow) -> Incoming | Refused:
    if kept.receipt.standard == data_inclusion.STANDARD:
        return data_inclusion.read_row(kept.number, kept.row.get("service"), kept.row.get("structure"))
    return hsds.read_row(kept.number, kept.row)


def _decide(kept: KeptRow, state: Kept, by: UUID, now: datetime) -> KeptRow:
    kept.state, kept.decided_by, kept.decided_at = state, by, now
    kept.save(update_fields=["state", "decided_by", "decided_at"])
    record(
        "IMPORTED_ROW_DECIDED",
        subject=("import", kept.receipt_id),
        detail={"row": str(kept.id), "state": state},
        at=now,
    )
    return kept
