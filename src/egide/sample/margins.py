"""The published margins, read from the catalogue, and the rates that follow from them.

Lives here: each derivation, written once, with its reason. Not here: choices that no publication imposes (`design`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from egide.foundation.catalogue.files import load_yaml, root

from .design import BANDS, CERTAIN, DELAYS, SAME_SEX, SEXUAL_BY_MEN


def read_margins() -> "Margins":
    """The margins of `catalogue/sample/margins.yaml`. Raises CatalogueError when the file cannot be read."""
    entries = load_yaml(root() / "sample/margins.yaml")["margins"]
    return Margins({entry["code"]: entry for entry in entries})


@dataclass(frozen=True)
class Margins:
    """Margins by code; everything else here is arithmetic on them."""

    by_code: Mapping[str, Mapping[str, Any]]

    def one(self, code: str) -> float:
        """A single value. Raises KeyError for a margin the catalogue does not hold."""
        return float(self.by_code[code]["value"])

    def shares(self, code: str) -> dict[str, float]:
        """A distribution, brought to a sum of one, in the order of the catalogue."""
        values = self.by_code[code]["values"]
        return {key: value / sum(values.values()) for key, value in values.items()}

    @cached_property
    def ages(self) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """Shares of the age bands, women then men, in the order of `BANDS`."""
        women, men = self.shares("ages-women"), self.shares("ages-men")
        return tuple(women[band] for band in BANDS), tuple(men[band] for band in BANDS)

    @cached_property
    def women(self) -> float:
        """Share of women in the whole population: what makes adults of both sexes stand in their published ratio."""
        adults = [sum(ages[2:]) for ages in self.ages]
        women, men = self.one("women-18-plus") / adults[0], self.one("men-18-plus") / adults[1]
        return women / (women + men)

    def prevalence(self, kind: str) -> tuple[float, float]:
        """Share of adult women, then of adult men, who are victims in a year; kind is "partner" or "sexual"."""
        women = self.one(f"survey-{kind}-women")
        men = self.one(f"survey-{kind}-persons") - women
        return women / self.one("women-18-plus"), men / self.one("men-18-plus")

    @cached_property
    def delays(self) -> tuple[float, ...]:
        """Share of complaints lodged 0, 1, 2… years after the facts; the first leaves the published share of older facts."""
        older = self.one("recorded-partner-older")
        return (1 - older, *(older * share for share in DELAYS))

    def complaint(self, kind: str) -> tuple[float, float]:
        """Share of victims, women then men, who ever lodge a complaint.

        The survey sees only those lodged by the end of the following year, so the published rate is divided by their share. No
        rate of men is published: theirs is the one that leaves the published share of women among the recorded.
        """
        seen = self.delays[0] + self.delays[1]
        women = self.one(f"complaint-{kind}") / seen
        return women, women * self._men_for(kind, self.one(f"recorded-{kind}-women"))

    def _men_for(self, kind: str, women_recorded: float) -> float:
        """The rate of men over that of women, so that women are that share of the recorded."""
        victims = self.one(f"survey-{kind}-women") / self.one(f"survey-{kind}-persons")
        return (1 - women_recorded) / women_recorded * victims / (1 - victims)

    @cached_property
    def told_without(self) -> float:
        """For one complaint, how many victims tell the police or the gendarmerie without lodging one."""
        return self.one("told-partner") / self.one("complaint-partner") - 1

    def women_per_man(self, kind: str, stage: str) -> float:
        """A woman's chance over a man's to pass a stage: "suspects" from the recorded, "convicted" from the suspects."""
        if stage == "convicted":
            before = self.one(f"suspects-{kind}-men")
        elif kind == "sexual":
            before = SEXUAL_BY_MEN
        else:
            women = self.one("recorded-partner-women")
            before = women * (1 - SAME_SEX) + (1 - women) * SAME_SEX
        after = self.one(f"{stage}-{kind}-men")
        return (1 - after) / after * before / (1 - before)

    @cached_property
    def women_third_parties(self) -> float:
        """Share of women among third parties that leaves the published share of women among people received."""
        category, women = self.shares("station-categories"), self.one("station-women")
        known = category["VICTIM"] * self.one("recorded-partner-women")
        known += category["OFFENDER"] * (1 - self.one("suspects-partner-men"))
        return min(CERTAIN, (women - known) / category["THIRD_PARTY"])

    @cached_property
    def reasons(self) -> tuple[float, float, dict[str, float]]:
        """Chance that a case speaks of domestic violence; that such a case has a second reason; shares of the other reasons.

        A case without domestic violence has one reason, so that the tags of the year add up to more than its cases (AT-01).
        """
        tags, cases = self.by_code["station-reasons"]["values"], self.one("station-cases")
        violence = tags["domestic-violence"] / cases
        others = {code: count for code, count in tags.items() if code != "domestic-violence"}
        second = (sum(others.values()) / cases - (1 - violence)) / violence
        return violence, second, {code: count / sum(others.values()) for code, count in others.items()}
