"""What the catalogue is known to hold, against the real files where they are present."""

import csv
import gzip
import io
from collections import Counter
from datetime import date

import pytest

from egide.foundation import catalogue


def test_france_has_101_departements_and_34969_communes():
    assert len(catalogue.list_territories("departement")) == 101
    assert len(catalogue.list_territories("commune")) == 34_969
    assert len(catalogue.list_territories("region")) == 18
    assert {"2A", "2B", "75", "971", "974", "976"} <= {
        found.code for found in catalogue.list_territories("departement")
    }


def test_the_invented_departement_is_flagged_and_kept_apart():
    invented = catalogue.get_territory("990")
    assert invented.fictional
    assert invented.name == "Val-d'Égide"
    assert invented not in catalogue.list_territories("departement")
    communes = [found for found in catalogue.list_territories("commune", fictional=True) if found.fictional]
    assert [found.parent for found in communes].count("990") == 3
    departements = [found for found in catalogue.list_territories("departement", fictional=True) if found.fictional]
    assert {found.parent for found in departements} == {"FICTION"}
    assert {found.parent for found in communes} == {found.code for found in departements}


def test_a_region_and_a_departement_of_the_same_number_differ():
    assert catalogue.get_territory("11").name == "Aude"
    assert catalogue.get_territory("R11").name == "Île-de-France"
    assert catalogue.get_territory("R11").insee == "11"
    assert catalogue.get_territory("75").parent == "R11"


def test_twelve_of_the_107_indexes_have_a_known_unit():
    codes = catalogue.get_nomenclature("etat4001").codes
    known = {int(code): catalogue.get_unit_of("etat4001", code).code for code in codes
             if catalogue.get_unit_of("etat4001", code).known}  # fmt: skip
    assert len(codes) == 107
    assert known == {
        **dict.fromkeys(range(46, 50), "victim"),
        **dict.fromkeys((56, 57), "suspect"),
        **dict.fromkeys(range(34, 39), "vehicle"),
        89: "cheque",
    }
    assert [code for code, entry in codes.items() if not entry.used] == ["96", "97", "99", "100"]


def test_two_unknown_units_are_two_units():
    assert catalogue.get_unit_of("etat4001", "1") != catalogue.get_unit_of("etat4001", "2")
    assert not catalogue.get_unit("UNKNOWN").known


def test_units_add_only_where_they_may():
    """AT-57, trap 19: a suspect counts once per territory and period, a victim once per offence."""
    assert catalogue.get_unit("suspect").additive_over == {"sex", "age"}
    assert {"territory", "sex", "age", "period"} <= catalogue.get_unit("victim").additive_over
    assert "offence" not in catalogue.get_unit("victim").additive_over
    assert "offence" in catalogue.get_unit("victim-offence").additive_over


def test_percent_is_no_counting_unit():
    with pytest.raises(catalogue.UnknownEntry, match="no counting unit 'percent'"):
        catalogue.get_unit("percent")


def test_a_concept_that_cannot_be_measured_has_a_reason_and_no_zero():
    """AT-58: partner violence is not measurable in the état 4001."""
    reasons = {item.concept: item.reason.en for item in catalogue.get_source("etat4001").not_measurable}
    assert "cannot be measured" in reasons["partner-violence"]


def test_contraventions_road_offences_and_log_entries_are_outside():
    """AT-60."""
    outside = [item.code for item in catalogue.get_source("etat4001").outside]
    assert outside == ["contraventions", "road-offences", "main-courante"]


def test_the_two_breaks_of_the_etat_4001_are_of_two_kinds():
    """AT-59: neither has a back-cast, so no growth crosses them."""
    found = {(item.series["offence"], item.at): (item.kind, item.backcast) for item in
             catalogue.get_source("etat4001").breaks}  # fmt: skip
    assert found == {("49", "2012-01"): ("artefact", None), ("48", "2017-10"): ("real", None)}


def test_a_closed_producer_names_its_successor():
    closed = catalogue.get_nomenclature("producers").codes["ondrp"]
    assert (closed.valid_to, closed.successor) == (date(2020, 12, 31), "ssmsi")


def test_the_six_missing_values_print_six_words_in_each_language():
    labels = [entry.label for entry in catalogue.get_nomenclature("missing").codes.values()]
    assert len({label.fr for label in labels}) == len({label.en for label in labels}) == 6
    assert catalogue.get_nomenclature("missing").codes["NOT_PUBLISHED"].label.en == "not published"


def test_an_unknown_code_names_the_nearest():
    with pytest.raises(catalogue.UnknownEntry, match="ssmsi-departements"):
        catalogue.get_source("ssmsi-departement")


def test_a_text_is_given_in_the_language_asked_and_in_no_other():
    label = catalogue.get_nomenclature("sex").codes["F"].label
    assert (label.get("fr"), label.get("en-GB")) == ("Femmes", "Women")
    with pytest.raises(ValueError, match="fr and en"):
        label.get("de")


def test_law_retention_and_profiles_are_read():
    assert catalogue.get_law("loi-78-17-art-46").valid_from == date(2019, 6, 1)
    assert {rule.code: rule.ends for rule in catalogue.list_retention_rules()}["aggregate-deliveries"] == "never"
    assert catalogue.get_profile("default").minimum_count == 5


