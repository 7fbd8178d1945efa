"""With the keyboard alone: sign in, read the letter, open a figure, scroll a table. The focus is always seen."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]

SEEN = """() => { if (document.activeElement === document.body) return true;  // between the last element and the first
  const style = getComputedStyle(document.activeElement);
  return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 }"""
TEXT = "() => document.activeElement.matches('a, button') ? document.activeElement.innerText.trim() : ''"


def tab_to(page, words: str, limit: int = 60) -> None:
    """Press Tab until what has the focus says `words`."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        assert page.evaluate(SEEN), f"the focus is not seen on {page.evaluate('document.activeElement.outerHTML')}"
        if words in page.evaluate(TEXT):
            return
    pytest.fail(f"“{words}” cannot be reached with the Tab key")


def test_skip_link_comes_first_and_leads_to_the_content(demo_site, visit):
    page = visit()
    page.goto(f"{demo_site[0]}/lettres/2022/")
    page.keyboard.press("Tab")
    assert page.evaluate(TEXT) == "Aller au contenu"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_signing_in_and_out(demo_site, visit):
    address, accounts = demo_site
    page = visit(width=1280)
    page.goto(f"{address}/bureau/")
    tab_to(page, "Aller au contenu")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("signataire")
    page.keyboard.press("Tab")
    page.keyboard.type(accounts["signataire"])
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/bureau/**")  # the fragment of the skip link stays
    tab_to(page, "Se déconnecter")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/")
    page.goto(f"{address}/bureau/")
    assert "/connexion/" in page.url


def test_reading_the_letter_and_a_passport(demo_site, visit):
    page = visit()
    page.goto(f"{demo_site[0]}/")
    tab_to(page, "Lire la lettre")
    page.keyboard.press("Enter")
    page.wait_for_url("**/lettres/2022/")
    tab_to(page, "118")
    page.keyboard.press("Enter")
    page.wait_for_url("**/chiffres/women-killed/")
    assert page.get_by_role("heading", name="Passeport").is_visible()
    tab_to(page, "Lire la lettre de 2022")
    page.keyboard.press("Enter")
    page.wait_for_url("**/lettres/2022/")


def test_a_wide_table_scrolls_in_its_own_region(demo_site, visit):
    page = visit()
    page.goto(f"{demo_site[0]}/lettres/2022/")
    region = page.get_by_role("region", name="Victimes enregistrées dans le Val-d’Égide")
    region.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("document.activeElement.scrollLeft > 0")


def test_changing_language_keeps_the_page(demo_site, visit):
    page = visit()
    page.goto(f"{demo_site[0]}/lettres/2022/chiffres/women-killed/")
    tab_to(page, "English")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/lettres/2022/chiffres/women-killed/")
    assert page.locator("html").get_attribute("lang") == "en"
