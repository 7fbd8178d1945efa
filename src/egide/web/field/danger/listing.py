"""The danger page of a file: act first, then what is due, what is to do, the assessments, and the other ways to ask."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from egide.field.assessments import actions
from egide.field.assessments.choices import Reason, State
from egide.field.assessments.following.queries import list_past_events, list_reviews, list_tasks
from egide.field.assessments.queries import compare_assessors, list_assessments
from egide.foundation.accounts.queries import list_names
from egide.foundation.catalogue import get_grid
from egide.foundation.clock import now
from egide.web.components.shapes import Action, Fact, Record, Tag, Tap
from egide.web.components.words import day, moment, words
from egide.web.field.thresholds import WRITE, account_of, attempt, in_case
from egide.web.field.wording import case_url, trail

from .wording import level_words, task_words


@in_case(WRITE)
def dangers(request: HttpRequest, case: Any) -> HttpResponse:
    """What is due, what is to do, the assessments of the file whoever made them, and the start of another one."""
    if request.method == "POST":
        told = {"moment": request.POST.get("moment", ""), "trained": "trained" in request.POST}
        made = attempt(request, case, actions.start_assessment, case=case, by=account_of(request), now=now(), **told)
        if made is None:
            return redirect("dangers", case=case.id)
        return redirect("danger_part", case=case.id, assessment=made.id, part=next(iter(get_grid("danger").parts)))
    grid, tasks = get_grid("danger"), list(list_tasks(case))
    found = list(list_assessments(case))
    names = list_names([*(each.assessor for each in found), *(task.done_by for task in tasks if task.done_by)])
    context = {
        "assessments": [assessment_record(each, case, names) for each in found],
        "reviews": [review_record(each, case) for each in list_reviews(case)],
        "todo": [_task_record(task, grid, case) for task in tasks if task.done_at is None],
        "done": [_done_fact(task, grid, names) for task in tasks if task.done_at is not None],
        "past": [_past_fact(each, grid) for each in list_past_events(case)],
        "ways": _ways(case, several=compare_assessors(case) is not None),
        "event": Action(_("Something happened"), case_url("danger_event", case)),
        "guidance": [words(text) for text in grid.guidance.values()],
        "caution": words(grid.caution),
        "starts": [Tap(words(text), "moment", code) for code, text in grid.moments.items()],
        "trained": Tap(_("I was trained to use this grid"), "trained", "1"),
        "section": "today",
        "closed": True,
        "trail": trail(case, _("Danger")),
    }
    return render(request, "field/danger/dangers.html", context)


def assessment_record(assessment: Any, case: Any, names: dict[str, str] | None = None) -> Record:
    """An assessment in a list: where it stands, by whom; its level once it is decided."""
    grid = get_grid(assessment.grid)
    said = state_words()[assessment.state]
    if assessment.state == State.DECIDED:
        said = _("Decided: %(level)s. To be looked at again on %(day)s.") % {
            "level": level_words(assessment.decided_level), "day": day(assessment.review_at),
        }  # fmt: skip
    who = (names or {}).get(str(assessment.assessor), "")
    facts = (Fact(_("Moment"), words(grid.moments[assessment.moment])), *([Fact(_("Assessor"), who)] if who else []))
    url = case_url("danger", case, assessment=assessment.id)
    return Record(moment(assessment.started_at), url, said, (), facts)


def state_words() -> dict[str, str]:
    """Where an assessment stands."""
    return {
        State.OPEN: _("being filled in"),
        State.COMPARED: _("own level written, to be decided"),
        State.AWAITING_SECOND_LOOK: _("waiting for a second look"),
        State.DECIDED: _("level decided"),
    }


def review_record(review: Any, case: Any) -> Record:
    """A review that is open: why, by when, and what to ask again first after an event."""
    grid, late = get_grid("danger"), review.due_at <= now()
    title, said = str(Reason(review.reason).label).capitalize(), ""
    if review.reason == Reason.EVENT:
        event = grid.events[review.event]
        when = _(", on %(day)s") % {"day": day(review.happened_on)} if review.happened_on else ""
        title = f"{words(event.label)}{when}"
        asked = " ; ".join(words(grid.factors[code].label) for code in event.reopens)
        said = _("Ask again first: %(factors)s.") % {"factors": asked}
    tag = Tag(_("due since %(day)s") % {"day": day(review.due_at)}, "warn") if late else Tag(moment(review.due_at))
    return Record(title, "", said, (tag,))


def _task_record(task: Any, grid: Any, case: Any) -> Record:
    """A task to do: what, who, by when. It leads to where one writes what came of it."""
    late = task.due_at <= now()
    tag = Tag(_("due since %(when)s") % {"when": moment(task.due_at)}, "warn") if late else Tag(
        _("before %(when)s") % {"when": moment(task.due_at)}
    )  # fmt: skip
    owner = Fact(_("Who"), words(grid.owners[task.owner].label) if task.owner in grid.owners else task.owner)
    return Record(task_words(grid, task.code), case_url("danger_task", case, task=task.id), "", (tag,), (owner,))


def _done_fact(task: Any, grid: Any, names: dict[str, str]) -> Fact:
    who = names.get(str(task.done_by), "")
    return Fact(task_words(grid, task.code), task.outcome, note=", ".join(filter(None, (moment(task.done_at), who))))


def _past_fact(review: Any, grid: Any) -> Fact:
    looked = _("looked at again on %(day)s") % {"day": day(review.closed_at)}
    return Fact(words(grid.events[review.event].label), day(review.happened_on or review.opened_at), note=looked)


def _ways(case: Any, *, several: bool) -> list[Record]:
    ways = [
        Record(
            _("Short form of the first minutes"), case_url("short_form", case),
            _("Twelve lines, observed, told or unknown. It decides no level."),
        ),
        Record(
            _("Questions that the person fills alone"), case_url("alone_forms", case),
            _("By a link and a code, or here on this device. The device is asked about first."),
        ),
        Record(
            _("Official form, by question number"), case_url("official_form", case),
            _("For a form already filled elsewhere: its numbers are read, its text stays with it."),
        ),
    ]  # fmt: skip
    ways.append(
        Record(_("Children"), case_url("children", case), _("Each child for themselves: what was told of that one."))
    )
    if several:
        ways.append(
            Record(
                _("Assessors side by side"), case_url("side_by_side", case),
                _("Where they agree and where they differ. Nobody is ranked."),
            )
        )  # fmt: skip
    return ways
