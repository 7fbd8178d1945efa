"""The état 4001 passed to the international classification, on the ministry's own series."""

from collections import Counter

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from egide.core.count import NotAdditive
from egide.foundation.catalogue import get_crosswalk
from egide.statistics.harmonisation.crosswalks import cross
from egide.statistics.harmonisation.harmonise import harmonise

CROSSWALK = {"crosswalk": "etat4001--iccs", "column": "offence"}


@pytest.fixture
def series(receive, shared_data):
    """The harmonised series of some territories in a year."""
    table = harmonise(receive(shared_data / "etat4001/etat4001_monthly_tidy.csv.gz", "etat4001", "2021-11-01")).table

    def of(year, *territories):
        held = pc.and_(
            pc.starts_with(table["period"], year), pc.is_in(table["territory"], pa.array(territories, pa.string()))
        )
        return table.filter(held)

    return of


def test_every_row_is_mapped_or_listed_and_both_together_are_what_came_in(series):
    """R26: unmapped indexes are listed and counted; mapped + left = input, rows and facts."""
    mapped, reports = cross(series("2009", "FR"), **CROSSWALK, to=("ICCS0101",))
    report = reports["FR"]
    assert (report.rows, report.mapped_rows, report.mapped_total) == (107 * 12, 4 * 12, 804)
    assert report.rows == mapped.num_rows + report.left_out.num_rows
    assert report.total == report.mapped_total + report.left_out_total
    assert Counter(report.left_out["offence"].to_pylist()) == {lost.code: lost.rows for lost in report.unmapped}
    assert {lost.code for lost in report.unmapped} == {*(str(i) for i in range(1, 108))} - {"1", "2", "3", "51"}
    assert report.absent == report.outside_dates == report.split == ()


def test_an_index_that_no_line_maps_is_left_in_the_report_of_its_territory(series):
    table = series("2009", "FR-METRO", "75")
    known = {row.from_code for row in get_crosswalk("etat4001--iccs").rows}
    single = table.filter(pc.is_in(table["offence"], pa.array(["5", "46", "6", "107"])))
    mapped, reports = cross(single, **CROSSWALK)
    assert set(reports) == {"FR-METRO", "75"}
    for report in reports.values():
        assert {lost.code for lost in report.unmapped} == {"6", "107"} - known
        assert report.rows == report.mapped_rows + report.left_out.num_rows
        assert report.total == report.mapped_total + report.left_out_total
    assert set(pc.unique(mapped["offence"]).to_pylist()) == {"ICCS0102", "ICCS03011"}


def test_a_sum_is_proven_on_its_territory_and_at_its_dates_only(series):
    """R26: robbery is proven for the métropole 2008-13, intentional homicide for the whole of France 2008-14."""
    mapped, _ = cross(series("2013", "FR-METRO"), **CROSSWALK, to=("ICCS0401",))
    assert set(mapped["unit"].to_pylist()) == {"offence"}
    for year, territory, code in (
        ("2013", "FR", "ICCS0401"), ("2014", "FR-METRO", "ICCS0401"), ("2015", "FR", "ICCS0101"), ("2009", "75", "ICCS0101"),
    ):  # fmt: skip
        with pytest.raises(NotAdditive, match=code):
            cross(series(year, territory), **CROSSWALK, to=(code,))


def test_indexes_of_known_units_that_do_not_add_over_offences_do_not_meet(series):
    """Indexes 46 and 47 both count victims, and one victim may be in both."""
    with pytest.raises(NotAdditive, match="“victim” is not additive over “offence”"):
        cross(series("2009", "FR"), **CROSSWALK, to=("ICCS03011",))
