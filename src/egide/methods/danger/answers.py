"""One answer to one factor. What lives here: its six values (X04), its grades, its proof; not the factors (`grid`).

Yes and no are values. Unknown, not asked, not applicable and refused are reasons for having none: they never weigh as no.
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from egide.core.missing import Missing

ABSENT = frozenset({Missing.UNKNOWN, Missing.NOT_ASKED, Missing.NOT_APPLICABLE, Missing.REFUSED})


class AnswerRefused(ValueError):
    """An answer the factor cannot have; the sentence names the factor and the answers it takes."""


class Reply(Enum):
    """The two plain values."""

    YES = "YES"
    NO = "NO"


@dataclass(frozen=True)
class Grade:
    """A yes that says how far, for a factor that has grades: a weapon is owned, sought, shown or used."""

    code: str


Value = Reply | Grade | Missing
WORDS: dict[str, Reply | Missing] = {word.value: word for word in (*Reply, *Missing)}


@dataclass(frozen=True)
class Answer:
    """What was answered, from which source (victim, perpetrator, third party…), and until when a safety factor holds."""

    value: Value
    source: str = ""
    expires_on: date | None = None


def is_yes(value: Value) -> bool:
    """Say whether the answer affirms the factor: a yes, or any grade of it."""
    return value is Reply.YES or isinstance(value, Grade)


def is_known(value: Value) -> bool:
    """Say whether there is an answer at all: yes, a grade, or no."""
    return not isinstance(value, Missing)


def write_value(value: Value) -> str:
    """Give the text under which an answer is stored: YES, NO, the code of a grade, or the reason of its absence."""
    return value.code if isinstance(value, Grade) else value.value


def read_value(text: str) -> Value:
    """Read back what `write_value` wrote. A word that is not one of the six values is a grade; the grid judges it."""
    return WORDS.get(text) or Grade(text)
