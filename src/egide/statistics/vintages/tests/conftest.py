"""The ministry's files, and files written for one test, delivered."""

from datetime import date, timedelta

import pytest

from egide.statistics.collection.actions import receive_delivery

FILES = {
    "2023-02-09": "donnee-dep-2022-produit-le2023-02-09.csv.gz",
    "2023-07-17": "donnee-dep-2022-produit-le2023-07-17.csv.gz",
    "2024-07-05": "donnee-dep-2023-produit-le2024-07-05.csv.gz",
    "2025-07-10": "donnee-dep-2024-phl43.csv.gz",
}


@pytest.fixture
def receive(inside_statistics, now):
    """Deliver a file, each a minute after the one before."""
    received = []

    def deliver(path, source, vintage):
        at, day = now + timedelta(minutes=len(received)), date.fromisoformat(vintage)
        received.append(path)
        return receive_delivery(path=path, filename=path.name, source=source, vintage=day, by=None, now=at)

    return deliver


@pytest.fixture
def ssmsi(receive, shared_data):
    """Deliver the ministry's four départemental files, or some of them, by vintage."""

    def deliver(*vintages):
        return [receive(shared_data / "ssmsi" / FILES[v], "ssmsi-departements", v) for v in vintages or FILES]

    return deliver
