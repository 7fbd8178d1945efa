"""What a statistician signed about a break binds every growth, as what the catalogue declares does."""

from datetime import date
from fractions import Fraction

import pytest

from egide.core.period import Period
from egide.foundation.catalogue import Indicator, Population, Text, get_source
from egide.methods.comparability import Backcast, NotComparable
from egide.statistics.harmonisation.breaks.actions import propose_breaks, sign_break
from egide.statistics.harmonisation.breaks.tests.conftest import invented
from egide.statistics.tabulation import growth as room
from egide.statistics.tabulation.tabulate import tabulate_indicator


@pytest.fixture
def proposal(statistician, receive, now):
    receive(invented(), "etat4001", "2018-02-01")
    (found,) = propose_breaks(source="etat4001", by=statistician.username, now=now)
    return found


def test_no_growth_crosses_a_signed_break_without_a_back_cast(proposal, statistician, now, monkeypatch):
    """AT-59: what a statistician signed binds as what the catalogue declares; with a back-cast both values are shown."""
    undeclared = get_source("etat4001").__class__(**{**vars(get_source("etat4001")), "breaks": ()})
    monkeypatch.setattr(room, "get_source", lambda code: undeclared)
    indicator = Indicator(
        code="test-49", version="1", valid_from=date(2000, 1, 1), valid_to=None, label=Text("Essai", "Test"),
        definition=Text("Essai", "Test"), kind="count", unit=None, population=Population("all", Text("Tous", "All")),
        cohort="recorded-in-year", source="etat4001", where={"offence": ["49"]},
    )  # fmt: skip
    asked = {"before": "2011-12", "after": "2012-12", "territory": "FR"}
    free = room.growth_of(indicator, **asked)
    assert free.value > Fraction(1, 5)
    sign_break(proposal=proposal.id, decision="ARTEFACT", words="Nouvel outil", by=statistician.username, now=now)
    with pytest.raises(NotComparable, match="2012-01, Nouvel outil"):
        room.growth_of(indicator, **asked)
    earlier = room.describe(tabulate_indicator(indicator, period="2011-12", territory="FR"))
    recast = earlier.__class__(**{**vars(earlier), "value": int(earlier.value * Fraction(7, 5))})
    told = room.growth_of(indicator, **asked, backcast=Backcast(recast, "Niveau de 2011 relevé de 40 %"))
    assert told.as_published == free.value
    assert abs(told.value) < Fraction(1, 5)
    assert told.crossed[0].at == Period.parse("2012-01")


def test_a_signed_break_of_one_département_does_not_bind_another():
    assert [room._meets("75", each) for each in ("75", "FR", "13")] == [True, True, False]
    assert room._meets("", "13")
