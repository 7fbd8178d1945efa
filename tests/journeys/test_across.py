"""What crosses the field, at the size of a phone and of a desk: agreed words, the same person twice, a list of names, the month."""

import re

import pytest

from tests.journeys.following import follow

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]


@pytest.mark.parametrize("width", [390, 1280])
def test_the_agreed_words_are_sent_from_the_file(demo_site, enter, check, width):
    """X07: the page says the words, the hours, and what became of each message."""
    page = enter("intervenante", width=width)
    page.get_by_label(re.compile("^Nom( |$)")).fill("Exemple")
    follow(page.get_by_role("button", name="Chercher"))
    follow(page.locator(".records a").first)
    check(page, f"across-case-{width}")
    follow(page.get_by_role("link", name="Envoyer les mots convenus"))
    follow(page.get_by_role("button", name="Envoyer aux heures sûres"))
    check(page, f"across-message-{width}")


@pytest.mark.parametrize("width", [390, 1280])
def test_someone_known_is_proposed_and_two_records_are_told(demo_site, enter, check, width):
    """Z02: in one's own files only."""
    address, _accounts = demo_site
    page = enter("intervenante", width=width)
    follow(page.get_by_role("link", name="Ouvrir un dossier"))
    page.get_by_label("victime", exact=True).check()
    page.get_by_label("Police nationale").check()
    page.get_by_text("Ce qui peut attendre").click()
    page.get_by_label(re.compile("^Prénom")).fill("Alix")
    page.get_by_label(re.compile("^Nom( |$)")).fill("Exemple")
    follow(page.get_by_role("button", name="Ouvrir le dossier"))
    check(page, f"across-known-{width}")
    page.get_by_label("C’est quelqu’un d’autre").check()
    follow(page.get_by_role("button", name="Ouvrir le dossier"))
    page.wait_for_url(re.compile("/terrain/dossiers/[0-9a-f-]{36}/$"))
    page.goto(f"{address}/terrain/meme-personne/")
    check(page, f"across-same-person-{width}")


@pytest.mark.parametrize("width", [390, 1280])
def test_a_list_of_names_takes_two_people_and_the_officer_reads_the_month(demo_site, enter, check, width):
    """X16, R07."""
    address, _accounts = demo_site
    page = enter("intervenante", width=width)
    page.goto(f"{address}/terrain/listes/")
    page.get_by_label("À quoi sert la liste").fill(f"Réunion annuelle {width}")
    follow(page.get_by_role("button", name="Demander la liste"))
    second = enter("collegue", width=width)
    second.goto(f"{address}/terrain/listes/")
    check(second, f"across-lists-{width}")
    officer = enter("deleguee", width=width)
    officer.goto(f"{address}/terrain/delegue/")
    check(officer, f"across-officer-{width}")
