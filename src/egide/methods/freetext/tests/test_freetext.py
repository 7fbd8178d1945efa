"""A text that may tell of a third person is seen before it is kept (X10)."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egide.methods.freetext import Nature, find_third_parties, natures


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Elle a appelé le 06 39 98 00 01 hier.", [Nature.PHONE]),
        ("Numéro : +33 6.39.98.00.01", [Nature.PHONE]),
        ("joindre alix@exemple.invalid ou alix (at) exemple.invalid", [Nature.EMAIL]),
        ("Son mari Camille garde les clés.", [Nature.NAME]),
        ("M. Modèle l’attendait devant la porte.", [Nature.NAME]),
        ("Hier Alix Exemple est venue.", [Nature.NAME]),
        ("la voisine s’appelle Dominique", [Nature.NAME]),
        ("Mme de la Tour, 01 99 00 12 34", [Nature.PHONE]),
        ("Le bail est aux deux noms. Elle veut partir.", []),
        ("Elle a été reçue à Pont-l’Égide. Deux enfants.", []),
        ("Dossier 2026-03-03, 45 minutes, 12 ticks", []),
        ("", []),
    ],
)
def test_what_tells_of_someone_is_seen_and_ordinary_words_are_not(text, found):
    assert set(found) <= set(natures(text))
    if not found:
        assert natures(text) == ()


@given(before=st.text("abcdéà ,.\n"), after=st.text("abcdéà ,.\n"), digits=st.lists(st.integers(0, 99), min_size=4, max_size=4),
       first=st.integers(1, 9), mark=st.sampled_from(["", " ", ".", "-"]))  # fmt: skip
def test_a_french_number_is_seen_wherever_it_stands_and_however_it_is_cut(before, after, digits, first, mark):
    number = mark.join([f"0{first}", *(f"{pair:02}" for pair in digits)])
    assert Nature.PHONE in natures(f"{before} {number} {after}")


@given(st.text())
def test_findings_stand_in_order_inside_the_text_and_never_overlap(text):
    found = find_third_parties(text)
    assert all(0 <= finding.start < finding.end <= len(text) for finding in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@given(st.text("abcdefghijklmnopqrstuvwxyzéèàç ,.;\n"))
def test_small_letters_alone_tell_of_nobody(text):
    assert natures(text) == ()


@given(st.text())
def test_a_finding_carries_no_word_of_the_text(text):
    for finding in find_third_parties(text):
        assert set(vars(finding)) == {"start", "end", "nature"}
