"""Which cells are sensitive by themselves, and what a model accepts."""

import pytest

from egide.core.missing import Missing
from egide.methods.disclosure import (
    CannotProtect,
    Contribution,
    DominanceRule,
    Equation,
    GroupDisclosureRule,
    Hierarchy,
    InconsistentTable,
    Pattern,
    PPercentRule,
    Profile,
    Requirement,
    RuleMisused,
    Share,
    TableModel,
    ThresholdRule,
    audit,
    find_primary,
    printed,
    protect,
)
from egide.methods.disclosure.audit import DisclosureTooTight

SEX = Hierarchy.flat("sex", "T", ["F", "M"])
GEO = Hierarchy("territory", {"FR": None, "R1": "FR", "R2": "FR", "01": "R1", "02": "R1", "03": "R2", "04": "R2"})
SMALL = Profile("small", [ThresholdRule("fewer than 5", 5)])


def table(inner, **more) -> TableModel:
    """A table over sex and territory from its départements, every margin present."""
    cells = {}
    for (sex, code), value in inner.items():
        place = code
        while place is not None:
            for s in (sex, "T"):
                cells[s, place] = cells.get((s, place), 0) + value
            place = GEO.parent[place]
    return TableModel.from_margins(cells, [SEX, GEO], **more)


INNER = {
    ("F", "01"): 3, ("F", "02"): 20, ("F", "03"): 30, ("F", "04"): 0,
    ("M", "01"): 12, ("M", "02"): 15, ("M", "03"): 18, ("M", "04"): 9,
}  # fmt: skip


def test_a_count_under_the_threshold_is_sensitive_and_zero_is_not():
    assert [c.key for c in find_primary(table(INNER), SMALL)] == [("F", "01")]


def test_zero_is_sensitive_when_the_rule_says_so():
    rule = ThresholdRule("fewer than 5, zero too", 5, zero_is_sensitive=True)
    assert [c.key for c in find_primary(table(INNER), Profile("zeros", [rule]))] == [("F", "01"), ("F", "04")]


def test_a_small_count_needs_the_whole_range_and_a_magnitude_ten_percent():
    assert ThresholdRule("n", 5).requirement(3, 0.0) == Requirement(3, 1, 1)
    assert ThresholdRule("n", 5).requirement(3, 1.0) == Requirement(2, 1, 1)
    assert ThresholdRule("n", 3, on_contributors=True).requirement(200, 0.0) == Requirement(20, 20, 1)


def test_dominance_catches_one_contributor_above_85_percent():
    rule = DominanceRule("85 %", 0.85)
    assert rule.is_sensitive(("a",), 100, Contribution(9, 86))
    assert not rule.is_sensitive(("a",), 100, Contribution(9, 85))


def test_a_cell_caught_by_two_rules_keeps_the_most_demanding_levels():
    profile = Profile("two", [ThresholdRule("n", 5), ThresholdRule("m", 4, levels=Share(1, 2))])
    (cell,) = find_primary(table(INNER), profile)
    assert (cell.rule, cell.requirement) == ("n, m", Requirement(3, 6, 1))


@pytest.mark.parametrize(
    "misuse",
    [
        lambda: ThresholdRule("none", 1),
        lambda: DominanceRule("all", 85),
        lambda: Requirement(-1),
        lambda: Profile("both", [ThresholdRule("n", 5)], hide_zeros=True, floor=1),
        lambda: find_primary(table(INNER), Profile("p", [DominanceRule("85 %", 0.85)])),
        lambda: find_primary(table(INNER), Profile("p", [ThresholdRule("n", 5, levels=Share(0, 0, 0))])),
    ],
)
def test_a_rule_that_says_nothing_is_refused(misuse):
    with pytest.raises(RuleMisused):
        misuse()


def test_each_margin_is_the_sum_of_the_nearest_cells_below():
    cells = {("T", "FR"): 10, ("T", "01"): 4, ("T", "R2"): 6}
    model = TableModel.from_margins(cells, [SEX, GEO])
    assert model.equations == (Equation(("T", "FR"), (("T", "01"), ("T", "R2")), "territory"),)


def test_a_total_whose_part_was_left_out_is_refused_because_anyone_can_subtract():
    with pytest.raises(InconsistentTable, match=r"T / FR is 10 but its parts over sex make 7"):
        TableModel.from_margins({("T", "FR"): 10, ("F", "FR"): 7}, [SEX, GEO])


def test_suspects_counted_once_per_territory_give_no_sum_over_territories():
    cells = {("T", "R1"): 9, ("T", "01"): 5, ("T", "02"): 5}
    with pytest.raises(InconsistentTable, match="declare territory as not additive"):
        TableModel.from_margins(cells, [SEX, GEO])
    model = TableModel.from_margins(cells, [SEX, GEO], additive_over={"sex", "age"})
    assert model.equations == ()
    assert audit(model, protect(model, SMALL)).bounds == ()


def test_a_hierarchy_in_a_circle_or_with_an_orphan_is_refused():
    with pytest.raises(InconsistentTable, match="circle"):
        Hierarchy("loop", {"a": "b", "b": "a"})
    with pytest.raises(InconsistentTable, match="no code"):
        Hierarchy("orphan", {"a": "b"})


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({("T", "FR"): -1}, "zero or more"),
        ({("T", "FR"): float("nan")}, "zero or more"),
        ({("T", "XX"): 1}, "no code of territory"),
        ({("T",): 1}, "1 codes for 2 dimensions"),
    ],
)
def test_a_cell_that_cannot_be_is_refused(cells, words):
    with pytest.raises(InconsistentTable, match=words):
        TableModel.from_margins(cells, [SEX, GEO])


