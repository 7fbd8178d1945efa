"""The spaces that French puts before its signs, and none where there must be none."""

import pytest

from egide.core.typography import french_spaces, set_in_french

NARROW, FULL = "\u202f", "\u00a0"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Vraiment ?", f"Vraiment{NARROW}?"),
        ("ceci ; cela !", f"ceci{NARROW}; cela{NARROW}!"),
        ("un fait : deux", f"un fait{FULL}: deux"),
        ("« mot »", f"«{FULL}mot{FULL}»"),
        ("12 %", f"12{FULL}%"),
        ("activez %(module)s", "activez %(module)s"),
        ("1 240 000 faits", f"1{NARROW}240{NARROW}000 faits"),
        ("En 2022 118 femmes", "En 2022 118 femmes"),
        ("n° 18", f"n°{FULL}18"),
    ],
)
def test_spaces_that_must_not_break_are_put_where_french_wants_them(typed, printed):
    assert french_spaces(typed) == printed
    assert french_spaces(printed) == printed


def test_apostrophes_are_curved_between_letters_only():
    assert set_in_french("l'heure 'dite'") == "l’heure 'dite'"
