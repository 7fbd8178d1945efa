"""Journey J1, steps 5, 6, 8, 11 and 12, at the size of a phone: from the safe contact to the partner's answer by a link."""

import re

import pytest

from tests.journeys.entering import main_of
from tests.journeys.following import follow

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]


def test_from_the_safe_contact_to_the_partners_answer(demo_site, enter, visit, check):
    worker = enter("intervenante")
    check(worker, "j1-1-today")
    case = open_a_file(worker, check)
    screen_the_danger(worker, case, check)
    look_at_the_needs(worker, case, check)
    partner = agree_and_refer(worker, case, check, visit)
    withdraw_while_the_partner_reads(worker, case, partner, check)
    agree_on_an_appointment(worker, case, check)


def open_a_file(page, check) -> str:
    """Step 5: safe contact first; two answers are enough."""
    follow(page.get_by_role("link", name="Ouvrir un dossier"))
    first = page.locator("main form.entry .field").first
    assert "sûr" in first.inner_text()
    page.get_by_label("Moyen sûr").select_option("SMS")
    follow(page.get_by_role("button", name="Ouvrir le dossier"))
    assert page.get_by_role("alert").is_visible()
    assert page.get_by_label("Moyen sûr").input_value() == "SMS"
    check(page, "j1-2-intake-errors")
    page.get_by_label("Numéro ou adresse").fill("06 39 98 00 01")
    page.get_by_label("Sûr à partir de").fill("09:00")
    page.get_by_label("Sûr jusqu’à").fill("11:00")
    page.get_by_label("victime", exact=True).check()
    page.get_by_label("Police nationale").check()
    follow(page.get_by_role("button", name="Ouvrir le dossier"))
    page.wait_for_url(re.compile("/terrain/dossiers/[0-9a-f-]{36}/$"))
    assert "06 39 98 00 01" in page.locator("#contact").inner_text()
    assert page.title() == "Dossier – Égide"
    check(page, "j1-3-case")
    return page.url


def screen_the_danger(page, case, check) -> None:
    """Step 6: the screen of the first minutes, stopped, then her own level, then the rules."""
    page.goto(f"{case}danger/")
    check(page, "j1-4-dangers")
    follow(page.get_by_role("button", name="Dans l’urgence"))
    page.get_by_role("group", name="Une arme est à portée de main").get_by_label("oui").check()
    check(page, "j1-5-danger-part")
    follow(page.get_by_role("button", name="Garder et s’arrêter ici"))
    assert "Ce que proposent les règles" not in main_of(page)
    assert page.locator("#suggestion").count() == 0
    check(page, "j1-6-own-level")
    page.locator("#level").get_by_label("Élevé").check()
    follow(page.get_by_role("button", name="Écrire mon niveau"))
    assert "Des violences sont en cours, une arme est à portée de main" in main_of(page)
    check(page, "j1-7-suggestion")
    page.locator("#level").get_by_label("Immédiat").check()
    follow(page.get_by_role("button", name="Décider"))
    assert "niveau décidé" in main_of(page)
    check(page, "j1-8-decided")


def look_at_the_needs(page, case, check) -> None:
    """Step 8 and AT-10: eleven domains in at most 25 taps, from red to partners in at most two."""
    page.goto(f"{case}besoins/")
    taps = 0
    for square in page.locator(".square").all():
        red = square.get_attribute("id") in ("housing", "justice")
        follow(square.get_by_role("button", name="À faire" if red else "Pas souhaité"))
        taps += 1
    assert taps <= 25
    assert page.get_by_text("non abordé", exact=True).count() == 0
    check(page, "j1-9-needs")
    follow(page.locator("#housing").get_by_role("link", name="Partenaires"))
    assert "115 – Hébergement d’urgence" in main_of(page)
    check(page, "j1-10-partners")


