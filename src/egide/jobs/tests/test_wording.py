"""The French catalogue: no sentence without its French, none in doubt, none left over."""

import shutil

import pytest

from egide.jobs import wording


@pytest.fixture
def copy(tmp_path):
    return shutil.copy(wording.CATALOGUE, tmp_path / "django.po")


def test_every_sentence_has_its_french():
    assert wording.faults() == []


def test_an_update_without_new_sentences_changes_nothing(copy):
    before = copy.read_bytes()
    wording.update(copy)
    assert copy.read_bytes() == before


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ('msgid "Letters"\nmsgstr "Lettres"', 'msgid "Letters"\nmsgstr ""', "No French: “Letters”"),
        ('msgid "Letters"\n', '#, fuzzy\nmsgid "Letters"\n', "French in doubt: “Letters”"),
        ('msgid "Letters"', 'msgid "Missives"', "Not in the catalogue: “Letters”"),
        ('msgid "Letters"', 'msgid "Missives"', "No longer said: “Missives”"),
        ('msgstr "Lettres"\n', 'msgstr "Lettres"\n\n#~ msgid "Old"\n#~ msgstr "Vieux"\n', "No longer said: 'Old'"),
    ],
)  # fmt: skip
def test_each_gap_is_named(copy, before, after, fault):
    text = copy.read_text()
    assert before in text
    copy.write_text(text.replace(before, after, 1))
    assert fault in wording.faults(copy)


def test_a_compiled_catalogue_speaks_french(copy):
    from gettext import GNUTranslations

    with open(wording.compile_words(copy), "rb") as compiled:
        assert GNUTranslations(compiled).gettext("Letters") == "Lettres"
