"""The loop of liaison at the size of a phone: the law before the sheet, no place left, and the need is to do again (R06, R04)."""

import pytest

from tests.journeys.entering import main_of, open_a_file
from tests.journeys.following import follow

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]


def test_the_law_answers_first_and_a_lack_of_place_brings_the_need_back(demo_site, enter, visit, check):
    address, _accounts = demo_site
    page = enter("collegue")
    case = open_a_file(page)
    agree(page, case, check)
    ask_the_law(page, case, check)
    referral = answer_without_a_place(page, case, visit, check)
    page.goto(f"{address}/terrain/")
    assert "Orientations sans suite" in main_of(page)
    check(page, "liaison-5-today")
    page.goto(referral)
    check(page, "liaison-6-referral")
    page.goto(f"{case}consentements/sans-accord/")
    page.get_by_label("Les faits").fill("Menaces.")
    follow(page.get_by_role("button", name="Interroger la loi et noter"))
    check(page, "liaison-7-ground")
    page.goto(f"{address}/terrain/recues/")
    check(page, "liaison-8-received")


def agree(page, case, check) -> None:
    page.goto(f"{case}besoins/")
    follow(page.locator("#housing").get_by_role("button", name="À faire"))
    page.goto(f"{case}consentements/")
    page.get_by_label("Partenaire").select_option(label="115")
    page.get_by_label("Enfants").check()
    page.get_by_label("Preuve").select_option("ORAL")
    follow(page.get_by_role("button", name="Noter un consentement"))
    check(page, "liaison-1-consents")


def ask_the_law(page, case, check) -> None:
    page.goto(f"{case}besoins/housing/")
    follow(page.get_by_role("link", name="115 – Hébergement d’urgence"))
    assert "Ce que dit la loi : possible avec son accord" in main_of(page)
    check(page, "liaison-2-law")
    page.get_by_text("Une autre fiche, une autre qualité").click()
    page.get_by_label("À qui, au sens de la loi").select_option("school")
    follow(page.get_by_role("button", name="Interroger la loi"))
    assert "Aucun texte ne permet d’adresser cette fiche à : École" in main_of(page)
    assert page.get_by_role("button", name="Préparer la fiche").count() == 0
    check(page, "liaison-3-forbidden")


def answer_without_a_place(page, case, visit, check) -> str:
    page.goto(f"{case}besoins/housing/")
    follow(page.get_by_role("link", name="115 – Hébergement d’urgence"))
    page.get_by_label("Enfants").check()
    page.get_by_label("À qui le code sera dit").fill("Accueil fictif")
    page.get_by_role("group", name="La personne est-elle d’accord").get_by_label("oui").check()
    follow(page.get_by_role("button", name="Préparer la fiche"))
    referral = page.url
    follow(page.get_by_role("button", name="Envoyer la fiche"))
    link, code = (secret.inner_text() for secret in page.locator(".secret").all())
    page.goto(f"{case}besoins/")
    assert "envoyé à un partenaire" in page.locator("#housing .square-state").inner_text()
    partner = visit(width=390)
    partner.goto(link)
    partner.get_by_label("Code").fill(code)
    follow(partner.get_by_role("button", name="Ouvrir"))
    check(partner, "liaison-4-partner")
    follow(partner.get_by_role("button", name="Nous n’avons plus de place"))
    page.goto(f"{case}besoins/")
    assert page.locator("#housing .square-state").inner_text().strip() == "à faire"
    return referral
