"""A French name is found however it is written, by equality of keys alone (Z02, trap 9)."""

from string import ascii_uppercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egide.field.persons.keys import asked_keys, family_key, name_key, one_slip_away, part_keys, stored_keys

NAMES = st.text(ascii_uppercase, min_size=5, max_size=14)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("de La Tour", "Latour"), ("Delatour", "de La Tour"), ("LA TOUR", "de la tour"), ("d’Arvor", "Darvor"), ("Darvor", "d'Arvor"),
     ("Legoff", "Le Goff"), ("Lefevre", "Lefèvre"), ("Müller", "MULLER"), ("du Bellay", "Dubellay"), ("Cœurdacier", "coeurdacier")],
)  # fmt: skip
def test_particles_accents_and_marks_do_not_hide_a_name(typed, stored):
    assert family_key(stored) in asked_keys(typed)


@pytest.mark.parametrize(
    ("family", "parts"),
    [("Martin-Dupont", ("MARTIN", "DUPONT")), ("de La Tour", ("", "")), ("Martin de La Tour", ("MARTIN", "LATOUR")), ("Le Goff", ("", "")),
     ("", ("", ""))],
)  # fmt: skip
def test_a_compound_is_kept_by_its_two_ends(family, parts):
    assert part_keys(family) == parts


@given(name=NAMES, data=st.data())
def test_one_slip_is_forgiven_wherever_it_falls(name, data):
    """A letter left out, doubled by another, exchanged, or two crossed."""
    place = data.draw(st.integers(0, len(name) - 1))
    letter = data.draw(st.sampled_from(ascii_uppercase))
    crossed = name[:place] + name[place + 1 : place + 2] + name[place] + name[place + 2 :]
    for slip in (
        name[:place] + name[place + 1 :],
        name[:place] + letter + name[place + 1 :],
        name[:place] + letter + name[place:],
        crossed,
    ):
        assert slip == name or slip in one_slip_away(name)
        if len(slip) >= 5:
            assert slip == name or name in one_slip_away(slip), "the same slip is found from the other side"


@given(given_name=st.text(max_size=30), family=st.text(max_size=30))
def test_keys_are_letters_that_fit_their_columns_and_are_asked_back(given_name, family):
    keys = stored_keys(given_name, family)
    assert all(set(key) <= set(ascii_uppercase + "123 ") for key in keys.values())
    assert keys["family_key"] in asked_keys(family) | {""}
    assert keys["name_key"] == name_key(given_name, family)


def test_a_short_name_forgives_no_slip():
    assert one_slip_away("ROY") == frozenset()
