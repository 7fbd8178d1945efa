"""A release is protected whole: what is small is hidden, what would give it away is hidden, and an attacker of ours tries.

The attacker below shares nothing with the house's search and audit: he has the printed cells, knows that they are counts
and that margins are sums, and asks an integer programme for the least and the greatest value of each hidden cell.
"""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from egide.core.missing import Missing
from egide.foundation.catalogue import get_indicator, get_profile
from egide.statistics.disclosure.protect import CannotLink, protect_release
from egide.statistics.tabulation.cells import TOTAL
from egide.statistics.tabulation.tabulate import tabulate_indicator

COMMUNES, LINKS = ("99001", "99002", "99003"), ("acquaintance", "family", "intimate", "stranger")


def attack(cells, *, also=()):
    """{hidden codes: (least, greatest)} from the printed cells; `also` are other cells printed elsewhere, by their codes."""
    shown = {cell.codes: cell.value for cell in cells if cell.suppression is None and cell.absence is None}
    shown |= dict(also)
    every = [cell.codes for cell in cells if cell.absence in (None, Missing.SUPPRESSED)]
    hidden = [codes for codes in every if codes not in shown]
    rows, rights = [], []
    for axis in range(len(every[0])):
        for total in every:
            parts = [
                c
                for c in every
                if total[axis] == TOTAL != c[axis] and c[:axis] + c[axis + 1 :] == total[:axis] + total[axis + 1 :]
            ]
            if parts:
                signs = {total: 1, **dict.fromkeys(parts, -1)}
                rows.append([signs.get(codes, 0) for codes in hidden])
                rights.append(-sum(sign * shown[codes] for codes, sign in signs.items() if codes in shown))
    found = {}
    for i, codes in enumerate(hidden):
        aim = np.eye(len(hidden))[i]
        ends = []
        for sign in (1, -1):
            answer = milp(
                sign * aim, integrality=np.ones(len(hidden)), bounds=Bounds(0, 10_000),
                constraints=LinearConstraint(np.array(rows), rights, rights),
            )  # fmt: skip
            assert answer.x is not None, answer.message
            ends.append(round(sign * answer.fun))
        found[codes] = tuple(ends)
    return found


def check_safe(truth, cells, *, also=()):
    """Every count from 1 to 4 is hidden and could be anything from 0 to 5; no hidden cell at all can be computed."""
    threshold, top = get_profile("default").minimum_count, get_profile("default").protection.top
    values = {cell.codes: cell.value for cell in truth.cells}
    known = attack(cells, also=also)
    for cell in cells:
        if values[cell.codes] is not None and 0 < values[cell.codes] < threshold:
            assert (cell.value, cell.absence, cell.suppression) == (None, Missing.SUPPRESSED, "primary")
            least, greatest = known[cell.codes]
            assert least == 0
            assert greatest >= top
    for codes, (least, greatest) in known.items():
        assert least < greatest, codes
        assert least <= values[codes] <= greatest
    return known


def test_no_small_count_of_the_sample_leaves_and_none_can_be_computed_from_what_does(sample):
    """X12, AT-76's kind: counts from 1 to 4 are hidden, and others with them."""
    table, headline = sample
    protected = protect_release({"table": table, "headline": headline}).tables
    known = check_safe(table, protected["table"].cells)
    kinds = [cell.suppression for cell in protected["table"].cells]
    assert kinds.count("primary") >= 1
    assert kinds.count("secondary") >= 1
    assert len(known) == kinds.count("primary") + kinds.count("secondary")
    shown = [cell for cell in protected["table"].cells if cell.suppression is None]
    assert {cell.codes: cell.value for cell in shown}.items() <= {
        cell.codes: cell.value for cell in table.cells
    }.items()
    assert 0 in [cell.value for cell in shown] or 0 not in [cell.value for cell in table.cells], "a zero is published"


def test_the_headline_is_the_total_of_the_table_or_both_are_hidden(sample):
    table, headline = sample
    protected = protect_release({"table": table, "headline": headline}).tables
    total, alone = protected["table"].cell(TOTAL, TOTAL), protected["headline"].cell()
    assert (total.value, total.absence, total.suppression) == (alone.value, alone.absence, alone.suppression)
    assert headline.cells[0].value == table.cell(TOTAL, TOTAL).value


@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    inner=st.dictionaries(
        st.tuples(st.sampled_from(COMMUNES), st.sampled_from(LINKS)),
        st.integers(0, 12) | st.integers(0, 300),
        min_size=8,
    )
)
def test_whatever_the_counts_either_the_release_is_stopped_or_no_attacker_learns_a_small_one(inner, table_of):
    from egide.methods.disclosure import CannotProtect

    table, headline = table_of(inner), table_of(inner, by=())
    try:
        protected = protect_release({"table": table, "headline": headline}).tables
    except CannotProtect:
        return
    check_safe(table, protected["table"].cells)
    assert protected["headline"].cell().value == protected["table"].cell(TOTAL, TOTAL).value


def test_the_certificate_that_leaves_says_nothing_of_any_hidden_cell(sample):
    table, headline = sample
    protected = protect_release({"table": table, "headline": headline})
    certificate = protected.tables["table"].certificate
    assert certificate.keys() == {"verdict", "hidden", "smallest_margin", "digest"}
    assert certificate["verdict"] == "protected"
    assert certificate["hidden"] == sum(cell.suppression is not None for cell in protected.tables["table"].cells)
    for cell in json.loads(protected.as_json())["table"]["cells"]:
        assert cell.keys() == {"codes", "value", "absence", "suppression"}
        assert (cell["value"] is None) == (cell["absence"] is not None)