def test_suppressed_zero_missing_and_not_applicable_differ_in_type():
    """Z: what is printed tells a hidden figure from a zero and from each kind of absence."""
    cells = dict(table(INNER).values)
    model = TableModel.from_margins(cells | {("F", "04"): 0}, [SEX, GEO])
    del cells["F", "04"]
    blanks = TableModel.from_margins(cells | {("F", "04"): Missing.NOT_APPLICABLE}, [SEX, GEO])
    shown = printed(model, protect(model, SMALL))
    assert shown["F", "01"] is Missing.SUPPRESSED
    assert shown["F", "04"] == 0
    assert printed(blanks, protect(blanks, SMALL))["F", "04"] is Missing.NOT_APPLICABLE


def test_a_zero_is_not_hidden_unless_the_profile_allows_it():
    cells = {("T",): 20, ("a",): 3, ("b",): 0, ("c",): 17}
    model = TableModel.from_margins(cells, [Hierarchy.flat("form", "T", "abc")], public=[("T",), ("c",)])
    rules = [ThresholdRule("fewer than 5", 5, levels=Share(0.3, 0))]
    with pytest.raises(CannotProtect, match=r"Cell a .*Allow zeros"):
        protect(model, Profile("zeros shown", rules))
    pattern = protect(model, Profile("zeros hidden", rules, hide_zeros=True))
    assert pattern.secondary == (("b",),)
    assert audit(model, pattern).verdict == "protected"


def test_a_sensitive_cell_already_public_cannot_be_protected():
    with pytest.raises(CannotProtect, match="already public"):
        protect(table(INNER, public=[("F", "01")]), SMALL)


def test_a_public_cell_is_never_chosen_to_protect_another():
    free = protect(table(INNER), SMALL)
    assert ("M", "01") in free.secondary
    bound = protect(table(INNER, public=[("T", "01")]), SMALL)
    other = protect(table(INNER, public=[("F", "02")]), SMALL)
    assert ("T", "01") not in bound.hidden
    assert ("F", "02") not in other.hidden
    assert other.cost > free.cost


def test_a_cell_hidden_in_an_earlier_edition_stays_hidden_and_in_doubt():
    """X12, differencing between editions: publishing later what was hidden then undoes the first protection."""
    model = table(INNER, withheld=[("M", "03")])
    pattern = protect(model, SMALL)
    assert ("M", "03") in pattern.hidden
    bounds = {b.key: b for b in audit(model, pattern).bounds}
    assert bounds["M", "03"].reason == "hidden in an earlier edition"
    with pytest.raises(DisclosureTooTight, match=r"M / 03.*earlier edition"):
        audit(model, Pattern((), (), 0.0, 0.0, False))


def test_everybody_knowing_that_zeros_are_shown_is_counted_against_us():
    """With floor 1 the attacker knows hidden cells to be at least 1, and the audit gives him that."""
    model = table(INNER)
    pattern = protect(model, Profile("floor", [ThresholdRule("n", 5)], floor=1))
    assert min(b.low for b in audit(model, pattern).bounds) >= 1


BIG = Contribution(4, 60.0, (25.0, 10.0))


@pytest.mark.parametrize(
    ("rule", "caught"),
    [
        (DominanceRule("1, 60", 0.6), False),
        (DominanceRule("1, 59", 0.59), True),
        (DominanceRule("2, 84", 0.84, largest=2), True),
        (DominanceRule("2, 85", 0.85, largest=2), False),
        (PPercentRule("p 25", 0.25), False),
        (PPercentRule("p 26", 0.26), True),
    ],
)
def test_the_largest_contributors_make_a_cell_sensitive(rule, caught):
    assert rule.is_sensitive(("a",), 100.0, BIG) is caught


def test_a_p_percent_cell_needs_what_is_missing_to_the_error_of_the_second_contributor():
    assert PPercentRule("p 40", 0.4).requirement(100.0, 0.0, BIG) == Requirement(9.0, 9.0, 1.0)


def test_a_rule_on_two_contributors_refuses_a_cell_that_tells_one():
    with pytest.raises(RuleMisused, match="needs the 2 largest contributors, and cell a lacks them"):
        PPercentRule("p 10", 0.1).is_sensitive(("a",), 100.0, Contribution(3, 60.0))


def test_a_group_all_in_one_category_is_a_disclosure_however_large():
    cells = {("F", "01"): 40, ("M", "01"): 0, ("F", "02"): 30, ("M", "02"): 20, ("F", "03"): 10, ("M", "03"): 12}
    rule = Profile("group", [GroupDisclosureRule("all of one sex", "sex")], hide_zeros=True)
    model = table(cells)
    # The region of one département is the same group, and is caught with it.
    assert {("F", "01"), ("M", "01")} <= {c.key for c in find_primary(model, rule)}
    certificate = audit(model, protect(model, rule))
    bounds = {b.key: (b.low, b.high) for b in certificate.bounds}
    assert bounds["F", "01"][0] <= 39
    assert bounds["M", "01"][1] >= 1
