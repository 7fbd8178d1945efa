"""Filling a cube in one pass over rows, on several threads, each with a cube of its own that is added at the end.

What lives here: the pass, the codes met on the way, the refusals that need the rows. Not here: reading (`rows`), the inner
loops (`kernel`, `plain`), margins (`cube`). Memory is that of the cube and of one batch, once for each thread.
"""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from math import prod
from threading import Lock
from types import ModuleType
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from egide.core.count import NotAdditive
from egide.methods.tabulate import plain
from egide.methods.tabulate.cube import Array, Axis, Cube
from egide.methods.tabulate.query import CannotTabulate, Query, check_one_unit
from egide.methods.tabulate.rows import Batch, Rows

Column: TypeAlias = pa.DictionaryArray
Progress: TypeAlias = Callable[[int, int], None]

MOST_CELLS = 2**26  # 67 million cells: 0.3 to 1 GB for each thread
MANY_ROWS = 500_000  # from here on the compiled loops repay the seconds they take to load
BLOCK_ROWS = 2**16  # the keys of one block stay in a core's cache
LARGEST = 2**63


class Outgrown(CannotTabulate):
    """A cube too large for this machine, or sums too large for 64 bits: another engine may have room."""


def make_cube(
    source: Any,
    query: Query,
    *,
    progress: Progress | None = None,
    threads: int | None = None,
    compiled: bool | None = None,
) -> Cube:
    """Count or sum the rows of `source` (Arrow table, or Path of a Parquet file) in one pass; its axes are `query.by`.

    The cells are those of `tabulate` for the same query. A table without a column `unit` is taken at the caller's word.
    `progress` is told rows done and rows in all, from any thread. `compiled` forces or forbids the compiled loops.

    Raises NotAdditive, UnlikeUnits and CannotTabulate as `tabulate` does, and Outgrown.
    """
    rows = Rows.of(source)
    _check(rows, query)
    names = [*query.by, *(name for name in query.where if name not in query.by)]
    asks_unit = "unit" in rows.schema.names and "unit" not in names and rows.constant("unit") != query.unit.code
    loops = _loops(rows.count >= MANY_ROWS if compiled is None else compiled)
    shares = min(threads or os.cpu_count() or 1, rows.shares)
    passes = [_Pass([*names, "unit"] if asks_unit else names, query, rows, loops) for _ in range(shares)]
    told = _Told(progress, rows.count)
    with ThreadPoolExecutor(shares) as pool:
        for done in [pool.submit(each.run, share, shares, told) for share, each in enumerate(passes)]:
            done.result()
    chosen = _joined(passes, query, rows).selected(query.where)
    if asks_unit:
        chosen = _of_one_unit(chosen, query)
    cube = chosen.summed(query.by)
    if not query.unit.known and (cube.rows > 1).any():
        raise NotAdditive(
            f"{int(cube.rows.max())} rows share the same codes, and nobody has established what “{query.unit.code}” counts: "
            "they cannot be added. Tell them apart by a dimension."
        )
    return cube


def _check(rows: Rows, query: Query) -> None:
    """Raise what can be said before a row is read."""
    names = rows.schema.names
    query.check_on(names if "unit" in names else [*names, "unit"])
    if query.proven:
        raise CannotTabulate("A cube adds by the unit alone: put a proven sum to `tabulate`.")
    if query.measure and not pa.types.is_integer(rows.schema.field(query.measure).type):
        kind = rows.schema.field(query.measure).type
        raise CannotTabulate(f"The column “{query.measure}” holds {kind}: give whole numbers (int64).")


def _of_one_unit(cube: Cube, query: Query) -> Cube:
    units = cube.summed(["unit"])
    found = [code for code, rows in zip(units.axes[0].codes, units.rows, strict=True) if rows]
    if found:
        check_one_unit(found, query.unit.code)
    return cube


def _loops(compiled: bool) -> ModuleType:
    if not compiled:
        return plain
    from egide.methods.tabulate import kernel  # numba takes a second to load: only for those who need it

    return kernel


