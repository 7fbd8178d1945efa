"""What the working group was told of a definition is a break of the series, as the catalogue's own are."""

from datetime import date

import pytest

from egide.foundation.catalogue import Break, Text, get_indicator
from egide.statistics.sources import actions
from egide.statistics.sources.meetings import declared_breaks
from egide.statistics.sources.queries import get_source
from egide.statistics.tabulation.growth import breaks_of


def test_a_change_of_definition_opens_a_break_of_its_series_and_of_no_other(statistician, inside_statistics, now):
    """AT-74: a definition change opens a break; no growth crosses it (X13)."""
    told = {
        "source": "published-figures", "series": {"item": "women-killed-partner"}, "at": "2023", "cause": "Champ élargi",
        "cause_en": "Wider scope", "by": statistician.username, "now": now,
    }  # fmt: skip
    meeting = actions.record_meeting(
        held_on=date(2024, 1, 15), subject="Définitions", producers=["miprof"], by=statistician.username, now=now
    )
    for wrong in ({"at": "demain"}, {"cause": " "}, {"series": {"item": "nowhere"}}, {"series": {"colour": "red"}}):
        with pytest.raises(actions.NotRecorded):
            actions.record_definition_change(meeting=meeting, **{**told, **wrong})
    actions.record_definition_change(meeting=meeting, **told)
    opened = Break({"item": "women-killed-partner"}, "2023", "declared", Text("Champ élargi", "Wider scope"))
    assert declared_breaks("published-figures") == (opened,)
    assert opened in breaks_of(get_indicator("women-killed-partner"), "FR")
    assert opened not in breaks_of(get_indicator("convicted-partner-violence"), "FR")
    assert opened in get_source("published-figures").breaks
