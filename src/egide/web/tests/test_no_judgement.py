"""Leaving and returning are facts: no word of the pages or of the catalogue judges them."""

import re

from conftest import CHECKOUT

JUDGES = re.compile(r"\b(rechut|relaps|a échoué à partir|retombé)", re.IGNORECASE)
READ_BY_PEOPLE = (
    "src/egide/web/locale/**/*.po",
    "src/egide/web/templates/**/*.html",
    "catalogue/**/*.yaml",
    "docs/how-to/*.md",
)


def test_no_word_calls_a_return_a_relapse():
    """AT-03: eight cycles are eight episodes; nothing that is read says “rechute”."""
    paths = [path for pattern in READ_BY_PEOPLE for path in CHECKOUT.glob(pattern)]
    assert len(paths) > 100
    found = {
        str(path.relative_to(CHECKOUT)): word[0] for path in paths if (word := JUDGES.search(path.read_text(encoding="utf-8")))
    }  # fmt: skip
    assert not found
