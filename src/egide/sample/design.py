"""What no publication imposes: the choices of whoever drew the country. Each is printed in truth.json, so that a score can be read.

Lives here: constants and the few things a caller may choose. Not here: published margins (`margins`).
"""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

BLOCK = 200_000  # people drawn at a time: memory does not grow with the country
SURVEYED, RECORDED = 2021, 2022  # the survey asks about the year before; the deliveries are those of the year after
YEARS = tuple(range(RECORDED - 5, RECORDED + 1))
FIRST_CUT, SECOND_CUT = date(2023, 1, 31), date(2023, 7, 31)  # the two vintages of the police and the gendarmerie
CERTAIN = 0.98  # no drawn share goes above

BANDS = ("Y_LT15", "Y15-17", "Y18-24", "Y25-34", "Y35-44", "Y45-54", "Y55-64", "Y_GE65")
STARTS = (0, 15, 18, 25, 35, 45, 55, 65)
OLDEST = 100
KINDS = ("partner", "sexual")
# relative risk by age band, men and women alike; brought back to the published prevalence of adults of each sex
RISKS = {"partner": (0, 0.8, 1.6, 1.5, 1.2, 0.9, 0.5, 0.25), "sexual": (0.6, 2.2, 3.2, 1.4, 0.8, 0.6, 0.4, 0.2)}
YOUNGEST = {"partner": 14, "sexual": 5}
AGAIN = {"partner": 0.5, "sexual": 0.1}  # chance that a victim of one year is one in the next
REPEATED = {"partner": 0.75, "sexual": 0.2}  # chance of one more incident in the year, and of another after it
IN_A_UNION = (0, 0, 0.16, 0.58, 0.68, 0.68, 0.68, 0.56)
SAME_SEX = 0.015
SEXUAL_BY_MEN = 0.97
OUTSIDE_FAMILY = {"acquaintance": 0.55, "stranger": 0.25, "authority": 0.2}
SAME_AUTHOR = 3  # the higher, the more often one author has several victims

DELAYS = (0.5, 0.2, 0.14, 0.1, 0.06)  # of complaints about older facts: lodged 1 to 5 years after
LATE, LATE_DAYS, USUAL_DAYS = 0.04, 180, 20  # share of reports that reach the base late, and within how many days
OTHER_FORCE, ELSEWHERE = 0.03, 0.03  # lodged with the other force; in another commune
TWICE, BOTH_FORCES = 0.03, 0.015  # recorded twice by one force; by both
UNKNOWN_AGE, UNKNOWN_RELATION, MISSPELT = 0.01, 0.05, 0.5
ASSOCIATION = {"told": 0.3, "silent": 0.09}  # chance to turn to an association: the two lists are not independent
SECOND_ASSOCIATION, RETURNS = 0.2, 0.7  # also goes to another; associations that send their return
HANDLED, CONVICTED, NEXT_YEAR = 0.6, 0.33, 0.3  # of men: suspects handled, convicted; a year later
STRANGER_FOUND = 0.3

WOMEN_SURVEYED = 2.0  # a woman is drawn twice as often as a man
RESPONSE = {"F": (0.42, 0.55, 0.63), "M": (0.33, 0.46, 0.6)}  # by age: 18-34, 35-54, 55 and over
REFUSED = 0.02

FORCE_SHARE = 0.5  # share of communes under the police
REPEAT_ACTIONS = {
    "listening": 30, "information": 16, "orientation": 17, "accompaniment": 6, "contact-attempt": 9, "liaison": 10,
    "complaint-support": 6, "home-visit": 2, "administrative": 4,
}  # fmt: skip
ORIGINS = {"police": 42, "gendarmerie": 33, "municipal-police": 5, "partner": 14, "self": 6}
STATES = {"FIRST_INTERVIEW": 20, "UNDER_SUPPORT": 30, "HANDED_OVER": 12, "CLOSED": 34, "REOPENED": 4}
CLOSURES = {"done": 52, "refused": 18, "lost": 15, "moved": 5, "handed-over": 10}
LANGUAGES = {"fr": 900, "ar": 25, "en": 15, "pt": 15, "ro": 15, "tr": 12, "uk": 10, "sq": 8}
NAMED_AUTHOR, WITH_CHILDREN, SAFE_CONTACT, LEFT_HOME, MORE_INTERVIEWS = 0.8, 0.45, 0.6, 0.5, 0.4


@dataclass(frozen=True)
class Size:
    """What a caller may choose beside the number of people and the seed."""

    cases_per_thousand: float = 10.0
    surveyed_per_thousand: float = 60.0

    def __post_init__(self) -> None:
        if not 0 <= self.cases_per_thousand <= 25:
            raise ValueError(
                f"{self.cases_per_thousand} case files for a thousand people: ask for 0 to 25, for there are not more victims."
            )
        if not 1 <= self.surveyed_per_thousand <= 500:
            raise ValueError(f"{self.surveyed_per_thousand} surveyed for a thousand people: ask for 1 to 500.")


def as_plain(size: Size) -> dict[str, Any]:
    """Every choice by its name, for truth.json."""
    chosen = {name.lower(): value for name, value in globals().items() if name.isupper()}
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in chosen.items()}
    return {**plain, **asdict(size)}
