"""Where an assessment stands, and the one thing that comes next: own level, decision, second look (Z03).

Lives here: the levels and the rules in full. Not here: the rules (methods), nor their words (catalogue). No page shows the
suggestion before the assessor's own level is written: it does not exist before.
"""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egide.field.assessments import actions
from egide.field.assessments.choices import State
from egide.field.assessments.queries import get_assessment, list_lapsed
from egide.foundation.accounts.queries import list_names
from egide.foundation.catalogue import get_grid
from egide.foundation.clock import now
from egide.methods.danger import Gap, Level
from egide.web.components.shapes import Action, Fact, Finding, Step, Tag
from egide.web.components.words import moment, words
from egide.web.field.thresholds import WRITE, account_of, attempt, in_case, nothing_here
from egide.web.field.wording import case_url, labels, trail

from .listing import state_words
from .wording import answer_words, answered_facts


class LevelForm(forms.Form):
    """One of the levels, with what it means; a reason where the decision is below the suggestion."""

    level = forms.ChoiceField(
        label=gettext_lazy("Level"), widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the levels.")},
    )  # fmt: skip
    reason = forms.CharField(
        label=gettext_lazy("Reason, if you decide below the suggestion"), required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args: Any, grid: Any, reason: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = [(code.value, f"{words(level.label)} – {words(level.meaning)}") for code, level in grid.levels.items()]
        self.fields["level"].choices = levels  # type: ignore[attr-defined]
        if not reason:
            del self.fields["reason"]


@in_case(WRITE)
def danger(request: HttpRequest, case: Any, assessment: UUID) -> HttpResponse:
    """Where an assessment stands, and the one thing that comes next: own level, decision, second look."""
    found = get_assessment(case, assessment)
    if found is None:
        return nothing_here(request, _("There is no such assessment in this file."))
    grid = get_grid(found.grid)
    step = _next(found, account_of(request))
    form = LevelForm(request.POST if request.method == "POST" else None, grid=grid, reason=step == "decide")
    if request.method == "POST" and step and form.is_valid():
        call = {"own": actions.write_own_level, "decide": actions.decide_level, "look": actions.take_second_look}[step]
        told = {"assessment": found, "by": account_of(request), "now": now(), **form.cleaned_data}
        if attempt(request, case, call, form=form, **told) is not None:
            return redirect("danger", case=case.id, assessment=found.id)
    context = {
        "form": form if step else None,
        "next": step,
        "ask": _asks().get(step, {}),
        "tags": (Tag(state_words()[found.state]),),
        "parts": _parts(found, grid, case) if found.state == State.OPEN else [],
        "facts": _facts(found, grid),
        "told": answered_facts(found, grid, case),
        "lapsed": _lapsed(found, grid),
        "sheet": Action(_("Sheet for the prosecutor"), case_url("danger_sheet", case, assessment=found.id))
        if found.state == State.DECIDED
        else None,
        "suggestion": words(grid.levels[Level(found.suggestion["level"])].label) if found.suggestion else "",
        "fired": _fired(found, grid) if found.suggestion else [],
        "caution": words(grid.caution),
        "waiting": found.state == State.AWAITING_SECOND_LOOK and not step,
        "add_colleague": Action(_("Add a colleague to this file"), case_url("team", case)),
        "section": "today",
        "closed": True,
        "trail": [*trail(case), Action(_("Danger"), case_url("dangers", case)), Action(_("Assessment"), "")],
    }
    return render(request, "field/danger/danger.html", context)


def _next(assessment: Any, account: UUID) -> str:
    own = assessment.assessor == account
    steps = {
        State.OPEN: "own" if own else "",
        State.COMPARED: "decide" if own else "",
        State.AWAITING_SECOND_LOOK: "" if own else "look",
    }
    return steps.get(assessment.state, "")


def _asks() -> dict[str, dict[str, str]]:
    return {
        "own": {
            "title": _("Your own level"),
            "words": _("Write it before seeing what the rules suggest. Both are kept."),
            "submit": _("Write my level"),
        },
        "decide": {
            "title": _("Decide"),
            "words": _(
                "At the suggestion or above, you decide alone. Below, write why, and a colleague takes a second look."
            ),
            "submit": _("Decide"),
        },
        "look": {
            "title": _("Second look"),
            "words": _("A colleague decided below the suggestion. Say which level you find."),
            "submit": _("Give my second look"),
        },
    }


def _parts(assessment: Any, grid: Any, case: Any) -> list[Step]:
    """The parts of the grid, with how many lines of each were asked."""
    steps = []
    for code, text in grid.parts.items():
        factors = grid.factors_of(code)
        asked = sum(factor.code in assessment.answers for factor in factors)
        url = case_url("danger_part", case, assessment=assessment.id, part=code)
        said = _("Asked: %(asked)s of %(all)s.") % {"asked": asked, "all": len(factors)}
        steps.append(Step(words(text), "done" if asked else "later", said, (Action(_("Open this part"), url),)))
    return steps


def _facts(assessment: Any, grid: Any) -> list[Fact]:
    names = list_names(id for id in (assessment.assessor, assessment.second_look_by) if id)

    def level(code: str) -> str:
        return words(grid.levels[Level(code)].label) if code else ""

    untrained = "" if assessment.assessor_trained else _("not trained for this grid")
    facts = [
        Fact(_("Assessor"), names.get(str(assessment.assessor), "–"), note=untrained),
        Fact(_("Moment"), words(grid.moments[assessment.moment]), note=moment(assessment.started_at)),
        Fact(_("Assessor’s own level"), level(assessment.own_level)),
        Fact(_("Decided level"), level(assessment.decided_level)),
        Fact(_("Reason"), assessment.reason),
        Fact(_("Second look"), level(assessment.second_look_level), note=names.get(str(assessment.second_look_by), "")),
        Fact(_("To be looked at again"), moment(assessment.review_at)),
    ]  # fmt: skip
    return [fact for fact in facts if fact.words]


def _lapsed(assessment: Any, grid: Any) -> list[Fact]:
    """The safety factors on which nobody may lean today, and why."""
    said = {
        Gap.SOURCE: _("no source"), Gap.EXPIRY: _("no end date"), Gap.EXPIRED: _("its date has passed"),
    }  # fmt: skip
    return [
        Fact(words(grid.factors[gap.code].label), ", ".join(said[each] for each in gap.gaps))
        for gap in list_lapsed(assessment, on=timezone.localdate(now()))
    ]


def _fired(assessment: Any, grid: Any) -> list[Finding]:
    """Each rule that fired: its sentence in full, and the answers that fired it."""
    found = []
    for fired in assessment.suggestion["fired"]:
        rule, because = (
            grid.rules[fired["rule"]],
            [_given(grid, code, value) for code, value in fired["because"].items()],
        )
        if fired["forms"]:
            because.append(_("told at intake: %(forms)s") % {"forms": labels("violence-forms", fired["forms"])})
        tag = Tag(words(grid.levels[Level(fired["level"])].label))
        found.append(Finding("note", tag, words(rule.words), where=fired["rule"], remedy="; ".join(because)))
    return found


def _given(grid: Any, code: str, value: str) -> str:
    return f"{words(grid.factors[code].label)} ({answer_words(grid.factors[code], value)})"
