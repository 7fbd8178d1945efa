"""How a journey begins: someone signs in, wherever the day of that account begins; and what the page then says."""

import re

from playwright.sync_api import Page

from tests.journeys.following import follow

FILE = re.compile("/terrain/dossiers/[0-9a-f-]{36}/$")


def sign_in(page: Page, address: str, username: str, password: str) -> None:
    """Fill the form of the sign-in page and wait for the first page of the account."""
    page.goto(f"{address}/connexion/")
    page.get_by_label("Identifiant").fill(username)
    page.get_by_label("Mot de passe").fill(password)
    follow(page.get_by_role("button", name="Se connecter"))
    assert "/connexion/" not in page.url, f"{username} is not let in"


def open_a_file(page: Page) -> str:
    """From the list of today, a new file of a victim that the police signalled: its address."""
    follow(page.get_by_role("link", name="Ouvrir un dossier"))
    page.get_by_label("victime", exact=True).check()
    page.get_by_label("Police nationale").check()
    follow(page.get_by_role("button", name="Ouvrir le dossier"))
    page.wait_for_url(FILE)
    return page.url


def main_of(page: Page) -> str:
    """What the page says, its spaces made plain."""
    return page.inner_text("main").replace("\u00a0", " ").replace("\u202f", " ")
