"""The only reads of measures, for the team of a file. The police do not read them: they ask one question (actions)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from egide.field.casefiles.models import CaseFile
from egide.foundation.legal.policies import check_active

from .models import Breach, Consultation, Measure
from .policies import ALERTS, MODULE, alert_on
from .states import Standing, standing_on


@dataclass(frozen=True)
class Noted:
    """A measure and where it stands on the day asked."""

    measure: Measure
    standing: Standing
    breaches: Sequence[Breach]


@dataclass(frozen=True)
class Ending:
    """A measure that ends soon: how many days are left, and which alert that is (30, 7 or 1)."""

    measure: Measure
    days: int
    alert: int


def check_open() -> None:
    """Raise GateClosed while the register has no legal act: then not even the form is shown."""
    check_active(MODULE)


def list_measures(case: CaseFile, *, now: datetime) -> list[Noted]:
    """The measures of a file with their standing today, latest decision first."""
    today = timezone.localdate(now)
    found = list(Measure.objects.filter(case=case).prefetch_related("breaches").order_by("-decided_on", "-noted_at"))
    renewed = {each.renews_id for each in found}
    return [
        Noted(each, standing_on(each, today, renewed=each.id in renewed), tuple(each.breaches.all())) for each in found
    ]


def get_measure(case: CaseFile, id: UUID) -> Measure | None:
    """One measure of a file, or None."""
    return Measure.objects.filter(case=case, id=id).select_related("case").first()


def list_ending(*, now: datetime) -> list[Ending]:
    """The measures of the subject's files that end within 30 days and that no other takes over from, soonest first."""
    today = timezone.localdate(now)
    span = (today, today + timedelta(days=max(ALERTS)))
    ending = Measure.objects.filter(last_day__range=span, renewal__isnull=True)
    ending = ending.filter(Q(lifted_on__isnull=True) | Q(lifted_on__gt=today)).select_related("case")
    return [_ending(measure, measure.last_day, today) for measure in ending.order_by("last_day") if measure.last_day]


def list_consultations(case: CaseFile) -> QuerySet[Consultation]:
    """Who asked about someone of a file, when, with which motive, and what they were told; latest first."""
    return Consultation.objects.filter(case=case).order_by("-asked_at")


def _ending(measure: Measure, last_day: date, today: date) -> Ending:
    alert = alert_on(last_day, today)
    assert alert is not None, "the query asked for those within the longest alert"
    return Ending(measure, (last_day - today).days, alert)
