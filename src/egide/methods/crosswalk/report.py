"""What a crosswalk lost, split or left incomplete. What lives here: the report and its sentence; no translation."""

from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

import pyarrow as pa

Table: TypeAlias = pa.Table


@dataclass(frozen=True)
class Lost:
    """A source code with its number of rows and the sum of its values; `period` only where the dates are the reason."""

    code: str | None
    rows: int
    value: int
    period: str | None = None

    def __str__(self) -> str:
        when = f" in {self.period}" if self.period else ""
        return f"{self.code or '(no code)'}{when} {_rows(self.rows)} worth {self.value}"


@dataclass(frozen=True)
class Absent:
    """A source code which a proven target is made of and which the table does not hold in that period."""

    target: str
    source: str
    period: str


@dataclass(frozen=True)
class LossReport:
    """Account of one application: `total == mapped_total + left_out_total`, and `left_out` holds the rows themselves.

    `unmapped` lists the codes that no line maps; `outside_dates` those that lines map at other dates only; `split`
    those divided by weights, whose parts are estimates; `absent` the parts that a proven target lacks. `without_value`
    counts the input rows whose value is absent.
    """

    rows: int
    total: int
    mapped_rows: int
    mapped_total: int
    without_value: int
    unmapped: tuple[Lost, ...]
    outside_dates: tuple[Lost, ...]
    split: tuple[Lost, ...]
    absent: tuple[Absent, ...]
    left_out: Table

    @property
    def left_out_total(self) -> int:
        """Sum of the values that were not mapped."""
        return sum(lost.value for lost in (*self.unmapped, *self.outside_dates))

    @property
    def coverage(self) -> Fraction | None:
        """Share of the value that was mapped; None when there was no value to map."""
        return Fraction(self.mapped_total, self.total) if self.total else None

    @property
    def row_coverage(self) -> Fraction | None:
        """Share of the rows that were mapped; None when there was no row."""
        return Fraction(self.mapped_rows, self.rows) if self.rows else None

    @property
    def complete(self) -> bool:
        """Say whether every row was mapped and every proven target has all its parts."""
        return not (self.unmapped or self.outside_dates or self.absent)

    def sentence(self) -> str:
        """Say in English what became of the rows, naming each lost code."""
        share = "" if self.coverage is None else f" ({float(self.coverage * 100):.4g} % of the value)"
        verb = "was" if self.mapped_rows == 1 else "were"
        done = f"{_rows(self.mapped_rows)} worth {self.mapped_total} {verb} mapped{share}"
        said = [f"{_rows(self.rows)} worth {self.total}: {done}."]
        if self.unmapped:
            said.append(f"No mapping for: {'; '.join(map(str, self.unmapped))}.")
        if self.outside_dates:
            said.append(f"Mapped at other dates only: {'; '.join(map(str, self.outside_dates))}.")
        if self.split:
            said.append(f"Divided by weights, hence estimates: {'; '.join(map(str, self.split))}.")
        said += [f"{a.source} is absent from {a.target} in {a.period}." for a in self.absent]
        return " ".join(said)


def _rows(number: int) -> str:
    return f"{number} row{'' if number == 1 else 's'}"
