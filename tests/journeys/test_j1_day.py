"""Journey J1, the social worker's day: a requisition from its receipt to its printed answer, then the year; phone and desk."""

import pytest

from tests.journeys.following import follow

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]


def note_a_requisition(page, check, width) -> None:
    follow(page.locator("#files h3 a").last)
    follow(page.get_by_role("link", name="Réquisitions"))
    check(page, f"day-1-requisitions-{width}")
    follow(page.get_by_role("link", name="Noter une réquisition"))
    follow(page.get_by_role("button", name="Noter la réquisition"))
    check(page, f"day-2-receive-errors-{width}")
    page.get_by_label("Qui requiert").fill("Brigadier fictif")
    page.get_by_label("officier de police judiciaire").check()
    page.get_by_label("Service").fill("Commissariat fictif")
    page.get_by_label("Article 60-1").check()
    page.get_by_label("Numéro de l’enquête").fill("2026/000123")
    page.get_by_label("Ce qui est demandé").fill("Les dates des entretiens\nL’adresse actuelle")
    follow(page.get_by_role("button", name="Noter la réquisition"))
    check(page, f"day-3-to-check-{width}")


def answer_it(page, check, width) -> None:
    page.get_by_label("rappel par le standard").check()
    follow(page.get_by_role("button", name="L’identité est vérifiée"))
    follow(page.get_by_role("link", name="1. Les dates des entretiens"))
    page.get_by_label("remis", exact=True).check()
    page.get_by_label("Document remis").fill("Relevé des dates, une page")
    follow(page.get_by_role("button", name="Garder cette réponse"))
    follow(page.get_by_role("link", name="2. L’adresse actuelle"))
    page.get_by_label("non remis, pour un motif légitime").check()
    page.locator("select[name=ground]").select_option("safety")
    check(page, f"day-4-item-{width}")
    follow(page.get_by_role("button", name="Garder cette réponse"))
    follow(page.get_by_role("link", name="Clore la réponse"))
    check(page, f"day-5-close-{width}")
    page.get_by_label("J’ai relu la réponse").check()
    follow(page.get_by_role("button", name="Clore la réponse"))
    assert page.get_by_role("link", name="Réponse à imprimer").is_visible()
    check(page, f"day-6-answered-{width}")


def note_a_session(page, check, width) -> None:
    day = 5 if width == 390 else 6
    page.get_by_label("Jour").fill(f"2026-01-{day:02d}")
    page.get_by_label("Heure").fill("14:00")
    page.get_by_label("analyse de pratique").check()
    follow(page.get_by_role("button", name="Noter cette séance"))
    check(page, f"day-10-supervision-{width}")
    follow(page.get_by_role("link", name=f"{day} janvier 2026"))
    check(page, f"day-11-session-{width}")
    page.get_by_label("Minutes").fill("90")
    follow(page.get_by_role("button", name="Noter la durée"))


@pytest.mark.parametrize("width", [390, 1280])
def test_a_requisition_is_answered_and_the_year_is_counted(demo_site, enter, check, width):
    """R01: received, checked, answered item by item, printed; four counters apart."""
    address, _accounts = demo_site
    page = enter("intervenante", width=width)
    note_a_requisition(page, check, width)
    received = page.url
    page.goto(f"{address}/terrain/")
    assert "Commissariat fictif" in page.locator("#required").inner_text()
    page.goto(received)
    answer_it(page, check, width)
    page.goto(f"{address}/terrain/requisitions/")
    check(page, f"day-7-desk-{width}")
    page.goto(f"{address}/terrain/")
    page.get_by_text("Menu", exact=True).click()
    check(page, f"day-8-menu-{width}")
    follow(page.get_by_role("link", name="Ma supervision"))
    note_a_session(page, check, width)
    page.goto(f"{address}/terrain/")
    page.get_by_text("Menu", exact=True).click()
    follow(page.get_by_role("link", name="Mon année"))
    assert "Personnes reçues" in page.locator("#counters").inner_text()
    check(page, f"day-8-my-year-{width}")
    page.goto(f"{address}/en/terrain/mon-annee/")
    check(page, f"day-9-my-year-en-{width}")
