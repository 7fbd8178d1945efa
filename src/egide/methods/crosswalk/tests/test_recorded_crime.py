"""The crosswalk on the real monthly series: the proven sum of four indexes, and what no line maps."""

import pyarrow.compute as pc
import pytest
from pyarrow import csv

from egide.methods.crosswalk import Mapping, apply

HOMICIDES = ("1", "2", "3", "51")


@pytest.fixture(scope="module")
def france_2009(shared_data):
    file = shared_data / "etat4001" / "etat4001_monthly_tidy.csv.gz"
    if not file.exists():
        pytest.skip(f"the official file {file.name} is not on this machine")
    text = dict.fromkeys(("geo", "index4001", "month"), "string")
    table = csv.read_csv(file, convert_options=csv.ConvertOptions(column_types=text))
    year = pc.and_(pc.equal(table["geo"], "FR"), pc.starts_with(table["month"], "2009"))
    table = table.filter(year).rename_columns(["territory", "offence", "period", "value"])
    unknown = pc.binary_join_element_wise("unknown", table["offence"], ":")
    return table.append_column("unit", unknown)


def test_the_four_indexes_of_intentional_homicide_are_the_804_of_eurostat(france_2009):
    """France 2009, indexes 1 + 2 + 3 + 51 = 804 = the published cell ICCS0101."""
    lines = [Mapping(i, "ICCS0101", unit="victim", evidence="France 2009: 804 in both") for i in HOMICIDES]
    mapped, report = apply(france_2009, lines, column="offence", on="period")
    assert (report.mapped_total, mapped.num_rows) == (804, 48)
    assert report.absent == ()
    assert set(mapped["unit"].to_pylist()) == {"victim"}
    assert report.total == pc.sum(france_2009["value"]).as_py() == 804 + report.left_out_total
    codes = set(france_2009["offence"].to_pylist())
    assert {lost.code for lost in report.unmapped} == codes - set(HOMICIDES)
    assert len(codes) == 107
