"""What has been received: in one file, and in all the files one works on; and the form that notes a requisition."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egide.field.requisitions.actions import receive_requisition
from egide.field.requisitions.choices import Quality, State
from egide.field.requisitions.policies import list_articles
from egide.field.requisitions.queries import list_closed, list_requisitions, list_waiting
from egide.foundation.clock import now
from egide.web.components.shapes import Action, Record, Tag
from egide.web.components.words import day
from egide.web.entrance import enters
from egide.web.field.roles import FIELD
from egide.web.field.thresholds import WRITE, account_of, attempt, in_case
from egide.web.field.wording import case_url, choices, trail

DATE = {"type": "date"}
CLOSED_SHOWN = 20


class ReceiveForm(forms.Form):
    """Who requires, under which text, for which inquiry, and each thing asked for."""

    requirer = forms.CharField(label=gettext_lazy("Who requires"), max_length=120)
    quality = forms.ChoiceField(label=gettext_lazy("Quality"), choices=Quality.choices, widget=forms.RadioSelect)
    service = forms.CharField(label=gettext_lazy("Service"), max_length=160)
    article = forms.ChoiceField(
        label=gettext_lazy("Text written on the document"), widget=forms.RadioSelect,
        help_text=gettext_lazy("No document, no requisition: a question on the telephone requires nothing."),
    )  # fmt: skip
    authorised = forms.BooleanField(
        label=gettext_lazy("The document says that the prosecutor authorised it"), required=False
    )
    inquiry = forms.CharField(label=gettext_lazy("Number of the inquiry"), max_length=60)
    received_on = forms.DateField(
        label=gettext_lazy("Received on"), widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d")
    )
    due_on = forms.DateField(
        label=gettext_lazy("Answer asked before"), required=False, widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d")
    )
    asked = forms.CharField(
        label=gettext_lazy("What is asked for"), widget=forms.Textarea(attrs={"rows": 4}), max_length=3000,
        help_text=gettext_lazy("One line for each thing, in the words of the document."),
    )  # fmt: skip

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["received_on"].initial = today
        known = dict(choices("requisition-articles"))
        self.fields["article"].choices = [(code, known[code]) for code in list_articles(today)]  # type: ignore[attr-defined]


@enters("field", role=FIELD)
def requisition_desk(request: HttpRequest) -> HttpResponse:
    """What waits in all one's files, the nearest day first; then what was answered or set aside."""
    context = {
        "waiting": [requisition_record(each, reference=True) for each in list_waiting()],
        "closed_ones": [requisition_record(each, reference=True) for each in list_closed()[:CLOSED_SHOWN]],
        "section": "today",
        "closed": True,
        "trail": trail(None, _("Requisitions")),
    }
    return render(request, "field/requisitions/desk.html", context)


@in_case()
def requisitions(request: HttpRequest, case: Any) -> HttpResponse:
    """The requisitions of one file."""
    context = {
        "found": [requisition_record(each) for each in list_requisitions(case)],
        "receive": Action(_("Note a requisition"), case_url("receive_requisition", case), "primary"),
        "back": Action(_("Go back to the file"), case_url("case", case), "plain"),
        "section": "today",
        "closed": True,
        "trail": trail(case, _("Requisitions")),
    }
    return render(request, "field/requisitions/listing.html", context)


@in_case(WRITE)
def receive(request: HttpRequest, case: Any) -> HttpResponse:
    """Note a requisition; nothing is answered before whoever requires is checked."""
    form = ReceiveForm(request.POST if request.method == "POST" else None, today=timezone.localdate(now()))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        told |= {"asked": told["asked"].splitlines(), "quality": Quality(told["quality"])}
        made = attempt(
            request, case, receive_requisition, form=form, case=case, by=account_of(request), now=now(), **told
        )
        if made is not None:
            messages.success(request, _("The requisition is noted. Check now who requires, before any answer."))
            return redirect("requisition", case=case.id, requisition=made.id)
    context = {
        "form": form,
        "title": _("Note a requisition"),
        "lead": _("A written document of a prosecutor or a judicial police officer. It is checked, then answered item by item."),
        "submit": _("Note the requisition"),
        "cancel": Action(_("Go back"), case_url("requisitions", case), "plain"),
        "section": "today",
        "closed": True,
        "trail": trail(case, _("Note a requisition")),
    }  # fmt: skip
    return render(request, "field/form.html", context)


def requisition_record(requisition: Any, *, reference: bool = False) -> Record:
    """A requisition in a list. A file is called by its reference; no name of a person of the file."""
    url = case_url("requisition", requisition.case, requisition=requisition.id)
    said = _("%(who)s, inquiry %(inquiry)s, received on %(day)s") % {
        "who": requisition.service, "inquiry": requisition.inquiry, "day": day(requisition.received_on),
    }  # fmt: skip
    title = requisition.case.reference if reference else requisition.service
    return Record(title, url, said, tuple(_tags(requisition)))


def _tags(requisition: Any) -> list[Tag]:
    tags = [Tag(str(State(requisition.state).label))]
    if requisition.due_on and requisition.state in (State.RECEIVED, State.CHECKED):
        late = requisition.due_on <= timezone.localdate(now())
        tags.append(Tag(_("answer before %(day)s") % {"day": day(requisition.due_on)}, "warn" if late else "plain"))
    return tags
