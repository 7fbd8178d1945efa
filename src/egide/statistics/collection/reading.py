"""From text to the raw table: the columns of the source by their canonical names, as delivered, and the measure as a number.

The raw table is passthrough: codes are not mapped, periods not parsed, rows not merged (harmonisation does that).
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import pyarrow as pa
from django.conf import settings

from egide.foundation.catalogue import Dialect, Source
from egide.statistics.sources.codes import SDMX_CSV, sdmx_layout

from .containers import read_tables
from .envelope import Refused, decode
from .findings import SHOWN, Finding
from .workbooks import Number, Row, padded

DECIMAL = pa.decimal128(24, 6)
MOST_DIGITS = 15  # before the decimal separator; what is longer is an identifier or a mistake, not a figure


@dataclass(frozen=True)
class RawTable:
    """The delivered rows, and the layout they were read as.

    `table` has one string column for each canonical column, `value` (int64 or decimal128, null where blank) and `row`, the
    line in the file.
    """

    source: Source
    dialect: Dialect
    table: pa.Table


def read_raw(content: bytes, source: Source) -> RawTable:
    """Read a delivery by the layout that its header announces. Raises Refused with what is wrong, where and how much."""
    dialect, header, rows = _open(content, source)
    measure = next(column for column in source.columns if column.role == "measure")
    names = [dialect.header.get(name) for name in header]
    columns: dict[str, list[str]] = {name: [] for name in names if name}
    numbers: list[int] = []
    wrong: list[int] = []
    formulas: list[tuple[int, str]] = []
    for number, row in rows:
        if len(row) != len(header):
            wrong.append(number)
            continue
        formulas += [(number, cell) for cell in row if not isinstance(cell, Number) and _is_formula(cell)]
        numbers.append(number)
        for name, cell in zip(names, row, strict=True):
            if name:
                columns[name].append(cell.strip())
    if not numbers and not wrong:
        raise Refused(Finding("EMPTY"))
    if wrong:
        raise Refused(Finding("MALFORMED_ROW", tuple(wrong[:SHOWN]), len(wrong), {"expected": len(header)}))
    _refuse("FORMULA", formulas)
    cells = columns.pop(measure.name)
    values = _numbers(cells, numbers, dialect, header[names.index(measure.name)], counts=measure.format == "integer")
    table = pa.table(
        {
            **{name: pa.array(cells, pa.string()) for name, cells in columns.items()},
            **{
                c.name: pa.array([c.constant] * len(numbers), pa.string())
                for c in source.columns
                if c.constant and c.name not in columns
            },
            "value": values,
            "row": pa.array(numbers, pa.int64()),
        }
    )
    return RawTable(source, dialect, table)


def _open(content: bytes, source: Source) -> tuple[Dialect, list[str], Iterator[Row]]:
    """Find the layout whose header is the delivered one; columns may stand in any order, names must be exact."""
    if content.startswith((b"PK\x03\x04", b"PAR1")):
        return _open_typed(content, source)
    best: tuple[int, Dialect, list[str]] | None = None
    unreadable: Refused | None = None
    for dialect in (*source.dialects, SDMX_CSV):
        try:
            text = decode(content, encoding=dialect.encoding)
        except Refused as refused:
            unreadable = unreadable or refused
            continue
        if not text.strip():
            raise Refused(Finding("EMPTY"))
        rows = _rows(text, dialect)
        header = [name.strip() for name in next(rows)[1]]
        if dialect is SDMX_CSV:
            if layout := sdmx_layout(source, header):
                return layout, header, _without_deletes(header, rows)
            continue
        difference = _difference(dialect, header)
        if not difference:
            return dialect, header, rows
        if best is None or difference < best[0]:
            best = (difference, dialect, header)
    if best is None:
        assert unreadable, "a source has at least one layout"
        raise unreadable
    raise Refused(_wrong_header(source, best[1], best[2]))


def _difference(dialect: Dialect, header: list[str]) -> int:
    """How many names tell a header from a layout; a name given twice counts as one."""
    known = {*dialect.header, *dialect.ignored}
    return len(known ^ set(header)) or len(header) - len(known)


def _open_typed(content: bytes, source: Source) -> tuple[Dialect, list[str], Iterator[Row]]:
    """A workbook or a Parquet file: the sheet whose header is that of a layout, its numbers written as that layout does."""
    tables = list(read_tables(content, max_bytes=settings.EGIDE_MAX_BYTES))
    if not tables:
        raise Refused(Finding("EMPTY"))
    headers = [[cell.strip() for cell in rows[0][1]] for _name, rows in tables]
    found = [
        (_difference(dialect, header), place, dialect)
        for place, header in enumerate(headers)
        for dialect in source.dialects
    ]
    difference, place, dialect = min(found, key=lambda each: each[0])
    header, rows = headers[place], tables[place][1]
    if difference:
        layout = sdmx_layout(source, header)
        if layout is None:
            raise Refused(_wrong_header(source, dialect, header))
        return layout, header, _without_deletes(header, _written(rows, header, layout))
    if len(fitting := {each[1] for each in found if not each[0]}) > 1:
        sheets = ", ".join(tables[each][0] for each in sorted(fitting))
        raise Refused(Finding("TWO_SHEETS", facts={"sheets": sheets}))
    return dialect, header, _written(rows, header, dialect)


def _written(rows: list[Row], header: list[str], dialect: Dialect) -> Iterator[Row]:
    """The rows under the header, as the layout would write them."""
    for line, row in rows[1:]:
        cells = [cell.replace(".", dialect.decimal) if isinstance(cell, Number) else cell for cell in row]
        yield line, padded(cells, header)


def _without_deletes(header: list[str], rows: Iterator[Row]) -> Iterator[Row]:
    """The rows of an SDMX-CSV file. Raises Refused where one asks for anything but to inform or to append."""
    if "ACTION" not in header:
        yield from rows
        return
    place, wrong = header.index("ACTION"), []
    for line, row in rows:
        if len(row) > place and row[place].strip() not in ("", "I", "A"):
            wrong.append(line)
        yield line, row
    if wrong:
        raise Refused(Finding("SDMX_DELETES", tuple(wrong[:SHOWN]), len(wrong), column="ACTION"))


def _rows(text: str, dialect: Dialect) -> Iterator[Row]:
    """Every row that is not blank, with the line it begins on. Raises Refused where a quote never closes."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=dialect.separator)
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Refused(Finding("UNCLOSED_CELL", (line,), 1)) from error
        if row:
            yield line, row


