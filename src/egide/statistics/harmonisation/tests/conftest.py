"""A producer's file, real or written for one test, delivered."""

from datetime import date
from pathlib import Path

import pytest

from egide.statistics.collection.actions import receive_delivery

HEADER = "commune;annee;sexe;age;lien;unite;victimes;fictif"


@pytest.fixture
def receive(inside_statistics, now, tmp_path):
    """Deliver a file, or text, and return its receipt."""

    def deliver(content, source, vintage="2023-01-31"):
        path = content
        if not isinstance(content, Path):
            path = tmp_path / "livraison.csv"
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return receive_delivery(
            path=path, filename=path.name, source=source, vintage=date.fromisoformat(vintage), by=None, now=now
        )

    return deliver
