"""The checks of a raw table: repeated rows, keys that collide, totals, unknown codes, scope, blanks (trap 24).

Each check returns findings and the rows to set aside; none changes the table.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from egide.foundation.catalogue import Column, Source
from egide.statistics.sources.codes import is_coded, read_column, reader

from .findings import SHOWN, Finding
from .reading import RawTable


@dataclass(frozen=True)
class Checked:
    """The rows that are accepted, and what was found in all of them."""

    table: pa.Table
    findings: tuple[Finding, ...]


def check(raw: RawTable) -> Checked:
    """Run every check. The accepted table leaves out the rows in quarantine; a finding that refuses is the caller's to see."""
    read = _with_codes(raw)
    findings, aside = _collisions(raw, read)
    if aside:
        read = read.filter(pc.invert(pc.is_in(read["row"], pa.array(sorted(aside), pa.int64()))))
    findings += [
        *_unexplained_totals(raw.source, read),
        *_unknown_codes(raw.source, read),
        *_blanks(read),
        Finding("ACCEPTED_AS", facts={"dialect": raw.dialect.id, "details": _details(raw)}),
    ]
    return Checked(read.select(raw.table.column_names), tuple(findings))


def _with_codes(raw: RawTable) -> pa.Table:
    """The table with each coded column a second time, in the codes of the catalogue: “1” and “01” are one territory there.

    Null where the delivered code has none.
    """
    table = raw.table
    for column in raw.source.columns:
        if is_coded(column) and column.name in table.column_names:
            codes = read_column(table[column.name], reader(raw.source, column, raw.dialect.id))
            table = table.append_column(_read(column.name), codes)
    return table


def _read(name: str) -> str:
    return f"{name} as read"


def _in_codes(name: str, table: pa.Table) -> str:
    """A key column in SQL: its code where it has one, else as delivered."""
    read = _read(name)
    return f"coalesce({_quote([read])}, {_quote([name])})" if read in table.column_names else _quote([name])


def _details(raw: RawTable) -> str:
    return f"{raw.dialect.encoding}, « {raw.dialect.separator} », {raw.dialect.decimal}"


def _query(table: pa.Table, statement: str) -> list[tuple[Any, ...]]:
    with duckdb.connect() as engine:
        engine.register("delivered", table)
        found: list[tuple[Any, ...]] = engine.execute(statement).fetchall()
    return found


def _quote(names: tuple[str, ...] | list[str]) -> str:
    return ", ".join('"' + name.replace('"', '""') + '"' for name in names)


def _collisions(raw: RawTable, read: pa.Table) -> tuple[list[Finding], set[int]]:
    """Rows on one key once read: repeated to the letter, or different and nothing to tell them apart."""
    everything = [name for name in raw.table.column_names if name != "row"]
    key = ", ".join(_in_codes(name, read) for name in raw.source.key)
    groups = _query(
        read,
        f'SELECT list("row" ORDER BY "row"), count(DISTINCT ({_quote(everything)})) FROM delivered '  # noqa: S608  names of the catalogue, quoted
        f'GROUP BY {key} HAVING count(*) > 1 ORDER BY min("row")',
    )
    repeats = [row for rows, distinct in groups if distinct == 1 for row in rows[1:]]
    colliding = [row for rows, distinct in groups if distinct > 1 for row in rows]
    findings = []
    if repeats:
        code = "KNOWN_REPEAT" if raw.source.quarantine else "EXACT_DUPLICATE"
        findings.append(Finding(code, tuple(repeats[:SHOWN]), len(repeats)))
    if colliding:
        keys = sum(distinct > 1 for _rows, distinct in groups)
        findings.append(Finding("COLLISION", tuple(colliding[:SHOWN]), len(colliding), {"keys": keys}))
    return findings, {*repeats, *colliding}


def _unexplained_totals(source: Source, table: pa.Table) -> Iterator[Finding]:
    """Totals that their parts do not make, or that come without any part.

    An empty part may hold what is missing from the sum; an empty total says nothing.
    """
    for total in source.totals:
        others = [name for name in source.key if name != total.dimension]
        read = ", ".join(f"{_in_codes(name, table)} AS {_quote([name])}" for name in others)
        parts = ", ".join(f"'{code}'" for code in total.of)
        dimension = _in_codes(total.dimension, table)
        wrong = _query(
            table,
            f"""SELECT t."row", t.value, s.value, {", ".join(f't."{n}"' for n in others)}
            FROM (SELECT "row", value, {read} FROM delivered WHERE {dimension} = '{total.code}') t
            LEFT JOIN (SELECT {read}, sum(value) AS value, count(*) > count(value) AS has_blank
                       FROM delivered WHERE {dimension} IN ({parts}) GROUP BY {", ".join(_in_codes(n, table) for n in others)}) s
            USING ({_quote(others)})
            WHERE t.value <> s.value AND NOT (s.has_blank AND t.value > s.value)
               OR t.value IS NOT NULL AND s.value IS NULL AND s.has_blank IS DISTINCT FROM true
            ORDER BY t."row" """,  # noqa: S608  names of the catalogue, quoted
        )
        if wrong:
            _line, stated, summed, *key = wrong[0]
            facts = {
                "code": total.code, "dimension": total.dimension, "total": str(stated), "sum": "–" if summed is None else str(summed),
                "key": ", ".join(f"{name} {value}" for name, value in zip(others, key, strict=True)),
            }  # fmt: skip
            yield Finding("UNEXPLAINED_TOTAL", tuple(line for line, *_rest in wrong[:SHOWN]), len(wrong), facts)


def _unknown_codes(source: Source, table: pa.Table) -> Iterator[Finding]:
    outside = {entry.code for entry in source.outside}
    for column in source.columns:
        if _read(column.name) not in table.column_names:
            continue
        lost = table.filter(pc.is_null(table[_read(column.name)]))
        name = _quote([column.name])
        counts = _query(lost, f'SELECT {name}, count(*), min("row") FROM delivered GROUP BY 1 ORDER BY 1')  # noqa: S608
        yield from _listed("OUTSIDE_SCOPE", column, [found for found in counts if found[0] in outside])
        yield from _listed("UNKNOWN_CODE", column, [found for found in counts if found[0] not in outside])


def _listed(code: str, column: Column, found: list[tuple[Any, ...]]) -> Iterator[Finding]:
    if found:
        codes = ", ".join(str(value) or "∅" for value, _count, _line in found[:SHOWN]) + (
            "…" if len(found) > SHOWN else ""
        )
        lines = tuple(line for _value, _count, line in found[:SHOWN])
        yield Finding(
            code, lines, sum(count for _value, count, _line in found), {"column": column.name, "codes": codes}
        )


def _blanks(table: pa.Table) -> Iterator[Finding]:
    blank = table.filter(pc.is_null(table["value"]))["row"].to_pylist()
    if blank:
        yield Finding("BLANK_VALUE", tuple(blank[:SHOWN]), len(blank))
