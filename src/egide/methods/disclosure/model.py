"""What a release says and what an attacker knows: cells, hierarchies, and the sums that link them.

Here live the frozen descriptions of a set of linked tables. Which cells are sensitive is in `rules`, what to hide in
`suppress`, and the proof that it is enough in `audit`. Nothing here solves anything.
"""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from types import MappingProxyType

from egide.core.missing import Missing

Key = tuple[str, ...]
Value = int | float


class InconsistentTable(ValueError):
    """The table given does not add up, or names codes that its hierarchies do not know."""


def spell(key: Key) -> str:
    """A cell as people read it: its codes separated by a slash."""
    return " / ".join(key)


@dataclass(frozen=True)
class Hierarchy:
    """One dimension: each code with its parent, None for a code that is part of nothing.

    Raises InconsistentTable when a parent is not itself a code or when the codes run in a circle.
    """

    name: str
    parent: Mapping[str, str | None]

    def __post_init__(self) -> None:
        object.__setattr__(self, "parent", MappingProxyType(dict(self.parent)))
        for code in self.parent:
            self._check_reaches_a_top(code)

    @classmethod
    def flat(cls, name: str, total: str, parts: Sequence[str]) -> "Hierarchy":
        """A dimension of one level: `total` is the sum of `parts`."""
        return cls(name, {total: None, **dict.fromkeys(parts, total)})

    def children(self, code: str) -> tuple[str, ...]:
        """The codes whose parent is `code`, in order."""
        return tuple(child for child, parent in self.parent.items() if parent == code)

    def _check_reaches_a_top(self, code: str) -> None:
        seen = [code]
        while (above := self.parent.get(seen[-1])) is not None:
            if above not in self.parent:
                raise InconsistentTable(
                    f"In {self.name}, {seen[-1]} has parent {above}, which is no code. Add {above}."
                )
            if above in seen:
                raise InconsistentTable(
                    f"In {self.name}, the codes {', '.join(seen)} run in a circle. Correct a parent."
                )
            seen.append(above)


@dataclass(frozen=True)
class Equation:
    """`total` is the sum of `parts`; `why` names the dimension that says so."""

    total: Key
    parts: tuple[Key, ...]
    why: str


@dataclass(frozen=True)
class TableModel:
    """Linked tables as one set of cells and the sums that anyone can write down.

    `values` holds the true figures (>= 0); `blanks` the cells without a figure, with their kind of absence; `public`
    the cells already published elsewhere, which cannot be hidden any more; `withheld` those hidden in an earlier
    edition, which must stay hidden; `links` the sums that no hierarchy says. `whole_numbers` tells that the attacker
    knows the values to be counts.
    """

    hierarchies: tuple[Hierarchy, ...]
    values: Mapping[Key, Value]
    equations: tuple[Equation, ...]
    blanks: Mapping[Key, Missing] = field(default_factory=dict)
    public: frozenset[Key] = frozenset()
    withheld: frozenset[Key] = frozenset()
    links: tuple[Equation, ...] = ()
    whole_numbers: bool = False

    @classmethod
    def from_margins(
        cls,
        cells: Mapping[Key, Value | Missing],
        hierarchies: Sequence[Hierarchy],
        *,
        additive_over: Collection[str] | None = None,
        public: Collection[Key] = (),
        withheld: Collection[Key] = (),
        links: Sequence[Equation] = (),
    ) -> "TableModel":
        """Builds the sums from the hierarchies and checks every one of them on the figures.

        cells: coordinates (one code per hierarchy, in order) -> figure >= 0, or the kind of absence. The tables need
        not be full cubes: a margin is linked to the nearest cells present below it; an absent part counts for nothing.
        additive_over: the names of the dimensions over which the counting unit adds up (all when None). The others
        give no sum: a suspect counted once per territory is not the sum of territories.
        public, withheld, links: see the class.
        Raises InconsistentTable naming the cell when a code is unknown, a figure is negative, or a margin is not its
        parts' sum (a part left out would be recomputable by subtraction, so it has to be in the model).
        """
        _check_cells(cells, hierarchies)
        values = {key: v for key, v in sorted(cells.items()) if not isinstance(v, Missing)}
        blanks = {key: v for key, v in sorted(cells.items()) if isinstance(v, Missing)}
        _check_present(values, public, "already public")
        _check_present(values, withheld, "hidden in an earlier edition")
        for link in links:
            _check_present(values, (link.total, *link.parts), "part of a declared sum")
        adding = [h.name for h in hierarchies if additive_over is None or h.name in additive_over]
        equations = tuple(sums_of_hierarchies(values, hierarchies, adding))
        whole = all(isinstance(v, int) for v in values.values())
        for equation in (*equations, *links):
            _check_adds_up(values, equation, whole)
        kept = tuple(h if h.name in adding else Hierarchy(h.name, dict.fromkeys(h.parent)) for h in hierarchies)
        return cls(
            kept,
            MappingProxyType(values),
            (*equations, *links),
            MappingProxyType(blanks),
            frozenset(public),
            frozenset(withheld),
            tuple(links),
            whole,
        )


def sums_of_hierarchies(
    values: Mapping[Key, Value], hierarchies: Sequence[Hierarchy], adding: Collection[str]
) -> Iterator[Equation]:
    """Each cell with, along each additive dimension, the nearest cells present below it."""
    for key, (axis, hierarchy) in product(sorted(values), enumerate(hierarchies)):
        if hierarchy.name not in adding:
            continue
        parts = tuple(_present_below(values, key, axis, hierarchy))
        if parts:
            yield Equation(key, parts, hierarchy.name)


def _present_below(values: Mapping[Key, Value], key: Key, axis: int, hierarchy: Hierarchy) -> Iterator[Key]:
    for child in hierarchy.children(key[axis]):
        below = (*key[:axis], child, *key[axis + 1 :])
        if below in values:
            yield below
        else:
            yield from _present_below(values, below, axis, hierarchy)


def _check_cells(cells: Mapping[Key, Value | Missing], hierarchies: Sequence[Hierarchy]) -> None:
    for key, value in cells.items():
        if len(key) != len(hierarchies):
            raise InconsistentTable(
                f"Cell {spell(key)} has {len(key)} codes for {len(hierarchies)} dimensions. Give one each."
            )
        for code, hierarchy in zip(key, hierarchies, strict=True):
            if code not in hierarchy.parent:
                raise InconsistentTable(
                    f"Cell {spell(key)}: {code} is no code of {hierarchy.name}. Add it to the hierarchy."
                )
        if not isinstance(value, Missing) and not (value >= 0 and math.isfinite(value)):
            raise InconsistentTable(f"Cell {spell(key)} is {value}. Only figures of zero or more can be protected.")


def _check_present(values: Mapping[Key, Value], keys: Collection[Key], role: str) -> None:
    for key in sorted(keys):
        if key not in values:
            raise InconsistentTable(
                f"Cell {spell(key)} is said to be {role} but has no figure here. Add it to the cells."
            )


def _check_adds_up(values: Mapping[Key, Value], equation: Equation, whole: bool) -> None:
    total, parts = values[equation.total], math.fsum(values[part] for part in equation.parts)
    if not math.isclose(total, parts, rel_tol=0 if whole else 1e-12, abs_tol=0 if whole else 1e-6):
        raise InconsistentTable(
            f"Cell {spell(equation.total)} is {total} but its parts over {equation.why} make {parts}. Anyone can compute "
            f"the difference: add the missing part to the table, or declare {equation.why} as not additive for this unit."
        )
