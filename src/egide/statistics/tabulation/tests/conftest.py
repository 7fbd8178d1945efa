"""Deliveries, real or written for one test, and indicators made for one test."""

from datetime import date
from pathlib import Path

import pytest

from egide.foundation.catalogue import Indicator, Population, Text
from egide.statistics.collection.actions import receive_delivery

HEADER = "commune;annee;sexe;age;lien;unite;victimes;fictif"


@pytest.fixture
def receive(inside_statistics, now, tmp_path):
    """Deliver a file, or text, and return its receipt."""

    def deliver(content, source, vintage="2023-01-31"):
        path = content
        if not isinstance(content, Path):
            path = tmp_path / "livraison.csv"
            path.write_bytes(content.encode())
        return receive_delivery(
            path=path, filename=path.name, source=source, vintage=date.fromisoformat(vintage), by=None, now=now
        )

    return deliver


@pytest.fixture
def val_degide(receive):
    """Deliver rows (commune, sex, age, relationship, value) of the fictional département."""

    def deliver(*rows, vintage="2023-01-31"):
        lines = (f"{commune};2022;{sex};{age};{link};victime;{value};true" for commune, sex, age, link, value in rows)
        return receive("\n".join([HEADER, *lines]) + "\n", "val-degide-recorded", vintage)

    return deliver


@pytest.fixture
def indicator():
    """An indicator that counts the rows `where` of a source."""

    def make(source, *, unit=None, kind="count", **where):
        return Indicator(
            code="-".join(["test", *(code for codes in where.values() for code in codes)]), version="1",
            valid_from=date(2022, 1, 1), valid_to=None, label=Text("Essai", "Test"), definition=Text("Essai", "Test"), kind=kind,
            unit=unit, population=Population("all", Text("Tous", "All")), cohort="recorded-in-year", source=source, where=where,
        )  # fmt: skip

    return make


@pytest.fixture
def ssmsi(receive, shared_data):
    """Deliver the ministry's four départemental files, or some of them, by vintage."""
    files = {
        "2023-02-09": "donnee-dep-2022-produit-le2023-02-09.csv.gz",
        "2023-07-17": "donnee-dep-2022-produit-le2023-07-17.csv.gz",
        "2024-07-05": "donnee-dep-2023-produit-le2024-07-05.csv.gz",
        "2025-07-10": "donnee-dep-2024-phl43.csv.gz",
    }

    def deliver(*vintages):
        return [
            receive(shared_data / "ssmsi" / files[vintage], "ssmsi-departements", vintage)
            for vintage in vintages or files
        ]

    return deliver


@pytest.fixture
def etat4001(receive, shared_data):
    return receive(shared_data / "etat4001/etat4001_monthly_tidy.csv.gz", "etat4001", "2021-11-01")
