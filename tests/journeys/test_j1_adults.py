"""J1, beside the file: a report about a person who cannot protect themselves, from the demonstration's own file."""

import re

import pytest

from tests.journeys.conftest import SCREENSHOTS
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
    follow(worker.locator("#files").get_by_role("link", name=with_interview(worker)))
    file = worker.url
    children(worker, check)
    worker.goto(file)
    attestation(worker, check)
    worker.goto(day)
    sheets(worker, check)


def with_interview(page) -> str:
    """The reference of the demonstration's first file, whose person was received."""
    return page.locator("#files li, #files article").filter(has_text="Alix Exemple").locator("h3 a").first.inner_text()


def sheets(page, check) -> None:
    """R03: what a programme sent, and its receipt."""
    page.goto(page.url.partition("/terrain/")[0] + "/terrain/fiches/recues/")
    look(page, check, "sources-received")
    follow(page.locator("main h2 a").first)
    look(page, check, "sources-sheet")
    follow(page.get_by_role("button", name="Accuser réception"))
    assert "pas encore" not in main_of(page)


def test_a_programme_writes_its_own_sheet(demo_site, visit, check):
    """R03: by source, without a name; the author sees a receipt and nothing else."""
    address, accounts = demo_site
    page = visit(width=390)
    page.goto(f"{address}/connexion/")
    page.get_by_label("Identifiant").fill("programme")
    page.get_by_label("Mot de passe").fill(accounts["programme"])
    follow(page.get_by_role("button", name="Se connecter"))
    assert page.url.endswith("/terrain/fiches/")
    look(page, check, "sources-own")
    follow(page.get_by_role("link", name="L’auteur présumé"))
    look(page, check, "sources-write")


def children(page, check) -> None:
    """R03: each child for themselves."""
    follow(page.locator("#rooms").get_by_role("link", name="Enfants"))
    check(page, "children-none")
    follow(page.get_by_role("link", name="Ajouter un enfant"))
    look(page, check, "children-add")
    page.get_by_label("Prénom").fill("Ange")
    page.locator("#id_age").select_option("6-10")
    page.get_by_role("group", name=re.compile("sécurité ce soir")).get_by_label("non", exact=True).check()
    follow(page.get_by_role("button", name="Ajouter cet enfant"))
    page.get_by_label("fait rapporté").check()
    page.locator("#id_text").fill("« J’ai peur le soir. »")
    follow(page.get_by_role("button", name="L’écrire"))
    look(page, check, "children-one")
    follow(page.get_by_role("link", name="Enfants", exact=True))
    look(page, check, "children-list")


def attestation(page, check) -> None:
    """R06: days only, asked for by the person, taken as a paper."""
    follow(page.get_by_role("link", name="Attestation pour la justice"))
    look(page, check, "attestation-make")
    page.get_by_label("de vive voix, à qui l’établit").check()
    page.get_by_label("Nous avons relu ces jours ensemble").check()
    follow(page.get_by_role("button", name="Établir une attestation"))
    look(page, check, "attestation-made")
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Attestation n° 1")).click()
    assert download.value.suggested_filename == "attestation-1.pdf"
    download.value.save_as(SCREENSHOTS / "attestation.pdf")


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
    assert "signalement clos" in main_of(page)
    check(page, "adults-closed")
    page.goto(file)
