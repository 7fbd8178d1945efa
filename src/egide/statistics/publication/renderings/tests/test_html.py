"""The letter as one page that stands alone: read back with a parser that is not ours."""

import re
from pathlib import Path

import pytest
from lxml import html as reader

from egide.statistics.publication.renderings.html import render_html

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync"]


def test_each_printed_figure_leads_to_its_passport_on_the_same_page(letter, figures):
    """X05."""
    page = reader.fromstring(render_html(letter, figures))
    anchors = {link.get("href") for link in page.xpath("//main//a[@data-kind='figure' or @data-kind='numeral']")}
    passports = {f"#{section.get('id')}" for section in page.xpath("//section[@class='passport']")}
    assert anchors
    assert anchors == passports == {f"#passport-{item['code']}" for item in figures}


def test_the_page_needs_nothing_but_itself(letter, figures):
    page = reader.fromstring(render_html(letter, figures))
    assert not page.xpath("//script | //link | //img | //iframe | //object | //@src")
    assert not [link for link in page.xpath("//a/@href") if not link.startswith("#")]
    assert not re.search(r"url\(|@import", page.xpath("string(//style)"))


def test_the_page_says_its_language_its_landmarks_and_its_table_headers(letter, figures):
    page = reader.fromstring(render_html(letter, figures))
    assert page.get("lang") == letter["language"]
    assert [len(page.xpath(f"//body/{mark}")) for mark in ("header", "main", "footer")] == [1, 1, 1]
    assert len(page.xpath("//h1")) == 1
    for table in page.xpath("//table"):
        assert table.xpath("string(caption)").strip()
        assert all(cell.get("scope") == "col" for cell in table.xpath("thead//th"))
        assert len(table.xpath("tbody/tr/th[@scope='row']")) == len(table.xpath("tbody/tr"))


def test_invented_data_are_marked(letter, figures):
    mark = {"fr": "Données fictives", "en": "Fictional data"}[letter["language"]]
    assert mark in render_html(letter, figures)
    assert mark not in render_html({**letter, "fictional": False}, figures)


def test_words_are_never_read_as_markup(letter, figures):
    letter["title"] = "<script>alert(1)</script>"
    assert "<script" not in render_html(letter, figures)


@pytest.fixture(scope="module")
def chromium():
    if not CHROMIUM.exists():
        pytest.skip("The page is seen in Debian's chromium: apt-get install chromium.")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_a_phone_scrolls_one_way(chromium, letter, figures, scheme):
    from axe_playwright_python.sync_playwright import Axe

    page = chromium.new_page(viewport={"width": 390, "height": 844}, color_scheme=scheme)
    try:
        page.set_content(render_html(letter, figures))
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") == 390
    finally:
        page.close()


@pytest.mark.browser
def test_a_figure_followed_by_keyboard_opens_its_passport(chromium, letter_fr, figures, tmp_path):
    file = tmp_path / "letter.html"
    file.write_text(render_html(letter_fr, figures), encoding="utf-8")
    page = chromium.new_page()
    try:
        page.goto(file.as_uri())
        page.locator("a[data-kind=figure]").first.press("Enter")
        assert page.evaluate("document.querySelector(':target h3').textContent") == "Victimes enregistrées"
    finally:
        page.close()
