"""The ministry's own départements and regions: what adds, what does not, and that the tool knows the difference."""

from dataclasses import replace

import ibis
import pytest

from egide.core.count import NotAdditive
from egide.core.units import CountingUnit
from egide.methods.tabulate import Query, tabulate

EVERYWHERE = frozenset({"territory", "period"})
UNITS = {
    "victime": CountingUnit("victim", "victime", "victim", EVERYWHERE),
    "infraction": CountingUnit("offence", "infraction", "offence", EVERYWHERE),
    "véhicule": CountingUnit("vehicle", "véhicule", "vehicle", EVERYWHERE),
    "victime entendue": CountingUnit("heard-victim", "victime entendue", "victim heard", EVERYWHERE),
    "Mis en cause": CountingUnit("suspect", "mis en cause", "suspect", frozenset()),
}
REGION_CELLS = ("offence", "period", "region")


@pytest.fixture(scope="module")
def base(shared_data):
    """Départements and regions of July 2024, read as they were published, units coded."""
    folder = shared_data / "ssmsi"
    files = {level: folder / f"donnee-{level}-2023-produit-le2024-07-05.csv.gz" for level in ("dep", "reg")}
    for file in files.values():
        if not file.exists():
            pytest.skip(f"the official file {file.name} is not on this machine")
    con = ibis.duckdb.connect()
    return {level: _read(con, file, level) for level, file in files.items()}


def _read(con, file, level):
    raw = con.read_csv(file, delim=";", header=True, all_varchar=True, table_name=level)
    columns = {
        "offence": raw.classe,
        "period": "20" + raw.annee,
        "region": raw["Code.région"],
        "unit": ibis.cases(*[(raw["unité.de.compte"] == label, unit.code) for label, unit in UNITS.items()]),
        "value": raw.faits.cast("int64"),
    }
    if level == "dep":
        columns["territory"] = raw["Code.département"]
    return raw.select(**columns)


def as_dict(cells):
    return {tuple(row[d] for d in REGION_CELLS): row["value"] for row in cells.to_pylist()}


def sums_and_published(base, unit):
    """Sum the départements of each region by force, and give what the ministry publishes for the region."""
    query = Query(where={"unit": [unit.code]}, by=REGION_CELLS, unit=replace(unit, additive_over=EVERYWHERE))
    return as_dict(tabulate(base["dep"], query)), as_dict(tabulate(base["reg"], query))


def test_all_cells_of_additive_units_are_exactly_the_sum_of_their_departements(base):
    compared = 0
    for unit in UNITS.values():
        if unit.code != "suspect":
            sums, published = sums_and_published(base, unit)
            assert sums == published
            compared += len(published)
    assert compared == 2_304 - 288


def test_180_of_the_2304_region_cells_are_not_the_sum_of_their_departements_and_all_are_suspects(base):
    differing = {}
    cells = 0
    for unit in UNITS.values():
        sums, published = sums_and_published(base, unit)
        cells += len(published)
        differing[unit.code] = sum(sums[key] != value for key, value in published.items())
    assert cells == 2_304
    assert differing == {"victim": 0, "offence": 0, "vehicle": 0, "heard-victim": 0, "suspect": 180}


def test_a_region_never_has_more_suspects_than_its_departements_together(base):
    sums, published = sums_and_published(base, UNITS["Mis en cause"])
    assert all(published[key] <= sums[key] for key in published)


def test_the_tool_refuses_the_sum_of_suspects_over_departements(base):
    query = Query(where={"unit": ["suspect"]}, by=REGION_CELLS, unit=UNITS["Mis en cause"])
    with pytest.raises(NotAdditive, match="“suspect” is not additive over “territory”"):
        tabulate(base["dep"], query)
    assert tabulate(base["reg"], query).num_rows == 288
