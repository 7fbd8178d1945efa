"""The only reads of the board: its eleven domains, what is red, and how it changed between two days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from egide.field.casefiles.models import CaseFile
from egide.foundation.catalogue import Text, get_nomenclature

from .models import Need, NeedChange, State


@dataclass(frozen=True)
class Square:
    """One domain of the board as a page shows it; `need` is None while it was never discussed."""

    domain: str
    label: Text
    state: State
    need: Need | None


def domains() -> Mapping[str, Text]:
    """The eleven domains, in their order."""
    codes = get_nomenclature("needs-domains").codes.values()
    return {code.code: code.label for code in codes if code.parent is None}


def get_board(case: CaseFile) -> list[Square]:
    """The eleven domains of a file; one that was never discussed is grey."""
    needs = {need.domain: need for need in Need.objects.filter(case=case)}
    return [
        Square(code, label, State(needs[code].state) if code in needs else State.GREY, needs.get(code))
        for code, label in domains().items()
    ]


def get_need(case: CaseFile, domain: str) -> Need | None:
    """What is written of one domain, or None when it was never discussed."""
    return Need.objects.filter(case=case, domain=domain).first()


def list_red(case: CaseFile) -> QuerySet[Need]:
    """What remains to be done: the work list."""
    return Need.objects.filter(case=case, state__in=[State.RED, State.RED_SENT]).order_by("due_on", "domain")


def list_all_red() -> QuerySet[Need]:
    """What remains to be done in every open file of the subject, by date, then file: never by danger."""
    red = Need.objects.filter(state__in=[State.RED, State.RED_SENT]).exclude(case__state="CLOSED")
    return red.select_related("case").order_by("due_on", "case__reference", "domain")


@dataclass(frozen=True)
class Change:
    """What one domain was on a day, what it is now, and each move between."""

    domain: str
    label: Text
    then: State
    now: State
    moves: tuple[NeedChange, ...]


def compare_board(case: CaseFile, *, since: datetime) -> list[Change]:
    """The board as it stood at a moment beside what it is now, domain by domain: the measure of change (R04)."""
    changes = list(NeedChange.objects.filter(case=case).order_by("changed_at"))
    found = []
    for square in get_board(case):
        own = [change for change in changes if change.domain == square.domain]
        before = [change for change in own if change.changed_at < since]
        then = State(before[-1].after) if before else State.GREY
        found.append(Change(square.domain, square.label, then, square.state, tuple(own[len(before) :])))
    return found


def list_changes(case: CaseFile, *, since: datetime) -> QuerySet[NeedChange]:
    """The history of the board since a moment, oldest first: the measure of change."""
    return NeedChange.objects.filter(case=case, changed_at__gte=since).order_by("changed_at")
