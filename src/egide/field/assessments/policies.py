"""When an assessment may move: own level first, going up is free, going down takes a reason and a second look (Z03)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egide.foundation.catalogue import get_grid
from egide.methods.danger import Answer, AnswerRefused, Lack, Level, read_value

from .models import DangerAssessment, State
from .telling import join

LACKS = {
    Lack.OWN_LEVEL: gettext_lazy("Write your own level first: the suggestion is shown after."),
    Lack.A_LEVEL: gettext_lazy("The rules found something: “not assessed” cannot be the decision."),
    Lack.REASON: gettext_lazy("You decide below the suggestion: write why."),
    Lack.SECOND_LOOK: gettext_lazy("Below the suggestion, a colleague must take a second look."),
    Lack.ANOTHER_ACCOUNT: gettext_lazy("The second look is someone else's, not yours."),
    Lack.MANDATE: gettext_lazy("The second look is taken by someone whose position may assess danger."),
    Lack.SAME_ORGANISATION: gettext_lazy("The second look is taken by someone of your own organisation."),
    Lack.SECOND_LOOK_IS_HIGHER: gettext_lazy("The second look found a higher level: the decision cannot be below it."),
}


class AssessmentRefused(ValueError):
    """The assessment cannot move; one sentence for each thing that is missing."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(" ".join(sentences))


def check_state(assessment: DangerAssessment, *allowed: State) -> None:
    """Raise AssessmentRefused unless the assessment is in one of the states."""
    if assessment.state not in allowed:
        raise AssessmentRefused(
            _("This assessment is %(state)s: start another one.") % {"state": State(assessment.state).label}
        )


def refuse_lacks(lacks: tuple[Lack, ...]) -> None:
    """Raise AssessmentRefused with a sentence for each lack."""
    if lacks:
        raise AssessmentRefused(*(str(LACKS[lack]) for lack in lacks))


def read_answers(plain: Mapping[str, Mapping[str, Any]]) -> dict[str, Answer]:
    """The stored answers as the method takes them."""
    return {
        code: Answer(
            read_value(answer["value"]), answer.get("source", ""),
            date.fromisoformat(answer["expires_on"]) if answer.get("expires_on") else None,
        )
        for code, answer in plain.items()
    }  # fmt: skip


def join_answers(
    assessment: DangerAssessment, told: Mapping[str, Mapping[str, Any]], now: datetime
) -> dict[str, dict[str, Any]]:
    """The stored answers with what was told joined to them. Raises AssessmentRefused for an answer the grid refuses."""
    method = get_grid(assessment.grid).method
    try:
        method.check_answers(read_answers(told))
    except AnswerRefused as refused:
        raise AssessmentRefused(str(refused)) from refused
    factors = {factor.code: factor for factor in method.factors}
    answers = dict(assessment.answers)
    for code, telling in told.items():
        joined = join(factors[code], answers.pop(code, None), {**telling, "at": now.isoformat()})
        if joined is not None:
            answers[code] = joined
    return answers


def level_of(code: str) -> Level:
    """The level of a code. Raises AssessmentRefused for an unknown one."""
    try:
        return Level(code)
    except ValueError as error:
        raise AssessmentRefused(_("Choose one of the levels.")) from error
