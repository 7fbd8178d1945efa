"""A grid as the method needs it: factors, sets, rules. What lives here: their shape and faults; not words or tasks.

A grid that cannot be applied is refused when it is made, with every fault, where it stands and what to do.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from egide.core.missing import Missing
from egide.methods.danger.answers import ABSENT, WORDS, Answer, AnswerRefused, Grade, Reply, Value, write_value
from egide.methods.danger.conditions import AnyOf, AtLeast, Condition, Lapsed, MoreOf, Wanted, walk
from egide.methods.danger.levels import Level

Where = tuple[str | int, ...]


@dataclass(frozen=True)
class Fault:
    """One thing that keeps a grid from being applied: where in its file, what is wrong, what to do."""

    where: Where
    what: str
    remedy: str


class GridError(ValueError):
    """A grid that cannot be applied; `faults` lists every reason."""

    def __init__(self, grid: str, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        said = "; ".join(f"{fault.what} ({fault.remedy})" for fault in self.faults)
        super().__init__(f"The grid “{grid}” cannot be applied: {said}.")


@dataclass(frozen=True)
class Factor:
    """One factor. `grades`: the yes it takes instead of a plain yes. `proven`: a yes needs a source and an expiry."""

    code: str
    red: bool = False
    grades: tuple[str, ...] = ()
    proven: bool = False

    @property
    def letter(self) -> str:
        """The family of the code: V, P, S, C, K, F or I."""
        return self.code[:1]

    def check_answer(self, value: Value) -> None:
        """Raise AnswerRefused unless the factor can have this answer."""
        if isinstance(value, Missing):
            taken = value in ABSENT
        elif isinstance(value, Grade):
            taken = value.code in self.grades
        else:
            taken = value is Reply.NO or not self.grades
        if not taken:
            can = ", ".join([*(self.grades or ["YES"]), "NO", *sorted(reason.value for reason in ABSENT)])
            raise AnswerRefused(f"The factor {self.code} cannot be answered {write_value(value)}: it takes {can}.")


@dataclass(frozen=True)
class Rule:
    """When `when` holds, the level is at least `level`."""

    id: str
    level: Level
    when: Condition


@dataclass(frozen=True)
class Grid:
    """A version of a grid. `sets` names sets of factor codes; rules and factors keep the order of the file."""

    code: str
    version: str
    factors: tuple[Factor, ...]
    sets: Mapping[str, frozenset[str]]
    rules: tuple[Rule, ...]

    def __post_init__(self) -> None:
        if faults := [*_list_repeats(self), *_list_bad_sets(self), *_list_bad_rules(self), *_list_bare_levels(self)]:
            raise GridError(self.code, faults)

    def check_answers(self, answers: Mapping[str, Answer]) -> None:
        """Raise AnswerRefused for a factor the grid does not have, or an answer its factor cannot have."""
        known = {factor.code: factor for factor in self.factors}
        for code, answer in answers.items():
            if code not in known:
                raise AnswerRefused(
                    f"The grid {self.code} version {self.version} has no factor “{code}”: answer it with the grid in "
                    "which it was asked."
                )
            known[code].check_answer(answer.value)


def _list_repeats(grid: Grid) -> Iterator[Fault]:
    for kind, names in (("factors", [f.code for f in grid.factors]), ("rules", [r.id for r in grid.rules])):
        for name, times in Counter(names).items():
            if times > 1:
                last = len(names) - 1 - names[::-1].index(name)
                yield Fault((kind, last), f"“{name}” is written {times} times", "keep one, or give the other its own")
    for index, factor in enumerate(grid.factors):
        for word in sorted(WORDS.keys() & factor.grades):
            what = f"the grade {word} of {factor.code} is the name of a plain answer"
            yield Fault(("factors", index, "grades"), what, "give the grade another code")


def _list_bad_sets(grid: Grid) -> Iterator[Fault]:
    for index, (name, codes) in enumerate(grid.sets.items()):
        if not codes:
            yield Fault(("sets", index), f"the set “{name}” is empty", "widen its letters, or remove it")


def _list_bad_rules(grid: Grid) -> Iterator[Fault]:
    known = {factor.code: factor for factor in grid.factors}
    for index, rule in enumerate(grid.rules):
        for condition in walk(rule.when):
            for what, remedy in _list_unknown(condition, known, grid.sets):
                yield Fault(("rules", index, "when"), f"the rule {rule.id} {what}", remedy)


def _list_unknown(
    condition: Condition, known: Mapping[str, Factor], sets: Mapping[str, frozenset[str]]
) -> Iterator[tuple[str, str]]:
    if isinstance(condition, AnyOf):
        for wanted in condition.wanted:
            if not _exists(wanted, known):
                yield f"asks for “{wanted}”, which the grid does not have", "write a factor, or a factor:grade"
        return
    named = (condition.of,) if isinstance(condition, AtLeast | Lapsed) else ()
    for name in (condition.of, condition.than) if isinstance(condition, MoreOf) else named:
        if name not in sets:
            yield f"speaks of the set “{name}”, which does not exist", f"use one of: {', '.join(sorted(sets))}"
    if isinstance(condition, AtLeast) and not 1 <= condition.least <= len(sets.get(condition.of, ())):
        yield f"asks for {condition.least} of “{condition.of}”", "ask for at least 1 and at most the size of the set"


def _exists(wanted: Wanted, known: Mapping[str, Factor]) -> bool:
    factor = known.get(wanted.code)
    return factor is not None and (wanted.grade is None or wanted.grade in factor.grades)


def _list_bare_levels(grid: Grid) -> Iterator[Fault]:
    served = {rule.level for rule in grid.rules}
    for level in Level:
        if (level in served) == (level is Level.NOT_ASSESSED):
            remedy = "write one" if level not in served else "remove it: this level is what remains when no rule fires"
            what = f"the level {level.name} has {'a' if level in served else 'no'} rule"
            yield Fault(("rules",), what, remedy)
