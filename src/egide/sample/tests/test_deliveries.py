"""What the producers deliver keeps to its own unit, and departs from the truth as truth.json says."""

import csv
from collections import Counter

import pyarrow.parquet as pq
import pytest

from egide.foundation.catalogue import get_nomenclature, get_unit
from egide.sample.country import list_associations
from egide.sample.producers import LAYOUTS


@pytest.fixture(scope="module")
def deliveries(larger_countries):
    """Each delivery of one country: its rows and what truth.json says of it."""
    folder, truth = larger_countries[0]
    found = {}
    for path in sorted((folder / "deliveries").iterdir()):
        told = truth["deliveries"][path.name]
        with open(path, encoding="utf-8", newline="") as stream:
            found[path.name] = (list(csv.DictReader(stream, delimiter=told.get("separator", ";"))), told)
    return found


def named(deliveries, start):
    return {name: found for name, found in deliveries.items() if name.startswith(start)}


def test_every_file_is_described_and_every_description_has_its_file(deliveries, larger_countries):
    assert set(deliveries) == set(larger_countries[0][1]["deliveries"])
    assert len(deliveries) == 7
    for _rows, told in deliveries.values():
        assert get_unit(told["unit"])
        assert told["coverage"]
        assert told["distortions"]


@pytest.mark.parametrize("producer", LAYOUTS)
def test_a_layout_is_kept_and_no_cell_comes_twice(deliveries, producer):
    for rows, told in named(deliveries, producer).values():
        keys = [tuple(row[column] for column in told["columns"][:-1]) for row in rows]
        assert len(keys) == len(set(keys))
        assert list(rows[0]) == told["columns"] == list(LAYOUTS[producer].columns)


def test_codes_are_those_of_the_catalogue(deliveries):
    bands, relations, forms = (get_nomenclature(name).codes for name in ("age-bands", "relationship", "violence-forms"))
    for rows, _told in named(deliveries, "police").values():
        assert {row["age"] for row in rows} <= set(bands)
        assert {row["lien"] for row in rows} <= set(relations)
        assert {row["forme"] for row in rows} <= set(forms)
        assert {row["sexe"] for row in rows} == {"F", "M"}
    for rows, _told in named(deliveries, "gendarmerie").values():
        assert {row["relationship"] for row in rows} <= {
            "intimate",
            "family",
            "acquaintance",
            "stranger",
            "authority",
            "U",
        }
        assert {row["sex"] for row in rows} == {"Femme", "Homme"}


def test_victims_add_up_over_territories_to_what_was_delivered(deliveries):
    """The unit victim is additive over territories; doubles make it more than the true pairs of victim and offence."""
    for producer, column in (("police", "victimes"), ("gendarmerie", "victims")):
        first, second = (named(deliveries, f"{producer}_{cut}") for cut in ("2023-01-31", "2023-07-31"))
        sums = []
        for found in (first, second):
            [(rows, told)] = found.values()
            assert sum(int(row[column]) for row in rows) == told["delivered"]
            sums.append(told["delivered"])
        assert sums[0] < sums[1], "late reports are in the second vintage only"
        assert told["true"] < sums[1] < 1.1 * told["true"]


def test_the_police_deliver_complaints_only_and_both_forces_speak_of_every_territory(deliveries, larger_countries):
    """AT-60: log entries are outside; they are in the truth, and in no delivery."""
    folder, truth = larger_countries[0]
    table = pq.read_table(folder / "recording.parquet").to_pylist()
    of_year = [row for row in table if row["act"] == "complaint" and row["recorded_on"].year == 2022]
    complaints = Counter(row["list"] for row in of_year if str(row["known_on"]) <= "2023-07-31")
    for force in ("police", "gendarmerie"):
        assert truth["deliveries"][f"{force}_2023-07-31.csv"]["delivered"] == complaints[force]
        assert truth["totals"][f"reports/{force}/log-entry"] > 0


def test_a_suspect_counts_once_in_each_territory_so_the_country_is_not_their_sum(deliveries, larger_countries):
    [(rows, told)] = named(deliveries, "justice").values()
    by_level = Counter()
    for row in rows:
        by_level[row["niveau"]] += int(row["personnes"])
        assert row["unite"] == {"suspect": "suspect", "convicted": "convicted"}[row["etape"]]
    assert by_level["country"] == told["delivered"]
    assert by_level["departement"] == told["sum_of_departements"]
    assert by_level["country"] < by_level["departement"]
    totals = larger_countries[0][1]["totals"]
    assert by_level["country"] == sum(count for key, count in totals.items() if key.startswith("justice/"))
    assert "territory" not in get_unit("suspect").additive_over


def test_an_association_without_a_return_is_blank_and_not_zero(deliveries):
    [(rows, told)] = named(deliveries, "associations").values()
    assert [row["association"] for row in rows[::2]] == [code for code, _departement in list_associations()]
    for row in rows:
        assert (row["personnes"] != "") == (row["association"] in told["returns"])
    assert sum(int(row["personnes"]) for row in rows if row["personnes"] and row["sexe"] == "T") == told["delivered"]
    assert told["true"] < told["summed"], "someone received twice counts in both"


def test_the_survey_holds_nothing_that_leads_to_a_person(deliveries):
    rows, _told = deliveries["survey_2022.csv"]
    assert not {"person_id", "given_name", "family_name", "commune", "birth_year"} & set(rows[0])
    assert [int(row["respondent"]) for row in rows] == list(range(1, len(rows) + 1))
    for row in rows:
        assert (row["partner_complaint"] == "NOT_APPLICABLE") == (row["partner_violence"] == "NO")
    said = {row[f"{kind}_complaint"] for row in rows for kind in ("partner", "sexual")}
    assert said == {"YES", "NO", "REFUSED", "NOT_APPLICABLE"}, "declining to answer is a value of its own (X04)"
