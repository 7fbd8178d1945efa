"""The cube's inner loops, compiled: whole numbers only, no lock held, so that two threads share the work.

What lives here: the loops of `egide.methods.tabulate.plain`, faster. Imported only when there are many rows: numba takes
seconds to load. One thread writes one array; nothing is parallel inside, because a web worker may have been forked.
"""

from collections.abc import Callable
from typing import Any, TypeAlias, TypeVar

import numba
import numpy as np

Array: TypeAlias = np.ndarray[Any, Any]
Loop = TypeVar("Loop", bound=Callable[..., None])

_compiled: Callable[[Loop], Loop] = numba.njit(nogil=True, cache=True)


@_compiled
def place(key: Array, index: Array, steps: Array) -> None:
    """Move the key of each row by the step of its code along one axis."""
    for row in range(len(key)):
        key[row] += steps[index[row]]


@_compiled
def count(cells: Array, key: Array) -> None:
    """Count each row in its cell; `cells` has one column, the rows."""
    for row in range(len(key)):
        cells[key[row], 0] += 1


@_compiled
def add(cells: Array, key: Array, values: Array) -> None:
    """Add the value of each row to its cell, and count the row; `cells` has two columns, rows and sum."""
    for row in range(len(key)):
        cells[key[row], 0] += 1
        cells[key[row], 1] += values[row]
