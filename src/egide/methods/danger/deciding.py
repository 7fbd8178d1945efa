"""What a decision still lacks. What lives here: the policy (Z03); not who is mandated, nor where it is written (field).

Her own level first; going up is free; going below the suggestion takes a reason and a second look.
"""

from dataclasses import dataclass
from enum import Enum

from egide.methods.danger.levels import Level


class Lack(Enum):
    """What is missing before a decision can be recorded."""

    OWN_LEVEL = "OWN_LEVEL"
    A_LEVEL = "A_LEVEL"
    REASON = "REASON"
    SECOND_LOOK = "SECOND_LOOK"
    ANOTHER_ACCOUNT = "ANOTHER_ACCOUNT"
    MANDATE = "MANDATE"
    SAME_ORGANISATION = "SAME_ORGANISATION"
    SECOND_LOOK_IS_HIGHER = "SECOND_LOOK_IS_HIGHER"


@dataclass(frozen=True)
class SecondLook:
    """The look of someone else: by which account, at which level, and whether that account may give it."""

    by: str
    level: Level
    mandated: bool
    same_organisation: bool


def check_decision(
    *,
    suggested: Level,
    own_before: Level | None,
    decided: Level,
    assessor: str,
    reason: str = "",
    second_look: SecondLook | None = None,
) -> tuple[Lack, ...]:
    """Everything that keeps `decided` from being recorded; empty when nothing does.

    `own_before` is the level the assessor wrote before she saw `suggested`. A situation that has a suggestion is not
    decided "not assessed". Below the suggestion the second look comes from another account, mandated, of the same
    organisation, and its own level is not above the decision.
    """
    lacks = [Lack.OWN_LEVEL] if own_before is None else []
    if decided >= suggested:
        return tuple(lacks)
    if decided is Level.NOT_ASSESSED:
        lacks.append(Lack.A_LEVEL)
    if not reason.strip():
        lacks.append(Lack.REASON)
    return (*lacks, *_second_look_lacks(decided, assessor, second_look))


def _second_look_lacks(decided: Level, assessor: str, look: SecondLook | None) -> tuple[Lack, ...]:
    if look is None:
        return (Lack.SECOND_LOOK,)
    faults = {
        Lack.ANOTHER_ACCOUNT: look.by == assessor,
        Lack.MANDATE: not look.mandated,
        Lack.SAME_ORGANISATION: not look.same_organisation,
        Lack.SECOND_LOOK_IS_HIGHER: look.level > decided,
    }
    return tuple(lack for lack, wrong in faults.items() if wrong)
