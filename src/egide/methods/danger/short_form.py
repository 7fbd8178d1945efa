"""The short form of the first minutes: call now, or call back. What lives here: that choice; no level is decided here."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from egide.core.missing import Missing
from egide.methods.danger.answers import AnswerRefused


class Way(Enum):
    """How a tick came to be known."""

    OBSERVED = "OBSERVED"
    TOLD = "TOLD"


@dataclass(frozen=True)
class Mark:
    """What was put beside a line: observed, told, or unknown; with the grade where the line has some."""

    way: Way | Missing
    grade: str | None = None


@dataclass(frozen=True)
class Tick:
    """A line of the form: the factors it opens in the full grid, its grades, and when it calls the police.

    `calls` without grades: any mark observed or told calls. With `call_grades`: only those grades do.
    """

    code: str
    opens: tuple[str, ...]
    grades: tuple[str, ...] = ()
    calls: bool = False
    call_grades: tuple[str, ...] = ()

    def is_urgent(self, mark: Mark) -> bool:
        """Say whether this mark calls the police at once."""
        if not isinstance(mark.way, Way):
            return False
        return self.calls or mark.grade in self.call_grades


@dataclass(frozen=True)
class ShortForm:
    """A version of the short form; its lines in order."""

    code: str
    version: str
    ticks: tuple[Tick, ...]


@dataclass(frozen=True)
class ShortReading:
    """`urgent`: call the police now, because of these lines. Otherwise call back: nothing here says "no danger".

    `to_ask` are the factors of the full grid that the ticks open, for whoever takes over, in calm.
    """

    urgent: bool
    because: tuple[str, ...]
    to_ask: tuple[str, ...]


def screen(form: ShortForm, marks: Mapping[str, Mark]) -> ShortReading:
    """Read the marks; a line without one was not asked. Raises AnswerRefused: an unknown line, grade or mark."""
    lines = {tick.code: tick for tick in form.ticks}
    for code, mark in marks.items():
        if code not in lines:
            raise AnswerRefused(f"The form {form.code} has no line “{code}”: it has {', '.join(lines)}.")
        _check_mark(lines[code], mark)
    because = tuple(tick.code for tick in form.ticks if tick.code in marks and tick.is_urgent(marks[tick.code]))
    ticked = [tick for tick in form.ticks if tick.code in marks and isinstance(marks[tick.code].way, Way)]
    to_ask = dict.fromkeys(code for tick in ticked for code in tick.opens)
    return ShortReading(bool(because), because, tuple(to_ask))


def _check_mark(tick: Tick, mark: Mark) -> None:
    if isinstance(mark.way, Missing) and mark.way not in (Missing.UNKNOWN, Missing.NOT_ASKED):
        raise AnswerRefused(
            f"The line {tick.code} cannot be marked {mark.way.name}: it is observed, told, unknown or not asked."
        )
    if mark.grade is not None and mark.grade not in tick.grades:
        can = ", ".join(tick.grades) or "none"
        raise AnswerRefused(f"The line {tick.code} has no grade “{mark.grade}”: it has {can}.")
