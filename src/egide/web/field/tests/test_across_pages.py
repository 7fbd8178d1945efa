"""What crosses every room of the field: messages, the day of the purge."""

import pytest
from django.urls import reverse


@pytest.mark.django_db
def test_the_agreed_words_are_given_once_a_day_and_the_page_says_what_became_of_them(file, worker, signed_in):
    """X07: her words, her hours; the same day nothing more is sent."""
    client, page = signed_in(worker), reverse("message", kwargs={"case": file.id})
    assert "La bibliothèque" in client.get(page).content.decode()
    first = client.post(page, follow=True).content.decode()
    assert "heures sûres de la personne" in first
    assert "retenu, partira" in first
    assert "déjà été confié aujourd’hui" in client.post(page, follow=True).content.decode()


@pytest.mark.django_db
def test_a_file_says_on_which_day_it_is_erased(file, worker, signed_in):
    """X11: each record shows its purge date."""
    page = signed_in(worker).get(reverse("case", kwargs={"case": file.id})).content.decode()
    assert "Effacé le" in page
    assert "si plus rien n’y est fait" in page
