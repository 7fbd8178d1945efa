"""The same question on an engine that has room: DuckDB, which spills to disk, or Apache Spark on many machines.

What lives here: opening the engine and a Parquet file in it. The question itself is `definition`, one Ibis expression, and
so are the cells: exactly those of a cube. Spark is a dependency group of its own; its machines must all see the file.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import ibis

from egide.methods.tabulate.engine import Cells, tabulate
from egide.methods.tabulate.query import CannotTabulate, Query

LOCAL = "local[*]"


class NoEngine(CannotTabulate):
    """An engine that is not installed here, or that nobody knows."""


def tabulate_on(engine: str, file: Path, query: Query) -> Cells:
    """Return the cells of a Parquet file from `duckdb`, `spark` (on this machine) or `spark://host:port`.

    Raises as `tabulate` does, and NoEngine.
    """
    with _opened(engine) as backend:
        table = backend.read_parquet(str(file.resolve()))
        if "unit" not in table.columns:
            table = table.mutate(unit=ibis.literal(query.unit.code))
        return tabulate(table, query)


@contextmanager
def _opened(engine: str) -> Iterator[Any]:
    if engine == "duckdb":
        backend = ibis.duckdb.connect()
        try:
            yield backend
        finally:
            backend.disconnect()
    elif engine == "spark" or engine.startswith("spark://"):
        session = _spark(LOCAL if engine == "spark" else engine)
        try:
            yield ibis.pyspark.connect(session)
        finally:
            session.stop()
    else:
        raise NoEngine(f"No engine is called “{engine}”: say numba, duckdb, spark or spark://host:port.")


def _spark(address: str) -> Any:
    """Open a session; one that stays on this machine speaks on loopback only."""
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise NoEngine("Spark is not installed here: `make spark` installs it (Java 17 is needed too).") from error
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.session.timeZone": "UTC",
    }
    if address == LOCAL or "://127.0.0.1:" in address:
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        settings |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
        settings |= {"spark.sql.shuffle.partitions": str(os.cpu_count() or 1)}
    builder = SparkSession.builder.master(address).appName("egide cube")
    for name, value in settings.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()
