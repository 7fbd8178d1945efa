"""The real grids of the catalogue, and short ways to write answers."""

import os
from copy import deepcopy
from pathlib import Path

import pytest
import yaml

from egide.methods import danger

CATALOGUE = Path(os.environ.get("EGIDE_CATALOGUE") or Path(__file__).resolve().parents[5] / "catalogue")


LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def plain(name):
    return yaml.load((CATALOGUE / "grids" / f"{name}.yaml").read_text(encoding="utf-8"), LOADER)  # noqa: S506


@pytest.fixture(scope="session")
def plain_grid():
    """A fresh copy of the grid's file at each call."""
    content = plain("danger")
    return lambda: deepcopy(content)


@pytest.fixture(scope="session")
def grid():
    return danger.read_grid(plain("danger"))


@pytest.fixture(scope="session")
def profile():
    return danger.read_profile(plain("official-profile"))


@pytest.fixture(scope="session")
def form():
    return danger.read_short_form(plain("short-form"))


@pytest.fixture(scope="session")
def told():
    """told("P03 P04:SHOWED V02:NO") -> answers: a bare code is a yes, a word after the colon the answer."""

    def tell(text):
        pairs = (item.partition(":") for item in text.split())
        return {code: danger.Answer(danger.read_value(value or "YES")) for code, _, value in pairs}

    return tell
