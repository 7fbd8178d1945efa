"""The cube's inner loops in plain numpy: slow, obvious, and the measure of the kernel; used as they are for few rows.

What lives here: three loops, with the signatures of `egide.methods.tabulate.kernel`. Not here: what a key means (`building`).
"""

from typing import Any, TypeAlias

import numpy as np

Array: TypeAlias = np.ndarray[Any, Any]


def place(key: Array, index: Array, steps: Array) -> None:
    """Move the key of each row by the step of its code along one axis."""
    key += steps[index]


def count(cells: Array, key: Array) -> None:
    """Count each row in its cell; `cells` has one column, the rows."""
    np.add.at(cells[:, 0], key, 1)


def add(cells: Array, key: Array, values: Array) -> None:
    """Add the value of each row to its cell, and count the row; `cells` has two columns, rows and sum."""
    np.add.at(cells[:, 0], key, 1)
    np.add.at(cells[:, 1], key, values)
