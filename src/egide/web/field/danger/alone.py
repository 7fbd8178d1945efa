"""Handing over the questions that the person fills alone: by a link and a code, or here; and taking her answers up."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from egide.field.assessments.actions import start_assessment
from egide.field.assessments.alone.actions import hand_over, take_back, take_up
from egide.field.assessments.alone.queries import get_alone, list_alone
from egide.field.assessments.choices import Route, State
from egide.field.assessments.queries import list_assessments
from egide.field.persons.answers import Answer
from egide.foundation.catalogue import get_grid
from egide.foundation.clock import now
from egide.web.components.shapes import Action, Fact, Tag, Tap
from egide.web.components.words import moment, words
from egide.web.entrance import link_key
from egide.web.field.thresholds import WRITE, account_of, attempt, in_case
from egide.web.field.wording import case_url

from .alone_link import NAME, PRIVATE
from .wording import page_of

CALM = "calm"


@in_case(WRITE)
def alone_forms(request: HttpRequest, case: Any) -> HttpResponse:
    """The forms handed over in this file, what came back, and another one to hand over."""
    if request.method == "POST":
        what, _space, id = request.POST.get("do", "").partition(" ")
        if what in Route.values:
            return _hand_over(request, case, Route(what))
        return _do(request, case, what, id)
    forms = list(list_alone(case))
    context = page_of(
        case, _("Questions that the person fills alone"),
        lead=_("The first question is about the device. Nothing is sent: you tell the address and the code."),
        taps=[Tap(_("Give a link and a code"), "do", Route.LINK.value), Tap(_("Fill them here, now"), "do", Route.HERE.value)],
        forms=[_shown(form) for form in forms],
    )  # fmt: skip
    return render(request, "field/danger/alone_forms.html", context)


def _hand_over(request: HttpRequest, case: Any, route: Route) -> HttpResponse:
    handed = attempt(request, case, hand_over, case=case, route=route, by=account_of(request), now=now())
    if handed is None:
        return redirect("alone_forms", case=case.id)
    if route == Route.LINK:
        context = page_of(
            case, _("To hand over now"), code=handed.code,
            address=request.build_absolute_uri(reverse("alone", kwargs={"token": handed.token})),
            until=moment(handed.form.expires_at),
            back=Action(_("Go back"), case_url("alone_forms", case)),
        )  # fmt: skip
        return render(request, "field/danger/handed.html", context)
    request.session.clear()  # the worker's session ends before the device changes hands: only these questions stay open
    request.session[link_key(NAME, handed.token)] = str(handed.form.id)
    request.session[PRIVATE] = ""
    return redirect("alone", token=handed.token)


def _do(request: HttpRequest, case: Any, what: str, id: str) -> HttpResponse:
    form = get_alone(case, UUID(id)) if _is_identifier(id) else None
    by = account_of(request)
    if form is not None and what == "close":
        attempt(request, case, take_back, alone=form, by=by, now=now())
    elif form is not None and what == "take":
        own = list_assessments(case).filter(assessor=by, state=State.OPEN).first() or attempt(
            request, case, start_assessment, case=case, moment=CALM, by=by, trained=False, now=now()
        )
        if own is not None and attempt(request, case, take_up, assessment=own, alone=form, by=by, now=now()):
            messages.success(request, _("The answers are in your assessment, as told by the person."))
            return redirect("danger", case=case.id, assessment=own.id)
    return redirect("alone_forms", case=case.id)


def _is_identifier(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _shown(form: Any) -> dict[str, Any]:
    """A form as the worker sees it: where it stands, what was told."""
    grid = get_grid(form.grid)
    ended = form.closed_at is not None or form.expires_at <= now()
    state = _("finished") if form.finished_at else _("closed") if ended else _("open")
    answers = [
        Fact(words(grid.factors[code].label), str(Answer(answer["value"]).label), note=_quoted(answer))
        for code, answer in form.answers.items()
        if code in grid.factors
    ]
    taps = [Tap(_("Bring these answers into my assessment"), "do", f"take {form.id}")] if answers else []
    if not ended:
        taps.append(Tap(_("Close this form"), "do", f"close {form.id}", "plain"))
    tags = [Tag(state), Tag(str(Route(form.route).label))]
    if form.private not in ("", "YES"):
        tags.append(Tag(_("the device is not the person’s alone"), "warn"))
    return {
        "title": _("Handed over on %(when)s") % {"when": moment(form.made_at)},
        "tags": tags,
        "answers": answers,
        "taps": taps,
    }


def _quoted(answer: dict[str, str]) -> str:
    return f"« {answer['words']} »" if answer.get("words") else ""