def test_zero_suppressed_unknown_and_not_published_are_four_things(table_of, inside_statistics):
    """AT-70."""
    inner = {(c, r): 20 for c in COMMUNES for r in LINKS} | {
        ("99001", "family"): 0, ("99002", "family"): 2, ("99003", "stranger"): Missing.UNKNOWN,
    }  # fmt: skip
    nobody = tabulate_indicator(get_indicator("tactics-v"), period="2022", territory="FR")
    protected = protect_release({"table": table_of(inner), "nobody": nobody}).tables
    kinds = {
        "zero": protected["table"].cell("99001", "family"),
        "suppressed": protected["table"].cell("99002", "family"),
        "unknown": protected["table"].cell("99003", "stranger"),
        "not published": protected["nobody"].cell(),
    }
    assert {name: (cell.value, cell.absence) for name, cell in kinds.items()} == {
        "zero": (0, None), "suppressed": (None, Missing.SUPPRESSED), "unknown": (None, Missing.UNKNOWN),
        "not published": (None, Missing.NOT_PUBLISHED),
    }  # fmt: skip
    assert len({json.dumps([cell.value, cell.absence and cell.absence.name]) for cell in kinds.values()}) == 4


def test_a_table_with_nothing_small_is_printed_whole(table_of):
    table = table_of({(c, r): 20 for c in COMMUNES for r in LINKS})
    protected = protect_release({"table": table}).tables["table"]
    assert [(cell.codes, cell.value) for cell in protected.cells] == [(cell.codes, cell.value) for cell in table.cells]


def test_figures_that_their_producer_has_published_are_printed_as_they_are(receive_published):
    """The producer has applied its own secrecy: three killed stay three."""
    protected = protect_release({"killed": receive_published(3)}).tables["killed"]
    assert (protected.cell().value, protected.certificate) == (3, None)


@pytest.fixture
def receive_published(inside_statistics):
    from egide.statistics.tabulation.cells import Cell, CellTable

    entry = get_indicator("women-killed-partner")
    return lambda value: CellTable(entry, "2022", "FR", "killed", (), (Cell((), value),), None)


# --- one release after another

INNER = {(c, r): 20 + i for i, (c, r) in enumerate((c, r) for c in COMMUNES for r in LINKS)}
SMALL = INNER | {("99001", "family"): 2}


def hidden(cells):
    return {cell.codes for cell in cells if cell.suppression}


def test_what_an_earlier_release_hid_stays_hidden_though_it_is_no_longer_small(table_of):
    """Two editions side by side would otherwise give the cell away."""
    first = protect_release({"table": table_of(SMALL)})
    second = protect_release({"table": table_of(INNER)}, earlier=first)
    assert hidden(first.tables["table"].cells) <= hidden(second.tables["table"].cells)
    alone = protect_release({"table": table_of(INNER)})
    assert hidden(alone.tables["table"].cells) == set()


def test_what_an_earlier_release_showed_is_known_whatever_the_later_one_calls_it(table_of):
    """The headline alone was public first, under another name: the table that follows cannot hide behind its total."""
    for counts in (SMALL, {("99001", "family"): 2, ("99002", "family"): 40}):
        headline = protect_release({"headline": table_of(counts, by=())})
        later = protect_release({"tableau": table_of(counts)}, earlier=headline).tables["tableau"]
        assert later.cell(TOTAL, TOTAL).value == headline.tables["headline"].cell().value
        check_safe(table_of(counts), later.cells, also={(TOTAL, TOTAL): headline.tables["headline"].cell().value})


def test_a_total_hidden_in_a_table_does_not_come_out_later_as_a_headline(table_of):
    table = table_of({("99001", "family"): 2, ("99002", "family"): 1})
    first = protect_release({"table": table})
    assert (TOTAL, TOTAL) in hidden(first.tables["table"].cells)
    more = table_of({("99001", "family"): 2, ("99002", "family"): 40}, by=())
    assert protect_release({"headline": more}, earlier=first).tables["headline"].cell().absence == Missing.SUPPRESSED


def test_a_cell_that_became_unknown_is_told_unknown_and_not_hidden(table_of):
    first = protect_release({"table": table_of(SMALL)})
    unknown = SMALL | {("99001", "family"): Missing.UNKNOWN}
    later = protect_release({"table": table_of(unknown)}, earlier=first).tables["table"]
    assert later.cell("99001", "family").absence == Missing.UNKNOWN


# --- what cannot be seen together does not leave together


def test_a_part_of_the_territory_does_not_leave_beside_the_table_of_the_whole(table_of):
    """A commune's own headline would print the margin that the table hides."""
    commune = table_of({("99001", "family"): 22}, by=(), territory="99001")
    with pytest.raises(CannotLink, match="what one shows may give away what the other hides"):
        protect_release({"table": table_of(SMALL), "commune": commune})


def test_two_indicators_of_one_guarded_source_do_not_leave_together(table_of):
    women = replace(
        table_of(INNER, by=()), indicator=replace(get_indicator("val-degide-recorded-victims"), code="women")
    )
    with pytest.raises(CannotLink, match="women"):
        protect_release({"table": table_of(SMALL), "women": women})
    other_year = replace(women, period="2021")
    assert protect_release({"table": table_of(SMALL), "women": other_year}).tables.keys() == {"table", "women"}


def test_two_breakdowns_of_one_figure_do_not_leave_together_nor_one_after_the_other(table_of):
    by_age = replace(table_of(SMALL), by=("territory", "age"))
    with pytest.raises(CannotLink, match="all must use the same"):
        protect_release({"table": table_of(SMALL), "age": by_age})
    with pytest.raises(CannotLink, match="all must use the same"):
        protect_release({"age": by_age}, earlier=protect_release({"table": table_of(SMALL)}))