def agree_and_refer(page, case, check, visit):
    """Step 11: two sections agreed to for one partner; the link asks the code first."""
    for section, words in (("housing", "Bail au nom des deux."), ("health", "Ne doit pas partir.")):
        page.goto(f"{case}ecrire/")
        page.get_by_label("Section").select_option(section)
        page.get_by_label("fait rapporté").check()
        page.get_by_label("Texte").fill(words)
        follow(page.get_by_role("button", name="Garder ces mots"))
    page.goto(f"{case}consentements/")
    check(page, "j1-11-consents")
    page.get_by_label("Partenaire").select_option(label="115")
    page.get_by_label("Logement").check()
    page.get_by_label("Enfants").check()
    page.get_by_label("Preuve").select_option("ORAL")
    follow(page.get_by_role("button", name="Noter un consentement"))
    page.goto(f"{case}besoins/housing/")
    follow(page.get_by_role("link", name="115 – Hébergement d’urgence"))
    assert page.get_by_label("Santé").count() == 0
    check(page, "j1-12-new-referral")
    page.get_by_label("Logement").check()
    page.get_by_label("Enfants").check()
    page.get_by_label("À qui le code sera dit").fill("Accueil fictif")
    page.get_by_role("group", name="La personne est-elle d’accord").get_by_label("oui").check()
    follow(page.get_by_role("button", name="Préparer la fiche"))
    check(page, "j1-13-draft")
    follow(page.get_by_role("button", name="Envoyer la fiche"))
    link, code = (secret.inner_text() for secret in page.locator(".secret").all())
    check(page, "j1-14-secrets")
    return open_the_link(visit(width=390), link, code, check)


def open_the_link(partner, link, code, check):
    partner.goto(link)
    assert "Bail" not in partner.content()
    assert "115" not in partner.inner_text("main")
    check(partner, "j1-15-link-code")
    partner.get_by_label("Code").fill("0000 0000")
    follow(partner.get_by_role("button", name="Ouvrir"))
    assert "n’ouvrent rien" in main_of(partner)
    partner.get_by_label("Code").fill(code)
    follow(partner.get_by_role("button", name="Ouvrir"))
    assert "Bail au nom des deux." in main_of(partner)
    assert "Ne doit pas partir." not in partner.content()
    check(partner, "j1-16-link-sheet")
    follow(partner.get_by_role("button", name="Nous acceptons"))
    assert "acceptée par le partenaire" in main_of(partner)
    return partner


def withdraw_while_the_partner_reads(page, case, partner, check) -> None:
    """AT-04: withdrawn, the next request of the open tab shows nothing."""
    page.goto(f"{case}consentements/")
    follow(page.get_by_role("link", name="115"))
    check(page, "j1-17-withdraw")
    follow(page.get_by_role("button", name="Retirer"))
    partner.reload()
    assert "Bail" not in partner.content()
    assert "n’ouvrent rien" in main_of(partner)
    check(partner, "j1-18-link-closed")


def agree_on_an_appointment(page, case, check) -> None:
    """Step 12: a moment outside her hours is refused, inside it is noted and becomes a slip."""
    page.goto(f"{case}rendez-vous/")
    for hour in ("20:10", "09:30"):
        page.get_by_label("Jour").fill("2027-01-12")
        page.get_by_label("Heure").fill(hour)
        follow(page.get_by_role("button", name="Vérifier ce moment"))
        assert ("hors des heures sûres" in main_of(page).lower()) == (hour == "20:10")
        check(page, f"j1-19-appointment-{hour[:2]}")
    follow(page.get_by_role("button", name="Noter ce rendez-vous"))
    assert page.get_by_role("link", name="Billet à imprimer").is_visible()
    check(page, "j1-19-appointment-noted")
    move_then_cancel(page, check)
    page.goto(f"{case}traces/")
    assert "a envoyé une orientation" in main_of(page)
    check(page, "j1-20-traces")
    page.goto(case)
    check(page, "j1-21-case-after")


def move_then_cancel(page, check) -> None:
    """What is given up keeps its trace, and is confirmed before it is done."""
    follow(page.get_by_role("link", name="Déplacer"))
    page.get_by_label("Heure").fill("10:15")
    check(page, "j1-22-move")
    follow(page.get_by_role("button", name="Continuer"))
    assert "10 h 15" in main_of(page)
    check(page, "j1-23-move-confirm")
    follow(page.get_by_role("button", name="Confirmer le nouveau moment"))
    follow(page.get_by_role("link", name="Annuler"))
    check(page, "j1-24-cancel")
    follow(page.get_by_role("button", name="Oui, annuler"))
    assert "annulé" in main_of(page)
    check(page, "j1-25-cancelled")


