"""Several assessors of one situation, side by side (AT-08). What lives here: where they differ; nobody is ranked."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from egide.core.missing import Missing
from egide.methods.danger.answers import Value, is_known
from egide.methods.danger.assessing import Assessment
from egide.methods.danger.levels import Level


class UnlikeGrids(ValueError):
    """Assessments made with different grids or versions."""


class Difference(Enum):
    """How answers differ: they contradict each other, or some know what others do not."""

    CONTRADICTION = "CONTRADICTION"
    GAP = "GAP"


@dataclass(frozen=True)
class Look:
    """One assessor's work: her own level before the suggestion, the rules' assessment, her decision once made."""

    assessor: str
    assessment: Assessment
    own: Level | None = None
    decided: Level | None = None


@dataclass(frozen=True)
class Disagreement:
    """A factor answered otherwise by some; `values` in the order of the looks."""

    code: str
    kind: Difference
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Comparison:
    """The looks in the order given, and what differs between them."""

    looks: tuple[Look, ...]
    answers: tuple[Disagreement, ...]

    @property
    def same_facts(self) -> bool:
        """True when every factor has the same answer for all: the suggestion is then the same, save intake forms."""
        return not self.answers

    @property
    def same_suggestion(self) -> bool:
        """True when the rules ask for the same level."""
        return len({look.assessment.level for look in self.looks}) == 1

    @property
    def same_decision(self) -> bool:
        """True when all have decided, and decided the same level."""
        decided = {look.decided for look in self.looks}
        return len(decided) == 1 and None not in decided


def compare(looks: Sequence[Look]) -> Comparison:
    """Set assessments of one situation side by side. Raises UnlikeGrids: fewer than two, or not the same version."""
    versions = {(look.assessment.grid, look.assessment.version) for look in looks}
    if len(looks) < 2 or len(versions) > 1:
        said = ", ".join(f"{grid} version {version}" for grid, version in sorted(versions)) or "none"
        raise UnlikeGrids(
            f"Assessments are set side by side when there are two or more of one version of a grid, not {len(looks)} "
            f"({said}). Assess again with the version in force."
        )
    found = []
    for given in looks[0].assessment.answers:
        values = tuple(look.assessment.value_of(given.code) for look in looks)
        if (kind := _difference(values)) is not None:
            found.append(Disagreement(given.code, kind, values))
    return Comparison(tuple(looks), tuple(found))


def _difference(values: tuple[Value, ...]) -> Difference | None:
    known = {value for value in values if is_known(value)}
    if len(known) > 1:
        return Difference.CONTRADICTION
    absent = any(isinstance(value, Missing) for value in values)
    return Difference.GAP if known and absent else None
