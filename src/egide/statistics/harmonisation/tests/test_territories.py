"""Territories by vintage: former régions brought to today's, overseas and Corsica kept, nothing added that does not add."""

import pyarrow as pa
import pytest

from egide.core.count import NotAdditive
from egide.foundation.catalogue import get_crosswalk, list_territories
from egide.statistics.harmonisation.crosswalks import regroup

CROSSWALK = "regions-2015--regions-2016"


def table(*rows, unit="offence"):
    columns = list(zip(*rows, strict=True))
    return pa.table(
        {
            "territory": columns[0],
            "period": columns[1],
            "value": pa.array(columns[2], pa.int64()),
            "unit": [unit] * len(rows),
        }
    )


def test_the_27_former_regions_lie_whole_in_the_18_of_today():
    lines = get_crosswalk(CROSSWALK).rows
    assert len({line.from_code for line in lines}) == len(lines) == 27
    assert {line.to_code for line in lines} == {region.code for region in list_territories("region")}
    assert all(line.weight == 1 for line in lines)


def test_former_regions_meet_in_today_s_and_what_is_left_is_listed():
    """A code that ended with 2015 means nothing in 2016: the row is left out and told, never dropped in silence."""
    rows = [("R42", "2015", 10), ("R41", "2015", 20), ("R21", "2015", 30), ("R04", "2015", 4), ("R94", "2015", 2)]
    mapped, report = regroup(
        table(*rows, ("R44", "2016", 70), ("R42", "2016", 5), ("R99", "2015", 1)), crosswalk=CROSSWALK
    )
    grouped = mapped.group_by(["territory", "period"]).aggregate([("value", "sum")]).to_pylist()
    assert {(row["territory"], row["period"]): row["value_sum"] for row in grouped} == {
        ("R44", "2015"): 60, ("R04", "2015"): 4, ("R94", "2015"): 2, ("R44", "2016"): 70,
    }  # fmt: skip
    assert [(lost.code, lost.period) for lost in report.outside_dates] == [("R42", "2016")]
    assert [lost.code for lost in report.unmapped] == ["R99"]
    assert report.total == report.mapped_total + report.left_out_total == 142


def test_suspects_of_former_regions_are_not_added():
    """A suspect counts once in each territory: two former régions may hold the same one."""
    with pytest.raises(NotAdditive, match="suspect"):
        regroup(table(("R42", "2015", 10), ("R41", "2015", 20), unit="suspect"), crosswalk=CROSSWALK)


@pytest.mark.parametrize("code", ["2A", "2B", "971", "976", "75"])
def test_corsica_and_the_overseas_departements_are_of_the_101(code):
    known = {territory.code for territory in list_territories("departement")}
    assert code in known
    assert "20" not in known
    assert len(known) == 101
