"""Someone who has the release and a linear programme: the least and the greatest value of every hidden cell.

Here lives the arithmetic of the audit (HiGHS through scipy); the judgement is in `audit`. The true figures of hidden
cells never come here.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

from egide.methods.disclosure.model import InconsistentTable, Key, Value, spell
from egide.methods.disclosure.reading import Sum

SLACK = 1e-6
NODES = 2000
PASSES = 20
Floats = NDArray[np.float64]


class Reader:
    """What is printed, the sums, and what is not printed. Every figure found that fits them all is remembered.

    A figure that fits, with a cell at a limit that no figure can pass, settles that side of that cell for good.
    """

    def __init__(
        self, shown: Mapping[Key, Value], hidden: Sequence[Key], sums: Sequence[Sum], *, floor: float, whole: bool
    ) -> None:
        self._hidden, self._floor, self._whole = tuple(hidden), floor, whole
        self._column = {key: i for i, key in enumerate(self._hidden)}
        self._matrix, self._right = self._unknowns(sums, shown)
        self._low = np.full(len(self._hidden), floor, dtype=float)
        self._high = np.full(len(self._hidden), np.inf)
        self._settled = np.zeros((2, len(self._hidden)), dtype=bool)

    def intervals(self) -> dict[Key, tuple[float, float]]:
        """The least and the greatest value of each hidden cell; infinity when nothing limits it.

        Raises InconsistentTable when no figures fit the printed ones.
        """
        for rows, columns in self._pieces():
            self._narrow(rows, columns)
            self._search(rows, columns)
        return {key: (float(self._low[i]), float(self._high[i])) for key, i in self._column.items()}

    def _unknowns(self, sums: Sequence[Sum], shown: Mapping[Key, Value]) -> tuple[Any, Floats]:
        entries: list[tuple[int, int, float]] = []
        right: list[float] = []
        for total, parts in sums:
            signed = [(total, 1.0), *((part, -1.0) for part in parts)]
            unknown = [(self._column[key], sign) for key, sign in signed if key in self._column]
            if unknown:
                entries += [(len(right), column, sign) for column, sign in unknown]
                right.append(-sum(sign * shown[key] for key, sign in signed if key in shown))
        rows, columns, signs = ([e[i] for e in entries] for i in range(3))
        shape = (len(right), len(self._hidden))
        return csr_array((signs, (rows, columns)), shape=shape, dtype=float), np.array(right)

    def _pieces(self) -> list[tuple[NDArray[np.intp], NDArray[np.intp]]]:
        """The sums and the cells that have anything to do with each other, piece by piece."""
        count = len(self._hidden)
        cells = coo_array(self._matrix)
        ends = (cells.coords[0] + count, cells.coords[1])
        size = count + len(self._right)
        graph = coo_array((np.ones(len(ends[0])), ends), shape=(size, size))
        number, label = connected_components(graph, directed=False)
        return [(np.flatnonzero(label[count:] == n), np.flatnonzero(label[:count] == n)) for n in range(number)]

    def _narrow(self, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> None:
        """Outer limits, sum by sum: nothing fitting can pass them."""
        for _ in range(PASSES):
            before = self._high[columns].copy(), self._low[columns].copy()
            for row in rows:
                start, stop = self._matrix.indptr[row : row + 2]
                self._narrow_by(self._matrix.indices[start:stop], self._matrix.data[start:stop], self._right[row])
            if (self._high[columns] == before[0]).all() and (self._low[columns] == before[1]).all():
                return

    def _narrow_by(self, cells: NDArray[np.intp], signs: Floats, right: float) -> None:
        low, high = self._low[cells], self._high[cells]
        least, most = np.where(signs > 0, low, -high), np.where(signs > 0, high, -low)
        for place, cell in enumerate(cells):
            others = np.arange(len(cells)) != place
            up, down = right - least[others].sum(), right - most[others].sum()
            top, bottom = (up, down) if signs[place] > 0 else (-down, -up)
            self._high[cell] = min(self._high[cell], top)
            self._low[cell] = max(self._low[cell], bottom)

    def _search(self, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> None:
        matrix = self._matrix[rows][:, columns] if len(rows) else None
        equal = {"A_eq": matrix, "b_eq": self._right[rows]} if len(rows) else {}
        for place, cell in enumerate(columns):
            for side, sign in ((0, 1.0), (1, -1.0)):
                if not self._settled[side, cell]:
                    self._settle(side, cell, self._extreme(place, sign, columns, equal))

    def _settle(self, side: int, cell: int, value: float) -> None:
        (self._low if side == 0 else self._high)[cell] = value
        self._settled[side, cell] = True

    def _extreme(self, place: int, sign: float, columns: NDArray[np.intp], equal: Mapping[str, Any]) -> float:
        aim = np.zeros(len(columns))
        aim[place] = sign
        found = linprog(aim, bounds=(self._floor, None), method="highs-ds", **equal)
        if found.status in (3, 4):
            found = linprog(aim, bounds=(self._floor, None), method="highs", options={"presolve": False}, **equal)
        if found.status == 3:
            return -sign * np.inf
        if found.status != 0:
            raise InconsistentTable(
                f"No figure for {spell(self._hidden[columns[place]])} fits the printed ones ({found.message}). "
                "Check the table's sums."
            )
        point = found.x
        if self._whole and np.abs(point - np.round(point)).max() > SLACK:
            point = self._whole_point(aim, equal)
        self._learn(point, columns)
        return float(point[place]) + 0.0

    def _learn(self, point: Floats, columns: NDArray[np.intp]) -> None:
        for side, limit in ((0, self._low[columns]), (1, self._high[columns])):
            self._settled[side, columns] |= np.abs(point - limit) <= SLACK * 1e-3

    def _whole_point(self, aim: Floats, equal: Mapping[str, Any]) -> Floats:
        sums = LinearConstraint(equal["A_eq"], equal["b_eq"], equal["b_eq"]) if equal else ()
        limits = {"node_limit": NODES}
        found = milp(
            aim, integrality=np.ones(len(aim)), bounds=Bounds(self._floor, np.inf), constraints=sums, options=limits
        )
        if found.x is None:
            raise InconsistentTable(
                f"No whole numbers were found for the printed figures ({found.message}). Check the sums."
            )
        # Stopped early, the best found is what the attacker cannot rule out: narrower than the truth, never wider.
        point: Floats = np.round(found.x)
        return point
