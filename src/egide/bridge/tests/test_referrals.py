"""Indicators v to vii from the referrals of the field: police and gendarmerie only, one invented département, small counts hidden."""

import csv
import io
import json
import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import egide
from egide.bridge.cells import SOURCE
from egide.core.count import UnlikeUnits
from egide.core.missing import Missing
from egide.foundation.catalogue import get_indicator, get_unit
from egide.foundation.wings.entering import Subject, entering
from egide.statistics.collection import store
from egide.statistics.collection.actions import receive_delivery
from egide.statistics.disclosure.protect import protect_release
from egide.statistics.publication.actions import compose_release, publish_release, sign_release
from egide.statistics.publication.queries import get_artefact, get_figure, get_release
from egide.statistics.tabulation.tabulate import tabulate_indicator

from .country import REFERRALS, STATIONS, YEAR

pytestmark = pytest.mark.django_db
DELIVERIES = Path(egide.__file__).parent / "sample/deliveries"
SAMPLE = DELIVERIES / f"{SOURCE}_2023-01-31.csv"
POLICE, BRIGADE, *_rest = STATIONS


@pytest.fixture
def country(work, refer):
    """The small country: a year of work, and who referred to whom."""
    posts = work(YEAR)
    refer(posts[0], YEAR.year, REFERRALS, STATIONS)
    return posts


@pytest.fixture
def delivered(country, extract):
    return extract(YEAR.year)


def in_statistics():
    return entering("statistics", Subject.job("tests"))


def counted(**wanted):
    return sum(
        group.count for group in REFERRALS
        if group.mode == "ACCOMPANIED" and all(getattr(group, name) in codes for name, codes in wanted.items())
    )  # fmt: skip


def figure(indicator="val-degide-police-referrals", by=(), **where):
    definition = get_indicator(indicator)
    definition = replace(definition, where={**definition.where, **where})
    return tabulate_indicator(definition, period="2022", territory="990", by=by)


def test_the_sample_delivery_is_what_the_extract_of_the_small_country_gives(delivered):
    """A change of the extract shows here. To write the sample again: EGIDE_WRITE_SAMPLE=1 and this test alone."""
    content = store.original(delivered.sha256).read_bytes()
    if os.environ.get("EGIDE_WRITE_SAMPLE"):
        SAMPLE.write_bytes(content)
    assert content == SAMPLE.read_bytes()
    rows = list(csv.DictReader(io.StringIO(content.decode())))
    assert {row["fictional"] for row in rows} == {"true"}
    assert {row["territory"] for row in rows} == {"990"}


def test_police_and_gendarmerie_are_counted_and_nobody_else_inside(delivered):
    """Z16: author body national police or gendarmerie; municipal police apart; social workers and associations never inside."""
    police = counted(body=("national-police", "gendarmerie"))
    with in_statistics():
        assert figure().cell().value == police
        assert figure("val-degide-municipal-referrals").cell().value == counted(body=("municipal-police",))
        for author in ("iscg", "association", "municipal-police"):
            assert figure(author=(author,)).cell().absence is Missing.UNKNOWN
    units = {get_unit(code) for code in ("police-referral", "municipal-referral", "service-referral")}
    assert len(units) == 3
    everyone = replace(
        get_indicator("val-degide-police-referrals"),
        where={"measure": ("police-referrals", "municipal-referrals", "service-referrals")},
    )
    with in_statistics(), pytest.raises(UnlikeUnits):
        tabulate_indicator(everyone, period="2022", territory="990")


def test_a_number_handed_over_is_no_referral(delivered):
    """R31's trap: fifty numbers were given, and none is counted."""
    assert counted(body=("national-police",)) + 50 == sum(g.count for g in REFERRALS if g.body == "national-police")
    with in_statistics():
        assert figure(author=("national-police",)).cell().value == counted(body=("national-police",))