PAGES = [
    "", "contact/", "rendez-vous/", "cloture/", "ecrire/", "actes/", "departs/", "equipe/", "traces/", "consentements/", "danger/",
    "danger/evenement/", "danger/fiche-courte/", "danger/grille-officielle/", "danger/questions/", "besoins/evolution/",
    "besoins/", "besoins/housing/", "besoins/housing/fait/", "orientations/",
]  # fmt: skip


@pytest.mark.parametrize("width", [390, 1280])
def test_every_page_of_the_field_is_accessible(demo_site, enter, check, width):
    address, _accounts = demo_site
    page = enter("intervenante", width=width)
    follow(page.locator("#files h3 a").last)
    case = page.url
    for path in PAGES:
        page.goto(case + path)
        name = path.strip("/").replace("/", "-") or "case"
        check(page, f"field-{name}-{width}")
    for path, name in (("terrain/", "today"), ("terrain/dossiers/ouvrir/", "intake"), ("en/terrain/", "today-en")):
        page.goto(f"{address}/{path}")
        check(page, f"field-{name}-{width}")
    page.goto(f"{address}/terrain/dossiers/00000000-0000-4000-8000-000000000000/")
    check(page, f"field-not-found-{width}")


def press_to(page, words: str, limit: int = 80) -> None:
    """Press Tab until what has the focus says `words`."""
    said = (
        "() => { const at = document.activeElement; return (at.labels?.[0]?.innerText || at.innerText || '').trim() }"
    )
    for _ in range(limit):
        page.keyboard.press("Tab")
        if words in page.evaluate(said):
            return
    pytest.fail(f"“{words}” cannot be reached with the Tab key")


def test_intake_and_board_with_the_keyboard_alone(enter):
    page = enter("collegue")
    press_to(page, "Ouvrir un dossier")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ouvrir/")
    press_to(page, "victime")
    page.keyboard.press("Space")
    press_to(page, "Police nationale")
    page.keyboard.press("Space")
    press_to(page, "Ouvrir le dossier")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/terrain/dossiers/[0-9a-f-]{36}/$"))
    assert "Ne pas appeler" in page.locator("#contact").inner_text()
    press_to(page, "Besoins")
    page.keyboard.press("Enter")
    page.wait_for_url("**/besoins/")
    press_to(page, "À faire")
    page.keyboard.press("Enter")
    page.wait_for_url("**/besoins/#housing")
    assert "à faire" in page.locator("#housing .square-state").inner_text()
    press_to(page, "Partenaires", limit=6)  # one goes on from the square, not from the top of the page
    page.keyboard.press("Enter")
    page.wait_for_url("**/besoins/housing/")


def test_quick_exit_by_its_button_and_by_escape_pressed_twice(demo_site, enter):
    """Trap 28: the page is replaced in the history and the session is closed."""
    address, _accounts = demo_site
    page = enter("collegue")
    page.route(
        "https://www.wikipedia.org/**",
        lambda route: route.fulfill(body="<title>Encyclopédie</title>", content_type="text/html"),
    )
    page.goto(f"{address}/terrain/dossiers/ouvrir/")
    page.keyboard.press("Escape")
    page.wait_for_timeout(1200)
    assert page.url.endswith("/ouvrir/")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.wait_for_url("https://www.wikipedia.org/")
    page.go_back()
    assert "/ouvrir/" not in page.url
    page.goto(f"{address}/terrain/")
    assert "/connexion/" in page.url
    entries = page.evaluate("history.length")
    page.get_by_role("link", name="Quitter vite").click()
    page.wait_for_url("https://www.wikipedia.org/")
    assert page.evaluate("history.length") == entries, "the page is replaced, none is added"


def test_without_a_script_the_quick_exit_is_a_plain_link_and_says_so(demo_site, browser):
    context = browser.new_context(java_script_enabled=False, locale="fr-FR")
    page = context.new_page()
    page.goto(f"{demo_site[0]}/")
    assert page.get_by_text("n’est ici qu’un lien").is_visible()
    assert page.get_by_role("link", name="Quitter vite").get_attribute("href") == "https://www.wikipedia.org/"
    context.close()
