"""Files that are not text: the tables of a workbook or of a Parquet file as rows of texts, the first being the header."""

import io
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from .envelope import Refused
from .findings import Finding
from .workbooks import Number, Row, read_sheets


def read_tables(content: bytes, *, max_bytes: int) -> Iterator[tuple[str, list[Row]]]:
    """Each table of the file: its name and its numbered rows. Raises Refused: damage, size, a formula."""
    if content.startswith(b"PAR1"):
        yield "", list(_parquet(content, max_bytes))
    else:
        yield from read_sheets(content, max_bytes=max_bytes)


def _parquet(content: bytes, max_bytes: int) -> Iterator[Row]:
    """The rows of a Parquet file, numbered as if a header stood on line 1."""
    try:
        file = pq.ParquetFile(io.BytesIO(content))
        sizes = (file.metadata.row_group(place).total_byte_size for place in range(file.metadata.num_row_groups))
        if sum(sizes) > max_bytes:
            raise Refused(Finding("TOO_LARGE", facts={"limit": max_bytes}))
        table = file.read()
    except (pa.ArrowException, OSError) as error:
        raise Refused(Finding("DAMAGED")) from error
    if table.num_rows:
        yield 1, [str(name) for name in table.column_names]
    columns = [column.to_pylist() for column in table.columns]
    for line, row in enumerate(zip(*columns, strict=True), start=2):
        yield line, [_text(value) for value in row]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return Number(int(value) if value.is_integer() and abs(value) < 1e15 else repr(value))
    if isinstance(value, int | Decimal):
        return Number(format(value, "f") if isinstance(value, Decimal) else value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)
