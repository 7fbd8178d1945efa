"""The official profile: numbered questions, read-compatible (AT-09). What lives here: its outcome; no text of it.

Which questions are red is given by whoever holds the official form: it is not shipped, and not guessed.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import Enum

from egide.core.missing import Missing
from egide.methods.danger.answers import Answer, AnswerRefused, is_known
from egide.methods.danger.assessing import Given
from egide.methods.danger.conditions import AtLeast, Facts
from egide.methods.danger.grid import Factor

ALL, RED = "all", "red"


class Outcome(Enum):
    """What the profile says. Not characterised is not "no danger": the house's own grid stands beside it."""

    NOT_ASSESSED = "NOT_ASSESSED"
    NOT_CHARACTERISED = "NOT_CHARACTERISED"
    CHARACTERISED = "CHARACTERISED"


@dataclass(frozen=True)
class ProfileRule:
    """A condition that characterises the danger by itself; it speaks of the sets `all` and `red`."""

    id: str
    when: AtLeast


@dataclass(frozen=True)
class Profile:
    """A version of the profile: its questions by number, how many of them are red, its rules."""

    code: str
    version: str
    questions: tuple[str, ...]
    reds: int
    rules: tuple[ProfileRule, ...]


@dataclass(frozen=True)
class FiredProfileRule:
    """A rule that fired, with the questions answered yes."""

    rule: str
    because: tuple[Given, ...]


@dataclass(frozen=True)
class ProfileReading:
    """The outcome, and the rules that made it."""

    profile: str
    version: str
    outcome: Outcome
    fired: tuple[FiredProfileRule, ...]


def characterise(profile: Profile, answers: Mapping[str, Answer], *, red: Collection[str]) -> ProfileReading:
    """Read the answers to the official questions; `red` are the numbers of the red ones.

    Raises AnswerRefused: a number outside the profile, an answer that is not one of the six, a wrong number of reds.
    """
    _check(profile, answers, frozenset(red))
    given = {code: answers[code].value if code in answers else Missing.NOT_ASKED for code in profile.questions}
    facts = Facts(given, {ALL: frozenset(profile.questions), RED: frozenset(red)})
    fired = tuple(
        FiredProfileRule(rule.id, tuple(Given(code, given[code]) for code in evidence.codes))
        for rule in profile.rules
        if (evidence := rule.when.evidence(facts)) is not None
    )
    assessed = any(is_known(value) for value in given.values())
    unfired = Outcome.NOT_CHARACTERISED if assessed else Outcome.NOT_ASSESSED
    return ProfileReading(profile.code, profile.version, Outcome.CHARACTERISED if fired else unfired, fired)


def _check(profile: Profile, answers: Mapping[str, Answer], red: frozenset[str]) -> None:
    if strangers := sorted({*answers, *red} - set(profile.questions)):
        raise AnswerRefused(
            f"The profile {profile.code} has no question {', '.join(strangers)}: number them from "
            f"{profile.questions[0]} to {profile.questions[-1]}."
        )
    if len(red) != profile.reds:
        raise AnswerRefused(
            f"The profile {profile.code} has {profile.reds} red questions and {len(red)} were given: read their numbers "
            "on the official form."
        )
    for code, answer in answers.items():
        Factor(code).check_answer(answer.value)
