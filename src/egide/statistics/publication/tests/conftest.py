"""The sample deliveries, delivered for real, and a way to correct one."""

from datetime import date
from pathlib import Path

import pytest

import egide
from egide.statistics.collection.actions import receive_delivery
from egide.statistics.publication.actions import compose_release, publish_release, sign_release

SAMPLE = Path(egide.__file__).parent / "sample/deliveries"


@pytest.fixture
def deliver(inside_statistics, now, tmp_path):
    """Deliver a sample file, its text changed by `edit`, under a vintage."""

    def receive(source, vintage=None, edit=lambda text: text):
        path = next(SAMPLE.glob(f"{source}_*.csv"))
        changed = tmp_path / f"{source}_{vintage or path.stem.rsplit('_', 1)[1]}.csv"
        changed.write_text(edit(path.read_text()))
        stated = vintage or path.stem.rsplit("_", 1)[1]
        return receive_delivery(
            path=changed, filename=changed.name, source=source, vintage=date.fromisoformat(stated), by=None, now=now
        )

    return receive


@pytest.fixture
def delivered(deliver):
    for source in ("published-figures", "val-degide-recorded", "egide-field"):
        assert deliver(source).verdict == "ACCEPTED"


@pytest.fixture
def publish(now):
    """Compose, sign and publish the letter of 2022, as three jobs."""

    def let_out():
        release = compose_release(edition=2022, by="job:composer", now=now)
        sign_release(release_id=release.id, by="job:signatory", now=now)
        return publish_release(release_id=release.id, by="job:editor", now=now)

    return let_out
