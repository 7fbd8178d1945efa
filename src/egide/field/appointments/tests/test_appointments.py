"""Appointments: inside her hours or as she said, a place that names nothing, an outcome without a judgement."""

from datetime import datetime, time, timedelta
from io import BytesIO

import pypdf
import pytest
from django.utils import timezone, translation

from egide.field.appointments import actions, queries
from egide.field.appointments.models import Appointment, State
from egide.field.appointments.policies import AppointmentRefused
from egide.field.appointments.slip import render_slip
from egide.field.casefiles.queries import counters, get_concerned
from egide.field.persons.actions import state_safe_contact
from egide.field.persons.models import Channel
from egide.foundation.outbox.queries import list_messages
from tests.people import acting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def at_hour(now, hour, days=1):
    return timezone.make_aware(datetime.combine(timezone.localdate(now) + timedelta(days=days), time(hour)))


def plan(case, worker, now, at, **more):
    return actions.plan_appointment(case=case, at=at, by=worker.id, now=now, **({"place": "12 rue Haute"} | more))


def test_a_moment_outside_the_safe_hours_is_noted_only_when_the_person_said_that_it_suits(worker, open_file, now):
    """X07: her hours, unless she says otherwise herself."""
    with acting(worker):
        case = open_file()
        state_safe_contact(
            person=get_concerned(case), channel=Channel.CALL, address="06 39 98 00 01", from_time=time(9), to_time=time(11), now=now
        )  # fmt: skip
        plan(case, worker, now, at_hour(now, 10))
        with pytest.raises(AppointmentRefused, match="outside the safe hours"):
            plan(case, worker, now, at_hour(now, 15))
        plan(case, worker, now, at_hour(now, 15), agreed=True)
        with pytest.raises(AppointmentRefused, match="over"):
            plan(case, worker, now, now - timedelta(hours=1))


@pytest.mark.parametrize("place", ["Commissariat, 2e étage", "Organisme fictif association-a"])
def test_a_place_names_no_service(worker, open_file, now, place):
    """X07: a slip is found in a pocket."""
    with acting(worker), pytest.raises(AppointmentRefused):
        plan(open_file(), worker, now, at_hour(now, 10), place=place)


def test_one_that_was_held_counts_an_interview_and_one_that_was_not_counts_nothing(worker, open_file, now):
    with acting(worker):
        case = open_file()
        held, missed = (plan(case, worker, now, at_hour(now, hour)) for hour in (9, 10))
        after = at_hour(now, 12)
        with pytest.raises(AppointmentRefused, match="not come yet"):
            actions.hold_appointment(appointment=held, minutes=40, by=worker.id, now=now)
        actions.hold_appointment(appointment=held, minutes=40, by=worker.id, now=after)
        actions.note_not_come(appointment=missed, by=worker.id, now=after)
        assert counters(case)["interviews"] == 1
        with pytest.raises(AppointmentRefused, match="already noted"):
            actions.note_not_come(appointment=held, by=worker.id, now=after)


def test_there_is_no_place_to_write_why_someone_did_not_come():
    columns = {field.name for field in Appointment._meta.get_fields()}
    assert columns == {"id", "case", "at", "place", "state", "planned_at", "planned_by", "settled_at", "moved_to"}


def test_one_that_is_moved_leaves_its_place_to_another_or_stays(worker, open_file, now):
    with acting(worker):
        first = plan(open_file(), worker, now, at_hour(now, 9))
        later = {"appointment": first, "place": "", "by": worker.id, "now": now}
        with pytest.raises(AppointmentRefused):
            actions.move_appointment(at=now - timedelta(days=1), **later)
        first.refresh_from_db()
        assert first.state == State.PLANNED
        actions.move_appointment(at=at_hour(now, 9, days=3), **later)
        kept, made = Appointment.objects.order_by("at")
        assert (kept.state, made.state) == (State.MOVED, State.PLANNED)
        assert kept.moved_to == made.at


def state_contact(case, now, start, end):
    state_safe_contact(
        person=get_concerned(case), channel=Channel.SMS, address="06 39 98 00 01", from_time=time(start), to_time=time(end),
        wording="Le livre est arrivé", now=now,
    )  # fmt: skip


def test_what_is_changed_is_told_only_by_the_safe_words_in_the_safe_hours(worker, open_file, now):
    """X07, Z05: asked at any hour, it leaves in hers; moved again, one message stands; without a safe way, none."""
    with acting(worker):
        case = open_file()
        mute = plan(case, worker, now, at_hour(now, 9, days=3))
        with pytest.raises(AppointmentRefused, match="no safe contact"):
            actions.cancel_appointment(appointment=mute, tell=True, by=worker.id, now=now)
        mute.refresh_from_db()
        assert mute.state == State.PLANNED
        state_contact(case, now, 9, 11)
        late = {"place": "", "by": worker.id, "now": at_hour(now, 20, days=0), "tell": True}
        moved = actions.move_appointment(appointment=mute, at=at_hour(now, 10, days=4), **late)
        actions.cancel_appointment(appointment=moved, tell=True, by=worker.id, now=late["now"])
        person = f"person:{get_concerned(case).id}"
        assert [(each.state, each.leaves_at) for each in list_messages(person) if not each.settled_at] == [
            ("HELD", at_hour(now, 9))
        ]
        assert len(list_messages(person)) == 2


def test_a_message_that_would_come_after_the_moment_is_refused_and_one_that_has_come_is_not_moved(
    worker, open_file, now
):
    with acting(worker):
        case = open_file()
        state_contact(case, now, 10, 11)
        early = plan(case, worker, now, at_hour(now, 8), agreed=True)
        told = {"appointment": early, "by": worker.id}
        with pytest.raises(AppointmentRefused, match="after the appointment"):
            actions.cancel_appointment(tell=True, now=at_hour(now, 20, days=0), **told)
        with pytest.raises(AppointmentRefused, match="whether it took place"):
            actions.cancel_appointment(now=at_hour(now, 9), **told)
        actions.cancel_appointment(now=now, **told)
        assert not queries.list_of_today(at_hour(now, 7)).exists()


def test_the_slip_says_a_day_an_hour_a_place_and_nothing_else(worker, open_file, now):
    with acting(worker):
        made = render_slip(plan(open_file(), worker, now, at_hour(now, 9)), "fr")
    read = pypdf.PdfReader(BytesIO(made))
    text = " ".join(read.pages[0].extract_text().split())
    assert "12 rue Haute" in text
    assert "9 h 00" in text
    for word in ("Égide", "Exemple", "Alix", "association", "Organisme"):
        assert word.lower() not in (text + str(read.metadata)).lower(), word


def test_only_who_follows_the_file_sees_its_appointments(worker, stranger, open_file, now):
    with acting(worker):
        plan(open_file(), worker, now, at_hour(now, 9))
        assert queries.list_of_today(at_hour(now, 8)).count() == 1
    with acting(stranger):
        assert not Appointment.objects.exists()
