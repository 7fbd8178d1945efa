"""A dense cube of counts, of which every table over additive dimensions is a margin.

What lives here: the cube, its margins and its cells. What does not: the pass over the rows that fills it (`building`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa

from egide.core.count import check_additive
from egide.core.units import CountingUnit
from egide.methods.tabulate.query import CannotTabulate

Array: TypeAlias = np.ndarray[Any, Any]
Cells: TypeAlias = pa.Table


@dataclass(frozen=True)
class Axis:
    """A dimension: its codes in order, an absent code (None) last, and their Arrow type."""

    name: str
    codes: tuple[Any, ...]
    type: Any


@dataclass(frozen=True)
class Cube:
    """How many rows each combination of codes has, and their sum; both are int64 arrays with one side for each axis.

    `sums` is None where the rows themselves are counted. `absent` marks the cells of which a part is absent: they have no
    value; None where nothing was absent. A combination without a row is no zero: it has no cell.
    """

    unit: CountingUnit
    axes: tuple[Axis, ...]
    rows: Array
    sums: Array | None = None
    absent: Array | None = None

    @property
    def values(self) -> Array:
        """What the cells hold: the sums, or the rows where those are counted."""
        return self.rows if self.sums is None else self.sums

    def margin(self, by: Sequence[str], where: Mapping[str, Sequence[Any]] | None = None) -> "Cube":
        """Return the table of these dimensions, in this order, of the rows that have the codes of `where`.

        Raises NotAdditive where the unit forbids a sum over a dimension left out (one fixed to one code is not summed),
        CannotTabulate for a dimension or code that the cube does not have.
        """
        chosen = self.selected(where or {})
        fixed = {name for name, codes in (where or {}).items() if len(set(codes)) == 1}
        for axis in chosen.axes:
            if axis.name not in by and axis.name not in fixed:
                check_additive(self.unit, axis.name)
        return chosen.summed(by)

    def selected(self, where: Mapping[str, Sequence[Any]]) -> "Cube":
        """Return the part of the cube that has these codes; a code without a row leaves nothing along its axis."""
        axes, arrays = list(self.axes), [self.rows, self.sums, self.absent]
        for name, codes in where.items():
            side = self._side(name)
            kept = [place for place, code in enumerate(axes[side].codes) if code in set(codes)]
            axes[side] = Axis(name, tuple(axes[side].codes[place] for place in kept), axes[side].type)
            arrays = [None if array is None else np.take(array, kept, side) for array in arrays]
        return self._with(axes, *arrays)

    def summed(self, by: Sequence[str]) -> "Cube":
        """Sum over every other axis, whatever the unit: for those who have asked the unit before."""
        sides = [self._side(name) for name in by]
        if len(set(sides)) < len(sides):
            raise CannotTabulate(f"A dimension is named twice in the breakdown {', '.join(by)}.")
        others = tuple(side for side in range(len(self.axes)) if side not in sides)
        order = [sorted(sides).index(side) for side in sides]

        def margin(array: Array | None, over: Any) -> Array | None:
            return None if array is None else np.transpose(over(array, axis=others), order)

        kept = [self.axes[side] for side in sides]
        return self._with(kept, margin(self.rows, np.sum), margin(self.sums, np.sum), margin(self.absent, np.any))

    def cells(self) -> Cells:
        """Return the cells that have a row: a column for each dimension, then `value` (int64, null where absent)."""
        found = np.nonzero(self.rows) if self.axes else ()
        columns = {
            axis.name: pa.array(axis.codes, axis.type).take(pa.array(places))
            for axis, places in zip(self.axes, found, strict=True)
        }
        if not self.axes:
            has = slice(None) if self.rows else slice(0, 0)
            values, absent = self.values.reshape(1)[has], None if self.absent is None else self.absent.reshape(1)[has]
        else:
            values, absent = self.values[found], None if self.absent is None else self.absent[found]
        return pa.table({**columns, "value": pa.array(values, pa.int64(), mask=absent)})

    def _side(self, name: str) -> int:
        names = [axis.name for axis in self.axes]
        if name not in names:
            raise CannotTabulate(
                f"The cube has no dimension “{name}”; it has {', '.join(names)}. Make it with that one."
            )
        return names.index(name)

    def _with(self, axes: Sequence[Axis], rows: Array | None, sums: Array | None, absent: Array | None) -> "Cube":
        return Cube(self.unit, tuple(axes), np.asarray(rows), sums, absent)