class _Told:
    """What the threads say together of their progress; the first failure of one stops the others."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self.progress, self.total, self.done, self.failed, self.lock = progress, total, 0, False, Lock()

    def more(self, rows: int) -> None:
        with self.lock:
            self.done += rows
            if self.progress:
                self.progress(self.done, self.total)


class _Pass:
    """One thread's share: `counts` has one side for each axis, and last the columns rows (and sum)."""

    def __init__(self, names: Sequence[str], query: Query, rows: Rows, loops: ModuleType) -> None:
        self.names, self.measure, self.rows, self.loops = names, query.measure, rows, loops
        self.codes: list[list[Any]] = [[] for _ in names]
        width, small = (2 if query.measure else 1), not query.measure and rows.count < 2**32
        self.counts: Array = np.zeros([*(0 for _ in names), width], np.uint32 if small else np.int64)
        self.absent: Array | None = None
        self.bound = 0

    def run(self, share: int, shares: int, told: _Told) -> None:
        """Take every batch of the share."""
        try:
            columns = [*self.names, *([self.measure] if self.measure else [])]
            for batch in self.rows.batches(list(dict.fromkeys(columns)), share, shares):
                if told.failed:
                    return
                self._take(batch)
                told.more(batch.num_rows)
        except BaseException:
            told.failed = True
            raise

    def _take(self, batch: Batch) -> None:
        columns = [_encoded(batch.column(name)) for name in self.names]
        self._make_room([column.dictionary.to_pylist() + [None] * (column.null_count > 0) for column in columns])
        steps = self._steps(columns)
        indexes = [_index(column) for column in columns]
        values = self._values(batch) if self.measure else None
        cells = self.counts.reshape(-1, self.counts.shape[-1])
        for start in range(0, batch.num_rows, BLOCK_ROWS):
            block = slice(start, min(start + BLOCK_ROWS, batch.num_rows))
            key = np.zeros(block.stop - start, np.uint32)
            for index, step in zip(indexes, steps, strict=True):
                self.loops.place(key, index[block], step)
            if values is None:
                self.loops.count(cells, key)
            else:
                self.loops.add(cells, key, values[0][block])
                self._note_absent(key, values[1], block)

    def _make_room(self, met: Sequence[Sequence[Any]]) -> None:
        """Widen the axes to codes not met before, kept in order, and move what is counted."""
        codes = [_in_order({*known, *new}) for known, new in zip(self.codes, met, strict=True)]
        if codes == self.codes and self.counts.size:
            return
        if prod(len(each) for each in codes) > MOST_CELLS:
            raise Outgrown(
                f"The cube of {', '.join(self.names)} would have {prod(len(each) for each in codes):,} cells, and this engine "
                f"holds {MOST_CELLS:,}: leave a dimension out, or ask DuckDB or Spark."
            )
        self.counts = _moved(self.counts, self.codes, codes)
        self.absent = None if self.absent is None else _moved(self.absent, self.codes, codes)
        self.codes = codes

    def _steps(self, columns: Sequence[Column]) -> list[Array]:
        steps, stride = [], 1
        for column, codes in reversed(list(zip(columns, self.codes, strict=True))):
            place = {code: at for at, code in enumerate(codes)}
            found = [place[code] for code in column.dictionary.to_pylist()]
            steps.append(np.array([*found, place.get(None, 0)], np.uint32) * np.uint32(stride))
            stride *= len(codes)
        return steps[::-1]

    def _values(self, batch: Batch) -> tuple[Array, Array | None]:
        """The values of the batch, 0 where absent, and where they are absent."""
        column = batch.column(self.measure)
        try:
            filled = pc.fill_null(column.cast(pa.int64()), 0)
        except pa.ArrowInvalid as error:
            raise Outgrown(
                f"A value of “{self.measure}” does not fit in 64 bits: check the delivered values."
            ) from error
        ends = pc.min_max(filled).as_py()
        self.bound += max(abs(ends["min"] or 0), abs(ends["max"] or 0)) * len(filled)
        if self.bound >= LARGEST:
            raise Outgrown(
                f"The values of “{self.measure}” are so large that a sum may not fit in 64 bits: ask DuckDB."
            )
        missing = column.is_null().to_numpy(zero_copy_only=False) if column.null_count else None
        return filled.to_numpy(), missing

    def _note_absent(self, key: Array, missing: Array | None, block: slice) -> None:
        if missing is None:
            return
        if self.absent is None:
            self.absent = np.zeros(self.counts.shape[:-1], bool)
        self.absent.reshape(-1)[key[missing[block]]] = True


def _encoded(column: Any) -> Column:
    return column if pa.types.is_dictionary(column.type) else column.dictionary_encode()


def _index(column: Column) -> Array:
    """The place of each row's code in the dictionary; the place after the last where there is no code."""
    if not column.null_count:
        return np.asarray(column.indices.to_numpy())
    return np.asarray(pc.fill_null(column.indices.cast(pa.int32()), len(column.dictionary)).to_numpy())


def _in_order(codes: set[Any]) -> list[Any]:
    return [*sorted(codes - {None}), *([None] if None in codes else [])]


def _moved(array: Array, before: Sequence[Sequence[Any]], after: Sequence[Sequence[Any]]) -> Array:
    """The same cells on wider axes."""
    if list(before) == list(after) and array.size:
        return array
    moved = np.zeros([*(len(each) for each in after), *array.shape[len(after) :]], array.dtype)
    if array.size:
        places = [
            [{code: at for at, code in enumerate(to)}[code] for code in of]
            for of, to in zip(before, after, strict=True)
        ]
        moved[np.ix_(*places)] = array
    return moved


def _joined(passes: Sequence[_Pass], query: Query, rows: Rows) -> Cube:
    """The cubes of all threads as one."""
    if sum(each.bound for each in passes) >= LARGEST:
        raise Outgrown(f"The values of “{query.measure}” are so large that a sum may not fit in 64 bits: ask DuckDB.")
    names = passes[0].names
    codes = [_in_order({code for each in passes for code in each.codes[side]}) for side in range(len(names))]
    axes = [Axis(name, tuple(met), _kind(rows, name)) for name, met in zip(names, codes, strict=True)]
    moved = [_moved(each.counts, each.codes, codes) for each in passes]
    counts: Array = np.asarray(np.sum(moved, axis=0, dtype=np.int64))
    absents = [_moved(each.absent, each.codes, codes) for each in passes if each.absent is not None]
    absent = np.any(absents, axis=0) if absents else None
    return Cube(query.unit, tuple(axes), counts[..., 0], counts[..., 1] if query.measure else None, absent)


def _kind(rows: Rows, name: str) -> Any:
    kind = rows.schema.field(name).type
    return kind.value_type if pa.types.is_dictionary(kind) else kind
