"""The figures of truth.json, counted again on the files by slow and obvious loops; the survey finds the truth with its weights."""

import csv
import math
from collections import Counter

import pyarrow.parquet as pq
import pytest


@pytest.fixture(scope="module")
def rows(country):
    """Every table of the country as lists of plain dictionaries."""
    folder, _truth = country
    return {path.stem: pq.read_table(path).to_pylist() for path in folder.glob("*.parquet")}


@pytest.fixture(scope="module")
def truth(country):
    return country[1]


def read(country, name, separator=";"):
    with open(country[0] / "deliveries" / name, encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=separator))


def count_again(rows):
    """The totals, from the rows, one at a time."""
    persons = {
        (row["stage"], row["kind"], row["sex"], row["subject_id"]) for row in rows["justice"] if row["year"] == 2022
    }
    justice = Counter(f"justice/{stage}/{kind}/2022/{sex}" for stage, kind, sex, _person in persons)
    parts = (count_facts_again(rows), count_captures_again(rows), count_reports_again(rows["recording"]))
    return sum((*parts, count_cases_again(rows["casefiles"])), justice)


def count_facts_again(rows):
    totals = Counter()
    people = {row["person_id"]: row for row in rows["people"]}
    adult = {key for key, row in people.items() if 2021 - row["birth_year"] >= 18}
    in_time = {
        row["victimisation_id"]
        for row in rows["recording"]
        if row["act"] == "complaint" and row["original_id"] is None and row["recorded_on"].year <= 2022
    }
    for key, row in people.items():
        totals[f"people/{row['sex']}"] += 1
        totals[f"adults/{row['sex']}"] += key in adult
    for row in rows["victimisations"]:
        sex = people[row["victim_id"]]["sex"]
        totals[f"victims/{row['kind']}/{row['year']}/{sex}"] += 1
        if row["year"] == 2021 and row["victim_id"] in adult:
            totals[f"adult-victims/{row['kind']}/2021/{sex}"] += 1
            totals[f"adult-complaints/{row['kind']}/2021/{sex}"] += row["victimisation_id"] in in_time
    return totals


def count_captures_again(rows):
    facts = (row for row in rows["victimisations"] if row["kind"] == "partner" and row["year"] == 2022)
    lists = {row["victimisation_id"]: set() for row in facts}
    for row in rows["recording"]:
        if row["victimisation_id"] in lists:
            lists[row["victimisation_id"]].add(row["list"][0].upper())
    return Counter(
        f"captures/partner/2022/{''.join(x for x in 'PGA' if x in letters) or 'none'}" for letters in lists.values()
    )


def count_reports_again(recording):
    totals, received, pairs = Counter(), set(), {"police": set(), "gendarmerie": set()}
    for row in recording:
        first, where = row["original_id"] is None, row["list"]
        totals[f"reports/{where}/{row['act']}" if first else f"doubles/{where}"] += 1
        if row["recorded_on"].year == 2022 and where == "association":
            received.add(row["subject_id"])
        if row["recorded_on"].year == 2022 and row["act"] == "complaint":
            pairs[where].add((row["subject_id"], row["form"]))
            totals[f"recorded/{row['kind']}/2022/{row['sex']}"] += first
            totals[f"recorded-older/{row['kind']}/2022"] += first and row["fact_year"] < 2022
    totals["received/2022"] = len(received)
    for force, found in pairs.items():
        totals[f"delivered-true/{force}"] = len(found)
    return totals


def count_cases_again(cases):
    totals = Counter()
    for case in cases:
        totals[f"cases/{case['category']}"] += 1
        totals.update(f"case-reasons/{reason}" for reason in case["reasons"])
        totals.update(f"case-actions/{action['kind']}" for action in case["actions"])
        for person in case["persons"]:
            totals[f"case-roles/{person['role']}"] += 1
            totals[f"case-people-received/{person['sex']}"] += person["interviewed"]
        totals["case-interviews"] += len(case["interviews"])
        totals["case-episodes"] += len(case["episodes"])
    return totals


def test_the_totals_of_the_truth_are_those_of_the_files(rows, truth):
    assert {key: count for key, count in truth["totals"].items() if count} == dict(+count_again(rows))
    assert truth["rows"] == {name: len(found) for name, found in rows.items()}


