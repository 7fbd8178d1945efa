"""“Who saw my file”: the page that the person may ask for and take away, in words, without any other name than who did it (X09).

What the secrecy of an inquiry covers is in the trail but not on this page, which says so of every file alike: that it speaks of
an inquiry or not tells nothing.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from egide.field.casefiles.queries import list_traces
from egide.foundation.accounts.queries import list_names
from egide.web.components.shapes import Fact
from egide.web.components.words import day

from .thresholds import in_case
from .wording import trail

OF_AN_INQUIRY = "REQUISITION_"


@in_case()
def traces(request: HttpRequest, case: Any) -> HttpResponse:
    """Each day, who did what in the file, and how many times."""
    found = [trace for trace in list_traces(case) if not trace.code.startswith(OF_AN_INQUIRY)]
    names = list_names(trace.actor for trace in found if trace.actor_kind == "account")
    days: dict[Any, dict[str, dict[str, set[Any]]]] = {}
    for trace in reversed(found):
        who = names.get(trace.actor, _("an account")) if trace.actor_kind == "account" else _others(trace.actor_kind)
        deeds = days.setdefault(timezone.localdate(trace.at), {}).setdefault(who, {})
        deeds.setdefault(_deed(trace.code), set()).add(trace.at)  # a page that reads twice at one moment looked once
    context = {
        "days": [
            (day(on), [Fact(who, "\n".join(_times(deed, len(times)) for deed, times in deeds.items())) for who, deeds in people.items()])
            for on, people in days.items()
        ],
        "section": "today",
        "closed": True,
        "trail": trail(case, _("Who saw my file")),
    }  # fmt: skip
    return render(request, "field/traces.html", context)


def _times(deed: str, times: int) -> str:
    return deed if times == 1 else _("%(deed)s (%(times)s times)") % {"deed": deed, "times": times}


def _others(kind: str) -> str:
    return {"link": _("a partner, by the link that was sent"), "job": _("an automatic task")}.get(
        kind, _("someone else")
    )


def _deed(code: str) -> str:
    """An event of the trail in words; one that has none yet shows its code rather than nothing."""
    deeds = {
        "CASE_OPENED": _("opened the file"), "CASE_READ": _("looked at the file"),
        "CASE_ATTEMPTED": _("tried to open the file, and was shown nothing"), "CASE_MOVED": _("changed where the support stands"),
        "ROLE_ADDED": _("added someone to the file"), "INTERVIEW_RECORDED": _("noted an interview"),
        "ACTION_RECORDED": _("noted an action"), "EPISODE_RECORDED": _("noted a leaving or a return"),
        "APPOINTMENT_PLANNED": _("noted an appointment"), "APPOINTMENT_HELD": _("noted that an appointment took place"),
        "APPOINTMENT_MOVED": _("moved an appointment"), "APPOINTMENT_CANCELLED": _("cancelled an appointment"),
        "APPOINTMENT_NOT_COME": _("noted that an appointment did not take place"),
        "ENTRY_WRITTEN": _("wrote in the file"), "TEAM_JOINED": _("added a colleague"), "TEAM_LEFT": _("took a colleague off the file"),
        "EXCLUSION_DECIDED": _("hid the file from someone"), "REFUSED": _("tried something that was refused"),
        "ASSESSMENT_STARTED": _("began a danger assessment"), "ASSESSMENT_ANSWERED": _("noted answers of an assessment"),
        "OWN_LEVEL_WRITTEN": _("wrote a level of their own"), "SECOND_LOOK_ASKED": _("asked for a second look"),
        "LEVEL_DECIDED": _("decided a level"), "NEED_SET": _("changed the needs board"),
        "REFERRAL_PAPER_TAKEN": _("took a sheet on paper"),
        "REFERRAL_PAPER_OUT": _("ended an agreement while a sheet was out on paper: ask for it back"),
        "SHARED_READ": _("read the sections that were shared"),
        "REFERRAL_DRAFTED": _("prepared a referral"), "REFERRAL_OFFERED": _("noted what the person says of a referral"),
        "REFERRAL_SENT": _("sent a referral"), "REFERRAL_READ": _("looked at a referral"),
        "REFERRAL_LINK_OPENED": _("opened the link of a referral"), "REFERRAL_ANSWERED": _("answered a referral"),
        "REFERRAL_MOVED": _("noted what became of a referral"), "REFERRAL_CODE_RENEWED": _("drew a new code"),
        "REFERRAL_WITHDRAWN": _("closed a referral whose consent ended"), "REFERRAL_EXPIRED": _("closed a referral without an answer"),
        "REFERRAL_REMINDED": _("reminded a partner"), "REFERRAL_REMINDER_DUE": _("noticed that a partner does not answer"),
        "COMPLAINT_WISH_NOTED": _("noted what the person wants about a complaint"), "COMPLAINT_EXPLAINED": _("explained what happens next"),
        "COMPLAINT_ATTEMPTED": _("noted what a station did"), "COMPLAINT_LODGED": _("noted that a complaint was taken"),
        "COMPLAINT_STEP_NOTED": _("noted a step of the complaint"), "ESCALATION_OPENED": _("opened the 24 hours after a refusal"),
        "ESCALATION_TOLD": _("took a refusal to a superior"), "ESCALATION_ANSWERED": _("noted the answer to a refusal"),
        "REFUSAL_LETTER_DRAWN": _("drew a letter after a refusal"), "TIMELINE_WRITTEN": _("wrote in the time line"),
        "TIMELINE_REMOVED": _("took a moment out of the time line"), "STATUS_LINK_MADE": _("made the page of the steps"),
        "CHILD_WRITTEN": _("wrote about a child"), "ATTESTATION_MADE": _("made a statement for the court"),
        "ATTESTATION_TAKEN": _("took a statement for the court on paper"),
        "ADULT_REPORT_WRITTEN": _("wrote a report"), "ADULT_REPORT_SENT": _("sent a report"),
        "ADULT_REPORT_OUTCOME": _("noted what came of a report"), "ADULT_REPORT_CLOSED": _("noted how the person was told of it"),
        "STATUS_LINK_CLOSED": _("closed the page of the steps"), "STATUS_READ": _("looked at the page of the steps"),
    }  # fmt: skip
    return deeds.get(code, code)