def test_offered_accepted_and_contact_made_are_told_apart_for_each_audience(delivered):
    """AT-76: v, vi and vii, each at its three steps; the steps add up to what was offered."""
    with in_statistics():
        table = figure(by=("audience", "outcome"))
    for audience in ("VICTIM", "PERPETRATOR", "OTHER"):
        for outcome in ("offered", "accepted", "contact-made"):
            wanted = counted(body=("national-police", "gendarmerie"), audience=(audience,), outcome=(outcome,))
            assert table.cell(audience, outcome).value == wanted
        assert table.cell(audience, "_T").value == counted(
            body=("national-police", "gendarmerie"), audience=(audience,)
        )


@pytest.mark.parametrize("station", [POLICE, BRIGADE])
def test_small_referral_counts_of_one_station_are_suppressed(delivered, station):
    """AT-76: of one station, every count from 1 to 4 is hidden, others with it, so that no subtraction finds it again."""
    with in_statistics():
        table = figure(by=("audience", "outcome"), station=(station,))
        shown = protect_release({"sheet": table}).tables["sheet"]
    small = {cell.codes for cell in table.cells if cell.value and cell.value < 5}
    hidden = {cell.codes for cell in shown.cells if cell.absence is Missing.SUPPRESSED}
    assert small
    assert small < hidden
    assert all(cell.value is None for cell in shown.cells if cell.codes in hidden)
    assert all(cell.value == table.cell(*cell.codes).value for cell in shown.cells if cell.codes not in hidden)
    assert shown.certificate["verdict"]
    codes = [(0, code) for code in ("VICTIM", "PERPETRATOR", "OTHER")]
    codes += [(1, code) for code in ("offered", "accepted", "contact-made")]
    lines = [{cell.codes for cell in shown.cells if cell.codes[axis] == code} & hidden for axis, code in codes]
    assert all(len(line) != 1 for line in lines), "one hidden cell alone in its line is found by subtraction"


@pytest.fixture
def published(country, extract, now, active_statistics):
    extract(YEAR.year)
    with in_statistics():
        for path in DELIVERIES.glob("*.csv"):
            source, vintage = path.stem.rsplit("_", 1)
            if source != SOURCE:
                receive_delivery(
                    path=path, filename=path.name, source=source, vintage=date.fromisoformat(vintage), by=None, now=now
                )
        release = compose_release(edition=2022, by="job:composer", now=now)
        sign_release(release_id=release.id, by="job:signatory", now=now)
        return publish_release(release_id=release.id, by="job:editor", now=now)


def test_they_reach_the_letter_for_the_invented_departement_only(published):
    """AT-76, AT-75: from case files to the letter, for 990; nationally v, vi and vii still print “not published”."""
    with in_statistics():
        letter = get_release(2022).letter["fr"]
        [table] = [b for b in letter["blocks"] if b["kind"] == "table" and b["id"] == "val-degide-referrals-table"]
        cells = [cell for row in table["rows"] for cell in row["cells"]]
        assert [row["head"] for row in table["rows"]][-1] == "Ensemble"
        assert "fictif" in table["caption"]
        small = counted(body=("national-police", "gendarmerie"), audience=("PERPETRATOR",), outcome=("accepted",))
        assert 0 < small < 5
        assert sum(cell["status"] == "suppressed" for cell in cells) >= 2
        assert get_figure(2022, "val-degide-referrals").passport["geography"]["code"] == "990"
        assert get_figure(2022, "val-degide-referrals").passport["value"] == counted(
            body=("national-police", "gendarmerie")
        )
        assert get_figure(2022, "val-degide-municipal").passport["value"] == counted(body=("municipal-police",))
        for number in ("v", "vi", "vii"):
            assert get_figure(2022, f"tactics-{number}").passport["absence"] == "NOT_PUBLISHED"
        passports = json.loads(get_artefact(2022, None, "passports-2022.json").content)
    ours = [passport for passport in passports if passport["source"] and passport["source"]["code"] == SOURCE]
    assert len(ours) >= 16
    assert {passport["geography"]["code"] for passport in ours} == {"990"}
    hidden = [p for p in ours if p["absence"] == "SUPPRESSED"]
    assert hidden
    assert all(p["value"] is None for p in hidden)
