"""Extract the counts of the field and deliver them to the statistics: two transactions, one after the other, never both.

The cells are tabulated by a function of the database, inside the field's role (field/walls); here they are completed,
written as a file, and received as any producer's delivery is.
"""

import hashlib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from egide.foundation.audit.actions import record
from egide.foundation.legal.actions import entering_active
from egide.foundation.legal.policies import check_active
from egide.foundation.wings.entering import Subject
from egide.statistics.collection import store
from egide.statistics.collection.actions import receive_delivery
from egide.statistics.collection.models import Delivery

from .cells import (
    DIMENSIONS,
    SOURCE,
    CannotExtract,
    FieldCell,
    check_cells,
    make_cell,
    with_listed_codes,
    with_zeros,
    write_csv,
)

JOB = "extract_field"
FUNCTIONS = ("field_cells", "referral_cells")


def extract_field(*, first: date, last: date, vintage: date, now: datetime) -> Delivery:
    """Tabulate the whole months and years of [first, last] inside the field, then deliver the cells; return the receipt.

    The same cells again give the same bytes, hence the first receipt. A kill at any moment leaves no receipt, or a whole
    one. Raises CannotExtract, GateClosed when either module has no legal record in force, AlreadyInside when called from
    inside a wing.
    """
    check_span(first, last, vintage=vintage, today=timezone.localdate(now))
    check_active("statistics")
    content = _tabulate_inside_the_field(first, last, now)
    aside = Path(settings.EGIDE_STORE) / "deliveries" / "extract"
    with entering_active("statistics", Subject.job(JOB)), store.writing_beside(aside) as partial:
        partial.write_bytes(content)
        name = f"{SOURCE}_{first}_{last}.csv"
        return receive_delivery(path=partial, filename=name, source=SOURCE, vintage=vintage, by=None, now=now)


def check_span(first: date, last: date, *, vintage: date, today: date) -> None:
    """Raise CannotExtract unless [first, last] is made of whole months that are over on the day of the vintage and today."""
    if first > last or first.day != 1 or (last + timedelta(days=1)).day != 1:
        raise CannotExtract(
            f"An extract is made of whole months: {first} to {last} is not. Begin on a first day and end on a last."
        )
    if last >= min(vintage, today):
        raise CannotExtract(
            f"{last} is not over on {min(vintage, today)}: the days to come would read as zero. Wait, or end earlier."
        )


def list_periods(first: date, last: date) -> Iterator[str]:
    """The whole years, then the whole months of [first, last], as SDMX texts."""
    for year in range(first.year, last.year + 1):
        if first <= date(year, 1, 1) and date(year, 12, 31) <= last:
            yield f"{year:04}"
    for month in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        yield f"{month // 12:04}-{month % 12 + 1:02}"


def _tabulate_inside_the_field(first: date, last: date, now: datetime) -> bytes:
    with entering_active("field", Subject.job(JOB)):
        cells = with_listed_codes(_read_cells(first, last))
        check_cells(cells)
        content = write_csv(with_zeros(cells, list_periods(first, last)))
        record(
            "CELLS_EXTRACTED",
            subject=("extract", f"{first}/{last}"),
            detail={"cells": len(cells), "sha256": hashlib.sha256(content).hexdigest()},
            at=now,
        )
    return content


def _read_cells(first: date, last: date) -> Iterator[FieldCell]:
    """What the functions of the field answer to a job: cells, and nothing else."""
    with connection.cursor() as cursor:
        for function in FUNCTIONS:
            cursor.execute(f"SELECT * FROM {function}(%s, %s)", [first, last])  # noqa: S608  a name of this module
            names = [column.name for column in cursor.description]
            for row in cursor.fetchall():
                cell = dict(zip(names, row, strict=True))
                codes = {name: cell[name] for name in DIMENSIONS if cell.get(name) is not None}
                yield make_cell(
                    cell["measure"], cell["territory"], cell["period"], codes, cell["fictional"], cell["value"]
                )
