"""Dates, numbers and sizes as each language writes them, and the French of the pages as a printer would set it."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.utils import translation

from egide.web.components import words
from egide.web.public.passports import cut_qualifier, period_words, spaced

FRENCH = (Path(__file__).parents[1] / "locale/fr/LC_MESSAGES/django.po").read_text()
NB, NN = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("language", "day", "moment", "whole", "size"),
    [
        ("fr", f"1er{NB}mars{NB}2024", f"1er{NB}mars{NB}2024 à 6{NB}h{NB}00", f"12{NN}345", f"1,1{NB}Go"),
        ("en", f"1{NB}March{NB}2024", f"1{NB}March{NB}2024, 06:00", "12,345", f"1.1{NB}GB"),
    ],
)
def test_each_language_writes_its_dates_and_numbers(language, day, moment, whole, size):
    with translation.override(language):
        assert words.day(date(2024, 3, 1)) == day
        assert words.moment(datetime(2024, 3, 1, 5, tzinfo=UTC)) == moment
        assert words.whole(12345) == whole
        assert words.size(1 << 30) == size


def test_a_text_of_the_catalogue_is_shown_in_the_language_of_the_page():
    with translation.override("en"):
        assert words.words({"fr": "femmes", "en": "women"}) == "women"
        assert words.words(None) == ""


@pytest.mark.parametrize(
    ("printed", "cut"),
    [
        (f"près de 240{NN}000", ("près de", f"240{NN}000")),
        ("118", ("", "118")),
        (f"+14{NN}%", ("", f"+14{NN}%")),
        ("non publié", ("", "non publié")),
        ("more than 117,000", ("more than", "117,000")),
    ],
)
def test_the_producers_word_is_cut_from_the_number_and_nothing_is_lost(printed, cut):
    assert cut_qualifier(printed) == cut
    assert " ".join(part for part in cut if part) == printed


def test_a_period_reads_as_a_period():
    with translation.override("fr"):
        assert period_words("2022") == "2022"
        assert period_words("2021-08-01/2022-07-31") == f"du 1er{NB}août{NB}2021 au 31{NB}juillet{NB}2022"


def test_french_from_the_catalogue_is_typeset():
    with translation.override("fr"):
        assert spaced("qu'après ; voir : « ici »") == f"qu’après{NN}; voir{NB}: «{NB}ici{NB}»"


def test_the_french_of_the_pages_is_typeset():
    french = "\n".join(re.findall(r'^msgstr(?:\[\d\])? "(.*)"$', FRENCH, re.M)[1:])
    assert "'" not in re.sub(r"`[^`]*`", "", french), "write the typographic apostrophe ’"
    assert not re.search(r"[ \w][;!?](?=[ \n\"])", french), "a narrow no-break space stands before ; ! ?"
    assert not re.search(r"[^\u00a0\u202f]»|«[^\u00a0\u202f]", french), "no-break spaces stand inside « »"
    assert not re.search(r" :|\w:(?= )", french), "a no-break space stands before the colon"


def test_a_french_sign_of_the_catalogue_never_begins_a_line():
    plain = {"fr": "Est-elle seule ? « oui » : notez-le ; sinon !", "en": "Is she alone? “yes”: note it; otherwise!"}
    with translation.override("fr"):
        assert words.words(plain) == "Est-elle seule\u202f? «\u00a0oui\u00a0»\u00a0: notez-le\u202f; sinon\u202f!"
    with translation.override("en"):
        assert words.words(plain) == plain["en"]
