"""Propose why a figure changed: the rules are few and said with their numbers.

They are read in this order: new (nothing before), redefinition (the whole series, however old, shifts one way nearly
everywhere), relocated (the parts moved and their sum did not), requalification (another class moves the opposite way,
place by place), late data (only the last period grows), and correction for what is none of these.
"""

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from statistics import median

from .series import Evidence, Pair, Proposal, Reason, Value

DEFINED_AGAIN = Decimal("0.02")  # median shift of the periods from which a whole series is held to be defined again
WIDELY = Decimal("0.8")  # share of the cells of the series that must have moved for it
PERIODS_NEEDED = 3  # fewer common periods cannot tell a new definition from a correction
UNSETTLED = Decimal("0.05")  # of what moved between places, the most that may be left over in the sum
MIRRORED = Decimal("0.1")  # of what moved in a class, the most that another class may fail to take up, place by place
UPWARD = Decimal("0.95")  # share of the moved cells that grow when late records come in

ZERO = Decimal(0)
Found = tuple[Reason, tuple[Evidence, ...]] | None


def propose(
    pair: Pair, period: str, part: str | None = None, others: Mapping[str, Pair] | None = None
) -> Proposal | None:
    """The reason proposed for a period of a series (of one part, or of the whole), or None where nothing moved.

    `others` are the other classes of the same unit in the same two vintages.
    """
    return _Reading(pair, period, others or {}).propose(part)


def propose_parts(pair: Pair, period: str, others: Mapping[str, Pair] | None = None) -> dict[str, Proposal]:
    """The reason proposed for each part of a period that moved, appeared or went; the others are left out."""
    reading = _Reading(pair, period, others or {})
    parts = {*pair.before.cells.get(period, {}), *pair.after.cells.get(period, {})}
    found = {part: reading.propose(part) for part in sorted(parts)}
    return {part: proposal for part, proposal in found.items() if proposal}


class _Reading:
    """One period of a pair, read once for all of its parts."""

    def __init__(self, pair: Pair, period: str, others: Mapping[str, Pair]) -> None:
        self.pair, self.period, self.others = pair, period, others

    def propose(self, part: str | None) -> Proposal | None:
        """Judge the whole, or one part, by the rules in their order."""
        pair, period = self.pair, self.period
        if period not in pair.before.cells or (part is not None and part not in pair.before.cells[period]):
            return _appeared(pair, period)
        if period not in pair.after.cells or (part is not None and part not in pair.after.cells[period]):
            return _gone(pair, period, self.others)
        before, after = pair.before.value(period, part), pair.after.value(period, part)
        if before == after and (part is not None or not any(self.moves.values())):
            return None
        seen = [*_amount(before, after), *_spread(self.moves), *_label(pair)]
        for judge in (self._defined_again, self._relocated, self._requalified, self._came_late):
            if found := judge(part):
                return Proposal(found[0], (*seen, *found[1]))
        return Proposal(Reason.CORRECTION, (*seen, *_other_periods(pair, period, part)))

    @cached_property
    def moves(self) -> dict[str, Decimal]:
        """By how much each part moved."""
        return self.pair.moves(self.period)

    def _defined_again(self, part: str | None) -> Found:
        """The whole series, its oldest periods too, shifts one way, and nearly every cell of it has moved.

        Where the parts may be summed the whole is judged, for a small part moves by chance; else the part itself.
        """
        return self._whole_again if self.pair.before.additive else _shifted(self.pair, part)

    @cached_property
    def _whole_again(self) -> Found:
        return _shifted(self.pair, None)

    def _relocated(self, part: str | None) -> Found:
        """Parts moved and their sum did not; for one part, the sum may keep a small remainder."""
        if not self.pair.before.additive or len(self.moves) < 2:
            return None
        net, gross = sum(self.moves.values(), ZERO), self._gross
        if (part is None and net) or not gross or abs(net) / gross > UNSETTLED:
            return None
        facts = {"net": net, "out": (gross - net) / 2, "into": (gross + net) / 2}
        return Reason.RELOCATED, (Evidence("SUM_KEPT", facts),)

    def _requalified(self, part: str | None) -> Found:
        """Another class takes up, place by place, what this one loses, or gives what it gains."""
        for code, answer, left in self._mirrors:
            if part is None or answer[part]:
                facts = {"code": code, "change": sum(answer.values(), ZERO), "left": left}
                return Reason.REQUALIFICATION, (Evidence("TAKEN_UP", facts),)
        return None

    @cached_property
    def _mirrors(self) -> list[tuple[str, dict[str, Decimal], Decimal]]:
        found = []
        for code, other in sorted(self.others.items()) if self._gross else ():
            answer = other.moves(self.period)
            if set(answer) == set(self.moves):
                left = sum((abs(move + answer[each]) for each, move in self.moves.items()), ZERO) / self._gross
                if left <= MIRRORED:
                    found.append((code, answer, left))
        return found

    @cached_property
    def _gross(self) -> Decimal:
        return sum((abs(move) for move in self.moves.values()), ZERO)

    def _came_late(self, part: str | None) -> Found:
        """The last period that the earlier vintage knew grows, almost everywhere it moves, and more than any before."""
        if self.period != max(self.pair.before.cells):
            return None
        shifts = _shifts(self.pair, part)
        own = shifts.pop(self.period, None)
        if own is None or own <= 0 or any(abs(share) >= own for share in shifts.values()):
            return None
        if not shifts and len(self.moves) < 2:  # one cell that grows alone shows nothing of the kind
            return None
        moved = [move for move in self.moves.values() if move]
        if Decimal(sum(1 for move in moved if move > 0)) / len(moved) < UPWARD:
            return None
        before = max(map(abs, shifts.values()), default=None)
        return Reason.LATE_DATA, (Evidence("LAST_PERIOD", {"period": self.period, "share": own, "before": before}),)


