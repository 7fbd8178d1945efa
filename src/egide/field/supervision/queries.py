"""The only reads of supervision: one's own sessions, and the two counters of one's own year."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Count, QuerySet, Sum
from django.utils import timezone

from .models import Session


@dataclass(frozen=True)
class Counters:
    """The sessions held in a year and their minutes: one's own, compared to nobody's."""

    sessions: int
    minutes: int


def list_sessions() -> QuerySet[Session]:
    """The subject's sessions, latest first."""
    return Session.objects.order_by("-at")


def get_session(id: UUID) -> Session | None:
    """A session of the subject, or None."""
    return Session.objects.filter(id=id).first()


def list_to_come(now: datetime) -> QuerySet[Session]:
    """The subject's sessions until the end of the day whose length is not noted."""
    tomorrow = timezone.localdate(now) + timedelta(days=1)
    end = timezone.make_aware(datetime.combine(tomorrow, time()))
    return Session.objects.filter(minutes=None, at__lt=end).order_by("at")


def count_sessions(year: int) -> Counters:
    """How many sessions of the subject were held in a year of Paris, and how many minutes they took."""
    first, after = (timezone.make_aware(datetime.combine(date(each, 1, 1), time())) for each in (year, year + 1))
    held = Session.objects.filter(minutes__isnull=False, at__gte=first, at__lt=after)
    found = held.aggregate(sessions=Count("id"), minutes=Sum("minutes"))
    return Counters(found["sessions"], found["minutes"] or 0)
