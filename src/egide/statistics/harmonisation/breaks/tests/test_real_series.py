"""The known answers: recorded crime month by month, and what France sent to Eurostat year by year."""

import csv
import gzip
from collections import defaultdict

import pytest

from egide.core.period import Period
from egide.methods.comparability.detection import Series
from egide.statistics.harmonisation.breaks.proposing import search


@pytest.fixture(scope="module")
def recorded(shared_data):
    """Search the 107 indexes, the whole of France, with Paris beside (police only): every month of the open series."""
    file = shared_data / "etat4001" / "etat4001_monthly_tidy.csv.gz"
    if not file.exists():
        pytest.skip(f"the official file {file.name} is not on this machine")
    held = defaultdict(dict)
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if row["geo"] == "FR" or (row["geo"] == "75" and row["index4001"] in ("48", "49")):
                held[row["geo"], row["index4001"]][row["month"]] = float(row["faits"])
    periods = {text: Period.parse(text) for values in held.values() for text in values}
    return search(
        Series(code, tuple(periods[m] for m in sorted(v)), tuple(v[m] for m in sorted(v)), territory)
        for (territory, code), v in held.items()
    )


def of(found, code, period, territory="FR"):
    return next(
        p for p in found.proposals if (p.series.territory, p.series.code, str(p.shift.at)) == (territory, code, period)
    )


def test_index_49_in_2012_01_is_an_artefact_of_the_gendarmerie_s_tool(recorded):
    """X13: the level rises by about 24 %; the calendar names the tool; the date is that of the change."""
    proposal = of(recorded, "49", "2012-01")
    assert proposal.verdict.kind == "artefact"
    assert 0.15 < proposal.shift.size < 0.30
    calendar = next(each for each in proposal.evidence if each.kind == "calendar")
    assert (calendar.seen, calendar.facts["force"]) == ("tool", "gendarmerie")


def test_index_48_in_2017_10_is_real(recorded):
    """X13: Paris, where no gendarme records, moves too, and no tool changed."""
    proposal = of(recorded, "48", "2017-10")
    assert proposal.verdict.kind == "real"
    assert 0.2 < proposal.shift.size < 0.45
    assert ("force", "moves") in {(each.kind, each.seen) for each in proposal.evidence}


def test_no_artefact_is_proposed_for_at_least_90_of_the_107_indexes(recorded):
    """Stated: the whole of France, 2000-01 to 2021-10, windows of 24 and 48 months a side, critical value 5.3."""
    accused = {p.series.code for p in recorded.proposals if p.verdict.kind == "artefact" and p.series.territory == "FR"}
    assert 107 - len(accused) >= 90
    assert accused == {"13", "42", "49", "101"}
    assert len([s for s in recorded.searched if s.territory == "FR"]) == 104
    assert {left.series for left in recorded.unsearched} == {"FR:96", "FR:99", "FR:100"}


def test_iccs0601_breaks_in_2016_by_a_factor_that_no_fact_reaches(shared_data):
    """The known answer: France 2015 to 2016, 7,483 to 241,887, x32."""
    file = shared_data / "eurostat" / "estat_crim_off_cat_2008-2022.tsv.gz"
    if not file.exists():
        pytest.skip(f"the official file {file.name} is not on this machine")
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        years = [Period.parse(text.strip()) for text in next(lines).split("\t")[1:]]
        line = next(line for line in lines if line.startswith("A,ICCS0601,NR,FR\t"))
    values = tuple(float(text.split()[0]) for text in line.split("\t")[1:])
    found = search([Series("ICCS0601", tuple(years), values, "FR")])
    (proposal,) = found.proposals
    assert (str(proposal.shift.at), proposal.verdict.kind) == ("2016", "artefact")
    assert 28 < 1 + proposal.shift.size < 34
