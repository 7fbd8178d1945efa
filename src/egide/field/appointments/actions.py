"""The only writes on appointments: planned, held, moved, not come. A held one counts an interview, with its minutes."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from egide.field.casefiles.actions import record_interview
from egide.field.casefiles.models import CaseFile
from egide.field.casefiles.permissions import check_may
from egide.field.casefiles.queries import get_concerned
from egide.field.persons.queries import get_safe_contact
from egide.foundation.audit.actions import record
from egide.foundation.organisations.queries import list_workplaces

from . import policies
from .models import Appointment, State


@transaction.atomic
def plan_appointment(
    *, case: CaseFile, at: datetime, place: str, by: UUID, now: datetime, agreed: bool = False
) -> Appointment:
    """Note a moment agreed with the person. `agreed`: she said that it suits her although outside her safe hours.

    Raises NotAllowed, AppointmentRefused.
    """
    check_may(by, "R01", "N", now)
    policies.check_moment(at, get_safe_contact(get_concerned(case)), agreed, now)
    policies.check_place(place, [service.name for service in list_workplaces(account=by, now=now)])
    appointment = Appointment(case=case, at=at, place=place.strip(), planned_at=now, planned_by=by)
    appointment.full_clean(validate_constraints=False)
    appointment.save(force_insert=True)
    record("APPOINTMENT_PLANNED", subject=("case", case.id), at=now)
    return appointment


@transaction.atomic
def hold_appointment(*, appointment: Appointment, minutes: int, by: UUID, now: datetime) -> Appointment:
    """It took place: an interview is counted, of that moment and of so many minutes."""
    check_may(by, "R01", "N", now)
    policies.check_planned(appointment)
    policies.check_over(appointment, now)
    case = appointment.case
    record_interview(case=case, person=get_concerned(case), held_at=appointment.at, minutes=minutes, by=by, now=now)
    return _settle(appointment, State.HELD, now)


@transaction.atomic
def note_not_come(*, appointment: Appointment, by: UUID, now: datetime) -> Appointment:
    """It did not take place; why is not asked."""
    check_may(by, "R01", "N", now)
    policies.check_planned(appointment)
    policies.check_over(appointment, now)
    return _settle(appointment, State.NOT_COME, now)


@transaction.atomic
def move_appointment(
    *, appointment: Appointment, at: datetime, place: str, by: UUID, now: datetime, agreed: bool = False
) -> Appointment:
    """Another moment in place of this one; return the new appointment."""
    policies.check_planned(appointment)
    _settle(appointment, State.MOVED, now)
    return plan_appointment(case=appointment.case, at=at, place=place, by=by, now=now, agreed=agreed)


def _settle(appointment: Appointment, state: State, now: datetime) -> Appointment:
    appointment.state, appointment.settled_at = state, now
    appointment.save(update_fields=["state", "settled_at"])
    record(f"APPOINTMENT_{state}", subject=("case", appointment.case_id), at=now)
    return appointment
