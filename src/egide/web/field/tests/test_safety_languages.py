"""The safety pages speak four languages in full, from the right where it is written so; no other page pretends to."""

import re

import pytest
from django.utils import translation
from django.utils.translation.trans_real import DjangoTranslation

from egide.web.languages import EVERYWHERE, SAFETY, in_language

FOUR = [*EVERYWHERE, *SAFETY]
ASKED = {"audience": "victim", "theme": "", "commune": "99002", "day": "2026-11-25", "hour": "10:00"}


@pytest.fixture
def fallen(monkeypatch):
    """The sentences of the house that a safety language was asked for and did not have."""
    fell: set[str] = set()
    for name in ("gettext", "ngettext"):
        usual = getattr(DjangoTranslation, name)

        def spy(self, message, *rest, usual=usual, plural=name == "ngettext"):
            key = (message, self.plural(rest[1])) if plural else message
            if self.to_language() in SAFETY and key not in self._catalog:
                fell.add(message)
            return usual(self, message, *rest)

        monkeypatch.setattr(DjangoTranslation, name, spy)
    return fell


@pytest.mark.parametrize("language", SAFETY)
def test_a_safety_page_says_every_sentence_in_its_language(language, client, directory, fallen):
    """All that the pages say, services and errors included, is in the catalogue of the language: nothing falls to another."""
    pages = [client.get(in_language(path, language)) for path in ("/que-faire/", "/annuaire/", "/annuaire/liste/")]
    searched = client.post(in_language("/annuaire/", language), ASKED)
    links = re.findall(
        rf'href="(/{language}/annuaire/[0-9a-f-]{{36}}/)"', searched.content.decode() + pages[2].content.decode()
    )
    pages += [client.get(each) for each in dict.fromkeys(links)]
    pages += [searched, client.post(in_language("/annuaire/", language), ASKED | {"commune": "Nulle-Part"})]
    assert len(pages) > 12
    for page in pages:
        assert page.status_code == 200
        direction = ' dir="rtl"' if language == "ar" else ""
        assert f'<html lang="{language}"{direction}>' in page.content.decode()
        others = re.findall(r'lang="(..)"\s+hreflang', page.content.decode())
        assert others == [each for each in FOUR if each != language]
    gone = client.get(in_language("/annuaire/00000000-0000-4000-8000-000000000000/", language))
    assert gone.status_code == 404
    assert not fallen


def test_a_count_is_said_with_the_plural_of_its_language():
    """One, two, few and many are four words in Arabic and three in Ukrainian."""
    from egide.web.public.directory.searching import _found

    said = {}
    for language in SAFETY:
        with translation.override(language):
            said[language] = [_found(count) for count in (1, 2, 5, 11, 21, 102)]
    assert said["ar"][:2] == ["خدمة واحدة مفتوحة.", "خدمتان مفتوحتان."]
    assert said["ar"][2:4] == ["5 خدمات مفتوحة.", "11 خدمة مفتوحة."]
    assert [each.split()[1] for each in said["uk"]] == ["служба", "служби", "служб", "служб", "служба", "служби"]


@pytest.mark.parametrize("language", SAFETY)
def test_a_page_outside_is_not_half_translated(language, client, db):
    """It is answered in French; the home page is what to do now; no page outside offers the language."""
    assert client.get(f"/{language}/")["Location"] == f"/{language}/que-faire/"
    for path in ("/lettres/?page=2", "/connexion/", "/rien-ici/"):
        assert client.get(f"/{language}{path}")["Location"] == path
    assert client.get(f"/{language}//ailleurs.example/")["Location"].startswith("/ailleurs")
    assert f'hreflang="{language}"' not in client.get("/sources/").content.decode()
    links = re.findall(r'<a[^>]*href="/([^"?]*)', client.get(f"/{language}/que-faire/").content.decode())
    led = {re.sub(r"^(en|ar|uk)/", "", each) for each in links}
    assert led == {"", "que-faire/", "annuaire/"}
