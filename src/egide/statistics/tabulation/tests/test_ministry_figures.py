"""The ministry's figures, tabulated from the ministry's files as they were delivered: the answers that are known."""

import csv
import gzip
from datetime import date

import pyarrow.compute as pc
import pytest

from egide.core.count import NotAdditive
from egide.core.missing import Missing
from egide.foundation.catalogue import list_territories
from egide.statistics.harmonisation.harmonise import harmonise
from egide.statistics.tabulation.crossed import tabulate_crossed
from egide.statistics.tabulation.selection import parts_of
from egide.statistics.tabulation.tabulate import list_vintages, tabulate_indicator

FR_2022 = {"period": "2022", "territory": "FR"}


def cells_of(delivery, **where):
    """(offence, period, territory, unit) -> value, of the harmonised rows that have these codes."""
    table = harmonise(delivery).table
    for name, code in where.items():
        table = table.filter(pc.equal(table[name], code))
    names = ("offence", "period", "territory", "unit")
    return {tuple(row[name] for name in names): row["value"] for row in table.to_pylist()}


def test_sexual_violence_of_2022_has_three_vintages_and_each_keeps_its_figure(ssmsi, indicator):
    """84,461 in both vintages of 2023, 106,113 in July 2024: same label, widened definition, no flag in the file."""
    ssmsi("2024-07-05", "2023-02-09", "2023-07-17")
    sexual = indicator("ssmsi-departements", unit="victim", offence=["sexual-violence"])
    known = [(table.origin.vintage, table.cells[0].value) for table in list_vintages(sexual, **FR_2022)]
    assert known == [("2023-02-09", 84_461), ("2023-07-17", 84_461), ("2024-07-05", 106_113)]
    assert tabulate_indicator(sexual, **FR_2022).cells[0].value == 106_113
    assert tabulate_indicator(sexual, **FR_2022, as_of=date(2024, 7, 4)).cells[0].value == 84_461
    assert tabulate_indicator(sexual, **FR_2022, as_of=date(2023, 2, 8)).cells[0].absence == Missing.UNKNOWN


def test_the_two_vintages_of_2023_agree_on_france_and_differ_in_904_departements_and_classes(ssmsi):
    """904 of the 1,212 départemental cells of 2022 moved between the vintages of 2023: relocated."""
    february, july = (cells_of(delivery, period="2022") for delivery in ssmsi("2023-02-09", "2023-07-17"))
    assert len(february) == 1_212
    assert february.keys() <= july.keys()
    assert sum(july[key] != value for key, value in february.items()) == 904
    sexual = [sum(v for key, v in each.items() if key[0] == "sexual-violence") for each in (february, july)]
    assert sexual == [84_461, 84_461]


def test_the_file_of_july_2023_has_9898_rows_and_gets_its_leading_zeros_back(ssmsi, shared_data):
    raw = gzip.decompress((shared_data / "ssmsi/donnee-dep-2022-produit-le2023-07-17.csv.gz").read_bytes()).decode(
        "utf-8-sig"
    )
    delivered = {row["Code.département"] for row in csv.DictReader(raw.splitlines(), delimiter=";")}
    assert {"1", "9"} <= delivered
    assert not {"01", "09"} & delivered
    (delivery,) = ssmsi("2023-07-17")
    assert (delivery.rows_read, delivery.rows_accepted) == (9_898, 9_898)
    assert {key[2] for key in cells_of(delivery)} == {territory.code for territory in list_territories("departement")}


@pytest.mark.parametrize(
    ("offence", "period", "known"),
    [
        ("homicides", "2020", (823, 788)),
        ("homicides", "2021", (882, 840)),
        ("sexual-violence", "2022", (106_113, 106_114)),
    ],
)
def test_the_file_of_2025_took_figures_of_july_2024_back(ssmsi, indicator, offence, period, known):
    """Homicides 2020 823 -> 788, 2021 882 -> 840; sexual violence 2022 106,113 -> 106,114."""
    ssmsi("2024-07-05", "2025-07-10")
    tables = list_vintages(
        indicator("ssmsi-departements", unit="victim", offence=[offence]), period=period, territory="FR"
    )
    assert tuple(table.cells[0].value for table in tables) == known


