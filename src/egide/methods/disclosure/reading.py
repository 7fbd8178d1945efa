"""The sums a reader can write down, re-derived for the audit from the table's coordinates alone.

Written apart from `model` on purpose, and the other way round (each cell looks up for the nearest total, where the
model looks down for parts), so that a mistake in one is not repeated by the other. No figure is read here.
"""

from collections.abc import Collection, Sequence

from egide.methods.disclosure.model import Equation, Hierarchy, Key

Sum = tuple[Key, tuple[Key, ...]]


def readable_sums(
    cells: Collection[Key], hierarchies: Sequence[Hierarchy], links: Sequence[Equation]
) -> tuple[Sum, ...]:
    """Every (total, parts) that the coordinates of the cells imply, then the declared ones, in order."""
    gathered: dict[tuple[Key, int], list[Key]] = {}
    for cell in sorted(cells):
        for axis, hierarchy in enumerate(hierarchies):
            total = _nearest_total(cell, axis, hierarchy, cells)
            if total is not None:
                gathered.setdefault((total, axis), []).append(cell)
    sums = [(total, tuple(parts)) for (total, _), parts in sorted(gathered.items())]
    return (*sums, *((link.total, link.parts) for link in links))


def _nearest_total(cell: Key, axis: int, hierarchy: Hierarchy, cells: Collection[Key]) -> Key | None:
    code = hierarchy.parent[cell[axis]]
    while code is not None:
        candidate = (*cell[:axis], code, *cell[axis + 1 :])
        if candidate in cells:
            return candidate
        code = hierarchy.parent[code]
    return None