def _appeared(pair: Pair, period: str) -> Proposal | None:
    if period not in pair.after.cells:
        return None
    code = "NEW_PERIOD" if pair.before.cells else "NEW_SERIES"
    return Proposal(Reason.NEW, (Evidence(code, {"period": period}),))


def _gone(pair: Pair, period: str, others: Mapping[str, Pair]) -> Proposal:
    """A class that a whole vintage no longer has was replaced; a period or a place that is gone was corrected."""
    if pair.after.cells:
        return Proposal(Reason.CORRECTION, (Evidence("GONE", {"period": period}),))
    fresh = sorted(code for code, other in others.items() if other.after.cells and not other.before.cells)
    return Proposal(Reason.REDEFINITION, (Evidence("CLASS_GONE", {"fresh": fresh}),))


def _amount(before: Value | None, after: Value | None) -> list[Evidence]:
    if before is None or after is None:
        return []
    share = _share(before, after)
    return [Evidence("AMOUNT", {"before": before, "after": after, "change": after - before, "share": share})]


def _spread(moves: Mapping[str, Decimal]) -> list[Evidence]:
    if len(moves) < 2:
        return []
    up, down = (sum(1 for move in moves.values() if move * sign > 0) for sign in (1, -1))
    return [Evidence("SPREAD", {"cells": len(moves), "moved": up + down, "up": up, "down": down})]


def _label(pair: Pair) -> list[Evidence]:
    before, after = pair.before.label, pair.after.label
    if not (before and after):
        return []
    return [Evidence("SAME_LABEL" if before == after else "OTHER_LABEL", {"before": before, "after": after})]


def _share(before: Value, after: Value) -> Decimal | None:
    return (Decimal(after) / Decimal(before) - 1) if before else None


def _shifts(pair: Pair, part: str | None) -> dict[str, Decimal]:
    """The relative shift of each common period, of the part or of the whole; a period from zero has none."""
    found = {}
    for period in pair.common():
        before, after = pair.before.value(period, part), pair.after.value(period, part)
        share = _share(before, after) if before is not None and after is not None else None
        if share is not None:
            found[period] = share
    return found


def _shifted(pair: Pair, part: str | None) -> Found:
    shifts = _shifts(pair, part)
    one_way = all(share > 0 for share in shifts.values()) or all(share < 0 for share in shifts.values())
    if len(shifts) < PERIODS_NEEDED or not one_way or median(map(abs, shifts.values())) < DEFINED_AGAIN:
        return None
    moves = [move for each in pair.common() for move in pair.moves(each).values()]
    share = Decimal(sum(1 for move in moves if move)) / len(moves)
    if share < WIDELY:
        return None
    facts = {
        "periods": len(shifts), "first": min(shifts), "last": max(shifts), "least": min(shifts.values(), key=abs),
        "most": max(shifts.values(), key=abs), "cells": len(moves), "share": share,
    }  # fmt: skip
    return Reason.REDEFINITION, (Evidence("WHOLE_SERIES", facts),)


def _other_periods(pair: Pair, period: str, part: str | None) -> list[Evidence]:
    """What the other periods did: a correction is what does not look like anything else."""
    shifts = _shifts(pair, part)
    shifts.pop(period, None)
    if not shifts:
        return [Evidence("ALONE", {"period": period})]
    facts = {
        "up": [each for each, share in shifts.items() if share > 0],
        "down": [each for each, share in shifts.items() if share < 0],
        "same": [each for each, share in shifts.items() if not share],
    }
    return [Evidence("OTHER_PERIODS", facts)]
