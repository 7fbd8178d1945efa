"""The checks of a raw table: repeated rows, keys that collide, totals, unknown codes, scope, blanks (trap 24).

Each check returns findings and the rows to set aside; none changes the table.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
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
    """The rows that are accepted, and what was found in all of them.

    `apart` are the rows that a figure may lack, in the codes of the catalogue: those whose keys collide, and those with a
    code that the catalogue does not know.
    """

    table: pa.Table
    findings: tuple[Finding, ...]
    apart: pa.Table | None = None


def check(raw: RawTable) -> Checked:
    """Run every check. The accepted table leaves out the rows in quarantine; a finding that refuses is the caller's to see."""
    read = _with_codes(raw)
    findings, aside, colliding = _collisions(raw, read)
    whole = read
    if aside:
        read = read.filter(pc.invert(pc.is_in(read["row"], pa.array(sorted(aside), pa.int64()))))
    findings += [
        *_unexplained_totals(raw.source, read),
        *_unknown_codes(raw.source, read),
        *_blanks(read),
        Finding("ACCEPTED_AS", facts={"dialect": raw.dialect.id, "details": _details(raw)}),
    ]
    named = _delivered_names(raw)
    told = tuple(replace(each, column=named.get(each.column, each.column)) for each in findings)
    return Checked(read.select(raw.table.column_names), told, _apart(raw.source, whole, colliding))


def _delivered_names(raw: RawTable) -> dict[str, str]:
    """The name of each canonical column in the file itself."""
    return {name: delivered for delivered, name in raw.dialect.header.items()}


def _apart(source: Source, read: pa.Table, colliding: set[int]) -> pa.Table | None:
    """The rows that a figure may lack, with the columns named as in a harmonised table."""
    away = pc.is_in(read["row"], pa.array(sorted(colliding), pa.int64()))
    outside = pa.array([entry.code for entry in source.outside], pa.string())
    columns: dict[str, pa.ChunkedArray] = {}
    for column in source.columns:
        if column.role in ("measure", "attribute") or column.name not in read.column_names:
            continue
        name = column.role if column.role in ("period", "territory", "unit") else column.name
        if _read(column.name) in read.column_names:
            columns[name] = read[_read(column.name)]
            lost = pc.and_(pc.is_null(columns[name]), pc.invert(pc.is_in(read[column.name], outside)))
            away = pc.or_(away, lost)
        else:
            columns[name] = read[column.name]
    table = pa.table({**columns, "row": read["row"]}).filter(away)
    return table if table.num_rows else None


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


def _collisions(raw: RawTable, read: pa.Table) -> tuple[list[Finding], set[int], set[int]]:
    """Rows on one key once read: repeated to the letter, or different and nothing to tell them apart.

    Returns what was found, the rows to set aside, and those of them that no other row stands for.
    """
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
    return findings, {*repeats, *colliding}, set(colliding)


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
            lines = tuple(line for line, *_rest in wrong[:SHOWN])
            yield Finding("UNEXPLAINED_TOTAL", lines, len(wrong), facts, "value")


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
            code,
            lines,
            sum(count for _value, count, _line in found),
            {"column": column.name, "codes": codes},
            column.name,
        )


def _blanks(table: pa.Table) -> Iterator[Finding]:
    blank = table.filter(pc.is_null(table["value"]))["row"].to_pylist()
    if blank:
        yield Finding("BLANK_VALUE", tuple(blank[:SHOWN]), len(blank), column="value")
