"""From answers to the rules that fire. What lives here: the suggestion and what is missing; not the decision.

The suggestion is the highest of the minimum levels of the rules that fired: a floor, not a verdict. It is computed anew
from the answers by anyone who holds the grid; no count, sum or weight leaves this module.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from egide.core.missing import Missing
from egide.methods.danger.answers import Answer, Value, is_known, is_yes, write_value
from egide.methods.danger.conditions import Evidence, Facts
from egide.methods.danger.grid import Grid, Rule
from egide.methods.danger.levels import Level


@dataclass(frozen=True)
class Given:
    """The answer given to one factor."""

    code: str
    value: Value


@dataclass(frozen=True)
class FiredRule:
    """A rule that fired, with the answers, or the forms of violence told at intake, that fired it."""

    rule: str
    level: Level
    because: tuple[Given, ...]
    forms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Assessment:
    """What the rules of one version of a grid say of a situation.

    `level` is the minimum they ask for. `assessed` is False when nobody answered yes or no: the grid is then still to be
    filled, even where violence told at intake sets a floor. `answers` has every factor of the grid, in its order.
    """

    grid: str
    version: str
    level: Level
    assessed: bool
    fired: tuple[FiredRule, ...]
    answers: tuple[Given, ...]

    def value_of(self, code: str) -> Value:
        """The answer to one factor of the grid. Raises KeyError."""
        return {given.code: given.value for given in self.answers}[code]


class Gap(Enum):
    """What a safety factor lacks before anyone may lean on it."""

    SOURCE = "SOURCE"
    EXPIRY = "EXPIRY"
    EXPIRED = "EXPIRED"


@dataclass(frozen=True)
class SafetyGap:
    """A safety factor answered yes that nobody may lean on yet, and why."""

    code: str
    gaps: tuple[Gap, ...]


def assess(
    grid: Grid, answers: Mapping[str, Answer], *, forms: Collection[str] = (), on: date | None = None
) -> Assessment:
    """Apply the rules of `grid`. A factor absent from `answers` is not asked; `forms` are those told at intake.

    On the day `on`, a safety factor without a source, without an end date or past it counts no more: its answer is
    unknown, and only a rule on what has lapsed speaks of it. `on` None: proofs are not judged. Raises AnswerRefused.
    """
    grid.check_answers(answers)
    lapsed = frozenset(gap.code for gap in list_safety_gaps(grid, answers, on=on)) if on else frozenset[str]()
    told = {factor.code: _value(answers, factor.code) for factor in grid.factors}
    given = {code: Missing.UNKNOWN if code in lapsed else value for code, value in told.items()}
    facts = Facts(given, grid.sets, tuple(sorted(forms)), lapsed)
    fired = tuple(
        _fired(rule, evidence, facts) for rule in grid.rules if (evidence := rule.when.evidence(facts)) is not None
    )
    return Assessment(
        grid=grid.code,
        version=grid.version,
        level=max((rule.level for rule in fired), default=Level.NOT_ASSESSED),
        assessed=any(is_known(value) for value in told.values()),
        fired=fired,
        answers=tuple(Given(code, value) for code, value in told.items()),
    )


def _value(answers: Mapping[str, Answer], code: str) -> Value:
    return answers[code].value if code in answers else Missing.NOT_ASKED


def _fired(rule: Rule, evidence: Evidence, facts: Facts) -> FiredRule:
    because = tuple(Given(code, facts.given[code]) for code in evidence.codes)
    return FiredRule(rule.id, rule.level, because, evidence.forms)


def list_safety_gaps(grid: Grid, answers: Mapping[str, Answer], *, on: date) -> tuple[SafetyGap, ...]:
    """The safety factors answered yes without a source or an expiry date, or expired before the day `on`.

    The expiry date is the last day on which the factor may be relied on.
    """
    found = []
    for factor in grid.factors:
        answer = answers.get(factor.code)
        if factor.proven and answer is not None and is_yes(answer.value) and (gaps := _gaps(answer, on)):
            found.append(SafetyGap(factor.code, gaps))
    return tuple(found)


def _gaps(answer: Answer, on: date) -> tuple[Gap, ...]:
    gaps = [] if answer.source.strip() else [Gap.SOURCE]
    if answer.expires_on is None:
        gaps.append(Gap.EXPIRY)
    elif answer.expires_on < on:
        gaps.append(Gap.EXPIRED)
    return tuple(gaps)


def as_plain(assessment: Assessment) -> dict[str, Any]:
    """The suggestion as words that JSON can keep: grid, version, level, rules fired and why. Answers are kept apart."""
    return {
        "grid": assessment.grid,
        "version": assessment.version,
        "level": assessment.level.value,
        "assessed": assessment.assessed,
        "fired": [
            {
                "rule": fired.rule,
                "level": fired.level.value,
                "because": {given.code: write_value(given.value) for given in fired.because},
                "forms": list(fired.forms),
            }
            for fired in assessment.fired
        ],
    }
