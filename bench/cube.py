"""A dense cube of 40 million rows, 3.06 million cells: ours beside polars and DuckDB, from memory and from Parquet.

What lives here: the invented rows, the alternated measure, the proof that the cells are equal. Each round asks every
engine in turn; DuckDB and polars use every core, as ours does. Not here: the table of results (`python -m bench`).
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import polars
import pyarrow as pa
import pyarrow.parquet as pq

from egide.core.units import CountingUnit
from egide.methods.tabulate import Query, make_cube

TITLE = "A cube of 40 million rows and 3.06 million cells"
HOW_TO_READ = (
    "`egide.methods.tabulate.make_cube` beside the same count in polars and in DuckDB, in turn in each round, after their cells "
    "were found equal. *In memory*: dictionary-encoded columns already read. *Ratio* is ours over the peer's: 0.5 is twice as "
    "fast. *Memory* is the most that a process of its own held while it counted the file, libraries included."
)
ROWS = 40_000_000
ROUNDS = 7
FOLDER = Path(__file__).resolve().parent.parent / "var/bench"
SIZES = {"offence": 50, "territory": 102, "age": 20, "sex": 3, "period": 10}
BY = tuple(SIZES)
VICTIM = CountingUnit("victim", "victime", "victim", frozenset(BY))
QUERY = Query({}, BY, VICTIM, measure=None)
ALONE = "import sys; from bench.cube import held; print(held(sys.argv[1]))"


def invented_rows(rows: int = ROWS, folder: Path = FOLDER) -> Path:
    """Write the Parquet file of invented rows once, whole or not at all, and return its path."""
    file = folder / f"cube-{rows}.parquet"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        columns = ", ".join(
            f"'{name[0]}' || lpad((hash(i + {place}000000000) % {size})::VARCHAR, 3, '0') AS {name}"
            for place, (name, size) in enumerate(SIZES.items(), 1)
        )
        partial = file.with_suffix(".partial")
        duckdb.connect().execute(
            f"COPY (SELECT {columns} FROM range({rows}) AS numbers(i)) TO '{partial}' (FORMAT parquet, ROW_GROUP_SIZE 1000000)"
        )
        partial.rename(file)
    return file


def held(file: str) -> int:
    """Count the file, and return the most memory that this process held, in MiB."""
    make_cube(Path(file), QUERY)
    peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(peak.split()[1]) // 1024


def run(rows: int = ROWS, rounds: int = ROUNDS) -> list[dict[str, object]]:
    """Measure all, alternating, after one unmeasured round; medians in seconds. Raises if a cell differs."""
    file = invented_rows(rows)
    lines = [
        *_compared("from Parquet", rows, _from_file(file), rounds),
        *_compared("in memory", rows, _from_memory(file), rounds),
    ]
    told = subprocess.run([sys.executable, "-c", ALONE, str(file)], check=True, capture_output=True, text=True)
    for line in lines[:2]:
        line["memory, MiB"] = int(told.stdout)
    return lines


def _from_file(file: Path) -> dict[str, Callable[[], Any]]:
    connection = _quiet()
    columns = ", ".join(BY)
    return {
        "ours": lambda: make_cube(file, QUERY),
        "polars": lambda: polars.scan_parquet(file).group_by(BY).len("value").collect(engine="streaming").to_arrow(),
        "DuckDB": lambda: connection.sql(
            f"SELECT {columns}, count(*) AS value FROM '{file}' GROUP BY {columns}"
        ).to_arrow_table(),
    }


def _from_memory(file: Path) -> dict[str, Callable[[], Any]]:
    """Every engine has the columns as it likes them: small dictionaries, categories, enumerations of its own table."""
    read = pq.read_table(file, read_dictionary=list(BY)).unify_dictionaries().combine_chunks()
    columns = {name: read[name].chunk(0) for name in BY}
    table = pa.table(
        {
            name: pa.DictionaryArray.from_arrays(column.indices.cast(pa.uint8()), column.dictionary)
            for name, column in columns.items()
        }
    )
    del read, columns
    frame = polars.scan_parquet(file).with_columns(polars.col(BY).cast(polars.Categorical)).collect()
    connection = _quiet()
    enums = ", ".join(f"{name}::enum_{name} AS {name}" for name in BY)
    for name in BY:
        connection.execute(f"CREATE TYPE enum_{name} AS ENUM (SELECT DISTINCT {name} FROM '{file}' ORDER BY 1)")
    connection.execute(f"CREATE TABLE rows AS SELECT {enums} FROM '{file}'")
    listed = ", ".join(BY)
    return {
        "ours": lambda: make_cube(table, QUERY),
        "polars": lambda: frame.group_by(BY).len("value").to_arrow(),
        "DuckDB": lambda: connection.sql(
            f"SELECT {listed}, count(*) AS value FROM rows GROUP BY {listed}"
        ).to_arrow_table(),
    }


def _compared(where: str, rows: int, engines: dict[str, Callable[[], Any]], rounds: int) -> list[dict[str, object]]:
    cells = {name: _sorted(ask()) for name, ask in engines.items()}
    if not cells["ours"].equals(cells["polars"]) or not cells["ours"].equals(cells["DuckDB"]):
        raise AssertionError(f"The cells differ {where}: no time is worth measuring.")
    count = cells["ours"].num_rows
    del cells
    seconds: dict[str, list[float]] = {name: [] for name in engines}
    for turn in range(rounds):
        for name in list(engines) if turn % 2 else reversed(list(engines)):
            start = time.perf_counter()
            engines[name]()
            seconds[name].append(time.perf_counter() - start)
    medians = {name: statistics.median(times) for name, times in seconds.items()}
    return [
        {
            "what": f"{rows:,} rows, {count:,} cells, {where}",
            "peer": peer,
            "ours_median_s": round(medians["ours"], 3),
            "ours_min_s": round(min(seconds["ours"]), 3),
            "peer_median_s": round(medians[peer], 3),
            "peer_min_s": round(min(seconds[peer]), 3),
            "ratio": round(medians["ours"] / medians[peer], 3),
        }
        for peer in ("polars", "DuckDB")
    ]


def _sorted(answer: Any) -> pa.Table:
    table = answer.cells() if hasattr(answer, "cells") else answer
    plain = {name: table[name].cast(pa.string()).combine_chunks() for name in BY}
    whole = pa.table({**plain, "value": table["value"].cast(pa.int64()).combine_chunks()})
    return whole.sort_by([(name, "ascending") for name in BY]).combine_chunks()


def _quiet() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("SET enable_progress_bar = false")
    return connection
