"""Each kind of mistake, made on purpose: the problem names the file, the line and the remedy."""

import pytest

from egide.foundation.catalogue import root
from egide.foundation.catalogue.checking import check_catalogue

E4001 = "sources/etat4001.yaml"
WALK = "crosswalks/etat4001--iccs.csv"
LETTER = "letters/2022.yaml"
KILLED = "indicators/women-killed.yaml"


def test_the_small_copy_is_sound(copy):
    assert check_catalogue(copy) == []


def test_the_real_catalogue_is_sound():
    assert check_catalogue(root()) == []


# file, what is replaced, by what, lines below the replaced text's first line, words of the problem, words of the remedy
MISTAKES = [
    ("nomenclatures/sex.yaml", '{fr: "Femmes", en: "Women"}', '{fr: "Femmes"}', 0, "no English text", "add `en:`"),
    ("nomenclatures/sex.yaml", 'en: "Women"', 'en: " "', 0, "is empty", "write it"),
    ("nomenclatures/sex.yaml", 'code: "M"', 'code: "F"', 0, "written twice", "rename"),
    ("nomenclatures/sex.yaml", "valid_to: null", "valid_to: 1999-01-01", 0, "comes before valid_from", "in order"),
    ("nomenclatures/sex.yaml", "valid_from: 2022-01-01", "valid_from: 2022-02-31", 0, "no date", "year-month-day"),
    ("nomenclatures/sex.yaml", "valid_from:", "valid_form:", 0, "'valid_form' nobody reads", "valid_from"),
    ("nomenclatures/sex.yaml", "code: sex", "code: gender", 0, "not the name of the file", "gender.yaml"),
    ("nomenclatures/sex.yaml", "valid_to: null", "valid_to: null\nvalid_to: null", 1, "written twice", "keep one"),
    ("nomenclatures/sex.yaml", 'version: "1"', "version: 1", 0, "number 1", 'put quotes: "1"'),
    ("nomenclatures/etat4001.yaml", 'unit: "cheque"', 'unit: "chequ"', 0, "unit 'chequ' is not", "cheque"),
    ("nomenclatures/iccs.yaml", 'parent: "ICCS01"', 'parent: "ICCS0X"', 0, "parent 'ICCS0X'", "ICCS0"),
    ("nomenclatures/missing.yaml", '"sans objet"', '"inconnu"', -1, "'inconnu' is written twice", "rename"),
    ("nomenclatures/producers.yaml", 'successor: "ssmsi"', 'successor: "smsi"', 0, "successor 'smsi'", "ssmsi"),
    (E4001, "key: [territory, offence, period]", "key: [territory, offence, period", 1, "not YAML", "quotes"),
    (E4001, "disclosure: none", "disclosure: nothing", 0, "profile 'nothing'", "none"),
    (E4001, "producer: interior", "producer: intrior", 0, "producer 'intrior'", "interior"),
    (E4001, "nomenclature: etat4001}", "nomenclature: etat401}", 0, "nomenclature 'etat401'", "etat4001"),
    (E4001, "{METRO: FR-METRO}", "{METRO: METRO}", 0, "code 'METRO' is not", "FR-METRO"),
    (E4001, "geo: territory,", "", 0, "no column for 'territory'", "delivered name: territory"),
    (E4001, "faits: value", "faits: valeur", 0, "column 'valeur'", "value"),
    (E4001, "[territory, offence, period]", "[territory, index]", 0, "column 'index'", "use one of"),
    (E4001, 'offence: "49"', 'offence: "490"', 0, "'490' is not", "49"),
    (E4001, "kind: artefact", "kind: artifact", 0, "'artifact'", "artefact"),
    (E4001, "holds: cells", "holds: cells\nholds_rows: true", 1, "nobody reads", "holds"),
    ("sources/val-degide-recorded.yaml", "of: [F, M, U]", "of: [F, H, U]", 0, "code of sex 'H'", "use one of"),
    ("sources/published-figures.yaml", "ratios: [percent]", "ratios: [percents]", 0, "ratio 'percents'", "percent"),
    ("crosswalks/etat4001--iccs.yaml", "target_unit: offence", "target_unit: UNKNOWN", 0, "known unit", "use one of"),
    (WALK, "1,ICCS0101,1,1996-01-01", "1,ICCS0199,1,1996-01-01", 0, "'ICCS0199' (to)", "ICCS0109"),
    (WALK, "1,ICCS0101,1,1996-01-01", "201,ICCS0101,1,1996-01-01", 0, "'201' (from)", "use one of"),
    (WALK, "2007-12-31,FR,", "1990-12-31,FR,", 0, "comes before valid_from", "in order"),
    (WALK, "2007-12-31,FR,", "2009-12-31,FR,", 1, "already mapped on the same days, line 2", "end the earlier row"),
    (WALK, "1,ICCS0101,1,1996-01-01", "1,ICCS0101,un,1996-01-01", 0, "weight 'un'", "0.5"),
    (WALK, "homicide-fr", "homicide", 0, "'homicide' is no proven sum", "homicide-fr"),
    (WALK, ",FR,", ",METRO,", 0, "scope 'METRO'", "FR-METRO"),
    (WALK, "from,to", "source,target", 0, "the header is source", "write from,to"),
    ("disclosure/default.yaml", "victim-heard", "victim-herd", 0, "unit 'victim-herd'", "victim-heard"),
    ("disclosure/default.yaml", "top: 5", "top: 0", 0, "does not fit", "schema"),
    ("law/rgpd.yaml", "code: rgpd-art-10", "code: rgpd-art-9", 0, "already in law/rgpd.yaml", "its own code"),
    ("retention/logs.yaml", "minimum_months: 6", "minimum_months: 36", 0, "36 months at least", "in order"),
    (
        "retention/logs.yaml",
        "maximum_months: 12\n",
        "",
        None,
        "lacks the key 'maximum_months'",
        "add `maximum_months:`",
    ),
    (KILLED, "unit: killed", "unit: kiled", 0, "unit 'kiled'", "killed"),
    (KILLED, "unit: killed\n", "", None, "a count has no unit", "add `unit:`"),
    (KILLED, "source: published-figures", "source: published", 0, "source 'published'", "published-figures"),
    (KILLED, "women-killed-partner", "women-kiled", 0, "code of item 'women-kiled'", "women-killed-partner"),
    (KILLED, "where: {item:", "where: {itm:", 0, "column 'itm'", "item"),
    (KILLED, "by: [territory]", "by: [place]", 0, "column 'place'", "use one of"),
    ("indicators/referrals.yaml", "not_published:", "#", None, "must say what is printed", "add `not_published"),
    ("indicators/referrals.yaml", "tactics: v", "tactics: ix", 0, "TACTICS indicator 'ix'", "use one of"),
    (LETTER, "{indicator: women-killed,", "{indicator: women-kill,", 0, "indicator 'women-kill'", "women-killed"),
    (LETTER, "period: 2022, territory: FR", "period: 2022, territory: FX", 0, "territory 'FX'", "FR"),
    (LETTER, "    of: [killed]", "    of: [kiled]", 0, "figure 'kiled'", "killed"),
    (LETTER, '"{killed} women', '"{kiled} women', 0, "calls for {kiled}", "killed"),
    (
        LETTER,
        "one every {rhythm} days",
        "one every three days",
        -1,
        "only one language calls for {rhythm}",
        "both languages",
    ),
    (LETTER, "{rhythm} days", "{rhythm days", 0, "lone brace", "both braces"),
    (LETTER, "columns: population", "columns: pop", 0, "dimension 'pop'", "population"),
    (LETTER, "not_published: [referrals]", "not_published: [referal]", 0, "indicator 'referal'", "referrals"),
    (LETTER, "figures: [killed, rhythm]", "figures: [killed, rythm]", 0, "figure 'rythm'", "rhythm"),
    (LETTER, "rule: ratio", "rule: rate", 0, "'rate'", "ratio"),
    (LETTER, "T08:00:00+01:00", "", 0, "embargo_until", "offset"),
    ("territories/departements.csv", "75,Paris,R11,,,metropole\n", "", None, "100 départements, France has 101", "96"),
    ("territories/departements.csv", "75,Paris,R11", "75,Paris,R12", 0, "region 'R12' of 75 Paris", "use one of: R"),
    ("territories/communes.csv", "Ajaccio,2A", "Ajaccio,20", 0, "departement '20' of 2A004 Ajaccio", "use one of"),
    ("territories/communes.csv", "01001,", "1,", 0, "no territory code", "leading zero"),
    ("territories/communes.csv", "97101,", "01001,", 0, "already in territories/communes.csv:2", "keep one"),
    ("territories/communes.csv", "2A,R94,,", "2A,R94,2026,", 0, "'2026' is no date", "year-month-day"),
    (
        "territories/fictional.csv",
        "fictional,true",
        "fictional,",
        0,
        "invented territory FICTION is not flagged",
        "write true",
    ),
    ("territories/territories.yaml", "rows: 18", "rows: 19", 0, "has 18 rows, 19 are announced", "correct the number"),
]


