"""The words of a letter and of its annex, set as French is set."""

import pytest

from egide.statistics.publication.renderings.annex import break_words, delivery_lines, passport_lines, period_words
from egide.statistics.publication.renderings.typography import typeset
from egide.statistics.publication.renderings.words import day_of, long_date, words_in

FULL = "\u00a0"


def test_codes_and_file_names_are_never_retyped_nor_english():
    part = {"figure": "a : b", "text": "a : b", "lineage": [{"filename": "x 2 000.csv"}]}
    assert typeset(part, "fr") == {**part, "text": f"a{FULL}: b"}
    assert typeset(part, "en") == part


def test_dates_are_written_in_full():
    assert long_date(day_of("2022-11-25T08:00:00Z"), "fr") == f"25{FULL}novembre 2022"
    assert long_date(day_of("2023-03-01"), "fr") == f"1er{FULL}mars 2023"
    assert long_date(day_of("2023-03-01"), "en") == f"1{FULL}March 2023"


def test_a_third_language_is_refused_in_a_sentence():
    with pytest.raises(ValueError, match="'de' was asked"):
        words_in("de")


def test_a_break_is_told_by_its_date_and_its_cause():
    assert break_words({"at": "2012-01", "cause": {"fr": "logiciel", "en": "software"}}, "en") == "2012-01, software"
    assert break_words("2012-01", "fr") == "2012-01"


def test_a_range_of_months_shows_its_two_ends():
    assert period_words("2021-08-01/P12M") == "2021-08/2022-07"
    assert period_words("année scolaire") == "année scolaire"


def test_each_delivery_is_listed_once_and_each_figure_says_which(figures):
    (only,) = delivery_lines(figures)
    assert (only["number"], only["figures"]) == ("1", str(len(figures) - 1))
    lines = {line["code"]: line for line in passport_lines(figures, "fr")}
    assert lines["killed"]["deliveries"] == "livraison 1"
    assert lines["trained"]["deliveries"] == ""
    assert lines["trained"]["source"] == "aucune source publiée"
