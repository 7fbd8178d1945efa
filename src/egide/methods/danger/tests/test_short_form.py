"""The short form of the first minutes: call now, or call back."""

import pytest

from egide.core.missing import Missing
from egide.methods.danger import AnswerRefused, Mark, Tick, Way, screen

CALLING = ("t01", "t02", "t03", "t04")


@pytest.mark.parametrize("way", Way)
def test_lines_one_to_four_call_the_police(form, way):
    for code in CALLING:
        found = screen(form, {code: Mark(way), "t11": Mark(Way.TOLD)})
        assert (found.urgent, found.because) == (True, (code,))


def test_no_other_line_calls_alone(form):
    marks = {tick.code: Mark(Way.OBSERVED) for tick in form.ticks if tick.code not in CALLING}
    found = screen(form, {**marks, "t05": Mark(Way.TOLD, "FEAR_3"), "t12": Mark(Way.TOLD, "IN_FORCE")})
    assert (found.urgent, found.because) == (False, ())


def test_a_line_calls_only_when_it_is_said_to():
    assert Tick("t", ("P03",)).calls is False
    assert Tick("t", ("P03",), calls=True).is_urgent(Mark(Missing.UNKNOWN)) is False
    assert Tick("t", ("P03",), calls=True).is_urgent(Mark(Way.TOLD)) is True


def test_a_breached_measure_calls_the_police(form):
    assert screen(form, {"t12": Mark(Way.TOLD, "BREACHED")}).because == ("t12",)
    assert not screen(form, {"t12": Mark(Missing.UNKNOWN, "BREACHED")}).urgent


def test_unknown_and_unmarked_lines_do_not_call_and_open_nothing(form):
    found = screen(form, {"t01": Mark(Missing.UNKNOWN), "t02": Mark(Missing.NOT_ASKED)})
    assert (found.urgent, found.to_ask) == (False, ())
    assert screen(form, {}).urgent is False


def test_ticks_open_factors_of_the_full_grid_each_once(form, grid):
    found = screen(form, {"t08": Mark(Way.TOLD), "t06": Mark(Way.TOLD), "t03": Mark(Way.OBSERVED)})
    assert found.because == ("t03",)
    assert found.to_ask == ("I2", "P04", "V02", "S01", "K01", "K02")
    opened = {code for tick in form.ticks for code in tick.opens}
    assert opened <= {factor.code for factor in grid.factors}
    assert len(form.ticks) == 12


LINES = "t01, t02, t03, t04, t05, t06, t07, t08, t09, t10, t11, t12."
MARKS = "it is observed, told, unknown or not asked."


@pytest.mark.parametrize(
    ("code", "mark", "said"),
    [
        ("t13", Mark(Way.TOLD), f"The form short-form has no line “t13”: it has {LINES}"),
        (
            "t05",
            Mark(Way.TOLD, "FEAR_9"),
            "The line t05 has no grade “FEAR_9”: it has FEAR_0, FEAR_1, FEAR_2, FEAR_3.",
        ),
        ("t01", Mark(Way.TOLD, "LOUD"), "The line t01 has no grade “LOUD”: it has none."),
        ("t01", Mark(Missing.REFUSED), f"The line t01 cannot be marked REFUSED: {MARKS}"),
        ("t01", Mark(Missing.SUPPRESSED), f"The line t01 cannot be marked SUPPRESSED: {MARKS}"),
    ],
)
def test_a_mark_the_line_does_not_take_is_refused(form, code, mark, said):
    with pytest.raises(AnswerRefused) as raised:
        screen(form, {code: mark})
    assert str(raised.value) == said
