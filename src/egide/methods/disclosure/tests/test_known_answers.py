"""Problems whose answer is known: published ones, and one table published by Insee."""

import csv
import json
from collections import Counter

import pytest

from egide.methods.disclosure import (
    Contribution,
    DisclosureTooTight,
    DominanceRule,
    Hierarchy,
    Pattern,
    Primary,
    Profile,
    Requirement,
    Share,
    TableModel,
    ThresholdRule,
    audit,
    find_primary,
    protect,
)

# The 4 x 4 table of the R package sdcTable; two of the totals printed there are a digit off and are summed anew here.
FOUR = {
    "w": {"a": 30, "b": 47, "c": 64, "d": 89, "T": 230},
    "x": {"a": 90, "b": 124, "c": 5, "d": 31, "T": 250},
    "y": {"a": 92, "b": 100, "c": 59, "d": 85, "T": 336},
    "z": {"a": 800, "b": 991, "c": 651, "d": 685, "T": 3127},
    "T": {"a": 1012, "b": 1262, "c": 779, "d": 890, "T": 3943},
}


class Listed:
    """A rule that names its cells: the published problems give the sensitive cells, not the rule."""

    name = "listed"

    def __init__(self, cells, levels):
        self.cells, self.levels = frozenset(cells), levels

    def is_sensitive(self, key, value, contribution):
        return key in self.cells

    def requirement(self, value, floor, contribution):
        return self.levels.requirement(value, floor)


def four() -> TableModel:
    cells = {(r, c): v for r, row in FOUR.items() for c, v in row.items()}
    return TableModel.from_margins(cells, [Hierarchy.flat("row", "T", "wxyz"), Hierarchy.flat("column", "T", "abcd")])


@pytest.fixture
def certified(shared_data):
    return json.loads((shared_data / "sdc" / "certified_small.json").read_text())


def test_one_small_cell_of_sdctable_takes_three_more_with_it_for_402(shared_data, certified):
    known = certified["sdcTable_microdata1_Afemale_freq3_10pct"]
    sums, counts = Counter(), Counter()
    with (shared_data / "sdc" / "sdcTable_microdata1.csv").open() as file:
        for row in csv.DictReader(file):
            for key in ((r, g) for r in (row["region"], "T") for g in (row["gender"], "T")):
                sums[key] += float(row["val"])
                counts[key] += 1
    hierarchies = [Hierarchy.flat("region", "T", "ABCD"), Hierarchy.flat("gender", "T", ["male", "female"])]
    model = TableModel.from_margins(sums, hierarchies)
    profile = Profile("sdcTable", [ThresholdRule("freq", 3, on_contributors=True, levels=Share(0.1, 0.1))])
    pattern = protect(model, profile, contributions={k: Contribution(n, 0) for k, n in counts.items()})
    assert [cell.key for cell in pattern.primary] == [("A", "female")]
    assert (len(pattern.secondary), pattern.cost, pattern.proven_optimal) == (known["n_secondary"], 402, True)
    assert sorted(pattern.hidden) == sorted(map(tuple, known["pattern"]))
    assert audit(model, pattern).verdict == "protected"


def test_the_audit_recomputes_47_although_every_line_has_two_gaps(certified):
    known = certified["sdcTable_problemdata_4x4"]
    gaps = tuple(Primary(tuple(key), "listed", Requirement(width=1)) for key in known["primaries"])
    rows, columns = Counter(c.key[0] for c in gaps), Counter(c.key[1] for c in gaps)
    assert min(*rows.values(), *columns.values()) >= 2
    with pytest.raises(DisclosureTooTight, match=r"w / b .* is exactly 47") as caught:
        audit(four(), Pattern(gaps, (), 0.0, 0.0, False))
    assert (caught.value.cell, caught.value.low, caught.value.high) == (("w", "b"), 47, 47)


def test_the_4x4_table_is_mended_by_one_cell_of_31(certified):
    known = certified["sdcTable_problemdata_4x4"]
    profile = Profile("4x4", [Listed(map(tuple, known["primaries"]), Share(0, 0, least=1))])
    pattern = protect(four(), profile)
    assert (pattern.secondary, pattern.cost) == ((("x", "d"),), 31)
    assert audit(four(), pattern).verdict == "protected"


def test_ssbtools_z1_hides_the_rows_its_authors_hide(shared_data):
    cells = Counter()
    with (shared_data / "sdc" / "SSBtools_z1.csv").open() as file:
        for row in csv.DictReader(file):
            for key in ((r, h) for r in (row["region"], "T") for h in (row["hovedint"], "T")):
                cells[key] += int(row["ant"])
    regions, incomes = "ABCDEFGH", ["annet", "arbeid", "soshjelp", "trygd"]
    model = TableModel.from_margins(
        cells, [Hierarchy.flat("region", "T", regions), Hierarchy.flat("income", "T", incomes)]
    )
    pattern = protect(model, Profile("maxN 3", [ThresholdRule("small", 4)]))
    numbered = [(region, income) for region in ("T", *regions) for income in ("T", *incomes)]
    assert sorted(numbered.index(key) + 1 for key in pattern.hidden) == [12, 13, 22, 23, 42, 43]
    assert audit(model, pattern).verdict == "protected"


def test_the_table_published_by_insee_is_protected_at_the_proven_optimum(shared_data):
    model, contributions = insee(shared_data)
    levels = Share(0.1, 0.1, least=1)
    profile = Profile(
        "Insee", [ThresholdRule("freq 3", 3, on_contributors=True, levels=levels), DominanceRule("85 %", 0.85, levels)]
    )
    known = json.loads((shared_data / "sdc" / "certified_insee_act_size.json").read_text())
    assert (len(model.values), len(find_primary(model, profile, contributions))) == (414, 77)
    pattern = protect(model, profile, contributions=contributions)
    assert (len(pattern.secondary), round(pattern.cost, 3), pattern.proven_optimal) == (64, 49_223_640.139, True)
    assert sorted(pattern.secondary) == sorted(map(tuple, known["secondary"]))
    assert len(audit(model, pattern).bounds) == 141


def insee(shared_data):
    parent = {"Total": None}
    with (shared_data / "sdc" / "rtauargus" / "activity_corr_table.csv").open() as file:
        for row in csv.DictReader(file):
            parent[row["A10"]] = "Total"
            parent |= {row[low]: row[high] for high, low in (("A10", "A21"), ("A21", "A88")) if row[low] != row[high]}
    with (shared_data / "sdc" / "rtauargus" / "turnover_act_size.csv").open() as file:
        rows = {(row["ACTIVITY"], row["SIZE"]): row for row in csv.DictReader(file)}
    sizes = Hierarchy.flat("size", "Total", ["tr1", "tr2", "tr3"])
    model = TableModel.from_margins(
        {k: float(r["TOT"]) for k, r in rows.items()}, [Hierarchy("activity", parent), sizes]
    )
    return model, {k: Contribution(int(r["N_OBS"]), float(r["MAX"])) for k, r in rows.items()}
