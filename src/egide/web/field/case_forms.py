"""The small forms of a file: move it, close it, write in a section, count what was done, note a leaving. One action each."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egide.field.casefiles import actions
from egide.field.casefiles.choices import EntryKind, State
from egide.field.casefiles.queries import get_concerned, list_team
from egide.foundation.accounts.queries import list_names
from egide.foundation.catalogue import get_sections
from egide.foundation.clock import now
from egide.foundation.organisations.queries import list_colleagues
from egide.web.components.shapes import Action, Fact
from egide.web.components.words import moment, words

from .free_text import AS_WRITTEN, warn_of_third_parties
from .roles import FIELD
from .thresholds import WRITE, account_of, attempt, in_case
from .wording import case_url, choices, trail

DATE = {"type": "date"}
INTERVIEW = "interview"


class CloseForm(forms.Form):
    """Why the file is closed."""

    reason = forms.ChoiceField(label=gettext_lazy("Reason"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = choices("closure-reasons")  # type: ignore[attr-defined]


class EntryForm(forms.Form):
    """Words for one section, with what they are for and what they are (X10)."""

    section = forms.ChoiceField(label=gettext_lazy("Section"))
    kind = forms.ChoiceField(label=gettext_lazy("Nature"), choices=EntryKind.choices, widget=forms.RadioSelect)
    purpose = forms.ChoiceField(label=gettext_lazy("What it is for"), initial="social-support")
    text = forms.CharField(
        label=gettext_lazy("Words"), widget=forms.Textarea(attrs={"rows": 5}), max_length=4000,
        help_text=gettext_lazy("Only what helps. What is told is noted as told, an opinion as an opinion."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sections = [(code, words(section.label)) for code, section in get_sections().sections.items()]
        self.fields["section"].choices = [("", _("Choose a section")), *sections]  # type: ignore[attr-defined]
        self.fields["purpose"].choices = choices("share-purposes")  # type: ignore[attr-defined]


class ActForm(forms.Form):
    """What was done, when, and how long it took; an interview is counted apart from other actions (R01)."""

    kind = forms.ChoiceField(label=gettext_lazy("What was done"))
    done_at = forms.DateTimeField(
        label=gettext_lazy("When"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    minutes = forms.IntegerField(label=gettext_lazy("Minutes"), min_value=1, max_value=1440, initial=30)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [(INTERVIEW, _("Interview with the person")), *choices("action-kinds")]
        self.fields["kind"].choices = listed  # type: ignore[attr-defined]

    def clean_done_at(self) -> datetime:
        """Nothing is counted before it is done."""
        done: datetime = self.cleaned_data["done_at"]
        if done > now():
            raise forms.ValidationError(_("This moment has not come yet."))
        return done


class EpisodeForm(forms.Form):
    """She left and, perhaps, returned."""

    left_on = forms.DateField(label=gettext_lazy("Left on"), widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"))
    returned_on = forms.DateField(
        label=gettext_lazy("Returned on"), required=False, widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d")
    )


class TeamForm(forms.Form):
    """A colleague of the same organisation."""

    account = forms.TypedChoiceField(label=gettext_lazy("Colleague"), coerce=UUID)

    def __init__(self, *args: Any, colleagues: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].choices = [("", _("Choose a colleague")), *colleagues]  # type: ignore[attr-defined]


@in_case(("POST",))
def move_case(request: HttpRequest, case: Any) -> HttpResponse:
    """Move the support to one of the states that follow."""
    to = request.POST.get("to", "")
    if to in State.values and to != State.CLOSED:
        attempt(request, case, actions.move_case, case=case, to=State(to), now=now())
    return redirect("case", case=case.id)


def _form_page(
    request: HttpRequest, case: Any, form: forms.Form, save: Callable[[dict[str, Any]], Any], **said: Any
) -> HttpResponse:
    """Ask, do, go back to the file; what was typed stays when it is refused."""
    sent = request.method == "POST" and form.is_valid()
    if sent and attempt(request, case, save, form=form, told=form.cleaned_data) is not None:
        messages.success(request, said["done"])
        return redirect("case", case=case.id)
    context = {
        "form": form,
        "cancel": Action(_("Go back to the file"), case_url("case", case), "plain"),
        "section": "today",
        "closed": True,
        "trail": trail(case, said["title"]),
        **said,
    }
    return render(request, "field/form.html", context)


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


@in_case(WRITE)
def close_case(request: HttpRequest, case: Any) -> HttpResponse:
    """Close the file for a reason of the list; it can be reopened."""

    def save(told: dict[str, Any]) -> Any:
        return actions.move_case(case=case, to=State.CLOSED, closure_reason=told["reason"], now=now())

    return _form_page(
        request, case, CloseForm(_sent(request)), save, title=_("Close the file"), submit=_("Close the file"),
        lead=_("A file that is closed keeps what it holds and can be reopened. Leaving is not a failure."),
        done=_("The file is closed."),
    )  # fmt: skip


@in_case(WRITE)
def write_entry(request: HttpRequest, case: Any) -> HttpResponse:
    """Write in one section."""

    def save(told: dict[str, Any]) -> Any:
        kind = EntryKind(told["kind"])
        return actions.write_entry(case=case, **(told | {"kind": kind}), by=account_of(request), now=now())

    form = EntryForm(_sent(request))
    warned = warn_of_third_parties(request, form, "text")
    return _form_page(
        request, case, form, save, title=_("Write in the file"), submit=_("Keep these words"),
        lead=_("A partner reads only the sections that the person agreed to share with that partner."),
        done=_("The words are kept in their section."), second=_("Keep them as they are") if warned else "", second_name=AS_WRITTEN,
    )  # fmt: skip


@in_case(WRITE)
def record_act(request: HttpRequest, case: Any) -> HttpResponse:
    """Count an interview or an action."""

    def save(told: dict[str, Any]) -> Any:
        common = {"case": case, "minutes": told["minutes"], "by": account_of(request), "now": now()}
        if told["kind"] == INTERVIEW:
            return actions.record_interview(person=get_concerned(case), held_at=told["done_at"], **common)
        return actions.record_action(kind=told["kind"], done_at=told["done_at"], **common)

    form = ActForm(_sent(request), initial={"done_at": timezone.localtime(now())})
    return _form_page(
        request, case, form, save, title=_("Note what was done"), submit=_("Note it"),
        lead=_("Persons, interviews and actions are counted apart."), done=_("It is noted."),
    )  # fmt: skip


@in_case(WRITE)
def record_episode(request: HttpRequest, case: Any) -> HttpResponse:
    """Note a leaving and, perhaps, a return."""

    def save(told: dict[str, Any]) -> Any:
        return actions.record_episode(case=case, **told, now=now())

    return _form_page(
        request, case, EpisodeForm(_sent(request)), save, title=_("Leaving and returning"), submit=_("Note it"),
        lead=_("A fact, without judgement: many people leave several times before they leave for good."),
        done=_("It is noted."),
    )  # fmt: skip


@in_case(WRITE)
def team(request: HttpRequest, case: Any) -> HttpResponse:
    """Who works on the file, and a colleague to add: a relay, or a second look."""
    members = list(list_team(case))
    names = list_names(member.account for member in members)
    seated = {str(member.account) for member in members}
    at_work = list_colleagues(account=account_of(request), now=now())
    found = [each for each in at_work if set(FIELD) & set(each.position.roles)]
    colleagues = {str(each.account_id): f"{each.account.name}, {each.position.title}" for each in found}
    form = TeamForm(_sent(request), colleagues=[pair for pair in colleagues.items() if pair[0] not in seated])

    def save(told: dict[str, Any]) -> Any:
        return actions.join_team(case=case, account=told["account"], now=now())

    facts = [
        Fact(names.get(str(each.account), "–"), _("since %(when)s") % {"when": moment(each.since)}) for each in members
    ]
    return _form_page(
        request, case, form, save, title=_("Who works on this file"), submit=_("Add this colleague"), facts=facts,
        lead=_("A colleague who is added sees the whole file, at once. Only the people listed here can open it."),
        done=_("Your colleague can now open this file."),
    )  # fmt: skip
