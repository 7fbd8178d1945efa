"""Every page of the field answers in both languages, and a foreign file answers as one that does not exist."""

import pytest
from django.urls import reverse
from django.utils import translation

PAGES = [
    "case", "contact", "appointment", "close_case", "write_entry", "record_act", "record_episode", "team", "traces",
    "consents", "dangers", "needs", "referrals",
]  # fmt: skip


def address(name, language, **kwargs):
    with translation.override(language):
        return reverse(name, kwargs=kwargs)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_of_a_file_answers_in_both_languages(language, file, worker, signed_in, directory):
    client = signed_in(worker)
    for name in PAGES:
        response = client.get(address(name, language, case=file.id))
        assert response.status_code == 200, name
        page = response.content.decode()
        assert f'<html lang="{language}">' in page
        assert "Alix" not in page.partition("<body>")[0]
    for name in ("today", "open_case"):
        assert client.get(address(name, language)).status_code == 200
    assert client.get(address("partners", language, case=file.id, domain="housing")).status_code == 200
