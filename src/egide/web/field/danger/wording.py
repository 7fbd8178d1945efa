"""The words that the pages of danger share: levels, sources, children, tasks. The words themselves are the grid's."""

from typing import Any

from django.utils.translation import gettext as _

from egide.field.assessments.following.policies import FULL
from egide.field.assessments.telling import list_tellings
from egide.field.casefiles.queries import list_roles_of
from egide.field.persons.answers import Answer
from egide.foundation.catalogue import get_grid
from egide.methods.danger import Level
from egide.web.components.shapes import Action, Fact
from egide.web.components.words import words
from egide.web.field.wording import case_url, full_name, trail

CHILD = "CHILD"
UNNAMED = "child-"


def level_words(code: str) -> str:
    """The words of a level; empty when there is none."""
    return words(get_grid("danger").levels[Level(code)].label) if code else ""


def answer_words(factor: Any, value: str) -> str:
    """The words of a stored answer: one of the six values, or a grade of the factor."""
    return words(factor.grades[value]) if value in factor.grades else str(Answer(value).label)


def source_words(grid: Any, code: str) -> str:
    """Who told it."""
    return words(grid.informants[code]) if code in grid.informants else _("source not said")


def children_of(case: Any, answers: dict[str, Any]) -> dict[str, str]:
    """The children one may speak of: those of the file by their name, then children without a name, one more than known."""
    named = {str(role.id): full_name(role.person) for role in list_roles_of(case) if role.kind == CHILD}
    spoken = {each.get("about", "") for stored in answers.values() for each in list_tellings(stored)}
    unnamed = sorted(about for about in spoken if about.startswith(UNNAMED))
    codes = [*unnamed, f"{UNNAMED}{len(unnamed) + 1}"]
    return {**named, **{code: _("Child %(number)s") % {"number": code.removeprefix(UNNAMED)} for code in codes}}


def answered_facts(assessment: Any, grid: Any, case: Any) -> list[Fact]:
    """What was answered, in the order of the grid, each telling with its source and, for a child, of whom."""
    children = children_of(case, assessment.answers)
    facts = []
    for factor in grid.factors.values():
        for each in list_tellings(assessment.answers.get(factor.code)):
            if each["value"] == Answer.NOT_ASKED:
                continue
            about = children.get(each.get("about", ""), "")
            quote = f"« {each['words']} »" if each.get("words") else ""
            note = ", ".join(filter(None, (source_words(grid, each.get("source", "")), about, quote)))
            facts.append(Fact(words(factor.label), answer_words(factor, each["value"]), note=note))
    return facts


def task_words(grid: Any, code: str) -> str:
    """What a task asks for."""
    labels = {task.id: words(task.label) for level in grid.levels.values() for task in level.tasks}
    return {FULL: _("Full assessment, in calm"), **labels}.get(code, code)


def danger_trail(case: Any, here: str) -> list[Action]:
    """The way back to the file's danger page."""
    return [*trail(case), Action(_("Danger"), case_url("dangers", case)), Action(here, "")]


def page_of(case: Any, here: str, **more: Any) -> dict[str, Any]:
    """What every page of danger hands to its template."""
    return {"section": "today", "closed": True, "trail": danger_trail(case, here), "title": here, **more}
