"""A break in the period of a figure reaches the status that every format carries."""

from types import SimpleNamespace

import pytest

from egide.foundation.catalogue import Break, Text
from egide.statistics.publication.composition import figures

CAUSE = Text("Nouvel outil", "New tool")


@pytest.mark.parametrize(
    ("at", "kind", "of", "period", "status"),
    [
        ("2012-01", "artefact", "count", "2012", "B"),
        ("2012-01", "declared", "share", "2012-01", "B"),
        ("2012-01", "real", "count", "2012", "A"),
        ("2012-01", "artefact", "count", "2013", "A"),
        ("2012-01", "artefact", "growth", "2012", "A"),
    ],
)
def test_a_level_after_a_break_is_marked_b(monkeypatch, at, kind, of, period, status):
    """X13: OBS_STATUS is B where the level is not that of the period before; a growth that was computed crossed none."""
    monkeypatch.setattr(figures, "breaks_of", lambda indicator, territory: (Break({}, at, kind, CAUSE),))
    assert figures._status(SimpleNamespace(kind=of), SimpleNamespace(period=period, territory="FR")) == status
