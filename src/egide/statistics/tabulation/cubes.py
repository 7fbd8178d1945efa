"""The cells of a file of any size, in the dimensions asked for, on the engine chosen.

What lives here: what a file counts, which engine answers, the margins of the answer. Not here: the pass itself
(`egide.methods.tabulate`) and anything published: these cells are not protected.
"""

import csv
import hashlib
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv
import pyarrow.parquet as pq

from egide.core.units import CountingUnit
from egide.foundation.catalogue import get_unit
from egide.methods.tabulate import CannotTabulate, Outgrown, Query, make_cube, tabulate_on
from egide.methods.tabulate.building import Progress
from egide.methods.tabulate.query import check_one_unit

KERNEL = "numba"
FALLBACK = "duckdb"


@dataclass(frozen=True)
class Asked:
    """What is asked of a file: dimensions, the codes kept, the column summed (None: `value` if there is one, else rows)."""

    dimensions: tuple[str, ...]
    where: Mapping[str, Sequence[str]]
    measure: str | None = None
    unit: str | None = None
    attributes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Counted:
    """The cells of a file: a column for each dimension, then `value`; `stated` is False where nobody said what they count."""

    cells: pa.Table
    unit: CountingUnit
    stated: bool
    engine: str
    rows: int
    measure: str | None

    def margin(self, by: Sequence[str]) -> pa.Table:
        """The table of these dimensions, added from the cells. Raises NotAdditive and CannotTabulate."""
        return make_cube(self.cells, Query({}, tuple(by), self.unit)).cells()

    def sha256(self) -> str:
        """The hash of the cells as text: the same cells, whichever engine gave them, have the same."""
        sink = pa.BufferOutputStream()
        arrow_csv.write_csv(self.cells, sink)
        return hashlib.sha256(sink.getvalue()).hexdigest()


def count_file(path: Path, asked: Asked, *, engine: str = "", progress: Progress | None = None) -> Counted:
    """Count a Parquet or CSV file. Without `engine` the compiled loops answer, and DuckDB where they have no room.

    Raises CannotTabulate, NotAdditive, UnlikeUnits, NoEngine, and UnknownEntry for a unit that the catalogue lacks.
    """
    with _as_parquet(path, asked.measure) as file:
        columns = pq.read_schema(file).names
        measure = asked.measure or ("value" if "value" in columns and "value" not in asked.dimensions else None)
        stated = bool(asked.unit) or "unit" in columns
        unit = _unit(file, asked) if stated else CountingUnit("row", "ligne", "row", frozenset(columns))
        query = Query(_in_kind(asked.where, pq.read_schema(file)), asked.dimensions, unit, measure, asked.attributes)
        used, cells = _cells(file, query, engine, progress)
        return Counted(_ordered(cells), unit, stated, used, pq.read_metadata(file).num_rows, measure)


def _cells(file: Path, query: Query, engine: str, progress: Progress | None) -> tuple[str, pa.Table]:
    if engine and engine != KERNEL:
        return engine, tabulate_on(engine, file, query)
    try:
        return KERNEL, make_cube(file, query, progress=progress).cells()
    except Outgrown:
        if engine:
            raise
        return FALLBACK, tabulate_on(FALLBACK, file, query)


def _unit(file: Path, asked: Asked) -> CountingUnit:
    """The unit said by the caller, or the only one that the file names among the rows kept."""
    if asked.unit:
        return get_unit(asked.unit)
    if codes := asked.where.get("unit"):
        found = dict.fromkeys(codes)
    else:
        found = {}
        with pq.ParquetFile(file) as rows:
            for batch in rows.iter_batches(columns=["unit"]):
                found |= dict.fromkeys(pc.unique(batch.column("unit")).to_pylist())
    units = list(found)
    if len(units) != 1 or units[0] is None:
        if not units:
            raise CannotTabulate(f"{file.name} has no row: there is nothing to count.")
        check_one_unit(units, "one unit")
    return get_unit(units[0])


def _in_kind(where: Mapping[str, Sequence[str]], schema: pa.Schema) -> dict[str, Sequence[Any]]:
    """The codes asked for, as the file has them: a year may be a number."""
    try:
        return {
            name: pa.array(codes, pa.string()).cast(schema.field(name).type).to_pylist()
            if name in schema.names
            else codes
            for name, codes in where.items()
        }
    except pa.ArrowInvalid as error:
        raise CannotTabulate(f"A code asked for is not of its column's kind: {error}") from error


def _ordered(cells: pa.Table) -> pa.Table:
    keys = [(name, "ascending") for name in cells.column_names if name != "value"]
    return cells.sort_by(keys) if keys else cells


@contextmanager
def _as_parquet(path: Path, measure: str | None) -> Iterator[Path]:
    """The file itself, or the Parquet copy of a CSV, so that every engine reads the same rows."""
    if path.suffix.lower() != ".csv":
        try:
            pq.read_schema(path)
        except (pa.ArrowInvalid, OSError) as error:
            raise CannotTabulate(f"{path.name} is neither Parquet nor named .csv: give one of the two.") from error
        yield path
        return
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / f"{path.stem}.parquet"
        try:
            _copy(path, copy, measure or "value")
        except (pa.ArrowInvalid, UnicodeDecodeError) as error:
            raise CannotTabulate(f"{path.name} cannot be read as CSV in UTF-8 with whole numbers: {error}") from error
        yield copy


def _copy(path: Path, copy: Path, measure: str) -> None:
    """Copy a CSV to Parquet, a block at a time: every column text, save the values."""
    with path.open(encoding="utf-8-sig", newline="") as text:
        names = next(csv.reader(text), [])
    kinds = {name: pa.int64() if name == measure else pa.string() for name in names}
    reader = arrow_csv.open_csv(path, convert_options=arrow_csv.ConvertOptions(column_types=kinds))
    with reader, pq.ParquetWriter(copy, reader.schema) as writer:
        for batch in reader:
            writer.write_batch(batch)
