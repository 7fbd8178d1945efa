"""A producer's file, written for one test and delivered."""

from datetime import date
from pathlib import Path

import pytest
from django.utils import translation

import egide
from egide.statistics.collection.actions import receive_delivery
from egide.statistics.collection.queries import get_delivery

SAMPLE = Path(egide.__file__).parent / "sample/deliveries"
HEADER = "commune;annee;sexe;age;lien;unite;victimes;fictif"
ROWS = (
    "99001;2022;F;Y18-24;intimate;victime;15;true",
    "99001;2022;M;Y18-24;intimate;victime;2;true",
    "99002;2022;F;Y18-24;intimate;victime;8;true",
    "99003;2022;F;Y18-24;family;victime;0;true",
)


def csv_of(*rows, header=HEADER, end="\n"):
    """The bytes of a delivery of the fictional département."""
    return (end.join((header, *rows)) + end).encode()


@pytest.fixture
def deliver(inside_statistics, now, tmp_path):
    """Deliver bytes, or a file, and return its receipt."""

    def receive(content, source="val-degide-recorded", vintage="2023-01-31", name="livraison.csv"):
        path = content if isinstance(content, Path) else tmp_path / name
        if path is not content:
            path.write_bytes(content)
        return receive_delivery(
            path=path, filename=path.name, source=source, vintage=date.fromisoformat(vintage), by=None, now=now
        )

    return receive


@pytest.fixture
def told():
    """The one finding of a code, as its producer reads it: (where, what, remedy) in a language."""

    def tell(delivery, code, language):
        with translation.override(language):
            found = [finding for finding in get_delivery(delivery.id).findings if finding.code == code]
            assert len(found) == 1, [finding.code for finding in get_delivery(delivery.id).findings]
            return found[0].where, found[0].what.replace("\u202f", " ").replace("\xa0", " "), found[0].remedy

    return tell
