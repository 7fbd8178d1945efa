"""The grid part by part: nothing is required, it stops and goes on; each source, and each child, answers apart (R03)."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from egide.field.assessments import actions
from egide.field.assessments.choices import State
from egide.field.assessments.queries import get_assessment
from egide.field.assessments.telling import list_tellings
from egide.foundation.catalogue import get_grid
from egide.foundation.clock import now
from egide.web.components.shapes import Action, Record
from egide.web.components.words import words
from egide.web.field.thresholds import WRITE, attempt, in_case, nothing_here
from egide.web.field.wording import case_url, trail

from .forms import PartForm, asked_of
from .wording import children_of

SEVERAL, CHILDREN, SAFETY, HERSELF = "perpetrator", "children", "safety", "victim"


@in_case(WRITE)
def danger_part(request: HttpRequest, case: Any, assessment: UUID, part: str) -> HttpResponse:
    """One part of the grid: keep what one source answered, go on to the next part, or stop."""
    found = get_assessment(case, assessment)
    grid = get_grid(found.grid) if found else None
    if found is None or grid is None or part not in grid.parts:
        return nothing_here(request, _("There is no such assessment in this file."))
    if found.state != State.OPEN:
        return redirect("danger", case=case.id, assessment=found.id)
    source, about = _chosen(request, grid, part, children_of(case, found.answers))
    if source is None:
        return render(request, "field/danger/sources.html", _chooser(case, found, grid, part))
    form = PartForm(
        request.POST if request.method == "POST" else None, grid=grid, part=part, stored=found.answers, source=source,
        about=about,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        told = {"assessment": found, "answers": form.answers(), "now": now()}
        if attempt(request, case, actions.answer_factors, form=form, **told) is not None:
            return _after(request, case, found, grid, part)
    return render(request, "field/danger/part.html", _asking(case, found, grid, part, form))


def _chosen(request: HttpRequest, grid: Any, part: str, children: dict[str, str]) -> tuple[str | None, str]:
    """Who tells, and of which child; None where it must be said first."""
    source = request.GET.get("de", "" if part == SEVERAL else HERSELF)
    about = request.GET.get("enfant", "")
    if source not in grid.informants or (part == CHILDREN and about not in children):
        return None, ""
    return source, about if part == CHILDREN else ""


def _after(request: HttpRequest, case: Any, found: Any, grid: Any, part: str) -> HttpResponse:
    """Where one goes on: the other sources or children, the next part, or the assessment when one stops."""
    if "stop" in request.POST:
        return redirect("danger", case=case.id, assessment=found.id)
    if part in (SEVERAL, CHILDREN):
        return redirect("danger_part", case=case.id, assessment=found.id, part=part)
    following = _next(grid, part)
    if following is None:
        return redirect("danger", case=case.id, assessment=found.id)
    return redirect("danger_part", case=case.id, assessment=found.id, part=following)


def _next(grid: Any, part: str) -> str | None:
    parts = list(grid.parts)
    return next(iter(parts[parts.index(part) + 1 :]), None)


def _asking(case: Any, found: Any, grid: Any, part: str, form: PartForm) -> dict[str, Any]:
    others = [
        Action(words(text), _address(case, found, part, code, form.about))
        for code, text in grid.informants.items()
        if code != form.source and asked_of(grid.factors_of(part), code)
    ]
    about = children_of(case, found.answers).get(form.about, "")
    source = words(grid.informants[form.source])
    return _page(case, found, grid, part) | {
        "form": form,
        "source": "" if part == SAFETY else _("Told by: %(source)s") % {"source": source},
        "about": about,
        "others": [] if part == SAFETY else others,
        "never": words(grid.guidance["never-confront"]) if part == SEVERAL else "",
        "last": _next(grid, part) is None or part in (SEVERAL, CHILDREN),
    }


def _chooser(case: Any, found: Any, grid: Any, part: str) -> dict[str, Any]:
    """The sources of the part, or the children it speaks of, each with how far it was asked."""
    tellings = [each for factor in grid.factors_of(part) for each in list_tellings(found.answers.get(factor.code))]
    if part == CHILDREN:
        listed = [
            (code, name, _address(case, found, part, HERSELF, code), {each.get("source") for each in tellings if each.get("about") == code})
            for code, name in children_of(case, found.answers).items()
        ]  # fmt: skip
    else:
        listed = [
            (code, words(text), _address(case, found, part, code), {code} & {each.get("source") for each in tellings})
            for code, text in grid.informants.items()
            if asked_of(grid.factors_of(part), code)
        ]
    following = _next(grid, part)
    skip = case_url("danger_part", case, assessment=found.id, part=following) if following else ""
    return _page(case, found, grid, part) | {
        "choices": [Record(name, url, _("Answers are kept.") if told else _("Nothing yet.")) for _code, name, url, told in listed],
        "children": part == CHILDREN,
        "never": words(grid.guidance["never-confront"]) if part == SEVERAL else "",
        "skip": Action(_("Go on to the next part"), skip) if skip else None,
        "back": Action(_("Go back to the assessment"), case_url("danger", case, assessment=found.id), "plain"),
    }  # fmt: skip


def _address(case: Any, found: Any, part: str, source: str, about: str = "") -> str:
    query = {"de": source, **({"enfant": about} if about else {})}
    return f"{case_url('danger_part', case, assessment=found.id, part=part)}?{urlencode(query)}"


def _page(case: Any, found: Any, grid: Any, part: str) -> dict[str, Any]:
    parts, title = list(grid.parts), words(grid.parts[part])
    return {
        "title": title,
        "over": _("Part %(number)s of %(all)s") % {"number": parts.index(part) + 1, "all": len(parts)},
        "section": "today",
        "closed": True,
        "trail": [
            *trail(case), Action(_("Danger"), case_url("dangers", case)),
            Action(_("Assessment"), case_url("danger", case, assessment=found.id)), Action(title, ""),
        ],
    }  # fmt: skip
