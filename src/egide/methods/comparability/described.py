"""A value that says what it describes. What lives here: the description and the naming of differences; no rule."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from egide.core.missing import Missing
from egide.core.period import Period
from egide.core.units import CountingUnit


class NotComparable(ValueError):
    """Two figures that cannot be set in one sum, ratio or growth; the message says why and what to do instead."""


@dataclass(frozen=True)
class Described:
    """A figure with all that decides whether it can be compared.

    `value` is exact: a whole number, a Fraction (a share of 15 % is Fraction(15, 100)) or the reason of its absence.
    `unit` is what is counted; for a share, what its base counts. `population` is a code, and `inside` the codes of the
    wider populations of which it is declared a part. `facts` is when the facts happened (None when unknown); `cohort`
    names the group that was followed (recorded in 2022, convicted in 2022). `scope` is the territory covered. `nature`
    tells a survey from records. `definition` is the version of the definition, `figure` the code of the passport.
    """

    value: int | Fraction | Missing
    unit: CountingUnit
    population: str
    facts: Period | None
    cohort: str
    source: str
    scope: str
    nature: Literal["record", "survey"] = "record"
    kind: Literal["count", "share"] = "count"
    definition: str = ""
    figure: str = ""
    inside: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if isinstance(self.value, Missing):
            return
        if type(self.value) not in (int, Fraction) or self.value < 0:
            raise NotComparable(f"A figure is compared by its exact value, zero or more, not by {self.value!r}.")

    def __str__(self) -> str:
        when = self.facts.text if self.facts else "unknown period"
        return f"{self._number()} ({self.unit.code}, {self.population}, {self.scope}, {when}, {self.source})"

    def number(self) -> Fraction:
        """Return the value of a figure that has one. Raises NotComparable on an absent value."""
        if isinstance(self.value, Missing):
            reason = self.value.name.lower().replace("_", " ")
            raise NotComparable(
                f"The figure {self} is absent ({reason}): an absent value is not zero and is not compared."
            )
        return Fraction(self.value)

    def _number(self) -> str:
        if isinstance(self.value, Missing):
            return "no value"
        if self.kind == "share":
            return f"{float(self.value * 100):.4g} %"
        return f"{self.value:,}" if isinstance(self.value, int) else str(self.value)


@dataclass(frozen=True)
class Derived:
    """A value computed from figures, exact, with the rule and the figures themselves: it carries their passports."""

    value: Fraction
    rule: str
    operands: tuple[Described, ...]


_WORDS = {
    "unit": "units",
    "population": "populations",
    "cohort": "cohorts",
    "source": "sources",
    "scope": "scopes",
    "definition": "definitions",
}


def differences(a: Described, b: Described, aspects: Iterable[str]) -> list[str]:
    """Say in words each aspect by which two figures differ; a declared part does not differ from its population."""
    said = [reason for aspect in aspects if (reason := _difference(a, b, aspect))]
    return said + [
        f"nobody has established what “{code}” counts"
        for code in dict.fromkeys(figure.unit.code for figure in (a, b) if not figure.unit.known)
    ]


def check_count(*figures: Described) -> None:
    """Raise NotComparable unless each figure has a value and is a count."""
    for figure in figures:
        figure.number()
        if figure.kind == "share":
            raise NotComparable(f"The figure {figure} is a share: give the counts it was computed from.")


def refuse(attempt: str, reasons: list[str]) -> None:
    """Raise NotComparable with all the reasons, when there is one."""
    if reasons:
        raise NotComparable(f"Cannot {attempt}: {'; '.join(reasons)}. Show the figures apart, each with its passport.")


def _difference(a: Described, b: Described, aspect: str) -> str | None:
    if aspect == "facts":
        return _facts(a, b)
    if aspect == "nature":
        return None if a.nature == b.nature else "one comes from a survey, the other from records"
    one, other = (a.unit.code, b.unit.code) if aspect == "unit" else (getattr(a, aspect), getattr(b, aspect))
    if one == other or (aspect == "population" and other in a.inside):
        return None
    return f"{_WORDS[aspect]} differ (“{one}” and “{other}”)"


def _facts(a: Described, b: Described) -> str | None:
    if a.facts is None or b.facts is None:
        return "the period of the facts is unknown"
    return None if a.facts == b.facts else f"the facts are of different periods ({a.facts.text} and {b.facts.text})"
