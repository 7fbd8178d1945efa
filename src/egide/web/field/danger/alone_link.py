"""The questions that a person fills alone: the code, the device, then a few questions on each page (R03, Z03, AT-30).

Before the code nothing is shown. What was told is kept at each page and never shown again here. A stop closes everything on
this device; the same address and code open it again, on any other.
"""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egide.field.assessments.alone import actions, queries
from egide.field.assessments.alone.policies import list_pages
from egide.field.assessments.choices import Route
from egide.field.assessments.policies import AssessmentRefused
from egide.field.persons.answers import Answer
from egide.foundation.catalogue import get_grid
from egide.foundation.clock import now
from egide.web.components.shapes import Tap
from egide.web.components.words import words
from egide.web.entrance import enters_by_link, link_key
from egide.web.field.thresholds import WRITE

NAME, PRIVATE = "alone", "alone-private"
SAID = (Answer.YES, Answer.NO, Answer.UNKNOWN, Answer.REFUSED)


class CodeForm(forms.Form):
    """The code that was told."""

    code = forms.CharField(
        label=gettext_lazy("Code"), max_length=20, help_text=gettext_lazy("The eight digits that you were told."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip


class QuestionsForm(forms.Form):
    """A few questions; none has to be answered."""

    all_optional = True

    def __init__(self, *args: Any, factors: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.factors = factors
        said = {
            Answer.YES: _("yes"), Answer.NO: _("no"), Answer.UNKNOWN: _("I don’t know"),
            Answer.REFUSED: _("I prefer not to say"),
        }  # fmt: skip
        for factor in factors:
            self.fields[factor.code] = forms.ChoiceField(
                label=words(factor.ask), widget=forms.RadioSelect, choices=[(each.value, said[each]) for each in SAID],
                required=False,
            )  # fmt: skip
            if factor.red:
                self.fields[f"{factor.code}-words"] = forms.CharField(
                    label=_("In your words, if you wish"), max_length=300, required=False,
                    widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
                )  # fmt: skip

    def told(self) -> dict[str, dict[str, str]]:
        """What was answered, with the words where some were written."""
        given = {factor.code: self.cleaned_data[factor.code] for factor in self.factors}
        said = {code: self.cleaned_data.get(f"{code}-words", "") for code in given}
        return {
            code: {"value": value or Answer.UNKNOWN.value, **({"words": said[code]} if said[code] else {})}
            for code, value in given.items()
            if value or said[code]
        }


@enters_by_link("field", name=NAME, methods=WRITE)
def alone(request: HttpRequest, token: str, opened: str | None) -> HttpResponse:
    """Ask the code, then the device, then the questions."""
    if opened is None:
        return _ask_code(request, token)
    try:
        standing = queries.get_standing()
        if "leave" in request.POST:
            return _leave(request)
        if request.session.get(PRIVATE) != "YES":
            return _ask_device(request, token, standing)
        return _ask_page(request, token, standing)
    except (queries.AloneClosed, AssessmentRefused):
        request.session.clear()
        return _code_page(request, CodeForm(), ended=queries.closed_words(), status=404)


def _ask_code(request: HttpRequest, token: str) -> HttpResponse:
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        subject = actions.open_alone(token=token, code=form.cleaned_data["code"], now=now())
        if subject is not None:
            request.session[link_key(NAME, token)] = str(subject.id)
            request.session[PRIVATE] = ""
            return redirect("alone", token=token)
        form.add_error("code", queries.closed_words())
    return _code_page(request, form)


def _code_page(request: HttpRequest, form: CodeForm, *, ended: str = "", status: int = 200) -> HttpResponse:
    context = {"form": form, "ended": ended, "closed": True, "bare": True}
    return render(request, "field/danger/alone_code.html", context, status=status)


def _ask_device(request: HttpRequest, token: str, standing: queries.Standing) -> HttpResponse:
    """The first question, at each opening: another device may be used than the last time."""
    private = request.POST.get("private", "")
    here = standing.route == Route.HERE
    if private in Answer.values:
        if private == Answer.YES or not standing.answered:
            actions.answer_alone(private=private, now=now())
        request.session[PRIVATE] = private
        if private == Answer.YES:
            return redirect("alone", token=token)
        return _end(request, "elsewhere")
    said = {
        Answer.YES: _("No, nobody else") if here else _("Yes, mine alone"),
        Answer.NO: _("Yes, someone may") if here else _("No, others can use it or read it"),
        Answer.UNKNOWN: _("I don’t know"),
    }
    context = {
        "title": _("Can anyone else see this screen now?") if here else _("Is this phone or computer yours alone?"),
        "here": here,
        "taps": [Tap(text, "private", value.value) for value, text in said.items()],
        "by_link": True,
        "closed": True,
        "bare": True,
    }
    return render(request, "field/danger/alone_device.html", context)


def _ask_page(request: HttpRequest, token: str, standing: queries.Standing) -> HttpResponse:
    pages = list_pages(get_grid(standing.grid))
    number = _number(request, pages, standing.answered)
    form = QuestionsForm(request.POST if request.method == "POST" else None, factors=pages[number])
    if request.method == "POST" and form.is_valid():
        stop, last = "stop" in request.POST, number == len(pages) - 1
        actions.answer_alone(told=form.told(), finish=last and not stop, now=now())
        if stop:
            return _leave(request)
        if last:
            return _end(request, "thanks")
        return redirect(f"{request.path}?page={number + 2}")
    context = {
        "form": form,
        "over": _("Page %(number)s of %(all)s") % {"number": number + 1, "all": len(pages)},
        "last": number == len(pages) - 1,
        "by_link": True,
        "closed": True,
        "bare": True,
    }
    return render(request, "field/danger/alone_page.html", context)


def _number(request: HttpRequest, pages: list[list[Any]], answered: frozenset[str]) -> int:
    """The page asked for, or the one after the last that was answered: nobody starts again from the beginning."""
    asked = request.GET.get("page", "")
    if asked.isdecimal() and 1 <= int(asked) <= len(pages):
        return int(asked) - 1
    begun = [index for index, page in enumerate(pages) if answered & {factor.code for factor in page}]
    return min(max(begun, default=-1) + 1, len(pages) - 1)


def _leave(request: HttpRequest) -> HttpResponse:
    return _end(request, "stopped")


def _end(request: HttpRequest, how: str) -> HttpResponse:
    """Nothing stays open on this device."""
    request.session.clear()
    return render(request, "field/danger/alone_end.html", {"how": how, "closed": True, "bare": True})
