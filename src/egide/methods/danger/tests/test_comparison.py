"""Assessors side by side (AT-08)."""

from dataclasses import replace

import pytest

from egide.core.missing import Missing
from egide.methods.danger import Difference, Grade, Level, Look, Reply, UnlikeGrids, assess, compare


def look(grid, told, who, text, own=None, decided=None):
    return Look(who, assess(grid, told(text)), own, decided)


def test_same_facts_same_suggestion_and_different_decisions_stand_side_by_side(grid, told):
    """AT-08: two assessors, same facts -> same suggestion; different decisions are shown side by side."""
    found = compare(
        [
            look(grid, told, "a", "P06 V02 V03", Level.VIGILANCE, Level.MEDIUM),
            look(grid, told, "b", "P06 V02 V03", Level.HIGH, Level.HIGH),
        ]
    )
    assert found.same_facts
    assert found.same_suggestion
    assert not found.same_decision
    assert [(each.assessor, each.own, each.decided) for each in found.looks] == [
        ("a", Level.VIGILANCE, Level.MEDIUM), ("b", Level.HIGH, Level.HIGH),
    ]  # fmt: skip


def test_contradictions_and_gaps_are_told_apart(grid, told):
    found = compare(
        [
            look(grid, told, "a", "P01 P04:OWNS V02:UNKNOWN V03 S02:NO K01:UNKNOWN"),
            look(grid, told, "b", "P01:NO P04:USED V02 V03 S02:REFUSED K01:REFUSED"),
            look(grid, told, "c", "P01:UNKNOWN P04:USED V02 V03 K01:UNKNOWN S02:NO"),
        ]
    )
    assert {each.code: (each.kind, each.values) for each in found.answers} == {
        "V02": (Difference.GAP, (Missing.UNKNOWN, Reply.YES, Reply.YES)),
        "P01": (Difference.CONTRADICTION, (Reply.YES, Reply.NO, Missing.UNKNOWN)),
        "P04": (Difference.CONTRADICTION, (Grade("OWNS"), Grade("USED"), Grade("USED"))),
        "S02": (Difference.GAP, (Reply.NO, Missing.REFUSED, Reply.NO)),
    }
    assert not found.same_facts
    assert [each.code for each in found.answers] == ["V02", "P01", "P04", "S02"]


def test_a_level_not_yet_written_is_none(grid, told):
    bare = Look("a", assess(grid, told("P01")))
    assert (bare.own, bare.decided) == (None, None)


def test_suggestions_that_differ_are_said(grid, told):
    assert not compare([look(grid, told, "a", "P01"), look(grid, told, "b", "V02")]).same_suggestion


@pytest.mark.parametrize(
    ("decided", "same"),
    [((Level.HIGH, Level.HIGH), True), ((Level.HIGH, None), False), ((None, None), False)],
)
def test_a_decision_not_yet_made_is_no_agreement(grid, told, decided, same):
    looks = [look(grid, told, who, "P01", decided=each) for who, each in zip("ab", decided, strict=True)]
    assert compare(looks).same_decision is same


def test_assessments_of_two_versions_are_not_compared(grid, told):
    other = replace(grid, version="1")
    with pytest.raises(
        UnlikeGrids, match=r"danger version 1, danger version 2\)\. Assess again with the version in force"
    ):
        compare([look(grid, told, "a", "P01"), look(other, told, "b", "P01")])


def test_one_assessment_alone_is_not_compared(grid, told):
    with pytest.raises(
        UnlikeGrids,
        match=r"^Assessments are set side by side when there are two or more .*, not 1 \(danger version 2\)",
    ):
        compare([look(grid, told, "a", "P01")])
    with pytest.raises(UnlikeGrids, match=r"not 0 \(none\)"):
        compare([])
