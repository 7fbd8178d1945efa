"""J1, beside the file: a report about a person who cannot protect themselves, from the demonstration's own file."""

import re

import pytest

from tests.journeys.following import follow

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]


def main_of(page) -> str:
    return page.inner_text("main").replace("\u00a0", " ").replace("\u202f", " ")


def look(page, check, name) -> None:
    """Check the page on a phone, then on a desk."""
    check(page, name)
    page.set_viewport_size({"width": 1280, "height": 844})
    check(page, f"{name}-1280")
    page.set_viewport_size({"width": 390, "height": 844})


@pytest.fixture
def worker(demo_site, visit):
    """The social worker's day, on a phone."""
    address, accounts = demo_site
    page = visit(width=390)
    page.goto(f"{address}/connexion/")
    page.get_by_label("Identifiant").fill("intervenante")
    page.get_by_label("Mot de passe").fill(accounts["intervenante"])
    follow(page.get_by_role("button", name="Se connecter"))
    return page


def test_beside_the_file(worker, check):
    """One sign-in for the three: the report, each child, the attestation."""
    day = worker.url
    report(worker, check)
    worker.goto(day)


def report(page, check) -> None:
    """AT-86: written with its text, sent, its outcome noted, and the person told by a safe way only."""
    follow(page.locator("#files h3 a").nth(1))
    file = page.url
    follow(page.get_by_role("link", name="Personne majeure vulnérable"))
    look(page, check, "adults-list")
    follow(page.get_by_role("link", name="Écrire un signalement"))
    look(page, check, "adults-form")
    page.get_by_label("une incapacité psychique ou mentale").check()
    page.get_by_label("Oui, dans un couple présent ou passé").check()
    page.get_by_label("il était impossible de demander", exact=True).check()
    page.locator("#id_agreement_words").fill("Deux rendez-vous, jamais seule.")
    page.locator("#id_informed").fill("Non : cela l’exposerait.")
    page.locator("#id_observed").fill("Bleus aux deux poignets.")
    page.locator("#id_service").select_option(index=1)
    page.locator("#id_recipient_name").fill("Mme Fictive")
    follow(page.get_by_role("button", name="Demander au droit et écrire le signalement"))
    assert "n’est pas dans la liste" in main_of(page)
    check(page, "adults-form-refused")
    page.locator("#id_impossible_because").select_option("never-alone")
    follow(page.get_by_role("button", name="Demander au droit et écrire le signalement"))
    look(page, check, "adults-report")
    follow(page.get_by_role("button", name="Envoyer le signalement"))
    assert re.search(r"\d{4} \d{4}", main_of(page))
    follow(page.get_by_role("link", name="Revenir au signalement"))
    follow(page.get_by_role("link", name="Lire la fiche telle qu’elle sera lue"))
    assert "Ne pas écrire au domicile" in main_of(page)
    page.go_back()
    page.get_by_label("une mesure de protection juridique").check()
    follow(page.get_by_role("button", name="Noter la suite"))
    look(page, check, "adults-tell")
    page.get_by_label("de vive voix, la personne étant seule").check()
    follow(page.get_by_role("button", name="Clore le signalement"))
    assert "terminé" in main_of(page)
    check(page, "adults-closed")
    page.goto(file)
