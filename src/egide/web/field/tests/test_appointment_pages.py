"""Appointments by their pages: noted, on today's page with whether one may call, settled without a reason."""

from datetime import time, timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from egide.field.appointments.actions import plan_appointment
from egide.field.appointments.models import Appointment
from egide.field.persons.choices import Channel
from egide.web.field.appointments import call_words
from tests.people import acting


@pytest.mark.django_db
def test_an_appointment_is_noted_then_shown_today_then_settled(file, worker, signed_in, now):
    client, address = signed_in(worker), reverse("appointment", kwargs={"case": file.id})
    later = timezone.localtime(now) + timedelta(days=2)
    told = {"on": later.date().isoformat(), "at": "10:00", "place": "12 rue Haute"}
    client.post(address, told)
    with acting(worker):
        assert not Appointment.objects.exists()
    page = client.post(address, told | {"keep": "1"}, follow=True).content.decode()
    assert "12 rue Haute" in page
    with acting(worker):
        Appointment.objects.update(at=now - timedelta(minutes=5))
        [made] = Appointment.objects.all()
    today = client.get(reverse("today")).content.decode()
    assert "Ne pas appeler" in today
    here = reverse("one_appointment", kwargs={"case": file.id, "appointment": made.id})
    slip = client.get(reverse("slip", kwargs={"case": file.id, "appointment": made.id}))
    assert slip["Content-Disposition"] == 'attachment; filename="rendez-vous.pdf"'
    client.post(here, {"became": "not-come"})
    assert "n’a pas eu lieu" in client.get(here).content.decode()


@pytest.mark.django_db
def test_to_move_and_to_cancel_are_confirmed_and_told_only_by_the_box(file, worker, signed_in, now):
    """X07: shown first; the box is there because the agreed words can leave in time."""
    client, at = signed_in(worker), timezone.localtime(now) + timedelta(days=3)
    with acting(worker):
        first = plan_appointment(case=file, at=at, place="", agreed=True, by=worker.id, now=now)
    told = {"on": at.date().isoformat(), "at": "10:15", "tell": "on"}
    page = client.post(url("move_appointment", first), told).content.decode()
    assert 'name="confirm"' in page
    assert "« La bibliothèque »" in page.replace("\u202f", " ").replace("\u00a0", " ")
    with acting(worker):
        assert Appointment.objects.get().state == "PLANNED"
    page = client.post(url("move_appointment", first), told | {"confirm": "1"}, follow=True).content.decode()
    assert "Messages à la personne" in page
    with acting(worker):
        made = Appointment.objects.get(state="PLANNED")
    assert client.get(url("move_appointment", first)).status_code == 404
    assert client.get(url("cancel_appointment", made)).status_code == 200
    client.post(url("cancel_appointment", made), {})
    with acting(worker):
        assert sorted(Appointment.objects.values_list("state", flat=True)) == ["CANCELLED", "MOVED"]


def url(name, appointment):
    return reverse(name, kwargs={"case": appointment.case_id, "appointment": appointment.id})


@pytest.mark.parametrize(
    ("stated", "hour", "words"),
    [
        (None, 10, "do not call, do not write"),
        (Channel.CALL, 10, "May be called now, until 11:00"),
        (Channel.CALL, 11, "call from 09:00 to 11:00 only"),
        (Channel.SMS, 10, "Do not call."),
    ],
)
def test_the_page_says_whether_one_may_call_now(now, stated, hour, words):
    """X07, Z05: none stated means nobody calls."""
    contact = stated and SimpleNamespace(channel=stated, from_time=time(9), to_time=time(11))
    at = timezone.localtime(now).replace(hour=hour, minute=0)
    with translation.override("en"):
        assert words in call_words(contact, at)
