"""Danger: from the answers to a grid, the rules that fire and the lowest level they ask for.

What lives here: the reading of rules written as data, the suggestion, the policy of a decision, assessors side by side,
the official profile and the short form. What does not: wording, tasks and review clocks (catalogue/grids), who the
assessors are and what is stored (field). Nothing here adds up a person: rules fire or do not, a professional decides.
"""

from egide.methods.danger.answers import Answer, AnswerRefused, Grade, Reply, Value, read_value, write_value
from egide.methods.danger.assessing import (
    Assessment,
    FiredRule,
    Gap,
    Given,
    SafetyGap,
    as_plain,
    assess,
    list_safety_gaps,
)
from egide.methods.danger.comparing import Comparison, Difference, Disagreement, Look, UnlikeGrids, compare
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
from egide.methods.danger.deciding import Lack, SecondLook, check_decision
from egide.methods.danger.gathering import Told, gather
from egide.methods.danger.grid import Factor, Fault, Grid, GridError, Rule
from egide.methods.danger.levels import Level
from egide.methods.danger.official import FiredProfileRule, Outcome, Profile, ProfileReading, ProfileRule, characterise
from egide.methods.danger.reading import read_condition, read_grid, read_profile, read_short_form
from egide.methods.danger.short_form import Mark, ShortForm, ShortReading, Tick, Way, screen

__all__ = [
    "All",
    "Answer",
    "AnswerRefused",
    "AnsweredAny",
    "AnyOf",
    "Assessment",
    "AtLeast",
    "Comparison",
    "Condition",
    "Difference",
    "Disagreement",
    "Factor",
    "Fault",
    "FiredProfileRule",
    "FiredRule",
    "Gap",
    "Given",
    "Grade",
    "Grid",
    "GridError",
    "IntakeForm",
    "Lack",
    "Lapsed",
    "Level",
    "Look",
    "Mark",
    "MoreOf",
    "Outcome",
    "Profile",
    "ProfileReading",
    "ProfileRule",
    "Reply",
    "Rule",
    "SafetyGap",
    "SecondLook",
    "ShortForm",
    "ShortReading",
    "Tick",
    "Told",
    "UnlikeGrids",
    "Value",
    "Wanted",
    "Way",
    "as_plain",
    "assess",
    "characterise",
    "check_decision",
    "compare",
    "gather",
    "list_safety_gaps",
    "read_condition",
    "read_grid",
    "read_profile",
    "read_short_form",
    "read_value",
    "screen",
    "write_value",
]
