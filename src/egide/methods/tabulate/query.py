"""What is asked of a tabulation. What lives here: the question and the refusals that need no data; not the engine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from egide.core.count import UnlikeUnits, check_additive
from egide.core.units import CountingUnit


class CannotTabulate(ValueError):
    """A query that means nothing on this table, or cells that cannot be given exactly."""


@dataclass(frozen=True)
class ProvenSum:
    """Proof that the counts of exactly these codes of a dimension add up, though their units are unknown or unlike.

    `evidence` says where it was shown. The sum then counts the unit of the query.
    """

    dimension: str
    codes: tuple[str, ...]
    evidence: str

    def __post_init__(self) -> None:
        if not self.evidence.strip():
            raise CannotTabulate(f"The sum of {', '.join(self.codes)} is said proven without evidence: cite the proof.")


@dataclass(frozen=True)
class Query:
    """The cells wanted: rows where each dimension has one of the codes, summed for each combination of `by`.

    `unit` is what the cells count. `measure` names a column of whole numbers; None counts the rows themselves.
    Every column is a dimension except `measure`, `unit` and the `attributes`, which only describe a row (a region
    beside a département that is kept, a status). `proven` lifts the refusal of one sum of unlike or unknown units.
    """

    where: Mapping[str, Sequence[str]]
    by: tuple[str, ...]
    unit: CountingUnit
    measure: str | None = "value"
    attributes: tuple[str, ...] = ()
    proven: ProvenSum | None = None

    def summed_over(self, columns: Sequence[str]) -> list[str]:
        """Dimensions of a table with these columns which are neither broken down by nor fixed to one code."""
        aside = {*self.by, *self.attributes, self.measure, "unit"}
        fixed = {dimension for dimension, codes in self.where.items() if len(set(codes)) == 1}
        return [column for column in columns if column not in aside | fixed]

    def check_on(self, columns: Sequence[str]) -> None:
        """Raise CannotTabulate or NotAdditive when the query cannot be put to a table with these columns."""
        self._check_words(columns)
        self._check_proof()
        for dimension in self.summed_over(columns):
            if not (self.proven and dimension == self.proven.dimension):
                check_additive(self.unit, dimension)

    def _check_words(self, columns: Sequence[str]) -> None:
        measured = (self.measure,) if self.measure else ()
        for name in (*self.where, *self.by, *self.attributes, *measured, "unit"):
            if name not in columns:
                raise CannotTabulate(f"The table has no column “{name}”; it has {', '.join(columns)}.")
        for name in self.by:
            if name in ("unit", self.measure):
                raise CannotTabulate(f"“{name}” is not a dimension: ask one query for each unit.")
        if len(set(self.by)) < len(self.by):
            raise CannotTabulate(f"A dimension is named twice in the breakdown {', '.join(self.by)}.")
        for name, codes in self.where.items():
            if isinstance(codes, str) or not codes:
                raise CannotTabulate(f"The query selects no code of “{name}”: list its codes, or leave it out.")

    def _check_proof(self) -> None:
        if self.proven and set(self.where.get(self.proven.dimension, ())) != set(self.proven.codes):
            asked = ", ".join(self.where.get(self.proven.dimension, ())) or "everything"
            raise CannotTabulate(
                f"The evidence ({self.proven.evidence}) proves the sum of {', '.join(self.proven.codes)} over "
                f"“{self.proven.dimension}”, and {asked} was asked: ask exactly the proven codes."
            )


def check_one_unit(found: Sequence[str | None], asked: str) -> None:
    """Raise UnlikeUnits, naming what a selection counts, where that is anything but the unit asked for."""
    named = sorted("(no unit)" if unit is None else f"“{unit}”" for unit in found)
    if len(named) > 1:
        raise UnlikeUnits(
            f"The selection counts {', '.join(named[:-1])} and {named[-1]}: a sum of them would count nothing. "
            "Select one unit at a time, or name a proven sum."
        )
    if list(found) != [asked]:
        raise UnlikeUnits(
            f"The selection counts {named[0]}, and “{asked}” was asked: ask for the unit which the source counts."
        )
