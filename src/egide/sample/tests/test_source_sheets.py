"""Each delivery of the fictional country has its source sheet, and is received as a producer's file is."""

from datetime import date

import pytest
from django.utils import translation

from egide.statistics.collection.actions import DeliveryRefused, receive_delivery
from egide.statistics.collection.models import Verdict
from egide.statistics.collection.queries import get_delivery


@pytest.fixture
def receive(inside_statistics, country, now):
    """Deliver a file of the country under its producer's sheet, and return the receipt."""

    def deliver(path):
        producer, _, vintage = path.stem.partition("_")
        dated = date.fromisoformat(vintage if "-" in vintage else f"{vintage}-12-31")
        return receive_delivery(
            path=path, filename=path.name, source=f"demo-{producer}", vintage=dated, by=None, now=now
        )

    return deliver


def test_every_delivery_of_cells_is_accepted_whole_and_a_blank_return_is_told(receive, country):
    for path in sorted((country[0] / "deliveries").glob("*-*.csv")):
        receipt = receive(path)
        findings = {finding.code for finding in get_delivery(receipt.id).findings}
        assert "BLANK_VALUE" in findings if path.stem.startswith("associations") else findings == {"ACCEPTED_AS"}, (
            path.name
        )
        assert receipt.rows_accepted == receipt.rows_read == len(path.read_text().splitlines()) - 1
        assert receipt.verdict != Verdict.REFUSED


def test_the_survey_is_rows_about_persons_and_is_not_received(receive, country):
    with translation.override("en"), pytest.raises(DeliveryRefused, match="rows about persons"):
        receive(country[0] / "deliveries/survey_2022.csv")
