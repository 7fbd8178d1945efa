"""From spotting to an offer, and nothing about anyone left behind: R37, AT-85."""

import pytest
from django.db import connection

from egide.field.casefiles.permissions import NotAllowed
from egide.field.spotting.actions import count_offer
from egide.field.spotting.models import OfferCount
from egide.foundation.catalogue import get_nomenclature
from tests.people import acting


@pytest.fixture
def teacher(make_account):
    return make_account("professeure", "PROFESSIONAL", at="ecole-f")


@pytest.mark.django_db
def test_an_offer_leaves_one_number_for_the_organisation_and_the_month(teacher, now):
    """AT-85: no person, no account, no hour, no sign."""
    with acting(teacher):
        assert [count_offer(by=teacher.id, now=now) for _ in range(3)] == [1, 2, 3]
        [kept] = OfferCount.objects.all()
    assert {field.name for field in OfferCount._meta.get_fields()} == {"id", "organisation", "month", "number"}
    assert (kept.number, kept.month.day) == (3, 1)


@pytest.mark.django_db
def test_no_trace_is_written_of_an_offer(teacher, now):
    """AT-85: the trail too stays silent."""
    from egide.foundation.audit.models import Event
    from egide.foundation.wings.entering import Subject, entering

    def traces():
        with entering("foundation", Subject.job("tests")):
            return Event.objects.count()

    before = traces()
    with acting(teacher):
        count_offer(by=teacher.id, now=now)
    assert traces() == before


@pytest.mark.django_db
def test_an_organisation_neither_sees_nor_raises_the_count_of_another(teacher, worker, make_account, now):
    with acting(teacher):
        count_offer(by=teacher.id, now=now)
    with acting(worker), connection.cursor() as cursor:
        assert OfferCount.objects.count() == 0
        cursor.execute("UPDATE field_spotting_offercount SET number = 99")
        assert cursor.rowcount == 0
    clerk = make_account("statisticien-x", "STATISTICIAN", at="observatoire-g")
    with acting(clerk), pytest.raises(NotAllowed):
        count_offer(by=clerk.id, now=now)


def test_the_grid_is_short_and_says_what_may_open_a_conversation_never_what_someone_is():
    """R37: the outcome is an offer; no score, no threshold, no label stands in the data."""
    signs = get_nomenclature("spotting-signs").codes
    assert 8 <= sum(1 for sign in signs.values() if sign.parent) <= 12
    themes = get_nomenclature("service-themes").codes
    assert set(get_nomenclature("spotting-offers").codes) <= set(themes)
    words = " ".join(entry.label.fr.lower() for entry in signs.values())
    assert not any(word in words for word in ("victime", "auteur", "probable", "niveau", "score"))
