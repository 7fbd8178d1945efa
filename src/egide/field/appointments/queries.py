"""The only reads of appointments: those of a file, those of a day, those whose outcome nobody noted."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from egide.field.casefiles.models import CaseFile

from .models import Appointment, State


def list_appointments(case: CaseFile) -> QuerySet[Appointment]:
    """The appointments of a file, latest first."""
    return Appointment.objects.filter(case=case).order_by("-at")


def get_appointment(case: CaseFile, id: UUID) -> Appointment | None:
    """An appointment of this file, or None."""
    return Appointment.objects.filter(case=case, id=id).select_related("case").first()


def list_of_today(now: datetime) -> QuerySet[Appointment]:
    """The planned appointments of the subject's files until the end of the day, those without an outcome first."""
    tomorrow: date = timezone.localdate(now) + timedelta(days=1)
    end = timezone.make_aware(datetime.combine(tomorrow, time()))
    return Appointment.objects.filter(state=State.PLANNED, at__lt=end).select_related("case").order_by("at")
