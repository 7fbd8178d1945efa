"""A small copy of the real catalogue, to be broken on purpose. Communes are three rows: the real file is read once."""

import shutil

import pytest

from egide.foundation.catalogue import root
from egide.foundation.catalogue.checking import check_catalogue

COMMUNES = """code,name,departement,region,valid_from,valid_to,kind
01001,L'Abergement-Clémenciat,01,R84,,,commune
2A004,Ajaccio,2A,R94,,,commune
97101,Les Abymes,971,R01,,,commune
"""
INDICATOR = """code: women-killed
version: "1"
valid_from: 2022-01-01
label: {fr: Femmes tuées, en: Women killed}
definition: {fr: Femmes tuées par leur partenaire, en: Women killed by their partner}
kind: count
unit: killed
population: {code: women, fr: Femmes, en: Women}
source: published-figures
where: {item: [women-killed-partner]}
by: [territory]
"""
UNPUBLISHED = """code: referrals
version: "1"
valid_from: 2022-01-01
label: {fr: Orientations, en: Referrals}
definition: {fr: Orientations par la police, en: Referrals by the police}
kind: count
population: {code: all, fr: Toutes, en: All}
source: null
where: {}
tactics: v
not_published: {fr: non publié, en: not published}
"""
LETTER = """edition: 2022
number: 19
dated: 2024-03-08
embargo_until: 2024-03-08T08:00:00+01:00
fictional: false
title: {fr: La lettre, en: The letter}
figures:
  killed: {indicator: women-killed, period: 2022, territory: FR, headline: true}
derived:
  rhythm:
    rule: days-per-event
    of: [killed]
    label: {fr: Un tous les, en: One every}
    definition: {fr: Jours par fait, en: Days per event}
sections:
  - id: killings
    title: {fr: Tuées, en: Killed}
    paragraphs:
      - fr: "{killed} femmes, une tous les {rhythm} jours."
        en: "{killed} women, one every {rhythm} days."
    figures: [killed]
    tables:
      - id: by-place
        caption: {fr: Par lieu, en: By place}
        indicator: women-killed
        period: 2022
        territory: FR
        rows: territory
        columns: population
    not_published: [referrals]
conflicts:
  - id: two
    figures: [killed, rhythm]
    words: {fr: Deux chiffres, en: Two figures}
refused:
  - id: no-ratio
    rule: ratio
    of: [killed, rhythm]
    claim: {fr: Un rapport, en: A ratio}
"""


@pytest.fixture
def copy(tmp_path):
    """A sound small catalogue of one's own."""
    base = tmp_path / "catalogue"
    shutil.copytree(root(), base, ignore=shutil.ignore_patterns("communes.csv", "letters", "indicators"))
    (base / "territories/communes.csv").write_text(COMMUNES, encoding="utf-8")
    described = base / "territories/territories.yaml"
    described.write_text(described.read_text(encoding="utf-8").replace("rows: 34969", "rows: 3"), encoding="utf-8")
    for folder, name, text in (
        ("indicators", "women-killed", INDICATOR),
        ("indicators", "referrals", UNPUBLISHED),
        ("letters", "2022", LETTER),
    ):
        (base / folder).mkdir(exist_ok=True)
        (base / folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return base


@pytest.fixture
def broken(copy):
    """broken(file, old, new) -> the problems, and the line where `old` stood."""

    def break_it(file, old, new):
        path = copy / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {file}: the test no longer breaks anything"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return check_catalogue(copy), text[: text.index(old)].count("\n") + 1

    return break_it
