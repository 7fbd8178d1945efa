"""Journey J2, the measure in force: noted by the social worker, read by a municipal officer at night, breached, looked at again."""

import re

import pytest

from tests.journeys.entering import main_of
from tests.journeys.following import follow

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]


def ask(page, *, family="Fictif", given="Sacha", born="1990-06-01") -> None:
    page.get_by_label("Nom", exact=True).fill(family)
    page.get_by_label("Premier prénom").fill(given)
    page.get_by_label("Date de naissance").fill(born)
    page.get_by_label("Intervention en cours").check()
    follow(page.get_by_role("button", name="Interroger"))


@pytest.mark.parametrize("width", [390, 1280])
def test_the_officer_reads_what_is_forbidden_tonight_in_one_tap(enter, check, width):
    """AT-84: from the sign-in to the answer, one form and one tap; nothing but what is forbidden."""
    page = enter("municipale", width=width, dark=width == 390)
    assert page.url.endswith("/terrain/registre/")
    check(page, f"protection-ask-{width}")
    ask(page)
    assert "En vigueur aujourd’hui" in main_of(page)
    assert "s’approcher du domicile" in main_of(page)
    for secret in ("Tribunal", "Ordonnance", "Alix", "Exemple", "Sacha"):
        assert secret not in page.content()
    assert page.url.endswith("/terrain/registre/")
    check(page, f"protection-answer-{width}")
    ask(page, given="Alex")
    assert "Rien de connu en vigueur" in main_of(page)
    check(page, f"protection-nothing-{width}")


@pytest.mark.parametrize("width", [390, 1280])
def test_the_worker_sees_the_end_coming_notes_a_breach_and_looks_at_the_danger(enter, check, width):
    """AT-84: a breach opens the review of the danger."""
    page = enter("intervenante", width=width)
    assert "Mesures de protection qui prennent fin bientôt" in main_of(page)
    check(page, f"protection-today-{width}")
    follow(page.locator("#ending h3 a").first)
    check(page, f"protection-measure-{width}")
    measure = page.url
    follow(page.get_by_role("link", name="Non respectée"))
    page.get_by_label("entrer en contact").check()
    page.get_by_label("fait rapporté").check()
    check(page, f"protection-breach-{width}")
    follow(page.get_by_role("button", name="Noter et réévaluer le danger"))
    assert page.url.endswith("/danger/")
    page.goto(re.sub(r"[0-9a-f-]{36}/$", "", measure))
    check(page, f"protection-measures-{width}")
    follow(page.get_by_role("link", name="Noter une mesure"))
    follow(page.get_by_role("button", name="Noter la mesure"))
    assert page.get_by_role("alert").is_visible()
    check(page, f"protection-note-{width}")


@pytest.mark.parametrize("width", [390, 1280])
def test_from_spotting_to_a_named_partner_in_one_tap_without_an_account(demo_site, visit, check, width):
    """AT-85: three minutes are one form."""
    page = visit(width=width)
    page.goto(f"{demo_site[0]}/reperer/")
    check(page, f"spotting-{width}")
    page.get_by_label("Des coups, des menaces").check()
    page.get_by_label("Commune").fill("99001")
    follow(page.get_by_role("button", name="Qui puis-je proposer"))
    assert page.locator("#partners a[href^='tel:']").count() >= 1
    check(page, f"spotting-partners-{width}")


@pytest.mark.parametrize("width", [390, 1280])
def test_a_place_is_asked_confirmed_and_only_then_is_the_address_told(enter, check, width):
    """AT-83: the worker, then the house, then the worker; the practical exit beside it."""
    worker, house = enter("intervenante", width=width), enter("hebergement", width=width)
    follow(worker.locator("#files h3 a").last)
    case = worker.url
    worker.goto(f"{case}hebergement/")
    check(worker, f"shelter-places-{width}")
    follow(worker.locator("#free h3 a").first)
    check(worker, f"shelter-ask-{width}")
    follow(worker.get_by_role("button", name="La retenir deux heures"))
    assert "rue Inventée" not in worker.content()
    house.goto(house.url)
    check(house, f"shelter-house-{width}")
    follow(house.locator("#waiting h3 a").first)
    check(house, f"shelter-incoming-{width}")
    follow(house.get_by_role("button", name="Confirmer"))
    worker.goto(worker.url)
    assert "rue Inventée" not in worker.content()
    follow(worker.get_by_role("button", name="Afficher l’adresse"))
    assert "rue Inventée" in main_of(worker)
    check(worker, f"shelter-address-{width}")
    worker.goto(f"{case}depart/")
    check(worker, f"shelter-exits-{width}")
