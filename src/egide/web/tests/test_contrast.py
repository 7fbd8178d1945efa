"""The theme's colours, light and dark, keep the contrast of level AA: 4.5 for text, 3 for what can be used."""

import re
from pathlib import Path

import pytest

STYLE = (Path(__file__).parents[1] / "themes/neutral/static/egide.css").read_text()
TOKENS = re.compile(r"--([a-z-]+): (#[0-9a-f]{3,6});")
LIGHT = dict(TOKENS.findall(STYLE.partition("@media")[0]))
DARK = LIGHT | dict(TOKENS.findall(STYLE.partition("prefers-color-scheme: dark")[2].partition("/* The page */")[0]))
TEXT = [
    *((ink, ground) for ink in ("ink", "soft", "accent", "accent-deep") for ground in ("paper", "surface", "sunken", "wash")),
    *((tone, ground) for tone in ("good", "warn", "bad") for ground in ("paper", f"{tone}-wash")),
    ("ink", "good-wash"), ("ink", "warn-wash"), ("ink", "bad-wash"), ("accent", "warn-wash"), ("accent", "bad-wash"),
    ("on-accent", "accent"), ("paper", "bad"),
]  # fmt: skip
USED = [("edge", "paper"), ("edge", "surface"), ("focus", "paper"), ("focus", "surface"), ("focus", "sunken")]


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_stands_out(scheme, ink, ground):
    assert contrast(scheme[ink], scheme[ground]) >= 4.5


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), USED)
def test_what_can_be_used_stands_out(scheme, edge, ground):
    assert contrast(scheme[edge], scheme[ground]) >= 3
