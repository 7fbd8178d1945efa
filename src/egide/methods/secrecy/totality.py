"""Proof that the table gives exactly one answer to every question, on every day since it begins.

What lives here: a walk of the whole product statuses x recipients x purposes x situations, on each day when the law
turns. What does not: the wording of a problem for the expert (catalogue), a single answer (`decision`).

Each situation is one bit of an integer, so that a rule covers hundreds of questions in one operation; the walk is exact,
nothing is sampled.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from egide.methods.secrecy.case import Situation, every_situation
from egide.methods.secrecy.table import Answer, Row, Table

SITUATIONS: tuple[Situation, ...] = tuple(every_situation())
ALL = (1 << len(SITUATIONS)) - 1
IN_DANGER = sum(1 << bit for bit, situation in enumerate(SITUATIONS) if situation.danger_to_life)
EMERGENCY = "emergency"
HELP = frozenset({Answer.POSSIBLE, Answer.REQUIRED})


@dataclass(frozen=True)
class Flaw:
    """A question with no answer ("missing"), two ("double"), or help refused in danger ("silenced"); one situation shows it.

    `rows`: the rules at fault, none when one is missing.
    """

    kind: str
    on: date
    status: str
    recipient: str
    purpose: str
    situation: Situation
    rows: tuple[str, ...]


Hole = tuple[str, int, tuple[str, ...]]


def turning_days(table: Table) -> tuple[date, ...]:
    """The days on which a text used by the table begins or has just ended, and the table's first day."""
    days = {table.valid_from}
    for name in {name for row in table.rows for name in row.under}:
        for version in table.by_article.get(name, ()):
            days.add(version.valid_from)
            if version.valid_to is not None:
                days.add(version.valid_to + timedelta(days=1))
    return tuple(sorted(day for day in days if day >= table.valid_from))


def find_flaws(table: Table) -> Iterator[Flaw]:
    """Every triple of status, recipient and purpose that lacks an answer, has two, or is refused help in danger.

    Each flaw is told once, on the first of the turning days that shows it.
    """
    masks = {row.code: _mask(row) for row in table.rows}
    known: dict[tuple[str, ...], tuple[Hole, ...]] = {}
    told: set[tuple[str, ...]] = set()
    standing = [(on, {row.code for row in table.rows if table.stands(row, on)}) for on in turning_days(table)]
    for status, recipient, purpose, rows in _triples(table):
        for on, codes in standing:
            left = [row for row in rows if row.code in codes]
            key = (str(recipient == EMERGENCY), *(row.code for row in left))
            if key not in known:
                known[key] = tuple(_holes(left, masks, to_emergency=recipient == EMERGENCY))
            for kind, mask, at_fault in known[key]:
                if (kind, status, recipient, purpose, *at_fault) not in told:
                    told.add((kind, status, recipient, purpose, *at_fault))
                    yield Flaw(kind, on, status, recipient, purpose, _one(mask), at_fault)


def _triples(table: Table) -> Iterator[tuple[str, str, str, list[Row]]]:
    for status, traits in sorted(table.traits.items()):
        mine = [row for row in table.by_priority if row.who.covers(status, traits)]
        for recipient in sorted(table.recipients):
            theirs = [row for row in mine if not row.to or recipient in row.to]
            for purpose in sorted(table.purposes):
                yield status, recipient, purpose, [row for row in theirs if not row.why or purpose in row.why]


def _mask(row: Row) -> int:
    return sum(1 << bit for bit, situation in enumerate(SITUATIONS) if row.fits(situation.facts()))


def _holes(rows: Sequence[Row], masks: Mapping[str, int], *, to_emergency: bool) -> Iterator[Hole]:
    """What is wrong in one list of rules, which come highest priority first."""
    for index, row in enumerate(rows):
        same = [other for other in rows[:index] if other.priority == row.priority]
        decided_above = _union(rows[: index - len(same)], masks)
        deciding = masks[row.code] & ~decided_above
        for other in same:
            if masks[other.code] & deciding:
                yield "double", masks[other.code] & deciding, (other.code, row.code)
        if to_emergency and row.answer not in HELP and deciding & IN_DANGER:
            yield "silenced", deciding & IN_DANGER, (row.code,)
    missing = ALL & ~_union(rows, masks)
    if missing:
        yield "missing", missing, ()


def _union(rows: Sequence[Row], masks: Mapping[str, int]) -> int:
    union = 0
    for row in rows:
        union |= masks[row.code]
    return union


def _one(mask: int) -> Situation:
    return SITUATIONS[(mask & -mask).bit_length() - 1]
