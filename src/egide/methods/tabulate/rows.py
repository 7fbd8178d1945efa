"""Rows to be counted, a batch at a time: from an Arrow table, or from a Parquet file read in the order of its row groups.

What lives here: reading, with the codes kept dictionary-encoded as the file has them. Not here: what is done with a batch.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import pyarrow as pa
import pyarrow.parquet as pq

Batch: TypeAlias = pa.RecordBatch
Schema: TypeAlias = pa.Schema

BATCH_ROWS = 2**20
LONG_TEXT = 32  # the statistics of a file may cut a longer text


@dataclass(frozen=True)
class Rows:
    """A table in memory, or the path of a Parquet file; `count` rows, which `shares` threads may read side by side."""

    source: Any
    schema: Schema
    count: int
    shares: int

    @classmethod
    def of(cls, source: Any) -> "Rows":
        """Look at a table or at the footer of a file; no row is read."""
        if isinstance(source, Path):
            metadata = pq.read_metadata(source)
            return cls(source, pq.read_schema(source), metadata.num_rows, max(metadata.num_row_groups, 1))
        return cls(source, source.schema, source.num_rows, max(-(-source.num_rows // BATCH_ROWS), 1))

    def batches(self, columns: Sequence[str], share: int, of: int) -> Iterator[Batch]:
        """Yield the batches of one of `of` shares of the rows; nothing is yielded twice."""
        if isinstance(self.source, Path):
            yield from self._read(columns, share, of)
        else:
            start, stop = self.count * share // of, self.count * (share + 1) // of
            part = self.source.select(list(columns)).slice(start, stop - start)
            yield from part.to_batches(max_chunksize=BATCH_ROWS)

    def constant(self, column: str) -> Any:
        """Return the one value that the whole column has, where the file's own statistics prove it; None elsewhere."""
        if not isinstance(self.source, Path):
            return None
        metadata, place, found = pq.read_metadata(self.source), self.schema.names.index(column), set()
        for group in range(metadata.num_row_groups):
            known = metadata.row_group(group).column(place).statistics
            if known is None or not known.has_min_max or known.min != known.max or known.null_count != 0:
                return None
            found.add(known.min)
        value = found.pop() if len(found) == 1 else None
        return value if len(str(value)) <= LONG_TEXT else None

    def _read(self, columns: Sequence[str], share: int, of: int) -> Iterator[Batch]:
        texts = [name for name in columns if _is_text(self.schema.field(name).type)]
        with pq.ParquetFile(self.source, read_dictionary=texts, pre_buffer=False) as file:
            groups = list(range(share, file.metadata.num_row_groups, of))
            yield from file.iter_batches(BATCH_ROWS, row_groups=groups, columns=list(columns), use_threads=of == 1)


def _is_text(kind: Any) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))
