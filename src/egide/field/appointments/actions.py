"""The only writes on appointments: planned, held, moved, cancelled, not come. A held one counts an interview, with its minutes."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from egide.field.casefiles.actions import record_interview
from egide.field.casefiles.models import CaseFile
from egide.field.casefiles.permissions import check_may
from egide.field.casefiles.queries import get_concerned
from egide.field.persons.actions import queue_message
from egide.field.persons.queries import get_safe_contact
from egide.foundation.audit.actions import record
from egide.foundation.organisations.queries import list_workplaces
from egide.foundation.outbox import actions as outbox
from egide.foundation.outbox.models import Reason

from . import policies
from .models import Appointment, State
from .queries import get_telling


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
    *, appointment: Appointment, at: datetime, place: str, by: UUID, now: datetime, agreed: bool = False, tell: bool = False
) -> Appointment:  # fmt: skip
    """Another moment in place of this one, which keeps its trace; return the new appointment.

    `tell`: the words she stated safe leave in her hours, before the moment that is given up (X07). Raises NotAllowed,
    AppointmentRefused, ContactRefused.
    """
    _check_may_change(appointment, tell, by, now)
    made = plan_appointment(case=appointment.case, at=at, place=place, by=by, now=now, agreed=agreed)
    _tell(appointment, tell, by, now, about=made)
    appointment.moved_to = at
    _settle(appointment, State.MOVED, now)
    return made


@transaction.atomic
def cancel_appointment(*, appointment: Appointment, by: UUID, now: datetime, tell: bool = False) -> Appointment:
    """It will not take place; why is not asked, and no other moment takes its place. `tell`, and what it raises: as to move."""
    _check_may_change(appointment, tell, by, now)
    _tell(appointment, tell, by, now, about=appointment)
    return _settle(appointment, State.CANCELLED, now)


def _check_may_change(appointment: Appointment, tell: bool, by: UUID, now: datetime) -> None:
    check_may(by, "R01", "N", now)
    policies.check_planned(appointment)
    policies.check_to_come(appointment, now)
    if tell and (refused := get_telling(appointment, now=now).refused):
        raise policies.AppointmentRefused(refused)


def _tell(appointment: Appointment, tell: bool, by: UUID, now: datetime, *, about: Appointment) -> None:
    """One message at most stands about an appointment: what was held about this one is dropped, told anew or not."""
    outbox.drop_messages(about=f"appointment:{appointment.id}", because=Reason.NO_LONGER_NEEDED, now=now)
    if tell:
        person, key = get_concerned(appointment.case), f"appointment:{appointment.id}"
        queue_message(person=person, key=key, by=by, now=now, about=[f"appointment:{about.id}"])


def _settle(appointment: Appointment, state: State, now: datetime) -> Appointment:
    appointment.state, appointment.settled_at = state, now
    appointment.save(update_fields=["state", "settled_at", "moved_to"])
    record(f"APPOINTMENT_{state}", subject=("case", appointment.case_id), at=now)
    return appointment
