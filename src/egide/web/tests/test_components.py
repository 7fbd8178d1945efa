"""Pages are composed of components; a theme draws them; a second theme would not touch a page."""

import re
from pathlib import Path

import pytest
from django.template import engines

WEB = Path(__file__).parents[1]
OF_ITS_OWN = {
    "notebook.html"
}  # it works without the server, so it brings its own script and style, of the theme's folder
PAGES = sorted(path for path in (WEB / "templates").rglob("*.html") if path.name not in OF_ITS_OWN)
THEMES = sorted(path for path in (WEB / "themes").iterdir() if (path / "templates").is_dir())
FORBIDDEN = re.compile(r"""\s(class|style|on[a-z]+)\s*=|<(script|style|link|img|svg|font)\b|\|safe\b|autoescape off""")
SKELETON = {"bare", "shell", "menu", "footer_links", "cell", "fact"}  # drawn by other components, not called by a page
WITHOUT_DRAWING = {
    "page_in", "page_language", "page_languages", "page_direction", "only_safety", "quit_address", "button",
}  # fmt: skip


def tags() -> set[str]:
    from egide.web.components import tags

    return set(tags.register.tags) - WITHOUT_DRAWING


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_writes_no_class_no_style_and_no_script(page):
    found = FORBIDDEN.search(page.read_text())
    assert not found, f"{page.name} writes {found.group(0)!r}: compose it of components, the theme draws them"


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_a_theme_draws_every_component_and_nothing_else(theme):
    drawn = {path.stem for path in (theme / "templates/components").glob("*.html")}
    assert drawn - SKELETON == tags()
    assert drawn >= SKELETON


def test_the_letter_body_holds_meaning_only():
    folder = WEB.parent / "statistics/publication/templates/publication"
    for name in ("letter_body.html", "letter_spans.html", "figure_url.html"):
        assert not FORBIDDEN.search((folder / name).read_text()), name


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_page_compiles(path):
    engines["django"].get_template(str(path.relative_to(WEB / "templates")))


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_a_theme_calls_no_outside_host(theme):
    for path in [*theme.rglob("*.css"), *theme.rglob("*.html")]:
        assert not re.search(
            r"(https?:)?//[a-z]|@import", path.read_text().replace("http://www.w3.org/2000/svg", "")
        ), path


def test_the_style_is_one_small_file_of_tokens():
    style = (WEB / "themes/neutral/static/egide.css").read_text()
    body = style.partition("/* The page */")[2].partition("@media print")[0]
    assert len(style) < 32_000
    assert not re.search(r"#[0-9a-f]{3,8}\b", body), "colours are tokens: name one in :root"
    for need in ("prefers-color-scheme: dark", "prefers-reduced-motion", "@media print", ":focus-visible"):
        assert need in style
