"""Tabulating 40 million rows: our `tabulate` beside the same query written by hand in DuckDB SQL.

What lives here: the invented rows, the alternated measure, the proof that the cells are equal. Not here: the table of
results, which `python -m bench` writes.
"""

import statistics
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import ibis
import pyarrow as pa

from egide.core.units import CountingUnit
from egide.methods.tabulate import Query, tabulate

TITLE = "Tabulating 40 million rows"
HOW_TO_READ = (
    "`egide.methods.tabulate` (Ibis on DuckDB, with its checks of units and rows) beside the same query typed in "
    "DuckDB's SQL, in turn, after their cells were found equal. *Ratio* is ours over the peer's: 1 is the same speed."
)
ROWS = 40_000_000
ROUNDS = 7
FOLDER = Path(__file__).resolve().parent.parent / "var/bench"
BY = ("offence", "period", "territory")
VICTIM = CountingUnit("victim", "victime", "victim", frozenset({"territory", "period", "sex", "age"}))


def invented_rows(rows: int = ROWS, folder: Path = FOLDER) -> Path:
    """Write the Parquet file of invented rows once, whole or not at all, and return its path."""
    file = folder / f"tabulation-{rows}.parquet"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        partial = file.with_suffix(".partial")
        _quiet().execute(f"""
            COPY (
                SELECT 'o' || hash(i) % 16 AS offence,
                       (2010 + hash(i + 1) % 14)::VARCHAR AS period,
                       lpad((1 + hash(i + 2) % 101)::VARCHAR, 3, '0') AS territory,
                       CASE hash(i + 3) % 2 WHEN 0 THEN 'F' ELSE 'M' END AS sex,
                       'victim' AS unit,
                       (hash(i + 4) % 50)::BIGINT AS value
                FROM range({rows}) AS numbers(i)
            ) TO '{partial}' (FORMAT parquet)""")
        partial.rename(file)
    return file


def _quiet() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("SET enable_progress_bar = false")
    return connection


def run(rows: int = ROWS, rounds: int = ROUNDS) -> list[dict[str, object]]:
    """Measure both, alternating, after one unmeasured round; medians in seconds. Raises if a cell differs."""
    file = invented_rows(rows)
    table = ibis.duckdb.connect().read_parquet(file)
    query = Query(where={}, by=BY, unit=VICTIM)
    by_hand = _quiet()
    columns = ", ".join(BY)
    sql = f"SELECT {columns}, sum(value)::BIGINT AS value FROM '{file}' GROUP BY {columns} ORDER BY {columns}"

    def ours() -> pa.Table:
        return tabulate(table, query)

    def peer() -> pa.Table:
        return by_hand.sql(sql).to_arrow_table()

    if ours().to_pydict() != peer().to_pydict():
        raise AssertionError("The cells of tabulate and of the SQL written by hand differ: no time is worth measuring.")
    seconds: dict[str, list[float]] = {"ours": [], "peer": []}
    for turn in range(rounds):
        pair: list[tuple[str, Callable[[], pa.Table]]] = [("ours", ours), ("peer", peer)]
        for name, tabulation in pair if turn % 2 else reversed(pair):
            start = time.perf_counter()
            tabulation()
            seconds[name].append(time.perf_counter() - start)
    mine, theirs = statistics.median(seconds["ours"]), statistics.median(seconds["peer"])
    return [
        {
            "what": f"tabulate {rows:,} rows by {columns}",
            "peer": "the same query by hand in DuckDB SQL",
            "ours_median_s": round(mine, 3),
            "peer_median_s": round(theirs, 3),
            "ratio": round(mine / theirs, 3),
        }
    ]
