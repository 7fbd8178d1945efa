"""The ministry's files, received as they are, with the answers that are known to be right."""

from collections import Counter
from datetime import date

import pyarrow.compute as pc
import pytest

from egide.statistics.collection.actions import receive_delivery
from egide.statistics.collection.models import Verdict
from egide.statistics.harmonisation.harmonise import harmonise

pytestmark = pytest.mark.usefixtures("inside_statistics")

DEPARTEMENTS = {
    "donnee-dep-2022-produit-le2023-02-09.csv.gz": ("2023-02-09", 8484),
    "donnee-dep-2022-produit-le2023-07-17.csv.gz": ("2023-07-17", 9898),
    "donnee-dep-2023-produit-le2024-07-05.csv.gz": ("2024-07-05", 12928),
    "donnee-dep-2024-phl43.csv.gz": ("2025-07-10", 16362),
}


@pytest.fixture
def deliver(shared_data, now):
    def receive(name, source, vintage):
        path = shared_data / name
        return receive_delivery(
            path=path, filename=path.name, source=source, vintage=date.fromisoformat(vintage), by=None, now=now
        )

    return receive


def total(harmonised, **where):
    table = harmonised.table
    for name, code in where.items():
        table = table.filter(pc.equal(table[name], code))
    return pc.sum(table["value"]).as_py()


@pytest.mark.parametrize("name", DEPARTEMENTS)
def test_each_departemental_file_is_accepted_whole_whatever_its_layout(deliver, name):
    vintage, rows = DEPARTEMENTS[name]
    delivery = deliver(f"ssmsi/{name}", "ssmsi-departements", vintage)
    assert (delivery.verdict, delivery.rows_read, delivery.rows_accepted) == (Verdict.ACCEPTED, rows, rows), (
        delivery.findings
    )
    harmonised = harmonise(delivery)
    assert harmonised.left == ()
    assert harmonised.table.num_rows == rows
    assert set(pc.unique(harmonised.table["territory"]).to_pylist()) >= {"01", "2A", "974", "976"}
    assert len(pc.unique(harmonised.table["territory"])) == 101


def test_sexual_violence_of_2022_is_known_three_times(deliver):
    """84,461 in both vintages of 2023; 106,113 in July 2024 under the same label."""
    known = []
    for name in list(DEPARTEMENTS)[:3]:
        delivery = deliver(f"ssmsi/{name}", "ssmsi-departements", DEPARTEMENTS[name][0])
        known.append(total(harmonise(delivery), offence="sexual-violence", period="2022"))
    assert known == [84_461, 84_461, 106_113]


def test_the_region_file_is_accepted_with_its_two_digit_years(deliver):
    delivery = deliver("ssmsi/donnee-reg-2023-produit-le2024-07-05.csv.gz", "ssmsi-regions", "2024-07-05")
    assert (delivery.verdict, delivery.rows_accepted) == (Verdict.ACCEPTED, 2304), delivery.findings
    assert harmonise(delivery).left == ()


def test_the_series_that_lost_a_level_of_detail_go_to_quarantine_and_the_rest_is_accepted(deliver):
    """3,234 rows stand on 1,617 keys that nothing tells apart; four of those rows are exact repeats."""
    delivery = deliver("ssmsi/ssmsi_series_chronologiques_2024-03-04.csv.gz", "ssmsi-series", "2024-03-04")
    found = Counter({finding["code"]: finding["count"] for finding in delivery.findings})
    assert delivery.verdict == Verdict.ACCEPTED_IN_PART
    assert delivery.rows_read == 29_135
    assert found["COLLISION"] + 2 * found["KNOWN_REPEAT"] == 3_234, found
    assert delivery.rows_accepted == delivery.rows_read - found["COLLISION"] - found["KNOWN_REPEAT"]


def test_etat_4001_is_accepted_and_each_index_keeps_its_own_unit(deliver):
    delivery = deliver("etat4001/etat4001_monthly_tidy.csv.gz", "etat4001", "2021-11-01")
    assert (delivery.verdict, delivery.rows_accepted) == (Verdict.ACCEPTED, 94_267), delivery.findings
    harmonised = harmonise(delivery)
    assert harmonised.left == ()
    pairs = harmonised.table.group_by(["offence", "unit"]).aggregate([]).to_pylist()
    units = {(pair["offence"], pair["unit"]) for pair in pairs}
    assert {("46", "victim"), ("57", "suspect"), ("89", "cheque"), ("35", "vehicle"), ("1", "etat4001:1")} <= units
