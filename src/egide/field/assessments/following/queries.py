"""The only reads of reviews and tasks. Due ones are the file owner's alone, by date: no list knows a level (Z03)."""

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet

from egide.field.assessments.models import Review, Task
from egide.field.casefiles.models import CaseFile, TeamMember

Due = TypeVar("Due", Review, Task)


def list_reviews(case: CaseFile) -> QuerySet[Review]:
    """The reviews of a file that are still open, by date."""
    return Review.objects.filter(case=case, closed_at__isnull=True).order_by("due_at")


def list_past_events(case: CaseFile) -> QuerySet[Review]:
    """What happened in a file and was looked at since, latest first."""
    return Review.objects.filter(case=case, closed_at__isnull=False).exclude(event="").order_by("-opened_at")


def list_tasks(case: CaseFile) -> QuerySet[Task]:
    """The tasks of a file, those to do first, by time."""
    return Task.objects.filter(case=case).select_related("assessment").order_by("-done_at", "due_at", "code")


def get_task(case: CaseFile, id: UUID) -> Task | None:
    """One task of a file, or None."""
    return Task.objects.filter(case=case, id=id).select_related("assessment").first()


def list_reviews_due(*, account: UUID, now: datetime) -> list[Review]:
    """The reviews that are due in the files of which the account is the owner, by date."""
    due = Review.objects.filter(closed_at__isnull=True, due_at__lte=now).exclude(case__state="CLOSED")
    return _owned(due.select_related("case").order_by("due_at", "case__reference"), account)


def list_tasks_due(*, account: UUID, now: datetime) -> list[Task]:
    """The tasks whose time has come in the files of which the account is the owner, by time."""
    due = Task.objects.filter(done_at__isnull=True, due_at__lte=now).exclude(case__state="CLOSED")
    return _owned(due.select_related("case", "assessment").order_by("due_at", "case__reference", "code"), account)


def _owned(found: Iterable[Due], account: UUID) -> list[Due]:
    rows = list(found)
    owners = _owners({row.case for row in rows})
    return [row for row in rows if owners.get(row.case_id) == account]


def _owners(cases: set[CaseFile]) -> dict[UUID, UUID]:
    """The owner of each file: who opened it, or, once that account has left, who has worked on it longest."""
    members = TeamMember.objects.filter(case__in=[case.id for case in cases], until__isnull=True).order_by("since")
    teams: dict[UUID, list[UUID]] = {}
    for member in members:
        teams.setdefault(member.case_id, []).append(member.account)
    return {
        case.id: case.opened_by if case.opened_by in team else team[0] for case in cases if (team := teams.get(case.id))
    }
