"""The shapes: a series as one vintage knows it, the same in two vintages, a reason and its evidence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

Value = int | Decimal


class Reason(StrEnum):
    """Why a cell differs from the vintage before (trap 25)."""

    NEW = "new"
    LATE_DATA = "late-data"
    CORRECTION = "correction"
    REQUALIFICATION = "requalification"
    RELOCATED = "relocated"
    REDEFINITION = "redefinition"


@dataclass(frozen=True)
class Evidence:
    """One thing seen in the two vintages that speaks for the reason: its code and its numbers, no sentence."""

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Proposal:
    """A reason and what speaks for it. It decides nothing."""

    reason: Reason
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Series:
    """One series in one vintage: `cells` by period (ordered texts), then by part; None is a value not known.

    `label` is what the producer calls it in that vintage. `additive`: its parts may be summed; a suspect's may not.
    """

    cells: Mapping[str, Mapping[str, Value | None]]
    label: str = ""
    additive: bool = True

    def value(self, period: str, part: str | None = None) -> Value | None:
        """The value of a part, or of the whole: the sum of its parts, where they may be summed and all are known."""
        parts = self.cells.get(period, {})
        if part is not None:
            return parts.get(part)
        if len(parts) == 1:
            return next(iter(parts.values()))
        values: list[Value] = [value for value in parts.values() if value is not None]
        return sum(values) if values and self.additive and len(values) == len(parts) else None


@dataclass(frozen=True)
class Pair:
    """The same series in two vintages, the earlier first."""

    before: Series
    after: Series

    def common(self) -> list[str]:
        """The periods that both know, in order."""
        return sorted(set(self.before.cells) & set(self.after.cells))

    def moves(self, period: str) -> dict[str, Decimal]:
        """By how much each part that both know moved in a period; zero where it did not."""
        before, after = self.before.cells.get(period, {}), self.after.cells.get(period, {})
        both = ((part, value, after.get(part)) for part, value in before.items())
        return {part: Decimal(new) - Decimal(old) for part, old, new in both if old is not None and new is not None}
