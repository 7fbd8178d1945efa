"""The page of a file: how to reach the person first, then where the support stands, what was done, what is written.

Lives here: what the page shows. Not here: the forms that change the file (case_forms), nor its other rooms.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from egide.field.adults.queries import list_reports
from egide.field.assessments.queries import list_assessments
from egide.field.casefiles import queries as casefiles
from egide.field.casefiles.choices import State
from egide.field.casefiles.states import MOVES
from egide.field.complaints.queries import get_current
from egide.field.consents.queries import list_consents
from egide.field.erasure.queries import get_purge_day
from egide.field.needs.queries import get_board
from egide.field.persons.answers import Answer
from egide.field.persons.queries import get_safe_contact
from egide.field.protection.choices import Standing
from egide.field.protection.queries import list_measures
from egide.field.referrals.queries import list_referrals
from egide.foundation.accounts.queries import list_names
from egide.foundation.catalogue import get_sections
from egide.foundation.clock import now
from egide.web.components.shapes import Action, Fact, Record, Tag, Tap
from egide.web.components.words import day, moment, words

from .adults.report import report_record
from .consents import is_live
from .contact import contact_facts, may_contact_now
from .danger.listing import assessment_record
from .danger.wording import CHILD
from .referrals import referral_record
from .thresholds import in_case
from .wording import case_url, full_name, label, labels, language_name, state_tag, trail

LAST = 10


@in_case()
def case_page(request: HttpRequest, case: Any) -> HttpResponse:
    """Show the file."""
    roles = list(casefiles.list_roles_of(case))
    [person] = [role.person for role in roles if role.concerned]
    stated = get_safe_contact(person)
    entries = list(casefiles.list_entries(case))
    context = {
        "case": case,
        "tags": (state_tag(case), Tag(case.get_category_display())),
        "name": full_name(person),
        "stated": stated,
        "contact": contact_facts(stated) if stated else [],
        "outside": may_contact_now(person, stated, now()) if stated else "",
        "contact_actions": [
            Action(_("Change the safe contact") if stated else _("State a safe contact"), case_url("contact", case)),
            Action(_("Next appointment"), case_url("appointment", case)),
            *([Action(_("Send the agreed words"), case_url("message", case))] if stated else []),
        ],
        "rooms": _rooms(case, person, roles),
        "who": _who(case, person),
        "others": _others(roles),
        "counters": _counters(case),
        "moves": _moves(case),
        "close": Action(_("Close the file"), case_url("close_case", case), "plain")
        if State.CLOSED in MOVES[State(case.state)]
        else None,
        "sections": _sections(entries, list_names(entry.written_by for entry in entries)),
        "episodes": [_episode(episode) for episode in casefiles.list_episodes(case)],
        "acts": [_act(act) for act in casefiles.list_actions(case)[:LAST]],
        "add": {
            name: case_url(name, case) for name in ("write_entry", "record_act", "record_episode", "team", "traces")
        },
        "section": "today",
        "closed": True,
        "trail": trail(None, _("File %(reference)s") % {"reference": case.reference}),
    }
    return render(request, "field/case.html", context)


def _who(case: Any, person: Any) -> list[Fact]:
    sex = {"F": _("woman"), "M": _("man")}.get(person.sex, _("unknown"))
    facts = [
        Fact(_("Sex"), sex),
        Fact(_("Age"), label("age-bands", person.age_band)),
        Fact(_("Language"), language_name(person.language)),
        Fact(_("Needs an interpreter"), str(Answer(person.needs_interpreter).label)),
        Fact(_("Is a minor"), str(Answer(person.minor).label)),
        Fact(_("How the person came"), label("case-origins", case.origin)),
        Fact(_("Reasons of the meeting"), labels("case-reasons", case.reasons)),
        Fact(_("Forms of violence told"), labels("violence-forms", case.violence_forms)),
        Fact(_("Commune"), case.commune),
        Fact(_("Opened"), day(case.opened_on)),
        Fact(_("Erased on"), _purge_day(case)),
    ]
    return [fact for fact in facts if fact.words]


def _purge_day(case: Any) -> str:
    """The day on which the file is erased, counted from its last contact (X11)."""
    purge = get_purge_day(case.id)
    if purge is None:
        return ""
    words = day(purge.on)
    if purge.needs_visa:
        words = _("%(day)s at the earliest, once the archives agree") % {"day": words}
    return _("%(day)s, if nothing more is done in it") % {"day": words}


def _others(roles: list[Any]) -> list[str]:
    return [f"{full_name(role.person)} – {role.get_kind_display()}" for role in roles if not role.concerned]


def _rooms(case: Any, person: Any, roles: list[Any]) -> list[Record]:
    """The other pages of the file, each with where it stands."""
    board = get_board(case)
    red = [words(square.label) for square in board if square.state in ("RED", "RED_SENT")]
    discussed = sum(square.state != "GREY" for square in board)
    spoken = _("Domains discussed: %(count)s of %(all)s.") % {"count": discussed, "all": len(board)}
    still = _("To do: %(domains)s.") % {"domains": ", ".join(red)} if red else ""
    assessments = list(list_assessments(case)[:1])
    live = [consent.recipient.name for consent in list_consents(person) if is_live(consent, now())]
    referrals = list(list_referrals(case)[:1])
    return [
        Record(_("Needs"), case_url("needs", case), f"{spoken} {still}".strip()),
        Record(_("Complaint"), case_url("complaint", case), _complaint(case)),
        Record(
            _("Danger"),
            case_url("dangers", case),
            assessment_record(assessments[0], case).words if assessments else _("Not assessed yet."),
        ),
        Record(
            _("Consents"),
            case_url("consents", case),
            _("In force for: %(names)s.") % {"names": ", ".join(dict.fromkeys(live))} if live else _("None in force: nothing is shared."),
        ),
        Record(
            _("Referrals"),
            case_url("referrals", case),
            referral_record(referrals[0], case).words if referrals else _("None yet."),
        ),
        Record(_("Protection measures"), case_url("measures", case), _in_force(case)),
        Record(_("A place for tonight"), case_url("places", case), _("Places of the network, without their address.")),
        Record(_("Preparing to leave"), case_url("exits", case), _("Papers, account, belongings, pets, escort.")),
        Record(_("Children"), case_url("children", case), _children(roles)),
        Record(_("Statement for the court"), case_url("attestations", case), _("Days only, when the person asks.")),
        Record(_("Vulnerable adult"), case_url("adult_reports", case), _report(case)),
        Record(_("Requisitions"), case_url("requisitions", case), _("In writing only: checked, then answered item by item.")),
    ]  # fmt: skip


def _children(roles: list[Any]) -> str:
    """How many children stand in the file; each has a page of their own."""
    number = sum(role.kind == CHILD for role in roles)
    said = ngettext(
        "%(number)s child, on a page of their own.", "%(number)s children, each on a page of their own.", number
    )
    return said % {"number": number} if number else _("None in this file.")


def _report(case: Any) -> str:
    reports = list(list_reports(case)[:1])
    return (
        f"{report_record(reports[0], case).tags[0].label}."
        if reports
        else _("If the person cannot protect themselves.")
    )


def _in_force(case: Any) -> str:
    standing = [noted.measure.kind for noted in list_measures(case, now=now()) if noted.standing == Standing.IN_FORCE]
    if not standing:
        return _("None known in force today.")
    return _("In force today: %(measures)s.") % {"measures": labels("protection-measures", dict.fromkeys(standing))}


def _counters(case: Any) -> list[Fact]:
    names = {"persons": _("Persons"), "interviews": _("Interviews"), "actions": _("Actions")}
    return [Fact(names[name], str(number)) for name, number in casefiles.counters(case).items()]


def _complaint(case: Any) -> str:
    current = get_current(case)
    return f"{current.get_state_display()}." if current else _("Not spoken of yet.")


def _moves(case: Any) -> list[Tap]:
    moves = [to for to in State if to in MOVES[State(case.state)] and to != State.CLOSED]
    return [Tap(str(to.label), "to", to.value) for to in moves]


def _sections(entries: list[Any], names: dict[str, str]) -> list[tuple[str, list[Fact]]]:
    """What is written, section by section in the order of the catalogue; a fact and an opinion are told apart (X10)."""
    found = []
    for code, section in get_sections().sections.items():
        lines = [
            Fact(
                f"{entry.get_kind_display()} – {day(entry.written_at)}",
                entry.text,
                note=_("For: %(purpose)s. Written by %(who)s.")
                % {"purpose": label("share-purposes", entry.purpose), "who": names.get(str(entry.written_by), "–")},
            )
            for entry in entries
            if entry.section == code
        ]
        if lines:
            found.append((words(section.label), lines))
    return found


def _episode(episode: Any) -> str:
    left = _("Left on %(day)s") % {"day": day(episode.left_on)}
    return f"{left}, " + _("returned on %(day)s") % {"day": day(episode.returned_on)} if episode.returned_on else left


def _act(act: Any) -> Fact:
    told = {"kind": label("action-kinds", act.kind), "minutes": act.minutes}
    return Fact(moment(act.done_at), _("%(kind)s, %(minutes)s minutes") % told)
