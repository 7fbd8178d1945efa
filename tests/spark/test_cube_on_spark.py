"""`make spark`: a standalone Spark on loopback, a master and two workers, gives the cells that one machine gives."""

import os
import socket
import subprocess
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from egide.core.units import CountingUnit
from egide.methods.tabulate import Query, make_cube, tabulate_on

pytestmark = pytest.mark.spark
BY = ("territory", "sex", "year")
VICTIM = CountingUnit("victim", "victime", "victim", frozenset(BY))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def spark_address(tmp_path_factory):
    """A master and two workers that listen on loopback only, stopped by their own process."""
    import pyspark

    home, folder = Path(pyspark.__file__).parent, tmp_path_factory.mktemp("spark")
    port = _free_port()
    environment = {
        **os.environ, "SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_NO_DAEMONIZE": "1",
        "SPARK_DAEMON_JAVA_OPTS": "-Dspark.master.rest.enabled=false", "SPARK_WORKER_DIR": str(folder),
    }  # fmt: skip
    address = f"spark://127.0.0.1:{port}"
    ours = ["--host", "127.0.0.1", "--webui-port", "0"]
    commands = [["master.Master", *ours, "--port", str(port)]]
    commands += [["worker.Worker", *ours, "-c", "1", "-m", "1g", address]] * 2
    running = []
    with (folder / "log").open("w") as log:
        try:
            for words in commands:
                launched = [str(home / "bin/spark-class"), f"org.apache.spark.deploy.{words[0]}", *words[1:]]
                running.append(subprocess.Popen(launched, env=environment, stdout=log, stderr=log))
                _listening(port)
            yield address
        finally:
            for process in reversed(running):
                process.terminate()
                process.wait(30)


def _listening(port: int) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if not probe.connect_ex(("127.0.0.1", port)):
                return
        time.sleep(0.5)
    raise AssertionError("Spark's master does not listen: read its log.")


def test_a_standalone_spark_gives_the_same_cells_as_the_kernel_and_duckdb(tmp_path, spark_address):
    """Trap 18: exactly, for whole numbers; absent codes and absent values included."""
    count = 200_000
    rows = {
        "territory": pa.array([None if i % 997 == 0 else f"{i * 7 % 101:03}" for i in range(count)]),
        "sex": pa.array(["F" if i % 3 else "M" for i in range(count)]),
        "year": pa.array([2010 + i // 7 % 14 for i in range(count)], pa.int16()),
        "unit": pa.array(["victim"] * count),
        "value": pa.array([None if i == 5 else i % 50 * 2**30 for i in range(count)], pa.int64()),
    }
    file = tmp_path / "rows.parquet"
    pq.write_table(pa.table(rows), file, row_group_size=30_000)
    query = Query({"sex": ["F"]}, ("year", "territory"), VICTIM)
    cells = make_cube(file, query).cells()
    assert cells.num_rows == 14 * 102
    assert tabulate_on("duckdb", file, query).to_pydict() == cells.to_pydict()
    assert tabulate_on(spark_address, file, query).to_pydict() == cells.to_pydict()
