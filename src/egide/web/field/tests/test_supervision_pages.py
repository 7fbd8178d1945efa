"""One's own supervision by its pages: noted, its length told, counted on “my year”, taken out; nothing of it for a colleague."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from egide.field.supervision.models import Session
from tests.people import acting


@pytest.mark.django_db
def test_a_session_is_noted_held_counted_and_nobody_elses_page_shows_it(worker, colleague, signed_in, now):
    """D34, R01."""
    client, at = signed_in(worker), timezone.localtime(now) - timedelta(minutes=2)
    told = {"on": at.date().isoformat(), "at": f"{at:%H:%M}", "kind": "GROUP"}
    assert "Analyse de pratique" in client.post(reverse("supervision"), told, follow=True).content.decode()
    with acting(worker):
        session = Session.objects.get()
    assert "combien de temps" in client.get(reverse("today")).content.decode()
    here = reverse("supervision_session", args=[session.id])
    client.post(here, {"minutes": "90"})
    assert "1 h 30" in client.get(reverse("year_of_mine", args=[at.year])).content.decode()
    assert signed_in(colleague).get(here).status_code == 404
    client.post(here, {})
    with acting(worker):
        assert Session.objects.exists()
    client.post(here, {"sure": "on"})
    with acting(worker):
        assert not Session.objects.exists()
