"""The inventory: concepts side by side, what may be compared, the working group's four meetings, the breaks they open."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from egide.foundation.catalogue import get_sheet, list_sources
from egide.statistics.sources import actions
from egide.statistics.sources.concepts import get_concept, list_concepts
from egide.statistics.sources.meetings import get_year


def test_every_source_has_its_sheet_with_a_grade_and_its_years():
    """R30: the catalogue of sources."""
    for source in list_sources():
        assert get_sheet(source.code).grade in "ABCD"
    assert get_sheet("etat4001").last == 2021


def test_every_two_definitions_of_a_concept_have_a_verdict_and_a_survey_never_meets_a_record():
    """AT-72, by rule: on any concept, a survey and records are never divided one by the other."""
    for concept in list_concepts():
        n = len(concept.definitions)
        assert len(concept.relations) == n * (n - 1) // 2
        for each in concept.relations:
            if each.of.nature != each.to.nature:
                assert not each.comparable
    relations = {(each.of.id, each.to.id): each for each in get_concept("sexual-violence").relations}
    assert (relations["base", "base-2023"].kind, relations["base", "base-2023"].comparable) == ("broader", False)
    partner = get_concept("partner-violence").relations[0]
    assert (partner.of.id, partner.kind) == ("series", "broader")


@pytest.fixture
def recorded(statistician, inside_statistics, now):
    """Record a meeting on a day of a past year."""

    def record(day, by=None):
        return actions.record_meeting(
            held_on=date.fromisoformat(day), subject="Définitions", producers=["ssmsi", "miprof"],
            by=by or statistician.username, now=now,
        )  # fmt: skip

    return record


def test_the_working_group_meets_four_times_a_year_and_a_quarter_without_meeting_is_told(recorded):
    """AT-74."""
    for day in ("2024-01-15", "2024-04-16", "2024-10-03"):
        recorded(day)
    year = get_year(2024, today=date(2024, 12, 1))
    assert (year.held, year.without) == (3, (3,))
    assert get_year(2024, today=date(2024, 6, 30)).without == ()
    recorded("2024-07-02")
    assert (get_year(2024, today=date(2024, 12, 1)).held, get_year(2024, today=date(2024, 12, 1)).without) == (4, ())
    with pytest.raises(actions.NotRecorded):
        recorded("2024-07-02")


def test_only_who_keeps_the_statistics_records_and_never_a_day_to_come(signatory, recorded, now):
    with pytest.raises(actions.NotAllowed):
        recorded("2024-01-15", by=signatory.username)
    with pytest.raises(actions.NotRecorded):
        recorded((timezone.localdate(now) + timedelta(days=3)).isoformat())
