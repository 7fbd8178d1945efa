"""Every page answers in both languages, keeps its reader's language, and closes the desk to those without a role."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

PUBLIC = ["home", "letters", "sources", "sign_in", "accessibility", "about"]
DESK = ["desk", "deliveries", "deposit"]
FIRST_SOURCE = {"code": "etat4001"}


def address(name: str, language: str, **kwargs) -> str:
    with translation.override(language):
        return reverse(name, kwargs=kwargs)


def signed_in(client: Client, account) -> Client:
    response = client.post("/connexion/", {"username": account.username, "password": account.plain})
    assert response.status_code == 302, response.content.decode()
    return client


def check_page(page: str, language: str) -> None:
    assert f'<html lang="{language}">' in page
    assert len(re.findall(r"<h1\b", page)) == 1
    assert re.search(r"<title>[^<]+ – Égide</title>", page)
    assert '<main id="content"' in page
    assert 'href="#content"' in page


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_page_answers_in_both_languages(name, language, client: Client):
    response = client.get(address(name, language))
    assert response.status_code == 200
    check_page(response.content.decode(), language)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_sheet_of_a_source_answers_in_both_languages(language, client: Client):
    response = client.get(address("source", language, **FIRST_SOURCE))
    assert response.status_code == 200
    check_page(response.content.decode(), language)


@pytest.mark.django_db
def test_the_language_switch_keeps_the_page(client: Client):
    assert 'href="/en/sources/etat4001/" lang="en" hreflang="en"' in client.get("/sources/etat4001/").content.decode()
    assert 'href="/sources/etat4001/" lang="fr" hreflang="fr"' in client.get("/en/sources/etat4001/").content.decode()
    page = client.get("/sources/").content.decode()
    assert '<link rel="alternate" hreflang="en" href="http://testserver/en/sources/">' in page


@pytest.mark.django_db
@pytest.mark.parametrize("name", DESK)
def test_the_desk_sends_strangers_to_the_door_and_back(name, client: Client):
    response = client.get(address(name, "fr"))
    assert response.status_code == 302
    assert response["Location"] == f"/connexion/?next={address(name, 'fr')}"


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", DESK)
def test_the_desk_answers_its_statistician_and_stays_out_of_search(
    name, language, client, statistician, active_statistics
):
    response = signed_in(client, statistician).get(address(name, language))
    assert response.status_code == 200
    check_page(response.content.decode(), language)
    assert "noindex" in response["X-Robots-Tag"]
    assert response["Cache-Control"] == "no-store"
    assert '<meta name="robots" content="noindex' in response.content.decode()


@pytest.mark.django_db
def test_a_closed_gate_is_a_page_in_words(client, statistician):
    response = signed_in(client, statistician).get("/bureau/")
    assert response.status_code == 503
    assert "n’est pas ouverte" in response.content.decode()


@pytest.mark.django_db
def test_a_missing_role_is_refused_in_words_and_stays_in_the_trail(client, statistician, active_statistics, owner):
    """X09: the refusal outlives the transaction that was rolled back (trap 12)."""
    from django.db import connection

    response = signed_in(client, statistician).get("/bureau/editions/2022/signer/")
    assert response.status_code == 403
    assert "Signataire" in response.content.decode()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE egide_foundation")
        cursor.execute("SELECT code, wing, actor FROM foundation_audit_event ORDER BY id DESC LIMIT 1")
        assert cursor.fetchone() == ("REFUSED", "", str(statistician.pk))
        cursor.execute("RESET ROLE")


@pytest.mark.django_db
def test_after_a_page_the_connection_is_back_to_the_role_that_reads_nothing(client, statistician, active_statistics):
    from django.db import connection

    signed_in(client, statistician).get("/bureau/")
    client.get("/")
    client.get("/bureau/editions/1999/")
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_setting('egide.subject', true)")
        assert cursor.fetchone() in {("egide_app", ""), ("egide_app", None)}


@pytest.mark.django_db
def test_a_file_too_large_is_refused_in_words_and_not_kept(client, statistician, active_statistics, settings):
    from django.core.files.uploadedfile import SimpleUploadedFile

    settings.EGIDE_MAX_BYTES = 1000
    form = {"source": "published-figures", "vintage": "2024-03-01"}
    signed_in(client, statistician)
    response = client.post(
        "/bureau/livraisons/deposer/", form | {"file": SimpleUploadedFile("gros.csv", b"x" * 200_000)}
    )
    page = response.content.decode()
    assert response.status_code == 413
    assert "Ce fichier dépasse" in page
    assert 'value="2024-03-01"' in page


@pytest.mark.django_db
def test_a_form_says_what_is_wrong_beside_the_field_and_above(client, statistician, active_statistics):
    response = signed_in(client, statistician).post("/bureau/livraisons/deposer/", {"vintage": "2999-01-01"})
    page = response.content.decode()
    assert "Un millésime ne peut pas être à venir" in page
    assert "Choisissez le fichier à déposer." in page
    assert 'role="alert"' in page
    assert 'aria-describedby="id_vintage_help id_vintage_error"' in page


@pytest.mark.django_db
def test_strict_policy_of_content_on_every_page(client):
    policy = client.get("/")["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe-inline" not in policy


@pytest.mark.django_db
def test_what_is_signed_is_what_was_shown(client, signatory, active_statistics, monkeypatch):
    """A revision composed while the page was open is not signed by mistake."""
    from types import SimpleNamespace

    from egide.web.statistics import editions

    later = SimpleNamespace(id=None, edition=2022, revision=2, state="DRAFT", built_by="statisticienne")
    monkeypatch.setattr(editions.queries, "list_releases", lambda *_: [later])
    response = signed_in(client, signatory).post("/bureau/editions/2022/signer/", {"revision": "1"})
    assert response.status_code == 409
    assert "La révision 2 a été composée depuis" in response.content.decode()


@pytest.mark.django_db
def test_reading_before_publication_is_written_in_the_trail(rf, statistician, active_statistics):
    """X09: who read what, under the wing and the account of the reader."""
    from django.db import connection
    from django.http import HttpResponse

    from egide.web.entrance import enters

    request = rf.get("/")
    request.user = statistician
    enters("statistics", role="STATISTICIAN", consults="edition")(lambda request, edition: HttpResponse("ok"))(
        request, edition=2022
    )
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE egide_foundation")
        cursor.execute("SELECT code, wing, actor, subject_id FROM foundation_audit_event ORDER BY id DESC LIMIT 1")
        assert cursor.fetchone() == ("EDITION_CONSULTED", "egide_statistics", str(statistician.pk), "2022")
        cursor.execute("RESET ROLE")
