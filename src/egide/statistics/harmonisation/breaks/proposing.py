"""Search series for breaks and propose a verdict for each, with the evidence the catalogue and the file give. Nothing is decided."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from egide.core.period import Period
from egide.foundation.catalogue import Recording, get_nomenclature, get_recording
from egide.methods.comparability.detection import (
    Beside,
    Change,
    Evidence,
    NotDetectable,
    Profile,
    Series,
    Shift,
    Verdict,
    find_shifts,
    gather,
    judge,
    profile,
)

from .files import Unsearched

CALENDAR = "france"


@dataclass(frozen=True)
class Proposal:
    """One break of one series, what speaks for each side, and what the house proposes; a statistician signs or refuses it."""

    series: Series
    nomenclature: str
    shift: Shift
    evidence: tuple[Evidence, ...]
    verdict: Verdict


@dataclass(frozen=True)
class Search:
    """What a search did: the series it read, the breaks it proposes, the series it left aside and why."""

    searched: tuple[Series, ...]
    proposals: tuple[Proposal, ...]
    unsearched: tuple[Unsearched, ...]


def search(series: Iterable[Series], *, calendar: str | None = CALENDAR, only: str | None = None) -> Search:
    """Search each series; `calendar` names a file of catalogue/recording, None for none. Raises UnknownEntry.

    With `only`, a territory, the series of the others are evidence and are not searched themselves.
    """
    recording = get_recording(calendar) if calendar else None
    profiles: dict[tuple[str, str], Profile] = {}
    surveys, aside = [], []
    for each in series:
        if each.survey:
            surveys.append(each)
            continue
        try:
            profiles[each.territory, each.code] = profile(each)
        except NotDetectable as error:
            aside.append(Unsearched(str(each), str(error)))
    found: list[Proposal] = []
    searched = [one for one in profiles.values() if only is None or one.series.territory == only]
    for one in searched:
        nomenclature = _nomenclature(one.series.code, recording)
        if shifts := find_shifts(one):
            beside = _beside(one.series, nomenclature, recording, profiles, surveys)
            found += (_propose(one, nomenclature, shift, beside) for shift in shifts)
    return Search(tuple(one.series for one in searched), tuple(found), tuple(aside))


def _propose(one: Profile, nomenclature: str, shift: Shift, beside: Beside) -> Proposal:
    evidence = gather(one, shift, beside)
    return Proposal(one.series, nomenclature, shift, evidence, judge(evidence))


def _nomenclature(code: str, recording: Recording | None) -> str:
    """Give the first nomenclature of the calendar that has this code; empty when none has."""
    if recording is None:
        return ""
    named = sorted({name for change in recording.changes for name in change.of} | {f.of for f in recording.families})
    return next((name for name in named if code in get_nomenclature(name).codes), "")


def _beside(
    series: Series,
    nomenclature: str,
    recording: Recording | None,
    profiles: Mapping[tuple[str, str], Profile],
    surveys: Iterable[Series],
) -> Beside:
    same = tuple(survey for survey in surveys if survey.code == series.code)
    if recording is None:
        return Beside(surveys=same)
    controls = {control.territory: control.force for control in recording.controls}
    families = [f for f in recording.families if f.of == nomenclature and series.code in f.codes]
    near = [code for family in families for code in family.codes if code != series.code]
    return Beside(
        changes=tuple(
            Change(c.code, Period.parse(c.during), "tool" if c.kind == "tool" else "world", c.rollout, c.force, c.codes)
            for c in recording.changes
            if not c.of or not nomenclature or nomenclature in c.of
        ),
        controls=tuple(
            (force, profiles[territory, series.code])
            for territory, force in controls.items()
            if series.territory not in controls and (territory, series.code) in profiles
        ),
        neighbours=tuple(
            profiles[series.territory, code] for code in near if (series.territory, code) in profiles
        ),
        surveys=same,
    )  # fmt: skip
