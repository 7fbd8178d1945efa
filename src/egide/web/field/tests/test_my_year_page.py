"""“My year” by its page: four counters, bases said, a table to take away; nothing of a colleague."""

import pytest
from django.urls import reverse
from django.utils import timezone

from egide.field.casefiles.actions import record_action
from tests.people import acting


@pytest.mark.django_db
def test_the_page_keeps_the_four_counters_apart_and_says_each_base(file, worker, signed_in, now):
    """AT-01: the base of each share is printed."""
    with acting(worker):
        record_action(case=file, kind="listening", done_at=now, minutes=5, by=worker.id, now=now)
    page = signed_in(worker).get(reverse("my_year")).content.decode()
    for words in ("Personnes reçues", "Dossiers ouverts", "Entretiens", "Actions", "base"):
        assert words in page, words
    assert "Exemple" not in page
    assert file.reference not in page


@pytest.mark.django_db
def test_the_return_is_taken_away_as_a_table_and_no_year_to_come_exists(file, worker, signed_in, now):
    client, year = signed_in(worker), timezone.localdate(now).year
    taken = client.get(reverse("my_return", args=[year]))
    assert taken["Content-Type"].startswith("text/csv")
    assert "new-cases;;;1" in taken.content.decode()
    paper = client.get(reverse("my_return_paper", args=[year]))
    assert paper.content.startswith(b"%PDF")
    assert paper["Content-Disposition"] == f'attachment; filename="annee-{year}.pdf"'
    for other in (year + 1, 1999):
        assert client.get(reverse("my_return", args=[other])).status_code == 404
        assert client.get(reverse("year_of_mine", args=[other])).status_code == 404
    assert "Rien de vous" in client.get(reverse("year_of_mine", args=[year - 1])).content.decode()
