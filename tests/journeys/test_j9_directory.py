"""At 03:10 in a rural commune, with and without an account: who answers, where, and what the next one must know."""

import pytest

from tests.journeys.entering import main_of
from tests.journeys.following import follow

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]


def titles(page, part) -> list[str]:
    return [each.inner_text().replace("\u202f", " ") for each in page.locator(f"#{part} .record-title").all()]


def at_night(page, *, audience="Victimes", theme=None, commune="Roche-Claire") -> None:
    page.get_by_role("combobox", name="Pour qui").select_option(label=audience)
    if theme:
        page.get_by_role("combobox", name="À quel sujet").select_option(label=theme)
    page.get_by_role("textbox", name="Commune").fill(commune)
    if not page.locator("#id_day").is_visible():
        page.get_by_text("Un autre moment que maintenant").click()
    page.locator("#id_day").fill("2026-11-21")
    page.locator("#id_hour").fill("03:10")
    follow(page.get_by_role("button", name="Chercher"))


@pytest.mark.parametrize("width", [390, 1280])
def test_at_night_in_a_village_anyone_finds_who_answers(demo_site, visit, check, width):
    """AT-12, AT-13, AT-14: national lines first, then open services by distance, none closed; no place in the address."""
    address, _accounts = demo_site
    page = visit(width=width)
    page.goto(f"{address}/annuaire/")
    assert titles(page, "national")[:3] == ["112 – Urgence", "114 – Urgence par SMS", "17 – Police secours"]
    check(page, f"directory-1-start-{width}")
    at_night(page, commune="Roche-Cl")
    assert "Aucune commune" in main_of(page)
    at_night(page)
    assert page.url == f"{address}/annuaire/#search"
    assert titles(page, "local")[0].startswith("1. Accueil de la brigade")
    assert "Permanence juridique" not in main_of(page)
    assert "116 006" not in main_of(page)
    assert "Hébergement d’urgence pour victimes" not in page.content()
    assert page.locator("svg.mark").count() == 1
    assert page.locator(".pointmap svg").is_visible()
    check(page, f"directory-2-night-{width}")
    at_night(page, audience="Auteurs de violences, présumés ou condamnés")
    assert "Programme pour auteurs de violences, à distance" in titles(page, "remote")
    assert "3919" not in page.inner_text("main")
    check(page, f"directory-3-perpetrator-{width}")
    page.goto(f"{address}/annuaire/liste/")
    assert "Permanence juridique" not in main_of(page)
    assert "jour et nuit, tous les jours" in main_of(page)
    check(page, f"directory-4-list-{width}")
    follow(page.get_by_role("link", name="Permanence itinérante"))
    assert "mercredi" in main_of(page)
    check(page, f"directory-5-service-{width}")
    for language, name in (("ar", "العربية"), ("uk", "Українська")):
        follow(page.get_by_role("link", name=name))
        check(page, f"safety-{language}-1-service-{width}")
        page.goto(f"{address}/{language}/annuaire/")
        page.locator("#id_commune").fill("Roche-Claire")
        follow(page.locator("main button[type=submit]").last)
        assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else None)
        check(page, f"safety-{language}-2-directory-{width}")
        page.goto(f"{address}/{language}/annuaire/liste/")
        check(page, f"safety-{language}-3-list-{width}")
        page.goto(f"{address}/{language}/que-faire/")
        check(page, f"safety-{language}-4-help-{width}")
    follow(page.get_by_role("link", name="Français"))
    assert "Que faire maintenant" in main_of(page)
    check(page, f"safety-fr-{width}")


@pytest.mark.parametrize("width", [390, 1280])
def test_a_worker_finds_verifies_and_leaves_the_directory_truer(demo_site, enter, check, width):
    """AT-13: a doubtful entry is said, verified by one button, and then printed."""
    address, _accounts = demo_site
    page = enter("intervenante", width=width)
    page.goto(f"{address}/terrain/annuaire/")
    at_night(page, theme="Logement")
    assert "adresse confidentielle, moins de 30 km" in main_of(page)
    check(page, f"services-1-night-{width}")
    page.goto(f"{address}/terrain/annuaire/a-verifier/")
    check(page, f"services-2-doubtful-{width}")
    name = "Permanence juridique" if width == 390 else "Interprètes par téléphone"
    follow(page.get_by_role("link", name=name))
    assert "depuis un an" in main_of(page)
    check(page, f"services-3-service-{width}")
    follow(page.get_by_role("button", name="Je viens de vérifier"))
    assert "Vérifié aujourd’hui" in main_of(page)
    follow(page.get_by_role("link", name="Corriger cette fiche"))
    page.get_by_label("Horaires").fill("mardi matin")
    follow(page.get_by_role("button", name="Corriger et vérifier"))
    assert "ne se lisent pas" in main_of(page) or "ne peuvent pas" in main_of(page)
    check(page, f"services-4-correct-{width}")
    page.get_by_label("Horaires").fill("Tu 09:00-12:00; Tu[1] 14:00-18:00; PH off")
    follow(page.get_by_role("button", name="Corriger et vérifier"))
    assert "premier mardi du mois" in main_of(page)
    page.goto(f"{address}/terrain/annuaire/liste/")
    assert name in main_of(page)
    check(page, f"services-5-list-{width}")
    for path in ("doubles", "en-attente"):
        page.goto(f"{address}/terrain/annuaire/{path}/")
        check(page, f"services-6-{path}-{width}")


def test_the_device_says_where_it_is_by_one_press_and_the_address_does_not(demo_site, browser, check):
    """R05: the position goes in the body of one request; the address, the history and the page that answers do not have it."""
    address, _accounts = demo_site
    place = {"latitude": 46.4312, "longitude": -4.8187}
    size = {"width": 390, "height": 844}
    context = browser.new_context(viewport=size, locale="fr-FR", permissions=["geolocation"], geolocation=place)
    page = context.new_page()
    page.goto(f"{address}/annuaire/")
    follow(page.get_by_role("button", name="D’où se trouve cet appareil"))
    assert "votre position" in main_of(page)
    assert "46.43" not in page.url + page.content()
    assert page.get_by_text("Distances à vol d’oiseau").first.is_visible() or "à vol d’oiseau" in main_of(page)
    context.close()
