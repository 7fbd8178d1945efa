"""J1, steps 1 to 4: the dot, "priority, confidential", a number without a reason, a room, and what the person wants."""

import re

import pytest

from tests.journeys.following import follow

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]


@pytest.fixture
def arrive(demo_site, enter):
    """A page where someone of the station is signed in: arrive("accueil", at="/terrain/accueil/")."""

    def sign(username, *, at, width=390):
        page = enter(username, width=width)
        assert page.url == f"{demo_site[0]}{at}"
        return page

    return sign


def test_from_the_dot_to_a_room_without_a_name_nor_a_reason(arrive, visit, check):
    """AT-80: the colour of this station is orange; the screen shows numbers only."""
    head = arrive("cheffe", at="/terrain/poste/")
    check(head, "j1-r-station")
    screen = open_the_screen(head, visit, check)
    desk = arrive("accueil", at="/terrain/accueil/")
    check(desk, "j1-r-desk")
    follow(desk.get_by_role("button", name="Pastille touchée (orange)"))
    desk.wait_for_url(re.compile("/terrain/accueil/[0-9a-f-]{36}/$"))
    number = re.search(r"Numéro (\d+)", desk.inner_text("h1"))[1]
    assert "orange" not in desk.inner_text("main").lower()
    follow(desk.get_by_role("button", name="Donner une pièce"))
    assert "Salle 2" in desk.inner_text("main")
    desk.get_by_label("être reçue par une femme").check()
    desk.get_by_label("voir l’intervenante sociale").check()
    follow(desk.get_by_role("button", name="Garder ces souhaits"))
    assert "voir l’intervenante sociale" in desk.locator("dl.facts").first.inner_text()
    check(desk, "j1-r-number")
    follow(desk.get_by_role("button", name="Appeler à l’écran"))
    screen.reload()
    assert re.findall(r"\d+", screen.inner_text("main")) == [number]
    check(screen, "j1-r-screen")
    follow(desk.get_by_role("button", name="La personne est reçue"))
    follow(desk.get_by_role("button", name="Terminé"))
    assert "effacé à minuit" in desk.inner_text("main")
    check(desk, "j1-r-finished")
    screen.reload()
    assert "Aucun numéro" in screen.inner_text("main")


def open_the_screen(head, visit, check):
    follow(head.get_by_role("link", name="Pastilles, pièces et écran"))
    check(head, "j1-r-settings")
    follow(head.get_by_role("button", name="Créer une nouvelle adresse"))
    check(head, "j1-r-address")
    screen = visit(width=1280)
    screen.goto(head.locator(".secret").inner_text())
    check(screen, "j1-r-screen-empty")
    return screen


@pytest.mark.parametrize("width", [1280])
def test_the_pages_of_the_station_on_a_large_screen(arrive, check, width):
    desk = arrive("accueil", at="/terrain/accueil/", width=width)
    check(desk, f"j1-r-desk-{width}")
    follow(desk.locator("#queue h3 a").first)
    check(desk, f"j1-r-number-{width}")
    head = arrive("cheffe", at="/terrain/poste/", width=width)
    check(head, f"j1-r-station-{width}")
    follow(head.get_by_role("link", name="Pastilles, pièces et écran"))
    check(head, f"j1-r-settings-{width}")