def test_homicides_of_2017_to_2019_rose_between_the_same_files(ssmsi, indicator):
    ssmsi("2024-07-05", "2025-07-10")
    homicide = indicator("ssmsi-departements", unit="victim", offence=["homicides"])
    for period in ("2017", "2018", "2019"):
        before, after = (table.cells[0].value for table in list_vintages(homicide, period=period, territory="FR"))
        assert before < after


def test_assault_was_redone_in_july_2024_and_is_gone_in_2025(ssmsi, indicator):
    """“Coups et blessures volontaires” 2022: 353,583, then 320,156; the class disappears in 2025."""
    ssmsi()
    tables = list_vintages(indicator("ssmsi-departements", unit="victim", offence=["assault"]), **FR_2022)
    assert [table.cells[0].value for table in tables] == [353_583, 353_583, 320_156]
    assert tables[-1].origin.vintage == "2024-07-05"


def test_a_class_and_its_part_are_never_added(ssmsi, indicator):
    """Assault within the family is a part of assault: the sum would count it twice."""
    ssmsi("2024-07-05")
    both = indicator("ssmsi-departements", unit="victim", offence=["assault", "assault-family"])
    with pytest.raises(NotAdditive, match="“assault” and “assault-family”, which is a part of it"):
        tabulate_indicator(both, **FR_2022)


def test_a_region_is_the_sum_of_its_departements_for_every_unit_that_adds(receive, ssmsi, shared_data):
    """180 of 2,304 regional cells are not the sum of their départements, all of them suspects."""
    (departements,) = ssmsi("2024-07-05")
    regions = receive(shared_data / "ssmsi/donnee-reg-2023-produit-le2024-07-05.csv.gz", "ssmsi-regions", "2024-07-05")
    small, published = cells_of(departements), cells_of(regions)
    assert len(published) == 2_304
    parts = {region: parts_of(region) for region in {key[2] for key in published}}
    wrong = []
    for (offence, period, region, unit), value in published.items():
        if value != sum(small[offence, period, part, unit] for part in parts[region]):
            wrong.append(unit)
    assert (len(wrong), set(wrong)) == (180, {"suspect"})


@pytest.mark.parametrize("territory", ["FR", "R11"])
def test_suspects_of_a_country_or_a_region_are_not_summed_from_its_departements(ssmsi, indicator, territory):
    """Trap 19: a suspect counts once per territory."""
    ssmsi("2024-07-05")
    suspects = indicator("ssmsi-departements", unit="suspect", offence=["drug-trafficking"])
    with pytest.raises(NotAdditive) as refusal:
        tabulate_indicator(suspects, period="2022", territory=territory)
    assert str(refusal.value).startswith("The unit “suspect” is not additive over “territory”: ")
    assert "use the total which the producer delivers" in str(refusal.value)


def test_suspects_of_one_departement_and_of_a_region_delivered_as_such_are_taken_as_they_are(
    receive, ssmsi, indicator, shared_data
):
    (delivery,) = ssmsi("2024-07-05")
    receive(shared_data / "ssmsi/donnee-reg-2023-produit-le2024-07-05.csv.gz", "ssmsi-regions", "2024-07-05")
    for source, territory in (("ssmsi-departements", "75"), ("ssmsi-regions", "R11")):
        suspects = indicator(source, unit="suspect", offence=["drug-trafficking"])
        assert tabulate_indicator(suspects, period="2022", territory=territory).cells[0].value > 0
    assert cells_of(delivery)["drug-trafficking", "2022", "75", "suspect"]


