"""Today's list: one's own open files, the reviews and answers due, what remains to be done. Never ranked by danger (Z03).

The search by name goes by POST, so that no name stands in an address, and finds only in the files one may open (Z02).
"""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egide.field.adults.queries import list_to_pursue
from egide.field.casefiles import queries as casefiles
from egide.field.complaints.policies import is_overdue
from egide.field.complaints.queries import list_escalations
from egide.field.needs.queries import list_all_red
from egide.field.reception.queries import get_station
from egide.field.referrals.queries import list_failed, list_to_remind
from egide.field.requisitions.queries import list_waiting
from egide.field.supervision.queries import list_to_come
from egide.foundation.clock import now
from egide.web.components.shapes import Action, Fact, Record, Tag
from egide.web.components.words import day, moment
from egide.web.entrance import enters

from .adults.report import report_record
from .appointments import of_today
from .danger.following import due_reviews, due_tasks
from .protection.measures import ending_records
from .reception.counter import RECEIVES
from .requisitions.desk import requisition_record
from .roles import FIELD
from .shared import liaison_pages
from .sheets import state_words
from .supervision import session_record
from .thresholds import WRITE, account_of
from .wording import case_url, full_name, label, state_tag, trail

A_PAGE = 20


class SearchForm(forms.Form):
    """A name to look for among the files one may open."""

    family_name = forms.CharField(label=gettext_lazy("Family name"), max_length=100)
    given_name = forms.CharField(label=gettext_lazy("Given name"), max_length=100, required=False)


@enters("field", role=FIELD, methods=WRITE)
def today(request: HttpRequest) -> HttpResponse:
    """Show what is due, what is to be done, the open files; or, alone on its page, what a search found."""
    form = SearchForm(request.POST if request.method == "POST" else None)
    for name in form.fields.values():
        name.widget.attrs["autocomplete"] = "off"
    if form.is_valid():
        context = {
            "form": form,
            "found": _search(form),
            "section": "today",
            "closed": True,
            "trail": trail(None, _("Search")),
        }
        return render(request, "field/found.html", context)
    page = Paginator(casefiles.list_cases(), A_PAGE).get_page(request.GET.get("page"))
    people = casefiles.list_concerned(page.object_list)
    context = {
        "appointments": of_today(now()),
        "sessions": [session_record(each) for each in list_to_come(now())],
        "due": due_reviews(account_of(request), now()),
        "asked": due_tasks(account_of(request), now()),
        "ending": ending_records(),
        "silent": [_silent(referral) for referral in list_to_remind(now=now())],
        "required": [requisition_record(each, reference=True) for each in list_waiting()],
        "adults": [report_record(each, each.case, reference=True) for each in list_to_pursue(now=now())],
        "failed": [_failed(referral) for referral in list_failed()],
        "red": _by_case(list_all_red()),
        "files": [case_record(case, people.get(case.id)) for case in page.object_list],
        "page": page,
        "clocks": [_clock(escalation) for escalation in list_escalations()],
        "form": form,
        "section": "today",
        "closed": True,
        "trail": [],
        "open": Action(_("Open a file"), reverse("open_case"), "primary"),
        "elsewhere": _elsewhere(request),
    }
    return render(request, "field/today.html", context)


def _elsewhere(request: HttpRequest) -> list[Action]:
    """The other pages of the day: partners, the station, one's own work, then what is rarer."""
    held: frozenset[str] = getattr(request, "roles", frozenset())
    received = held & set(RECEIVES) and get_station(account=account_of(request), now=now())
    return [
        Action(_("Directory of services"), reverse("services")),
        *liaison_pages(request),
        Action(_("What partners share"), reverse("disclosed")),
        Action(_("Sheets of facts received"), reverse("facts_received")),
        *([Action(_("Reception of the station"), reverse("reception"))] if received else []),
        Action(_("Requisitions"), reverse("requisition_desk")),
        Action(_("My year"), reverse("my_year")),
        Action(_("My supervision"), reverse("supervision")),
        Action(_("Same person?"), reverse("same_person")),
        Action(_("Lists of names"), reverse("exports")),
    ]


def case_record(case: Any, person: Any) -> Record:
    """A file in a list: its reference leads to it; the name is on the page, never in its address."""
    return Record(
        title=case.reference,
        url=case_url("case", case),
        words=full_name(person) if person else "",
        tags=(state_tag(case), Tag(case.get_category_display())),
        facts=(Fact(_("Opened"), day(case.opened_on)),),
    )


def _clock(escalation: Any) -> Record:
    late = is_overdue(escalation, now())
    words = _("Refused at %(place)s") % {"place": escalation.attempt.place}
    due = _("answer due on %(moment)s") % {"moment": moment(escalation.due_at)}
    return Record(
        escalation.case.reference, case_url("complaint", escalation.case), words, (Tag(due, "bad" if late else "warn"),)
    )


def _search(form: SearchForm) -> list[Record]:
    persons = casefiles.search_persons(**form.cleaned_data)
    cases = casefiles.list_cases_of(persons)
    people = casefiles.list_concerned(cases)
    return [case_record(case, people.get(case.id)) for case in cases]


def _silent(referral: Any) -> Record:
    words = _("%(service)s has not answered: call.") % {"service": referral.service_name}
    if referral.reminded_again_at:
        words = _("%(service)s still has not answered, two reminders later: call, or look for another service.") % {
            "service": referral.service_name
        }
    return Record(
        referral.case.reference,
        case_url("referral", referral.case, referral=referral.id),
        words,
        (Tag(_("sent on %(day)s") % {"day": day(referral.sent_at)}, "warn"),),
    )


def _failed(referral: Any) -> Record:
    words = _("%(service)s: look for another service, then close this referral.") % {"service": referral.service_name}
    tag = Tag(state_words(referral.state), "warn")
    return Record(referral.case.reference, case_url("referral", referral.case, referral=referral.id), words, (tag,))


def _by_case(needs: Any) -> list[Record]:
    """What remains to be done, one entry for each file."""
    files: dict[Any, list[Any]] = {}
    for need in needs:
        files.setdefault(need.case, []).append(need)
    return [
        Record(case.reference, case_url("needs", case), ", ".join(label("needs-domains", need.domain) for need in own))
        for case, own in files.items()
    ]