@pytest.mark.parametrize(("file", "old", "new", "below", "what", "remedy"), MISTAKES)
def test_a_mistake_is_named(broken, file, old, new, below, what, remedy):
    problems, line = broken(file, old, new)
    match = [p for p in problems if what in p.what and remedy in p.remedy and p.file == file]
    assert match, "\n".join(map(str, problems)) or "nothing was found"
    if below is not None:
        assert line + below in [p.line for p in match], "\n".join(map(str, match))


def test_a_file_nobody_reads_is_a_mistake(copy):
    (copy / "sources/etat4001.yaml").rename(copy / "sources/etat4001.yml")
    assert any(p.what == "nobody reads this file" for p in check_catalogue(copy))


def test_a_file_in_another_encoding_is_a_mistake(copy):
    (copy / "nomenclatures/sex.yaml").write_bytes("label: é".encode("latin-1"))
    assert any("not in UTF-8" in p.what for p in check_catalogue(copy))


def test_an_absent_table_is_a_mistake(copy):
    (copy / WALK).unlink()
    assert [(p.file, p.what) for p in check_catalogue(copy)] == [(WALK, "the file is absent")]


def test_a_folder_without_schemas_is_no_catalogue(tmp_path):
    assert "holds no catalogue" in check_catalogue(tmp_path)[0].what


def test_a_problem_reads_as_file_line_what_remedy(broken):
    problems, line = broken("disclosure/default.yaml", "victim-heard", "victim-herd")
    assert str(problems[0]).startswith(
        f"disclosure/default.yaml:{line} the unit 'victim-herd' is not in the catalogue -> use one"
    )