def test_partner_violence_of_2022_is_published_whole_and_in_three_parts_that_we_do_not_add_as_persons(
    receive, indicator, shared_data
):
    """160,527 + 9,771 + 74,003 = 244,301: the producer's own sum, of victims counted once for each kind of violence."""
    receive(shared_data / "ssmsi/ssmsi_series_chronologiques_2024-03-04.csv.gz", "ssmsi-series", "2024-03-04")

    def victims(*details):
        wanted = indicator(
            "ssmsi-series", unit="victim", offence=["Violences conjugales"], offence_detail=details, statistic=["Nombre"],
            ordinate=["Nombre de victimes"],
        )  # fmt: skip
        return tabulate_indicator(wanted, **FR_2022).cells[0].value

    parts = (
        "Violences physiques et administration de substances nuisibles",
        "Violences sexuelles",
        "Violences verbales ou psychologiques",
    )
    assert [victims(part) for part in parts] == [160_527, 9_771, 74_003]
    assert victims("Ensemble des violences conjugales") == sum(victims(part) for part in parts) == 244_301
    with pytest.raises(NotAdditive, match="“victim” is not additive over"):
        victims(*parts)


# --- état 4001, through the crosswalk

CROSSWALK = {"crosswalk": "etat4001--iccs", "column": "offence"}


@pytest.fixture(scope="module")
def eurostat(shared_data):
    """(ICCS code, year) -> offences that France transmitted."""
    with gzip.open(shared_data / "eurostat/estat_crim_off_cat_2008-2022.tsv.gz", "rt") as text:
        rows = csv.reader(text, delimiter="\t")
        years = [year.strip() for year in next(rows)[1:]]
        found = {}
        for key, *values in rows:
            _freq, code, unit, geo = key.split(",")
            if geo == "FR" and unit == "NR":
                found.update(((code, year), value.split()[0]) for year, value in zip(years, values, strict=True))
    return {key: int(float(value)) for key, value in found.items() if value != ":"}


@pytest.mark.parametrize(("year", "known", "transmitted"), [("2009", 804, 804), ("2008", 974, 975)])
def test_intentional_homicide_is_the_sum_of_four_indexes_over_the_months_of_the_year(
    etat4001, eurostat, year, known, transmitted
):
    """FR 2009: indexes 1 + 2 + 3 + 51 = 804 = ICCS0101 of Eurostat; FR 2008: 974 against 975."""
    found = tabulate_crossed(etat4001, **CROSSWALK, code="ICCS0101", period=year, territory="FR")
    assert (found.cell.value, found.unit, found.origin.row_count) == (known, "offence", 48)
    assert eurostat["ICCS0101", year] == transmitted
    report = found.reports["FR"]
    assert report.total == known + report.left_out_total
    assert len(report.unmapped) == 103


@pytest.mark.parametrize(
    ("code", "years", "tolerance", "known"),
    [
        ("ICCS0401", range(2008, 2014), 0.002, {2013: (124_579, 124_657)}),
        ("ICCS020221", range(2008, 2015), 0.015, {2011: (2_221, 2_234)}),
        ("ICCS05021", range(2008, 2014), 0.001, {2010: (195_367,) * 2, 2011: (186_824,) * 2, 2012: (178_333,) * 2}),
    ],
)
def test_a_proven_sum_of_the_metropole_stays_within_its_tolerance(etat4001, eurostat, code, years, tolerance, known):
    """Robbery within 0.2 %, kidnapping within 1.5 %; theft of vehicles is equal in 2010-12."""
    for year in years:
        found = tabulate_crossed(etat4001, **CROSSWALK, code=code, period=str(year), territory="FR-METRO")
        transmitted = eurostat[code, str(year)]
        assert abs(found.cell.value - transmitted) <= tolerance * transmitted, (year, found.cell.value, transmitted)
        assert (found.cell.value, transmitted) == known.get(year, (found.cell.value, transmitted))


def test_a_year_short_of_a_month_is_unknown_and_an_unproven_sum_is_refused(etat4001):
    """The métropole ends in September 2021; the sum of homicides is proven to 2014 only."""
    short = tabulate_crossed(etat4001, **CROSSWALK, code="ICCS0401", period="2021", territory="FR-METRO")
    assert (short.cell.value, short.cell.absence) == (None, Missing.UNKNOWN)
    with pytest.raises(NotAdditive, match="ICCS0101"):
        tabulate_crossed(etat4001, **CROSSWALK, code="ICCS0101", period="2016", territory="FR")
