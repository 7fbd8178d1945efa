"""The pages of the inventory: a concept side by side, the working group's year, and the break that a reader then sees."""

import pytest
from django.test import Client
from django.utils import timezone

from .test_pages import check_page, signed_in


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "language"), [("/sources/notions/", "fr"), ("/en/sources/notions/sexual-violence/", "en")]
)
def test_a_concept_says_what_may_be_compared(path, language, client: Client):
    response = client.get(path)
    assert response.status_code == 200
    check_page(response.content.decode(), language)
    assert client.get("/sources/notions/nowhere/").status_code == 404


@pytest.mark.django_db
def test_a_meeting_is_recorded_and_a_change_of_definition_is_shown_to_every_reader(
    statistician, active_statistics, client
):
    """AT-74: four a year; a definition change opens a break."""
    signed_in(client, statistician)
    page = client.get("/bureau/reunions/").content.decode()
    check_page(page, "fr")
    assert "0 sur 4" in page
    sent = {"held_on": timezone.localdate().isoformat(), "subject": "Définitions", "producers": ["miprof"]}
    assert client.post("/bureau/reunions/", sent).status_code == 302
    page = client.get("/bureau/reunions/").content.decode()
    assert "1 sur 4" in page
    meeting = page.split('<select name="meeting"')[1].split('value="')[1].split('"')[0]
    told = {
        "meeting": meeting, "series": "published-figures|item=women-killed-partner", "at": "2023", "cause": "Champ élargi",
        "cause_en": "Wider scope",
    }  # fmt: skip
    assert client.post("/bureau/reunions/", told).status_code == 302
    assert "Champ élargi" in client.get("/bureau/reunions/").content.decode()
    assert "Champ élargi" in Client().get("/sources/published-figures/").content.decode()
