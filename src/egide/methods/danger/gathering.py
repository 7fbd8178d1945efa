"""Several tellings of one factor: by several sources, or about several children. What lives here: what they say together.

Nothing is averaged and nobody is believed less: one yes is a yes, a doubt keeps a no from standing alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from egide.core.missing import Missing
from egide.methods.danger.answers import Grade, Reply, Value, is_known, is_yes
from egide.methods.danger.grid import Factor


@dataclass(frozen=True)
class Told:
    """What one source said; `about` says of whom where the factor is asked for each child."""

    value: Value
    source: str = ""
    about: str = ""


def gather(factor: Factor, told: Sequence[Told]) -> Value:
    """The value that rules look at: the gravest yes (grades are written from the lightest), else a doubt, else a no.

    A no stands only when everyone who was asked said no; whoever was not asked says nothing. Empty: not asked.
    """
    yes = [each.value for each in told if is_yes(each.value)]
    grades = [value for value in yes if isinstance(value, Grade)]
    if grades:
        return max(grades, key=lambda grade: factor.grades.index(grade.code))
    if yes:
        return Reply.YES
    doubts = [each.value for each in told if not is_known(each.value) and each.value is not Missing.NOT_ASKED]
    if doubts:
        return doubts[0]
    return Reply.NO if any(each.value is Reply.NO for each in told) else Missing.NOT_ASKED
