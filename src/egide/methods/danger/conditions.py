"""The small language in which a rule is written. What lives here: its seven forms and how each is met; not the rules.

A form answers with the answers that met it, or with None. There is no negation: except for `more_of`, a further yes can
only make a form hold. Counts are compared where they are made, and nowhere kept.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

from egide.core.missing import Missing
from egide.methods.danger.answers import Grade, Value, is_known, is_yes


@dataclass(frozen=True)
class Facts:
    """What a rule may look at: the answers in the order of the grid, its sets of factors, the forms told at intake.

    `lapsed`: safety factors answered yes on which nobody may lean any more; their value here is unknown.
    """

    given: Mapping[str, Value]
    sets: Mapping[str, frozenset[str]] = field(default_factory=dict)
    forms: tuple[str, ...] = ()
    lapsed: frozenset[str] = frozenset()

    def yes_in(self, name: str) -> tuple[str, ...]:
        """The factors of a set that are answered yes, in the order of the grid."""
        return tuple(code for code, value in self.given.items() if code in self.sets[name] and is_yes(value))


@dataclass(frozen=True)
class Evidence:
    """What met a condition: codes of factors, and forms of violence told at intake."""

    codes: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Wanted:
    """A factor answered yes, or one precise grade of it; written `P03` or `P04:SHOWED`."""

    code: str
    grade: str | None = None

    def __str__(self) -> str:
        return f"{self.code}:{self.grade}" if self.grade else self.code

    def is_met(self, facts: Facts) -> bool:
        """Say whether the answer affirms the factor, at the grade wanted where one is."""
        value = facts.given.get(self.code, Missing.NOT_ASKED)
        return value == Grade(self.grade) if self.grade else is_yes(value)


@dataclass(frozen=True)
class AnyOf:
    """At least one of these factors."""

    wanted: tuple[Wanted, ...]

    def evidence(self, facts: Facts) -> Evidence | None:
        """Those that are met."""
        met = {wanted.code for wanted in self.wanted if wanted.is_met(facts)}
        return Evidence(tuple(code for code in facts.given if code in met)) if met else None


@dataclass(frozen=True)
class AtLeast:
    """At least `least` factors of the set `of` answered yes."""

    least: int
    of: str

    def evidence(self, facts: Facts) -> Evidence | None:
        """All those of the set answered yes."""
        met = facts.yes_in(self.of)
        return Evidence(met) if len(met) >= self.least else None


@dataclass(frozen=True)
class MoreOf:
    """Strictly more yes in the set `of` than in the set `than`; so at least one in `of`."""

    of: str
    than: str

    def evidence(self, facts: Facts) -> Evidence | None:
        """The yes of both sets."""
        more, fewer = facts.yes_in(self.of), facts.yes_in(self.than)
        return Evidence((*more, *fewer)) if len(more) > len(fewer) else None


@dataclass(frozen=True)
class Lapsed:
    """A factor of the set `of` was answered yes, but its proof is missing or its date has passed."""

    of: str

    def evidence(self, facts: Facts) -> Evidence | None:
        """Those of the set that have lapsed, in the order of the grid."""
        met = tuple(code for code in facts.given if code in facts.lapsed & facts.sets[self.of])
        return Evidence(met) if met else None


@dataclass(frozen=True)
class AnsweredAny:
    """At least one factor answered yes or no."""

    def evidence(self, facts: Facts) -> Evidence | None:
        """All the factors that have an answer."""
        known = tuple(code for code, value in facts.given.items() if is_known(value))
        return Evidence(known) if known else None


@dataclass(frozen=True)
class IntakeForm:
    """At least one form of violence recorded at intake, before the grid."""

    def evidence(self, facts: Facts) -> Evidence | None:
        """The forms recorded."""
        return Evidence(forms=facts.forms) if facts.forms else None


@dataclass(frozen=True)
class All:
    """Each of these conditions."""

    parts: tuple["Condition", ...]

    def evidence(self, facts: Facts) -> Evidence | None:
        """What met each of them, each answer once."""
        found = [part.evidence(facts) for part in self.parts]
        met = [each for each in found if each is not None]
        if len(met) < len(found):
            return None
        codes = dict.fromkeys(chain.from_iterable(each.codes for each in met))
        forms = dict.fromkeys(chain.from_iterable(each.forms for each in met))
        return Evidence(tuple(codes), tuple(forms))


Condition = AnyOf | AtLeast | MoreOf | Lapsed | AnsweredAny | IntakeForm | All


def walk(condition: Condition) -> Iterator[Condition]:
    """The condition and all those inside it."""
    yield condition
    for part in condition.parts if isinstance(condition, All) else ():
        yield from walk(part)