def test_who_is_named_exists_and_nobody_hurts_herself(rows):
    numbers = {row["person_id"] for row in rows["people"]}
    for row in rows["victimisations"]:
        assert row["victim_id"] in numbers
        assert row["author_id"] in numbers - {row["victim_id"]}
    partners = {row["person_id"]: row["partner_id"] for row in rows["people"] if row["partner_id"] is not None}
    assert all(partners[partner] == person for person, partner in partners.items())


def test_a_report_follows_the_facts_and_a_double_its_original(rows):
    facts = {row["victimisation_id"]: row for row in rows["victimisations"]}
    reports = {row["recording_id"]: row for row in rows["recording"]}
    for row in reports.values():
        fact = facts[row["victimisation_id"]]
        assert (fact["victim_id"], fact["year"]) == (row["subject_id"], row["fact_year"])
        assert fact["last_on"] <= row["recorded_on"] <= row["known_on"]
        if row["original_id"] is not None:
            original = reports[row["original_id"]]
            assert original["original_id"] is None
            assert original["victimisation_id"] == row["victimisation_id"]
            assert original["recorded_on"] < row["recorded_on"]


def test_a_case_of_violence_is_about_a_true_victim_or_a_true_author(rows):
    facts = {row["victimisation_id"]: row for row in rows["victimisations"]}
    concerned = []
    for case in rows["casefiles"]:
        first, *others = case["persons"]
        assert first["concerned"]
        assert not any(other["concerned"] for other in others)
        assert all(interview["person"] < len(case["persons"]) for interview in case["interviews"])
        if case["truth_victimisation_id"] is not None:
            fact = facts[case["truth_victimisation_id"]]
            side = {"VICTIM": "victim_id", "OFFENDER": "author_id"}[case["category"]]
            assert first["truth_person_id"] == fact[side]
            concerned.append((case["category"], first["truth_person_id"]))
    assert len(concerned) == len(set(concerned)) > 100


def estimate(respondents, sex, item):
    """The post-stratified mean of a yes, and its standard error, from the columns of the file alone."""
    strata = {}
    for row in respondents:
        if row["sex"] == sex:
            strata.setdefault(row["stratum"], []).append(row)
    adults = {stratum: int(found[0]["stratum_adults"]) for stratum, found in strata.items()}
    weights = sum(float(row["weight"]) for found in strata.values() for row in found)
    assert weights == pytest.approx(sum(adults.values()), rel=1e-6)
    yes = sum(float(row["weight"]) for found in strata.values() for row in found if row[item] == "YES")
    variance = 0.0
    for stratum, found in strata.items():
        count = len(found)
        share = sum(row[item] == "YES" for row in found) / count
        variance += adults[stratum] ** 2 * (1 - count / adults[stratum]) * share * (1 - share) / max(1, count - 1)
    return yes / weights, math.sqrt(variance) / weights


@pytest.mark.parametrize("place", range(3))
def test_the_survey_finds_the_true_prevalence_with_its_weights(larger_countries, place):
    country = larger_countries[place]
    respondents = read(country, "survey_2022.csv")
    totals = country[1]["totals"]
    for sex in "FM":
        for kind in ("partner", "sexual"):
            found, error = estimate(respondents, sex, f"{kind}_violence")
            true = totals[f"adult-victims/{kind}/2021/{sex}"] / totals[f"adults/{sex}"]
            assert abs(found - true) <= 3.5 * error, (sex, kind, found, true, error)


def test_without_its_weights_the_survey_would_have_too_many_women(larger_countries):
    country = larger_countries[0]
    respondents, totals = read(country, "survey_2022.csv"), country[1]["totals"]
    women = sum(row["sex"] == "F" for row in respondents) / len(respondents)
    true = totals["adults/F"] / (totals["adults/F"] + totals["adults/M"])
    weighted = sum(float(row["weight"]) for row in respondents if row["sex"] == "F")
    weighted /= sum(float(row["weight"]) for row in respondents)
    assert women > true + 0.1
    assert weighted == pytest.approx(true, abs=1e-6)
