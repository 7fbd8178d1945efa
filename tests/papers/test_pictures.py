"""The pictures of the README: drawn from the running demonstration, and small enough for a repository."""

import re
import struct
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
DRAWN = CHECKOUT / "var/screenshots/readme"
KEPT = CHECKOUT / "docs/screenshots"
PICTURES = {  # the page, and the element at which its picture begins
    "letter-390.png": ("/lettres/2022/", "h2#killings"),
    "figure-390.png": ("/lettres/2022/chiffres/women-killed/", "h1"),
}
HEIGHT, LIMIT = 844, 150_000


def _width(picture: Path) -> int:
    return struct.unpack(">I", picture.read_bytes()[16:20])[0]


def test_the_readme_shows_the_kept_pictures_and_says_what_is_on_them():
    shown = re.findall(r"!\[([^\]]+)\]\(docs/screenshots/([\w.-]+)\)", (CHECKOUT / "README.md").read_text())
    assert {name for _words, name in shown} == set(PICTURES) == {path.name for path in KEPT.iterdir()}
    assert all(len(words) > 20 for words, _name in shown)


@pytest.mark.parametrize("name", PICTURES)
def test_a_kept_picture_is_a_phone_wide_and_small(name):
    assert _width(KEPT / name) == 390
    assert (KEPT / name).stat().st_size < LIMIT


@pytest.mark.browser
@pytest.mark.xdist_group("site")
@pytest.mark.parametrize("name", PICTURES)
def test_the_pictures_can_be_drawn_again(demo_site, page, name):
    address, _accounts = demo_site
    path, first = PICTURES[name]
    assert page.goto(address + path).status == 200
    top = page.locator(first).bounding_box()["y"] - 8
    DRAWN.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=DRAWN / name, full_page=True, clip={"x": 0, "y": top, "width": 390, "height": HEIGHT})
    assert _width(DRAWN / name) == _width(KEPT / name)
    assert (DRAWN / name).stat().st_size < LIMIT
