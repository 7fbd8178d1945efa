"""The page of a complaint: her wish first, what each station did, the clock of a refusal, the steps, and her own page.

One button for each act; nothing presses her, and "nothing for now" is an answer like the others.
"""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egide.field.complaints import actions, queries
from egide.field.complaints.choices import Outcome, State, Wish
from egide.field.complaints.policies import is_overdue
from egide.field.complaints.states import FOLLOWED, MOVES
from egide.foundation.catalogue import get_nomenclature, list_refusal_letters
from egide.foundation.clock import now
from egide.web.components.shapes import Action, Fact, FileLink, Record, Step, Tag, Tap
from egide.web.components.words import day, moment, words
from egide.web.field.thresholds import WRITE, account_of, attempt, in_case
from egide.web.field.wording import case_url, choices, label, trail


class ExplainForm(forms.Form):
    """Who would go along; it may stay open."""

    all_optional = True
    accompaniment = forms.ChoiceField(
        label=gettext_lazy("Who would go along"), required=False, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["accompaniment"].choices = [*choices("complaint-accompaniment"), ("", _("not said"))]  # type: ignore[attr-defined]


class StepForm(forms.Form):
    """What became of it, and since when it is known."""

    step = forms.ChoiceField(label=gettext_lazy("What became of it"))
    known_on = forms.DateField(
        label=gettext_lazy("Known on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        followed = [
            (code, words) for code, words in choices("complaint-steps") if code != "taken"
        ]  # a station's act notes it
        self.fields["step"].choices = followed  # type: ignore[attr-defined]


@in_case(WRITE)
def complaint(request: HttpRequest, case: Any) -> HttpResponse:
    """Show the complaint at work, and take one act at a time."""
    found = queries.get_current(case)
    explain = ExplainForm(request.POST if "explain" in request.POST else None)
    step = StepForm(request.POST if "step" in request.POST else None, initial={"known_on": timezone.localdate(now())})
    if request.method == "POST":
        answer = _act(request, case, found, explain, step)
        if answer is not None:
            return answer
    context = {
        "tags": (Tag(str(State(found.state).label)),) if found else (),
        "wish": _wish_facts(found),
        "wishes": _wish_taps(found),
        "wish_action": case_url("complaint", case),
        "next": _next_steps(),
        "explain": explain if found and found.state not in FOLLOWED else None,
        "clocks": _clocks(found, case) if found else [],
        "attempts": [_attempt(each) for each in queries.list_attempts(found)] if found else [],
        "new_attempt": Action(_("Note what a station did"), case_url("new_attempt", case), "primary")
        if found and MOVES[State(found.state)] and found.state not in FOLLOWED
        else None,
        "steps": [_step(each) for each in queries.list_steps(found)] if found else [],
        "step": step if found and found.state in FOLLOWED else None,
        "page": _page_taps(found),
        "timeline": [Record(_("Time line"), case_url("timeline", case), _("What happened, in her order and her words."))],
        "section": "today",
        "closed": True,
        "trail": trail(case, _("Complaint")),
    }  # fmt: skip
    return render(request, "field/complaints/complaint.html", context)


def _act(request: HttpRequest, case: Any, found: Any, explain: Any, step: Any) -> HttpResponse | None:
    """Do what was pressed; None when a form comes back with what to mend."""
    by, told = account_of(request), request.POST
    if told.get("wish") in Wish.values:
        renew = found if found and found.state not in FOLLOWED else None
        attempt(request, case, actions.note_wish, case=case, complaint=renew, wish=Wish(told["wish"]), by=by, now=now())
    elif found is None:
        return None
    elif explain.is_bound:
        if not explain.is_valid() or not attempt(
            request, case, actions.explain, form=explain, complaint=found, by=by, now=now(), **explain.cleaned_data
        ):
            return None
    elif step.is_bound:
        if not step.is_valid() or not attempt(
            request, case, actions.add_step, form=step, complaint=found, by=by, now=now(), **step.cleaned_data
        ):
            return None
    elif told.get("page") == "open":
        return _open_page(request, case, found)
    elif told.get("page") == "close":
        attempt(request, case, actions.close_status_link, complaint=found, by=by, now=now())
    else:
        _press_clock(request, case, found)
    return redirect(case_url("complaint", case))


def _press_clock(request: HttpRequest, case: Any, found: Any) -> None:
    """Note whom a refusal was taken to, or what was answered: the value is the attempt and the code."""
    for name, action, key in (
        ("told", actions.tell_superiors, "told_to"),
        ("answer", actions.answer_escalation, "outcome"),
    ):
        which, _space, code = request.POST.get(name, "").partition(" ")
        for each in queries.list_attempts(found):
            if str(each.id) == which and each.outcome == Outcome.REFUSED:
                told = {"escalation": each.escalation, key: code}
                attempt(request, case, action, by=account_of(request), now=now(), **told)


def _open_page(request: HttpRequest, case: Any, found: Any) -> HttpResponse:
    """The address and the code of her page, shown once."""
    made = attempt(request, case, actions.make_status_link, complaint=found, by=account_of(request), now=now())
    if not made:
        return redirect(case_url("complaint", case))
    context = {
        "address": request.build_absolute_uri(reverse("status", args=[made.token])),
        "code": made.code,
        "back": Action(_("Go back to the complaint"), case_url("complaint", case)),
        "section": "today",
        "closed": True,
        "trail": trail(case, _("Her page")),
    }
    return render(request, "field/complaints/page_secrets.html", context)


def _wish_facts(found: Any) -> list[Fact]:
    if found is None:
        return []
    facts = [
        Fact(_("Wish"), str(Wish(found.wish).label)),
        Fact(_("What happens next was explained"), day(found.explained_at) if found.explained_at else ""),
        Fact(
            _("Who would go along"),
            label("complaint-accompaniment", found.accompaniment) if found.accompaniment else "",
        ),
    ]
    return [fact for fact in facts if fact.words]


def _wish_taps(found: Any) -> list[Tap]:
    if found is not None and found.state in FOLLOWED:
        return []
    return [Tap(str(wish.label).capitalize(), "wish", wish.value) for wish in Wish if not found or wish != found.wish]


def _next_steps() -> list[Fact]:
    """What happens next, in the words that she will read herself."""
    return [Fact(words(code.label), words(code.note)) for code in get_nomenclature("complaint-steps").codes.values()]


def _attempt(each: Any) -> Record:
    facts = [
        Fact(_("Who answered"), label("station-functions", each.function) if each.function else ""),
        Fact(_("Reason given"), label("complaint-refusal-reasons", each.reason) if each.reason else ""),
        Fact(_("Words said, as reported"), each.words),
        Fact(_("Receipt given"), str(each.get_receipt_display()) if each.outcome == Outcome.TAKEN else ""),
        Fact(_("Copy given"), str(each.get_copy_display()) if each.outcome == Outcome.TAKEN else ""),
        Fact(_("Put off to"), day(each.come_back_on)),
    ]
    tag = Tag(str(Outcome(each.outcome).label))
    return Record(f"{each.place}, {day(each.tried_on)}", "", "", (tag,), tuple(fact for fact in facts if fact.words))


def _clocks(found: Any, case: Any) -> list[dict[str, Any]]:
    """Each refusal: its clock, what can be noted, and the letters that she may send."""
    return [_clock(each, case) for each in queries.list_attempts(found) if each.outcome == Outcome.REFUSED]


def _clock(each: Any, case: Any) -> dict[str, Any]:
    escalation = each.escalation
    facts = [
        Fact(_("Answer due"), moment(escalation.due_at)),
        Fact(_("Taken to"), ", ".join(filter(None, (label("escalation-recipients", escalation.told_to), moment(escalation.told_at))))),
        Fact(_("Answer"), label("escalation-outcomes", escalation.outcome) if escalation.outcome else ""),
    ]  # fmt: skip
    told = _taps_of("told", "escalation-recipients", each)
    answers = _taps_of("answer", "escalation-outcomes", each)
    return {
        "id": f"refusal-{each.id}",
        "title": _("Refused at %(place)s") % {"place": each.place},
        "late": is_overdue(escalation, now()),
        "facts": [fact for fact in facts if fact.words],
        "told": told if not escalation.told_to and not escalation.answered_at else [],
        "answers": answers if not escalation.answered_at else [],
        "letters": [_letter(letter, each, case) for letter in sorted(list_refusal_letters(), key=_order)],
    }  # fmt: skip


def _taps_of(name: str, nomenclature: str, each: Any) -> list[Tap]:
    return [Tap(label(nomenclature, code), name, f"{each.id} {code}") for code in get_nomenclature(nomenclature).codes]


def _order(letter: Any) -> tuple[bool, bool, str]:
    """The prosecutor first, who can have the complaint taken; the Defender of Rights last."""
    return (letter.code != "prosecutor", letter.code == "rights-defender", letter.code)


def _letter(letter: Any, each: Any, case: Any) -> FileLink:
    address = case_url("refusal_letter", case, attempt=each.id, addressee=letter.code)
    return FileLink(words(letter.label), address, "PDF", "application/pdf")


def _step(each: Any) -> Step:
    code = get_nomenclature("complaint-steps").codes[each.step]
    return Step(words(code.label), "done", day(each.known_on))


def _page_taps(found: Any) -> list[Tap]:
    if found is None or found.state not in FOLLOWED:
        return []
    link = getattr(found, "link", None)
    if link is None or link.closed_at:
        return [Tap(_("Make her page"), "page", "open")]
    return [Tap(_("Make a new address and a new code"), "page", "open"), Tap(_("Close her page"), "page", "close")]
