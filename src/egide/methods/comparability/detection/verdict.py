"""The proposal: artefact, real or undetermined. What lives here: the rule; the decision is signed by a statistician."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from egide.methods.comparability.detection.evidence import Evidence

Kind = Literal["artefact", "real", "undetermined"]
Strength = Literal["none", "weak", "moderate", "strong"]


@dataclass(frozen=True)
class Verdict:
    """A proposal with what was weighed on both sides; it binds nobody."""

    kind: Kind
    strength: Strength
    artefact: int
    real: int


def judge(evidence: Iterable[Evidence]) -> Verdict:
    """Weigh both sides. No artefact without a named cause (a tool, a unit, a survey, a size): silence accuses no tool."""
    seen = tuple(evidence)
    artefact = sum(each.weight for each in seen if each.lean == "artefact")
    real = sum(each.weight for each in seen if each.lean == "real")
    kind = _kind(artefact, real, caused=any(each.cause for each in seen if each.lean == "artefact"))
    if kind == "undetermined":
        return Verdict(kind, "none", artefact, real)
    names: tuple[Strength, ...] = ("weak", "moderate", "strong")
    return Verdict(kind, names[min(abs(artefact - real), 3) - 1], artefact, real)


def _kind(artefact: int, real: int, *, caused: bool) -> Kind:
    if real > artefact:
        return "real"
    return "artefact" if artefact > real and caused else "undetermined"
