"""J1, step 9: the time line prepared, a complaint refused, its 24 hours and its letters; then taken, and her own page."""

import re

import pytest

from tests.journeys.entering import main_of, open_a_file
from tests.journeys.following import follow

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]


@pytest.fixture
def complaint(enter):
    """The complaint of a fresh file of the colleague's, on a phone: (page, its address)."""
    page = enter("collegue")
    open_a_file(page)
    follow(page.get_by_role("link", name="Plainte", exact=True))
    return page, page.url


def test_from_the_wish_to_her_own_page(complaint, visit, check):
    page, address = complaint
    check(page, "j1-c-wish")
    follow(page.get_by_role("button", name="Déposer plainte"))
    prepare_the_time_line(page, check)
    page.goto(address)
    refused(page, check)
    taken(page, check)
    follow_alone(page, visit, check)


def prepare_the_time_line(page, check) -> None:
    """AT-90: a moment without a date, then one between two dates."""
    follow(page.get_by_role("link", name="Récit"))
    page.get_by_label("Ce qui s’est passé").fill("Il a cassé mon téléphone.")
    follow(page.get_by_role("button", name="Garder ce moment"))
    page.get_by_label("entre deux dates").check()
    page.get_by_label("Date", exact=True).fill("03/2019")
    page.get_by_label("Seconde date").fill("2020")
    follow(page.get_by_role("button", name="Garder ce moment"))
    assert "entre mars 2019 et 2020" in main_of(page)
    check(page, "j1-c-timeline")
    page.set_viewport_size({"width": 1280, "height": 844})
    check(page, "j1-c-timeline-1280")
    page.set_viewport_size({"width": 390, "height": 844})
    follow(page.locator("#undated h3 a"))
    check(page, "j1-c-moment")


def refused(page, check) -> None:
    """AT-81: the refusal opens 24 hours and the letters."""
    follow(page.get_by_role("link", name="Noter ce qu’un poste a fait"))
    page.locator("#id_station").select_option(label="Commissariat fictif de Pont-l’Égide")
    page.get_by_label("plainte refusée", exact=True).check()
    page.locator("#id_reason").select_option("no-certificate")
    page.locator("#id_words").fill("Revenez avec un certificat.")
    check(page, "j1-c-attempt")
    follow(page.get_by_role("button", name=re.compile("^Not")))
    assert "Réponse attendue avant" in main_of(page)
    follow(page.get_by_role("button", name="chef du poste"))
    check(page, "j1-c-refused")
    page.set_viewport_size({"width": 1280, "height": 844})
    check(page, "j1-c-refused-1280")
    page.set_viewport_size({"width": 390, "height": 844})
    with page.expect_download() as download:
        page.get_by_role("link", name="Lettre au procureur").click()
    assert download.value.suggested_filename == "lettre.pdf"
    follow(page.get_by_role("button", name="la plainte sera reçue"))


def taken(page, check) -> None:
    follow(page.get_by_role("link", name="Noter ce qu’un poste a fait"))
    page.locator("#id_place").fill("Brigade de Fontaine-Neuve")
    page.get_by_label("plainte reçue", exact=True).check()
    page.get_by_text("Récépissé, copie, autre jour").click()
    page.locator("#id_receipt").select_option("YES")
    follow(page.get_by_role("button", name=re.compile("^Not")))
    page.locator("#id_step").select_option("forwarded")
    follow(page.get_by_role("button", name="Ajouter cette étape"))
    assert "Elle est envoyée au service" in main_of(page)
    check(page, "j1-c-taken")


def follow_alone(page, visit, check) -> None:
    """AT-82: on a phone that others may hold: nothing before the code, and nothing after the page is closed."""
    follow(page.get_by_role("button", name="Créer sa page"))
    link, code = (secret.inner_text() for secret in page.locator(".secret").all())
    check(page, "j1-c-secrets")
    phone = visit(width=390)
    phone.goto(link)
    assert phone.title() == "Page"
    assert "plainte" not in phone.content().lower()
    check(phone, "j1-c-code")
    phone.get_by_label("Code").fill(code)
    follow(phone.get_by_role("button", name="Ouvrir"))
    assert "Votre plainte est reçue" in main_of(phone)
    assert phone.title() == "Page"
    check(phone, "j1-c-steps")
    follow(phone.get_by_role("link", name="Fermer cette page"))
    assert "plainte" not in phone.content().lower()
    assert phone.context.cookies() == [] or {cookie["name"] for cookie in phone.context.cookies()} == {"csrftoken"}