def _wrong_header(source: Source, dialect: Dialect, header: list[str]) -> Finding:
    known = {*dialect.header, *dialect.ignored}
    repeated = {name for name in header if header.count(name) > 1}
    facts = {
        "source": source.code,
        "dialect": dialect.id,
        "missing": ", ".join(sorted(known - set(header))) or "–",
        "unexpected": ", ".join(sorted((set(header) - known) | repeated))[:300] or "–",
    }
    return Finding("WRONG_HEADER", lines=(1,), facts=facts)


def _is_formula(cell: str) -> bool:
    """Whether a spreadsheet would run the cell; a signed number, in either notation, is none."""
    text = cell.lstrip()
    return text[:1] in ("=", "@", "+", "-") and len(text) > 1 and _number(text.replace(",", "."), ".") is None


def _number(text: str, separator: str) -> Decimal | None:
    """The number written with that decimal separator, and no other sign between its digits."""
    if not re.fullmatch(rf"[+-]?\d+(?:{re.escape(separator)}\d+)?(?:[eE][+-]?\d\d?)?", text, re.ASCII):
        return None
    number = Decimal(text.replace(separator, "."))
    return number if number.adjusted() < MOST_DIGITS else None


def _numbers(cells: list[str], lines: list[int], dialect: Dialect, column: str, *, counts: bool) -> pa.Array:
    parsed = [_number(cell, dialect.decimal) if cell else None for cell in cells]
    pairs = list(zip(lines, cells, parsed, strict=True))
    _refuse("NOT_A_NUMBER", [(line, cell) for line, cell, number in pairs if cell and number is None], column)
    if counts:
        wrong = [(line, cell) for line, cell, number in pairs if number and (number < 0 or number % 1)]
        _refuse("NOT_A_COUNT", wrong, column)
    if all(number is None or number == number.to_integral_value() for number in parsed):
        return pa.array([None if number is None else int(number) for number in parsed], pa.int64())
    return pa.array([None if number is None else number.quantize(Decimal("0.000001")) for number in parsed], DECIMAL)


def _refuse(code: str, wrong: list[tuple[int, str]], column: str = "") -> None:
    """Raise Refused on the cells found wrong, if any: their lines, how many, and the first as example."""
    if wrong:
        lines = tuple(line for line, _cell in wrong[:SHOWN])
        raise Refused(Finding(code, lines, len(wrong), {"example": wrong[0][1][:40]}, column))
