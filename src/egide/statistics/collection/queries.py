"""The only reads: receipts, with their findings as sentences, and the raw table of an accepted delivery."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pyarrow as pa
import pyarrow.parquet as pq
from django.conf import settings
from django.utils.translation import gettext as _

from egide.foundation.catalogue import Text, get_source

from . import store
from .checks import check
from .envelope import read_bytes
from .findings import SENTENCES, SHORTENING
from .models import Delivery, Verdict
from .reading import read_raw


class NotFound(LookupError):
    """No such receipt."""


@dataclass(frozen=True)
class FindingView:
    """A finding in the reader's language."""

    severity: str
    code: str
    what: str
    where: str
    remedy: str
    lines: tuple[int, ...] = ()
    column: str = ""
    count: int = 0

    @property
    def place(self) -> str:
        """The lines and the column, as far as they are known."""
        named = _("column “%(column)s”") % {"column": self.column} if self.column else ""
        return ", ".join(part for part in (self.where, named) if part)


@dataclass(frozen=True)
class DeliveryView:
    """A receipt as a page shows it."""

    id: UUID
    source: str
    source_label: Text
    dialect: str
    vintage: date
    filename: str
    sha256: str
    size: int
    received_at: datetime
    received_by: UUID | None
    verdict: str
    verdict_label: str
    rows_read: int
    rows_accepted: int
    findings: tuple[FindingView, ...]


def list_deliveries(source: str | None = None) -> list[DeliveryView]:
    """Receipts, latest first."""
    receipts = Delivery.objects.order_by("-received_at", "id")
    return [_view(receipt) for receipt in (receipts.filter(source=source) if source else receipts)]


def get_delivery(id: UUID) -> DeliveryView:
    """One receipt. Raises NotFound."""
    receipt = Delivery.objects.filter(id=id).first()
    if receipt is None:
        raise NotFound(_("No delivery has this number."))
    return _view(receipt)


def list_accepted(source: str) -> list[Delivery]:
    """The receipts of a source whose rows can be used, oldest vintage first; of one vintage, the last received last."""
    accepted = Delivery.objects.filter(source=source).exclude(verdict=Verdict.REFUSED)
    return list(accepted.order_by("vintage", "received_at", "id"))


def read_apart(delivery: Delivery) -> pa.Table | None:
    """The rows that enter no figure though they may belong to one, in the codes of the catalogue, null where one has none.

    They are those in quarantine, and those with a code that the catalogue does not know. None where there are none.
    """
    if not SHORTENING & {finding["code"] for finding in delivery.findings}:
        return None
    kept = store.folder(delivery.sha256) / f"apart-{delivery.source}-{delivery.source_version}.parquet"
    if kept.exists():
        return pq.read_table(kept)
    content = read_bytes(store.original(delivery.sha256), max_bytes=settings.EGIDE_MAX_BYTES)
    return check(read_raw(content, get_source(delivery.source))).apart


def read_accepted(delivery: Delivery) -> pa.Table:
    """The raw table of an accepted delivery: its accepted rows, as delivered."""
    return pq.read_table(store.folder(delivery.sha256) / f"raw-{delivery.source}-{delivery.source_version}.parquet")


def delivery_report(view: DeliveryView) -> dict[str, Any]:
    """A receipt and its findings as plain data, for a machine or a producer."""
    return {
        "id": str(view.id), "source": view.source, "vintage": view.vintage.isoformat(), "file": view.filename,
        "sha256": view.sha256, "size": view.size, "received_at": view.received_at.isoformat(), "dialect": view.dialect,
        "verdict": view.verdict, "rows_read": view.rows_read, "rows_accepted": view.rows_accepted,
        "findings": [asdict(finding) for finding in view.findings],
    }  # fmt: skip


def _view(receipt: Delivery) -> DeliveryView:
    return DeliveryView(
        id=receipt.id, source=receipt.source, source_label=get_source(receipt.source).label, dialect=receipt.dialect,
        vintage=receipt.vintage, filename=receipt.filename, sha256=receipt.sha256, size=receipt.size,
        received_at=receipt.received_at, received_by=receipt.received_by, verdict=receipt.verdict,
        verdict_label=str(Verdict(receipt.verdict).label), rows_read=receipt.rows_read, rows_accepted=receipt.rows_accepted,
        findings=tuple(_tell(finding) for finding in receipt.findings),
    )  # fmt: skip


def _tell(finding: dict[str, Any]) -> FindingView:
    sentence = SENTENCES[finding["code"]]
    facts = {**finding["facts"], "count": finding["count"]}
    if "kind" in facts:
        facts["kind"] = _(facts["kind"])
    lines = finding["lines"]
    where = ""
    if lines:
        shown = ", ".join(str(line) for line in lines)
        where = (_("line %(lines)s") if len(lines) == 1 else _("lines %(lines)s")) % {"lines": shown}
        if finding["count"] > len(lines):
            where += "…"
    return FindingView(
        sentence.severity.value, finding["code"], str(sentence.what) % facts, where, str(sentence.remedy) % facts,
        tuple(lines), finding.get("column", ""), finding["count"],
    )  # fmt: skip
