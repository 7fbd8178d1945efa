"""The decision table as data: rows with an explicit priority, each under a text that must be in force.

What lives here: the shapes, and which rows stand on a day. What does not: the facts of a question (`case`), the answer
(`decision`), the proof that nothing is missing (`totality`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import cached_property

from egide.methods.secrecy.case import Case


class SecrecyError(ValueError):
    """A question that the table cannot answer, or a table that contradicts itself; the sentence says what to do."""


class Answer(Enum):
    """What the law in force says of a share."""

    POSSIBLE = "possible"
    WITH_CONSENT = "with-consent"
    REQUIRED = "required"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True)
class Words:
    """A sentence in both languages."""

    fr: str
    en: str


@dataclass(frozen=True)
class Article:
    """One version of an article. `article` is its name whatever its number; `code` names the version."""

    article: str
    code: str
    act: Words
    ref: str
    summary: Words
    valid_from: date
    valid_to: date | None
    to_verify: bool

    def in_force(self, on: date) -> bool:
        """Whether this version is the law on that day (both ends included)."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True)
class Who:
    """Which statuses a row speaks to: all of `has`, one of `any_of` (when there is one), none of `lacks`, by name."""

    has: frozenset[str] = frozenset()
    any_of: frozenset[str] = frozenset()
    lacks: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()

    def covers(self, status: str, traits: frozenset[str]) -> bool:
        """Whether someone of this status, with these traits, is concerned."""
        return (
            self.has <= traits
            and not self.lacks & traits
            and (not self.any_of or bool(self.any_of & traits))
            and (not self.statuses or status in self.statuses)
        )


@dataclass(frozen=True)
class Row:
    """One rule. An empty `to`, `why` or `when` means any; the highest `priority` decides.

    `under`: the articles that carry the rule; it stands only while each has a version in force. `see`: articles also
    shown, when in force. `covers`: the only sections the rule opens (none: all). `conditions`: codes, in their order.
    `remains`: what is still possible besides what the table says for every answer; `not_remaining` takes away.
    """

    code: str
    priority: int
    answer: Answer
    under: tuple[str, ...]
    because: Words
    who: Who = Who()
    to: frozenset[str] = frozenset()
    why: frozenset[str] = frozenset()
    when: Mapping[str, frozenset[str | bool]] = field(default_factory=dict)
    see: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    covers: frozenset[str] = frozenset()
    remains: tuple[str, ...] = ()
    not_remaining: frozenset[str] = frozenset()

    def concerns(self, status: str, traits: frozenset[str], recipient: str, purpose: str) -> bool:
        """Whether the rule may apply to this status, recipient and purpose in some situation."""
        return (
            (not self.to or recipient in self.to)
            and (not self.why or purpose in self.why)
            and self.who.covers(status, traits)
        )

    def fits(self, facts: Mapping[str, str | bool]) -> bool:
        """Whether the facts of a situation are those of the rule."""
        return all(facts[name] in allowed for name, allowed in self.when.items())


@dataclass(frozen=True)
class Condition:
    """Something to do or to check.

    `met_when`: states of consent that meet it by themselves; `ticked`: a person may declare it done (nobody declares
    her consent: it is recorded).
    """

    code: str
    words: Words
    met_when: frozenset[str] = frozenset()
    ticked: bool = True


@dataclass(frozen=True)
class Addition:
    """Conditions added to an answer for certain persons: a child's agreement is not an adult's."""

    answers: frozenset[Answer]
    persons: frozenset[str]
    conditions: tuple[str, ...]


@dataclass(frozen=True)
class Suspension:
    """A protocol switched off from a day, until a day when it was switched on again (both included)."""

    valid_from: date
    valid_to: date | None
    decided_by: Words
    reason: Words


@dataclass(frozen=True)
class Protocol:
    """A local route for a share that the law already allows with her agreement; it never creates a right to share.

    `via`: the recipient through whom it passes; `fallback`: the recipient and the purpose proposed when it is off.
    """

    code: str
    label: Words
    territory: str
    statuses: frozenset[str]
    recipient: str
    purposes: frozenset[str]
    via: str
    fallback: tuple[str, str]
    valid_from: date
    valid_to: date | None
    suspensions: tuple[Suspension, ...] = ()

    def concerns(self, case: Case) -> bool:
        """Whether the question is about this route, whether or not it is open that day."""
        return (
            case.territory == self.territory
            and case.recipient == self.recipient
            and case.purpose in self.purposes
            and case.status in self.statuses
            and self.valid_from <= case.on
        )

    def closed_by(self, on: date) -> Suspension | None:
        """The suspension that closes the route on that day, if any."""
        for each in self.suspensions:
            if each.valid_from <= on and (each.valid_to is None or on <= each.valid_to):
                return each
        return None

    def is_open(self, on: date) -> bool:
        """Whether the route is in use on that day."""
        ended = self.valid_to is not None and on > self.valid_to
        return self.valid_from <= on and not ended and self.closed_by(on) is None


@dataclass(frozen=True)
class Table:
    """The whole table with the articles it reads. `traits`: status -> what decides in law of that status."""

    code: str
    version: str
    label: Words
    valid_from: date
    traits: Mapping[str, frozenset[str]]
    recipients: frozenset[str]
    purposes: frozenset[str]
    rows: tuple[Row, ...]
    conditions: Mapping[str, Condition]
    articles: tuple[Article, ...]
    additions: tuple[Addition, ...] = ()
    always: tuple[str, ...] = ()
    remains: Mapping[Answer, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def by_article(self) -> Mapping[str, tuple[Article, ...]]:
        """The versions of each article."""
        found: dict[str, tuple[Article, ...]] = {}
        for each in self.articles:
            found[each.article] = (*found.get(each.article, ()), each)
        return found

    @cached_property
    def by_priority(self) -> tuple[Row, ...]:
        """The rows, those that decide first coming first."""
        return tuple(sorted(self.rows, key=lambda row: -row.priority))

    def article(self, name: str, on: date) -> Article | None:
        """The version of an article in force on that day, or None."""
        return next((each for each in self.by_article.get(name, ()) if each.in_force(on)), None)

    def stands(self, row: Row, on: date) -> bool:
        """Whether a rule has all its texts in force on that day."""
        return all(self.article(name, on) for name in row.under)

    def candidates(self, status: str, recipient: str, purpose: str, on: date) -> tuple[Row, ...]:
        """The rules that may apply, those that decide first coming first. Raises SecrecyError on an unknown code."""
        self.check_codes(status, recipient, purpose)
        if on < self.valid_from:
            raise SecrecyError(
                f"The table {self.code} says nothing of {on}: it describes the law from {self.valid_from}. "
                "Ask a lawyer about that day."
            )
        traits = self.traits[status]
        return tuple(
            row for row in self.by_priority if row.concerns(status, traits, recipient, purpose) and self.stands(row, on)
        )

    def check_codes(self, status: str, recipient: str, purpose: str) -> None:
        """Raise SecrecyError, naming the codes there are, when one of the three is not in the table."""
        for what, code, known in (
            ("status", status, set(self.traits)),
            ("recipient", recipient, self.recipients),
            ("purpose", purpose, self.purposes),
        ):
            if code not in known:
                raise SecrecyError(
                    f"The table {self.code} has no {what} {code!r}: use one of {', '.join(sorted(known))}."
                )
