"""What speaks for a tool and what for the world. What lives here: the readings, in numbers and codes; no sentence."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import fmean
from typing import Literal

from egide.core.period import Period
from egide.methods.comparability.detection.profile import Profile, Reading
from egide.methods.comparability.detection.search import Shift
from egide.methods.comparability.detection.series import Series

Lean = Literal["artefact", "real", "silent"]
NEAR = {12: 2, 4: 1, 1: 0}  # periods between a dated change and the break that it may explain
MOVES = 2.0  # standard errors from which another series is said to move too
FACTOR = 5.0  # no count of facts is multiplied or divided by this from one period to the next by the world alone


@dataclass(frozen=True)
class Change:
    """Something dated that may move a series: a recording `tool`, or the `world`; `rollout` when it came little by little.

    `force` is who recorded with it; `codes` the codes it touches, all when empty.
    """

    code: str
    during: Period
    kind: Literal["tool", "world"]
    rollout: bool = False
    force: str = ""
    codes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Evidence:
    """One reading: what was looked at (`kind`), what was seen (`seen`), to which side it leans and how much it weighs.

    `cause` tells that it names a mechanism; `facts` are the numbers and names that a sentence needs.
    """

    kind: Literal["calendar", "force", "neighbours", "unit", "survey", "magnitude"]
    seen: str
    lean: Lean
    weight: int
    cause: bool = False
    facts: dict[str, str | float] = field(default_factory=dict)


@dataclass(frozen=True)
class Beside:
    """What stands beside a series: dated changes, the same code where one force records, neighbours, surveys."""

    changes: tuple[Change, ...] = ()
    controls: tuple[tuple[str, Profile], ...] = ()
    neighbours: tuple[Profile, ...] = ()
    surveys: tuple[Series, ...] = ()


def gather(profile: Profile, shift: Shift, beside: Beside) -> tuple[Evidence, ...]:
    """Read each kind of evidence on a break; a kind for which nothing is at hand is left out."""
    readers: tuple[Callable[[Profile, Shift, Beside], Evidence | None], ...] = (
        _calendar, _force, _neighbours, _unit, _survey, _magnitude,
    )  # fmt: skip
    return tuple(found for reader in readers if (found := reader(profile, shift, beside)))


def _calendar(profile: Profile, shift: Shift, beside: Beside) -> Evidence:
    known = [each for each in beside.changes if not each.codes or profile.series.code in each.codes]
    for change in (each for each in known if not each.rollout):
        if _near(profile.series, shift.index, change):
            facts: dict[str, str | float] = {"change": change.code, "force": change.force}
            tool = change.kind == "tool"
            return Evidence("calendar", change.kind, "artefact" if tool else "real", 2, cause=tool, facts=facts)
    for change in (each for each in known if each.rollout):
        if _near(profile.series, shift.index, change):
            return Evidence("calendar", "rollout", "silent", 0, facts={"change": change.code, "force": change.force})
    return Evidence("calendar", "none", "real", 1) if beside.changes else Evidence("calendar", "unknown", "silent", 0)


def _near(series: Series, index: int, change: Change) -> bool:
    reach = NEAR[series.per_year]
    last = change.during.last if change.rollout or change.kind == "world" else change.during.first
    first = series.periods[max(0, index - reach)]
    until = series.periods[min(len(series.periods) - 1, index + reach)]
    return first.first <= last and change.during.first <= until.last


def _force(profile: Profile, shift: Shift, beside: Beside) -> Evidence | None:
    """Set the break against the same code where one force alone records: a tool of the other leaves it still."""
    for force, control in beside.controls:
        reading = _same_date(control, shift, profile)
        own = profile.at(shift.index, shift.side)
        if reading is None or own is None:
            continue
        facts: dict[str, str | float] = {
            "force": force, "territory": control.series.territory, "jump": reading.jump, "statistic": reading.statistic,
        }  # fmt: skip
        same_way = reading.jump * own.jump > 0
        if same_way and abs(reading.statistic) >= MOVES:
            return Evidence("force", "moves", "real", 1, facts=facts)
        apart = abs(own.jump - reading.jump) / (own.error**2 + reading.error**2) ** 0.5
        if apart >= MOVES:
            return Evidence("force", "still", "artefact", 1, facts=facts)
        return Evidence("force", "unclear", "silent", 0, facts=facts)
    return None


def _neighbours(profile: Profile, shift: Shift, beside: Beside) -> Evidence | None:
    """Count the neighbours that jump at the same date, the same way or the other (what one loses, another gains)."""
    own = profile.at(shift.index, shift.side)
    seen = [(p.series.code, r) for p in beside.neighbours if (r := _same_date(p, shift, profile)) is not None]
    if not seen or own is None:
        return None
    moving = [(code, r) for code, r in seen if abs(r.statistic) >= MOVES]
    same = [code for code, r in moving if r.jump * own.jump > 0]
    facts: dict[str, str | float] = {
        "tested": float(len(seen)), "moving": float(len(same)), "same": ", ".join(same),
        "other": ", ".join(code for code, r in moving if r.jump * own.jump < 0),
    }  # fmt: skip
    if 2 * len(same) >= len(seen):
        return Evidence("neighbours", "move", "real", 1, facts=facts)
    if not same and facts["other"]:
        return Evidence("neighbours", "opposite", "artefact", 1, facts=facts)
    if not same and len(seen) > 1:
        return Evidence("neighbours", "still", "artefact", 1, facts=facts)
    return Evidence("neighbours", "some", "silent", 0, facts=facts)


def _unit(profile: Profile, shift: Shift, _: Beside) -> Evidence | None:
    units = profile.series.units
    if not units:
        return None
    before, after = units[shift.index - 1], units[shift.index]
    if before != after:
        return Evidence("unit", "changed", "artefact", 3, cause=True, facts={"before": before, "after": after})
    return Evidence("unit", "same", "silent", 0, facts={"unit": after})


def _survey(_: Profile, shift: Shift, beside: Beside) -> Evidence | None:
    """Set the break against a survey that recording does not touch: two years on each side, the one it falls in left out."""
    for survey in beside.surveys:
        told = list(zip(survey.periods, survey.values, strict=True))
        before = [value for period, value in told if period.last < shift.at.first][-_years_of(survey) :]
        after = [value for period, value in told if period.first >= shift.at.first][: _years_of(survey)]
        if not before or not after or not fmean(before):
            continue
        change = fmean(after) / fmean(before) - 1
        facts: dict[str, str | float] = {"survey": survey.code, "change": change}
        if change * shift.size > 0 and abs(change) >= abs(shift.size) / 2:
            return Evidence("survey", "moves", "real", 2, facts=facts)
        if change * shift.size <= 0 or abs(change) < abs(shift.size) / 4:
            return Evidence("survey", "still", "artefact", 2, cause=True, facts=facts)
        return Evidence("survey", "unclear", "silent", 0, facts=facts)
    return None


def _magnitude(_: Profile, shift: Shift, __: Beside) -> Evidence | None:
    """Find a size beyond what facts do: even the bound of the interval that is nearest to no change is a large factor."""
    least = 1 + shift.low if shift.size > 0 else 1 / max(1 + shift.high, 1e-9)
    if least < FACTOR:
        return None
    factor = 1 + shift.size if shift.size > 0 else 1 / max(1 + shift.size, 1e-9)
    return Evidence("magnitude", "beyond", "artefact", 2, cause=True, facts={"factor": factor})


def _years_of(series: Series) -> int:
    """Number of values in two years."""
    return 2 * series.per_year


def _same_date(other: Profile, shift: Shift, own: Profile) -> Reading | None:
    places: Sequence[Period] = other.series.periods
    return other.at(places.index(shift.at), shift.side) if shift.at in places else None