def test_another_catalogue_is_read_when_the_environment_names_one(copy, monkeypatch):
    monkeypatch.setenv("EGIDE_CATALOGUE", str(copy))
    assert catalogue.root() == copy
    assert len(catalogue.list_territories("commune")) == 3
    letter = catalogue.get_letter(2022)
    assert letter.figures["killed"].period == "2022"
    assert letter.sections[0].tables[0].rows == "territory"
    assert catalogue.get_indicator("referrals").not_published.fr == "non publié"
    assert [found.edition for found in catalogue.list_letters()] == [2022]


def _counts(shared_data):
    counts = Counter()
    with gzip.open(shared_data / "etat4001/etat4001_monthly_tidy.csv.gz", "rt", newline="") as stream:
        for row in csv.DictReader(stream):
            territory = {"METRO": "FR-METRO"}.get(row["geo"], row["geo"])
            counts[territory, row["index4001"], row["month"][:4]] += int(row["faits"])
    return counts


def _eurostat(shared_data, code):
    with gzip.open(shared_data / "eurostat/estat_crim_off_cat_2008-2022.tsv.gz", "rt") as stream:
        years = [year.strip() for year in next(stream).split("\t")[1:]]
        line = next(line for line in stream if line.startswith(f"A,{code},NR,FR\t"))
    return dict(zip(years, (int(value.strip().rstrip("bdep ")) for value in line.split("\t")[1:8]), strict=False))


def test_each_proven_sum_holds_on_the_real_series(shared_data):
    """804 homicides in 2009; robbery within 0.2 %; kidnapping within 1.5 %; theft of vehicles within 0.1 %."""
    counts = _counts(shared_data)
    assert sum(counts["FR", index, "2009"] for index in ("1", "2", "3", "51")) == 804
    for proof in catalogue.get_crosswalk("etat4001--iccs").proven_sums:
        transmitted = _eurostat(shared_data, proof.to_code)
        for year in range(proof.valid_from.year, proof.valid_to.year + 1):
            ours = sum(counts[proof.scope, index, str(year)] for index in proof.of)
            gap = abs(ours - transmitted[str(year)]) / transmitted[str(year)]
            assert gap <= float(proof.tolerance), f"{proof.id} {year}: {ours} against {transmitted[str(year)]}"


DELIVERIES = {
    "2023-02": "donnee-dep-2022-produit-le2023-02-09.csv.gz",
    "2023-07": "donnee-dep-2022-produit-le2023-07-17.csv.gz",
    "2024-07": "donnee-dep-2023-produit-le2024-07-05.csv.gz",
    "2025": "donnee-dep-2024-phl43.csv.gz",
}


@pytest.mark.parametrize("dialect", DELIVERIES)
def test_each_dialect_describes_its_real_file(shared_data, dialect):
    source = catalogue.get_source("ssmsi-departements")
    told = next(item for item in source.dialects if item.id == dialect)
    raw = gzip.decompress((shared_data / "ssmsi" / DELIVERIES[dialect]).read_bytes())
    assert (b"\r\n" in raw) == (told.line_end == "crlf")
    rows = list(csv.DictReader(io.StringIO(raw.decode(told.encoding)), delimiter=told.separator))
    assert set(rows[0]) == set(told.header) | set(told.ignored)
    delivered = {name: column for column, name in told.header.items()}
    for name in ("offence", "unit"):
        known = source.column(name).codes
        assert {row[delivered[name]] for row in rows} <= set(known)
    places = {row[delivered["territory"]].zfill(source.column("territory").pad) for row in rows}
    assert places == {found.code for found in catalogue.list_territories("departement")}


def test_every_label_of_a_vintage_is_an_alias_seen_in_that_vintage(shared_data):
    source = catalogue.get_source("ssmsi-departements")
    for dialect in source.dialects:
        raw = gzip.decompress((shared_data / "ssmsi" / DELIVERIES[dialect.id]).read_bytes()).decode(dialect.encoding)
        column = next(name for name, canonical in dialect.header.items() if canonical == "offence")
        labels = {row[column] for row in csv.DictReader(io.StringIO(raw), delimiter=";")}
        codes = catalogue.get_nomenclature("ssmsi-offences").codes.values()
        expected = {alias.text for code in codes for alias in code.aliases if dialect.vintages[0] in alias.vintages}
        assert labels == expected, dialect.id


def test_the_series_name_territories_and_units_the_catalogue_knows(shared_data):
    source = catalogue.get_source("ssmsi-series")
    path = shared_data / "ssmsi/ssmsi_series_chronologiques_2024-03-04.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert set(rows[0]) == set(source.dialects[0].header)
    assert {row["Zone_geographique"] for row in rows} <= set(source.column("territory").codes)
    assert {row["Unite_de_compte"] for row in rows} <= set(source.column("unit").codes)
    header = {canonical: name for name, canonical in source.dialects[0].header.items()}
    keys = Counter(tuple(row[header[name]] for name in source.key) for row in rows)
    assert sum(times for times in keys.values() if times > 1) == 3_234
    assert len([key for key, times in keys.items() if times > 1]) == 1_617
