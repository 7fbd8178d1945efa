"""The demonstration shows the fictional country: its files to the worker who holds them, its counts in the letter, small ones hidden."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("site")]
A_PAGE = 20


def test_the_counts_of_the_fictional_country_reach_the_letter_and_the_small_ones_are_hidden(demo_site, visit, check):
    """AT-76: from the files that the country holds to the table of the letter; no row leaves, no small count is printed."""
    page = visit(width=1280)
    page.goto(f"{demo_site[0]}/lettres/2022/")
    table = page.locator("table", has=page.locator("caption", has_text="Dossiers ouverts dans le Val-d’Égide"))
    cells = [text.strip() for text in table.locator("tbody td").all_inner_texts()]
    assert "s" in cells
    numbers = [int(text) for text in cells if text.isdigit()]
    assert max(numbers) > 100
    assert not {number for number in numbers if 0 < number < 5}
    check(page, "country-letter")


def test_the_worker_of_the_fictional_country_sees_its_files_page_by_page(enter, check):
    page = enter("rives")
    assert page.locator("#files").get_by_role("link").count() >= A_PAGE
    check(page, "country-today")
