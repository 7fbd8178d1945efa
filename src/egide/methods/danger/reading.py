"""From plain mappings (the YAML of catalogue/grids) to what the method applies. What lives here: that reading only.

The words, tasks and clocks of the same files are read by the catalogue.
"""

from collections.abc import Mapping
from typing import Any

from egide.methods.danger.conditions import (
    All,
    AnsweredAny,
    AnyOf,
    AtLeast,
    Condition,
    IntakeForm,
    Lapsed,
    MoreOf,
    Wanted,
)
from egide.methods.danger.grid import Factor, Fault, Grid, GridError, Rule
from egide.methods.danger.levels import Level
from egide.methods.danger.official import ALL, RED, Profile, ProfileRule
from egide.methods.danger.short_form import ShortForm, Tick

Plain = Mapping[str, Any]
SAFETY = "safety"
FORMS = "any_of, at_least … of, more_of … than, lapsed: set, answered: any, told_at_intake: violence, all"


def read_grid(plain: Plain) -> Grid:
    """The content of catalogue/grids/<code>.yaml of kind `factors`. Raises GridError with every fault."""
    factors = tuple(_factor(item) for item in plain["factors"])
    return Grid(
        code=plain["code"],
        version=plain["version"],
        factors=factors,
        sets={item["code"]: _members(item, factors) for item in plain["sets"]},
        rules=tuple(
            Rule(
                item["id"], Level[item["level"]], read_condition(item["when"], ("rules", index, "when"), plain["code"])
            )
            for index, item in enumerate(plain["rules"])
        ),
    )


def _factor(plain: Plain) -> Factor:
    grades = tuple(grade["code"] for grade in plain.get("grades", ()))
    return Factor(plain["code"], plain.get("red", False), grades, plain["part"] == SAFETY)


def _members(plain: Plain, factors: tuple[Factor, ...]) -> frozenset[str]:
    """A set is written by the letters of its codes, and by whether red factors are in it, alone in it or left out."""
    red = plain.get("red")
    return frozenset(
        factor.code for factor in factors if factor.letter in plain["letters"] and red in (None, factor.red)
    )


def read_condition(plain: Plain, where: tuple[str | int, ...] = (), grid: str = "?") -> Condition:
    """One condition of `grid`, found at `where` in its file. Raises GridError naming the seven forms."""
    match plain:
        case {"any_of": list(codes), **rest} if not rest:
            return AnyOf(tuple(_wanted(str(code)) for code in codes))
        case {"at_least": int(least), "of": str(of), **rest} if not rest:
            return AtLeast(least, of)
        case {"more_of": str(of), "than": str(than), **rest} if not rest:
            return MoreOf(of, than)
        case {"lapsed": str(of), **rest} if not rest:
            return Lapsed(of)
        case {"answered": "any", **rest} if not rest:
            return AnsweredAny()
        case {"told_at_intake": "violence", **rest} if not rest:
            return IntakeForm()
        case {"all": list(parts), **rest} if not rest:
            return All(tuple(read_condition(part, (*where, "all", index), grid) for index, part in enumerate(parts)))
    written = ", ".join(map(str, plain))
    raise GridError(grid, [Fault(where, f"a condition is written with: {written}", f"use one of the forms {FORMS}")])


def _wanted(text: str) -> Wanted:
    code, _, grade = text.partition(":")
    return Wanted(code, grade or None)


def read_profile(plain: Plain) -> Profile:
    """The content of a file of kind `profile`: numbers only. Raises GridError."""
    questions = tuple(plain["questions"])
    rules = []
    for index, item in enumerate(plain["rules"]):
        where = ("rules", index, "when")
        condition = read_condition(item["when"], where, plain["code"])
        if not isinstance(condition, AtLeast) or condition.of not in (ALL, RED):
            raise GridError(
                plain["code"],
                [Fault(where, f"the rule {item['id']} is not a number of all or of red", "write at_least … of")],
            )
        rules.append(ProfileRule(item["id"], condition))
    return Profile(plain["code"], plain["version"], questions, plain["reds"], tuple(rules))


def read_short_form(plain: Plain) -> ShortForm:
    """The content of a file of kind `short-form`."""
    ticks = tuple(
        Tick(
            code=item["code"],
            opens=tuple(item["opens"]),
            grades=tuple(grade["code"] for grade in item.get("grades", ())),
            calls=item.get("call_police", False),
            call_grades=tuple(item.get("call_police_when", ())),
        )
        for item in plain["ticks"]
    )
    return ShortForm(plain["code"], plain["version"], ticks)
