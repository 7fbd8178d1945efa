"""What cannot be answered is answered in words: never a trace, always what, why and what to do."""

import pytest
from django.test import Client, RequestFactory
from django.utils import translation

from egide.web import answers

NONSENSE = [
    "/nulle-part/", "/lettres/abcd/", "/lettres/99999999999999999999/", "/lettres/1999/", "/lettres/2022/chiffres/%00/",
    "/lettres/2022/chiffres/rien/", "/lettres/2022/chiffres/%27%20OR%201=1/", "/lettres/2022/fichiers/..%2f..%2fetc",
    "/lettres/2022/fichiers/rien.pdf", "/sources/rien/", "/sources/%3Cscript%3E/", "/bureau/livraisons/pas-un-numero/",
    "/lettres/2022/revisions/0/", "/bureau/editions/20222/", "/en/rien/",
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("address", NONSENSE)
def test_a_nonsense_address_is_answered_in_words_with_suggestions(address, client: Client):
    response = client.get(address)
    page = response.content.decode()
    assert response.status_code == 404
    assert ("Cette page n’existe pas" in page) or ("This page does not exist" in page)
    assert "/lettres/" in page
    assert "Traceback" not in page
    assert "<script>" not in page


@pytest.mark.django_db
def test_nonsense_parameters_change_nothing_or_answer_in_words(client: Client):
    assert client.get("/?page=%00&x=<script>").status_code == 200
    assert client.get("/lettres/?page=-1").status_code == 200
    response = client.get("/connexion/?next=https://exemple.invalid/")
    assert "exemple.invalid" not in response.content.decode().partition("<main")[2]


@pytest.mark.django_db
def test_the_language_switch_never_leads_to_another_host(client: Client):
    page = client.get("/en//exemple.invalid/").content.decode()
    assert 'href="/exemple.invalid/"' in page
    assert 'href="//' not in page


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_another_method_is_answered_in_words(method, client: Client):
    response = getattr(client, method)("/lettres/")
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"
    assert "ne s’utilise pas ainsi" in response.content.decode()


@pytest.mark.parametrize(("language", "words"), [("fr", "Une panne s’est produite"), ("en", "Something broke")])
def test_a_broken_page_is_answered_without_the_database(language, words, rf: RequestFactory):
    with translation.override(language):
        response = answers.server_error(rf.get("/"))
    assert response.status_code == 500
    assert words in response.content.decode()


@pytest.mark.django_db
def test_a_form_without_its_key_is_refused_in_words():
    response = Client(enforce_csrf_checks=True).post("/connexion/", {"username": "x", "password": "y"})
    assert response.status_code == 403
    assert "Ce formulaire a expiré" in response.content.decode()


@pytest.mark.django_db
def test_an_unknown_host_is_refused_in_words(client: Client):
    response = client.get("/", headers={"host": "exemple.invalid"})
    assert response.status_code == 400
    assert "n’a pas été comprise" in response.content.decode()


@pytest.mark.django_db
def test_too_many_wrong_passwords_are_answered_in_words_even_to_the_right_one(client: Client, statistician):
    for _ in range(5):
        response = client.post("/connexion/", {"username": statistician.username, "password": "faux"})
    assert response.status_code == 429
    assert "Trop de tentatives" in response.content.decode()
    right = client.post("/connexion/", {"username": statistician.username, "password": statistician.plain})
    assert right.status_code == 429
