"""The country has the published margins, within what chance allows, whatever the seed."""

import math

import pytest

from egide.sample.margins import read_margins
from egide.sample.people import SEXES

MARGINS = read_margins()
FAR = 4.5  # standard errors: a hundred such tests in a row are all green ninety-nine times out of a hundred
CLUSTERED = 1.3  # one victim may have several years and reports


def close(found, of, expected):
    """Whether a share found among `of` is the expected one, up to chance."""
    error = math.sqrt(expected * (1 - expected) / of)
    return abs(found / of - expected) <= FAR * CLUSTERED * error


@pytest.fixture(params=range(3), scope="module")
def totals(request, larger_countries):
    return larger_countries[request.param][1]["totals"]


def test_the_sexes_and_the_adults_stand_in_their_published_ratio(totals):
    people = totals["people/F"] + totals["people/M"]
    assert close(totals["people/F"], people, MARGINS.women)
    women = MARGINS.one("women-18-plus") / (MARGINS.one("women-18-plus") + MARGINS.one("men-18-plus"))
    assert close(totals["adults/F"], totals["adults/F"] + totals["adults/M"], women)


@pytest.mark.parametrize("kind", ["partner", "sexual"])
def test_the_prevalence_is_the_published_one_for_each_sex(totals, kind):
    """AT-63: 321,000 of 422,000 and 217,000 of 247,000, brought to the adults of each sex."""
    for sex, expected in zip(SEXES, MARGINS.prevalence(kind), strict=True):
        assert close(totals[f"adult-victims/{kind}/2021/{sex}"], totals[f"adults/{sex}"], expected)


@pytest.mark.parametrize(("kind", "published"), [("partner", 0.15), ("sexual", 0.06)])
def test_the_survey_would_see_the_published_rate_of_complaints(larger_countries, kind, published):
    """Summed over the seeds, and without allowance for repetition: a victim stands once in a year."""
    assert MARGINS.one(f"complaint-{kind}") == published
    lodged, victims = (
        sum(truth["totals"][f"adult-{what}/{kind}/2021/F"] for _folder, truth in larger_countries)
        for what in ("complaints", "victims")
    )
    assert abs(lodged / victims - published) <= 4 * math.sqrt(published * (1 - published) / victims)


@pytest.mark.parametrize(("kind", "published"), [("partner", 0.86), ("sexual", 0.85)])
def test_women_are_their_published_share_of_the_recorded(totals, kind, published):
    women, men = (totals[f"recorded/{kind}/2022/{sex}"] for sex in SEXES)
    assert close(women, women + men, published)


def test_older_facts_are_their_published_share_of_the_recorded(totals):
    recorded = sum(totals[f"recorded/partner/2022/{sex}"] for sex in SEXES)
    assert close(totals["recorded-older/partner/2022"], recorded, 0.28)


@pytest.mark.parametrize(
    ("stage", "kind", "published"),
    [("suspect", "partner", 0.87), ("convicted", "partner", 0.94), ("suspect", "sexual", 0.96)],
)
def test_men_are_their_published_share_of_the_suspects_and_the_convicted(larger_countries, stage, kind, published):
    """Summed over the seeds, because a small country convicts few."""
    women, men = (
        sum(truth["totals"].get(f"justice/{stage}/{kind}/2022/{sex}", 0) for _folder, truth in larger_countries)
        for sex in SEXES
    )
    assert close(men, women + men, published)


def test_a_station_year_has_the_proportions_of_seine_et_marne(totals):
    """AT-01: 612 / 106 / 312 cases, 952 + 68 + 74 + 34 reasons for 1,030 cases, 1,256 people of whom 75 % women, 4,349 actions."""
    cases = sum(totals[f"cases/{category}"] for category in ("VICTIM", "OFFENDER", "THIRD_PARTY"))
    for category, share in MARGINS.shares("station-categories").items():
        assert close(totals[f"cases/{category}"], cases, share)
    for reason, count in {"domestic-violence": 952, "vulnerability": 68, "schooling": 74, "housing": 34}.items():
        assert close(totals[f"case-reasons/{reason}"], cases, count / 1030)
    assert sum(totals[key] for key in totals if key.startswith("case-reasons/")) > cases
    people = totals["case-people-received/F"] + totals["case-people-received/M"]
    assert people / cases == pytest.approx(1256 / 1030, rel=0.04)
    assert close(totals["case-people-received/F"], people, 0.75)
    actions = sum(totals[key] for key in totals if key.startswith("case-actions/"))
    assert actions / cases == pytest.approx(4349 / 1030, rel=0.04)
    assert close(totals["case-actions/child-report"], actions, 109 / 4349)


def test_the_lists_miss_victims_and_lean_on_each_other(totals):
    """What a capture-recapture method must cope with: most victims are on no list, and two lists are not independent."""
    captures = {key.rpartition("/")[2]: count for key, count in totals.items() if key.startswith("captures/")}
    assert captures["none"] > sum(captures.values()) / 2
    told = sum(count for key, count in captures.items() if set(key) & set("PG"))
    both = sum(count for key, count in captures.items() if set(key) & set("PG") and "A" in key)
    helped = sum(count for key, count in captures.items() if "A" in key)
    assert both / told > 1.5 * helped / sum(captures.values())
