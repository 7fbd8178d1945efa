"""The only writes: receive a delivery. A refused file is a receipt too, with its bytes kept and the reasons told."""

import json
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

import pyarrow as pa
import pyarrow.parquet as pq
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from egide.foundation.audit.actions import record
from egide.foundation.catalogue import Source, get_source

from . import store
from .checks import Checked, check
from .envelope import Refused, read_bytes
from .findings import Severity
from .models import Delivery, Verdict
from .reading import read_raw


class DeliveryRefused(ValueError):
    """The file was not even received; the sentence says why."""


def receive_delivery(
    *, path: Path, filename: str, source: str, vintage: date, by: UUID | None, now: datetime
) -> Delivery:
    """Receive a file: keep its bytes, check it, write its receipt and its trace in one transaction.

    The same bytes again return the first receipt. A kill at any moment leaves no receipt, or a whole one: bytes are
    written beside and renamed, the receipt comes last. Raises DeliveryRefused for a file over the size limit and
    for a source of rows about persons, UnknownEntry for an unknown source.
    """
    definition = get_source(source)
    _check_receivable(definition, path)
    sha256 = store.keep(path)
    same_bytes = Delivery.objects.filter(source=source, source_version=definition.version, sha256=sha256)
    if known := same_bytes.first():
        return known
    delivery = Delivery(
        source=source, source_version=definition.version, vintage=vintage, filename=Path(filename).name[:255], sha256=sha256,
        size=store.original(sha256).stat().st_size, received_at=now, received_by=by,
    )  # fmt: skip
    _judge(delivery, definition, store.original(sha256))
    try:
        with transaction.atomic():
            delivery.save(force_insert=True)
            record(
                "DELIVERY_RECEIVED",
                subject=("delivery", delivery.id),
                detail={"sha256": sha256, "verdict": delivery.verdict},
                at=now,
            )
    except IntegrityError:  # the same bytes came in at the same moment, and were first
        return same_bytes.get()
    return delivery


def _check_receivable(source: Source, path: Path) -> None:
    if source.holds == "rows":
        raise DeliveryRefused(
            _("The source %(source)s holds rows about persons: no room of this version may receive them.")
            % {"source": source.code}
        )
    if path.stat().st_size > settings.EGIDE_MAX_BYTES:
        raise DeliveryRefused(
            _(
                "The file has %(size)s bytes and the limit is %(limit)s: it was not kept. Split it by year, or raise EGIDE_MAX_BYTES."
            )
            % {"size": path.stat().st_size, "limit": settings.EGIDE_MAX_BYTES}
        )


def _judge(delivery: Delivery, source: Source, path: Path) -> None:
    """Read and check; fill in the verdict, the counts and the findings."""
    try:
        raw = read_raw(read_bytes(path, max_bytes=settings.EGIDE_MAX_BYTES), source)
    except Refused as refused:
        delivery.verdict, delivery.rows_read, delivery.rows_accepted = Verdict.REFUSED, 0, 0
        delivery.findings = [refused.finding.as_plain()]
        return
    checked = check(raw)
    severities = {finding.severity for finding in checked.findings}
    delivery.dialect, delivery.rows_read = raw.dialect.id, raw.table.num_rows
    delivery.findings = [finding.as_plain() for finding in checked.findings]
    if Severity.REFUSE in severities:
        delivery.verdict, delivery.rows_accepted = Verdict.REFUSED, 0
        return
    delivery.rows_accepted = checked.table.num_rows
    delivery.verdict = (
        Verdict.ACCEPTED_IN_PART if severities & {Severity.QUARANTINE, Severity.WARN} else Verdict.ACCEPTED
    )
    _keep_raw(delivery, checked)


def _keep_raw(delivery: Delivery, checked: Checked) -> None:
    """Write the accepted rows as Parquet with a manifest, beside the bytes they come from."""
    folder = store.folder(delivery.sha256)
    write_parquet(checked.table, folder / f"raw-{delivery.source}-{delivery.source_version}.parquet")
    if checked.apart is not None:
        write_parquet(checked.apart, folder / f"apart-{delivery.source}-{delivery.source_version}.parquet")
    manifest = {
        "source": delivery.source,
        "version": delivery.source_version,
        "sha256": delivery.sha256,
        "rows": delivery.rows_accepted,
    }
    target = folder / f"manifest-{delivery.source}-{delivery.source_version}.json"
    with store.writing_beside(target) as partial:
        partial.write_text(json.dumps(manifest))
        partial.replace(target)


def write_parquet(table: pa.Table, path: Path) -> None:
    """Write a table beside its final name, then rename: a reader sees all of it or none."""
    with store.writing_beside(path) as partial:
        pq.write_table(table, partial)
        partial.replace(path)
