"""The register on a page: one answer, never kept, never in an address; and the measures of a file for its team."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from egide.field.assessments.following.queries import list_reviews
from egide.field.protection.queries import list_consultations, list_measures
from tests.people import acting

MEASURE = {
    "kind": "protection-order", "court": "Tribunal fictif", "forbidden": ["approach-home", "contact"], "proof": "SEEN",
    "defendant_family": "Fictif", "defendant_given": "Sacha", "defendant_born": "1990-06-01", "area": "12 rue Secrète",
}  # fmt: skip
QUESTION = {"family_name": "Fictif", "given_name": "Sacha", "born_on": "1990-06-01", "motive": "intervention"}


@pytest.fixture
def municipal(make_account):
    return make_account("municipale", "MUNICIPAL_OFFICER", at="police-municipale-e")


@pytest.fixture
def noted(file, worker, signed_in, now):
    """A measure typed by the worker, in force today."""
    today = timezone.localdate(now)
    days = {"decided_on": today, "from_day": today, "last_day": today + timedelta(days=20)}
    client = signed_in(worker)
    answer = client.post(
        f"/terrain/dossiers/{file.id}/mesures/noter/", {**MEASURE, **{k: str(v) for k, v in days.items()}}
    )
    assert answer.status_code == 302, answer.content.decode()
    return file


@pytest.mark.django_db
def test_the_officer_lands_on_one_form_and_reads_what_is_forbidden_in_one_tap(
    active_protection, noted, municipal, signed_in
):
    """AT-84: nothing else of the measure is on the page; Z04: the answer is not stored by the device."""
    client = signed_in(municipal)
    assert client.get("/connexion/")["Location"] == "/terrain/registre/"
    answer = client.post("/terrain/registre/", QUESTION)
    page = answer.content.decode()
    assert "s’approcher du domicile" in page
    assert answer["Cache-Control"] == "no-store"
    for secret in (
        "Tribunal fictif",
        "Ordonnance de protection",
        "rue Secrète",
        str(noted.id),
        noted.reference,
        "Exemple",
    ):
        assert secret not in page
    assert "Sacha" not in page, "the form comes back empty"


@pytest.mark.django_db
def test_nothing_known_does_not_say_that_there_is_nothing(active_protection, municipal, signed_in):
    page = signed_in(municipal).post("/terrain/registre/", QUESTION).content.decode()
    assert "Une mesure peut exister quand même" in page


@pytest.mark.django_db
def test_a_question_needs_its_motive_and_a_whole_identity(active_protection, municipal, signed_in):
    client = signed_in(municipal)
    for missing in QUESTION:
        page = client.post("/terrain/registre/", {**QUESTION, missing: ""}).content.decode()
        assert 'role="alert"' in page
        assert "Rien de connu" not in page


@pytest.mark.django_db
def test_without_its_legal_act_the_register_is_a_page_in_words(municipal, signed_in):
    """Z04: off without a legal act."""
    client = signed_in(municipal)
    for answer in (client.get("/terrain/registre/"), client.post("/terrain/registre/", QUESTION)):
        assert answer.status_code == 503
        assert "family_name" not in answer.content.decode()


@pytest.mark.django_db
def test_nobody_asks_by_an_address_and_the_worker_does_not_ask_at_all(
    active_protection, noted, municipal, worker, signed_in
):
    page = signed_in(municipal).get("/terrain/registre/", QUESTION).content.decode()
    assert "s’approcher du domicile" not in page
    assert signed_in(worker).get("/terrain/registre/").status_code == 403


@pytest.mark.django_db
def test_the_team_reads_the_measure_reports_a_breach_and_is_led_to_the_danger(
    active_protection, noted, worker, signed_in, now
):
    """AT-84: a breach opens the review."""
    client, base = signed_in(worker), f"/terrain/dossiers/{noted.id}/mesures/"
    page = client.get(base).content.decode()
    assert "en vigueur" in page
    one = re.search(rf'href="({base}[0-9a-f-]{{36}}/)"', page)[1]
    assert "Tribunal fictif" in client.get(one).content.decode()
    told = {
        "happened_at": timezone.localtime(now).strftime("%Y-%m-%dT00:00"),
        "acts": ["contact"],
        "nature": "FACT_TOLD",
        "police_told": "NO",
    }
    answer = client.post(f"{one}non-respect/", told)
    assert answer["Location"].endswith("/danger/")
    assert client.get(answer["Location"]).status_code == 200
    with acting(worker):
        assert list_reviews(noted).get().event == "breach"


@pytest.mark.django_db
def test_the_court_lifts_or_renews_and_the_page_says_so(active_protection, noted, worker, municipal, signed_in, now):
    client, base = signed_in(worker), f"/terrain/dossiers/{noted.id}/mesures/"
    with acting(worker):
        [first] = list_measures(noted, now=now)
    one, today = f"{base}{first.measure.id}/", timezone.localdate(now)
    again = {"decided_on": today, "from_day": today + timedelta(days=21), "last_day": today + timedelta(days=200)}
    assert client.get(f"{one}renouveler/").status_code == 200
    answer = client.post(f"{one}renouveler/", {**MEASURE, **{k: str(v) for k, v in again.items()}})
    assert answer.status_code == 302
    assert client.post(f"{one}levee/", {"on": str(today)}).status_code == 302
    page = client.get(base).content.decode()
    assert "levée par la juridiction" in page
    assert "accordée, pas encore en vigueur" in page
    assert "Rien de connu" in signed_in(municipal).post("/terrain/registre/", QUESTION).content.decode()


@pytest.mark.django_db
def test_the_page_of_the_file_says_who_asked(active_protection, noted, worker, municipal, signed_in):
    signed_in(municipal).post("/terrain/registre/", QUESTION)
    page = signed_in(worker).get(f"/terrain/dossiers/{noted.id}/mesures/").content.decode()
    assert "Agent fictif municipale" in page
    assert "Intervention en cours" in page
    with acting(worker):
        assert list_consultations(noted).count() == 1


@pytest.mark.django_db
def test_what_ends_soon_stands_in_todays_list(noted, worker, signed_in):
    assert "Mesures de protection qui prennent fin bientôt" in signed_in(worker).get("/terrain/").content.decode()
