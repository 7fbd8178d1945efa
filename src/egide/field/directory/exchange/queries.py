"""The only reads of imports: receipts, and the rows that were kept aside. And the files that leave."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext as _

from egide.field.directory.models import Import, Kept, KeptRow
from egide.field.directory.queries import NotFound, list_for_export

from . import data_inclusion, hsds

WRITERS = {data_inclusion.STANDARD: data_inclusion.write, hsds.STANDARD: hsds.write}


@dataclass(frozen=True)
class KeptView:
    """A row kept aside: where it came from, why, and the service it speaks of, if one is known."""

    id: UUID
    filename: str
    number: int
    identifier: str
    state: str
    why: tuple[str, ...]
    service_id: UUID | None
    service: str


@dataclass(frozen=True)
class Receipt:
    """What an import did."""

    id: UUID
    filename: str
    standard: str
    imported_at: datetime
    read: int
    added: int
    changed: int
    same: int
    kept: tuple[KeptView, ...]


def get_receipt(id: UUID) -> Receipt:
    """A receipt with its rows kept aside. Raises NotFound."""
    found = Import.objects.filter(id=id).first()
    if found is None:
        raise NotFound(_("There is no such import."))
    kept = tuple(_view(each) for each in found.kept.select_related("service", "receipt").order_by("number"))
    return Receipt(
        found.id,
        found.filename,
        found.standard,
        found.imported_at,
        found.read,
        found.added,
        found.changed,
        found.same,
        kept,
    )


def list_waiting() -> list[KeptView]:
    """The rows that wait for a person, the oldest first."""
    waiting = KeptRow.objects.filter(state=Kept.WAITS).select_related("service", "receipt")
    return [_view(each) for each in waiting.order_by("receipt__imported_at", "number")]


def load_kept(id: UUID) -> KeptRow:
    """The row itself, for an action. Raises NotFound."""
    found = KeptRow.objects.filter(id=id).select_related("service__organisation", "receipt").first()
    if found is None:
        raise NotFound(_("There is no such row."))
    return found


def write_directory(*, standard: str, out: Path, now: datetime) -> dict[str, int]:
    """Write the files of a standard into a folder; return how many rows each holds. No confidential place leaves."""
    written = WRITERS[standard](list_for_export(now=now))
    out.mkdir(parents=True, exist_ok=True)
    for name, rows in written.items():
        (out / f"{name}.json").write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return {name: len(rows) for name, rows in written.items()}


def _view(row: KeptRow) -> KeptView:
    return KeptView(
        row.id, row.receipt.filename, row.number, row.identifier, row.state, tuple(row.why), row.service_id,
        row.service.name if row.service else "",
    )  # fmt: skip
