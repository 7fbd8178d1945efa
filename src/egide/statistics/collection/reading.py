"""From text to the raw table: the columns of the source by their canonical names, as delivered, and the measure as a number.

The raw table is passthrough: codes are not mapped, periods not parsed, rows not merged (harmonisation does that).
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

import pyarrow as pa

from egide.foundation.catalogue import Dialect, Source

from .envelope import Refused, decode
from .findings import SHOWN, Finding

DECIMAL = pa.decimal128(24, 6)


@dataclass(frozen=True)
class RawTable:
    """The delivered rows. `table` has one string column for each canonical column, `value` (int64 or decimal128, null where
    blank) and `row`, the line in the file; `dialect` is the layout it was read as.
    """

    source: Source
    dialect: Dialect
    table: pa.Table


def read_raw(content: bytes, source: Source) -> RawTable:
    """Read a delivery by the layout that its header announces. Raises Refused with what is wrong, where and how much."""
    dialect, header, rows = _open(content, source)
    measure = next(column.name for column in source.columns if column.role == "measure")
    names = [dialect.header.get(name) for name in header]
    columns: dict[str, list[str]] = {name: [] for name in names if name}
    numbers: list[int] = []
    wrong: list[int] = []
    formulas: list[tuple[int, str]] = []
    for number, row in rows:
        if len(row) != len(header):
            wrong.append(number)
            continue
        formulas += [(number, cell) for cell in row if _is_formula(cell, dialect)]
        numbers.append(number)
        for name, cell in zip(names, row, strict=True):
            if name:
                columns[name].append(cell.strip())
    if not numbers and not wrong:
        raise Refused(Finding("EMPTY"))
    if wrong:
        raise Refused(Finding("MALFORMED_ROW", tuple(wrong[:SHOWN]), len(wrong), {"expected": len(header)}))
    if formulas:
        lines = tuple(line for line, _cell in formulas[:SHOWN])
        raise Refused(Finding("FORMULA", lines, len(formulas), {"example": formulas[0][1][:40]}))
    values = _numbers(columns.pop(measure), numbers, dialect)
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


def _open(content: bytes, source: Source) -> tuple[Dialect, list[str], Iterator[tuple[int, list[str]]]]:
    """Find the layout whose header is the delivered one; columns may stand in any order, names must be exact."""
    if not content.strip():
        raise Refused(Finding("EMPTY"))
    best: tuple[int, Dialect, list[str]] | None = None
    for dialect in source.dialects:
        reader = csv.reader(
            io.StringIO(decode(content, encoding=dialect.encoding), newline=""), delimiter=dialect.separator
        )
        header = [name.strip() for name in next(reader)]
        known = {*dialect.header, *dialect.ignored}
        if set(header) == known and len(header) == len(known):
            return dialect, header, ((reader.line_num, row) for row in reader if row)
        difference = len(known ^ set(header))
        if best is None or difference < best[0]:
            best = (difference, dialect, header)
    assert best is not None, "a source has at least one layout"
    raise Refused(_wrong_header(source, best[1], best[2]))


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


def _is_formula(cell: str, dialect: Dialect) -> bool:
    text = cell.lstrip()
    return text[:1] in ("=", "@", "+", "-", "\t") and len(text) > 1 and _number(text, dialect) is None


def _number(text: str, dialect: Dialect) -> Decimal | None:
    try:
        number = Decimal(text.replace(dialect.decimal, "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _numbers(cells: list[str], lines: list[int], dialect: Dialect) -> pa.Array:
    parsed = [_number(cell, dialect) if cell else None for cell in cells]
    wrong = [(line, cell) for line, cell, number in zip(lines, cells, parsed, strict=True) if cell and number is None]
    if wrong:
        shown = tuple(line for line, _cell in wrong[:SHOWN])
        raise Refused(Finding("NOT_A_NUMBER", shown, len(wrong), {"example": wrong[0][1][:40]}))
    if all(number is None or number == number.to_integral_value() for number in parsed):
        return pa.array([None if number is None else int(number) for number in parsed], pa.int64())
    return pa.array([None if number is None else number.quantize(Decimal("0.000001")) for number in parsed], DECIMAL)
