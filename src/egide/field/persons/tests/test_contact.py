"""No contact but the one she stated safe, in its hours (X07, Z05)."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from egide.field.persons.actions import queue_message, state_safe_contact, withdraw_safe_contact
from egide.field.persons.keys import name_key, sound_key
from egide.field.persons.models import Channel
from egide.field.persons.policies import ContactRefused, check_can_contact
from egide.foundation.outbox.queries import list_messages
from tests.people import acting

PARIS = ZoneInfo("Europe/Paris")


def at(hour, minute=0):
    return datetime(2026, 3, 3, hour, minute, tzinfo=PARIS)


@pytest.fixture
def person(worker, open_file):
    with acting(worker):
        return open_file().roles.get().person


@pytest.mark.django_db
def test_without_a_stated_safe_contact_there_is_no_outbound_contact_at_all(worker, person):
    """Z05: none stated, none made."""
    with acting(worker), pytest.raises(ContactRefused):
        check_can_contact(person, Channel.SMS, at(10))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("moment", "allowed"), [(at(9), True), (at(10, 59), True), (at(11), False), (at(8, 59), False), (at(20, 10), False)]
)
def test_a_message_waits_for_her_hours(worker, person, moment, allowed):
    """X07: queued at 20:10 with a window from 09:00 to 11:00, it is held."""
    with acting(worker):
        state_safe_contact(
            person=person, channel=Channel.SMS, address="06 39 98 00 01", from_time=time(9), to_time=time(11), now=at(8)
        )
        if allowed:
            assert check_can_contact(person, Channel.SMS, moment)
        else:
            with pytest.raises(ContactRefused):
                check_can_contact(person, Channel.SMS, moment)
        with pytest.raises(ContactRefused):
            check_can_contact(person, Channel.CALL, moment)


@pytest.mark.django_db
def test_a_withdrawn_contact_is_used_no_more(worker, person):
    with acting(worker):
        state_safe_contact(
            person=person, channel=Channel.SMS, address="06 39 98 00 01", from_time=time(9), to_time=time(11), now=at(8)
        )
        withdraw_safe_contact(person=person, now=at(9, 30))
        with pytest.raises(ContactRefused):
            check_can_contact(person, Channel.SMS, at(10))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Lefèvre", "LEFEVRE"), ("Le Goff", "le-goff"), ("Kadi", "Cady"), ("Philippe", "Filipe"), ("Renaud", "Renaut")],
)
def test_names_that_sound_alike_share_a_key(one, other):
    assert sound_key(one) == sound_key(other)


def test_the_name_key_ignores_accents_case_and_marks():
    assert name_key("Éloïse", "Le-Goff") == name_key("eloise", "LE GOFF")
    assert name_key("", "") == ""


def state(person, wording="La bibliothèque : votre livre est arrivé", channel=Channel.SMS):
    return state_safe_contact(
        person=person, channel=channel, address="06 39 98 00 01", from_time=time(9), to_time=time(11), wording=wording, now=at(8)
    )  # fmt: skip


def waiting(person):
    return [(message.state, message.reason) for message in list_messages(f"person:{person.id}")]


@pytest.mark.django_db
def test_nothing_is_queued_for_someone_who_stated_no_safe_contact(worker, person):
    """Z05: none stated, no outbound message at all; and none either by voice only, or without agreed words."""
    with acting(worker):
        with pytest.raises(ContactRefused):
            queue_message(person=person, key="a", by=worker.id, now=at(10))
        state(person, channel=Channel.CALL)
        with pytest.raises(ContactRefused):
            queue_message(person=person, key="a", by=worker.id, now=at(10))
        state(person, wording="")
        with pytest.raises(ContactRefused):
            queue_message(person=person, key="a", by=worker.id, now=at(10))
        assert waiting(person) == []


@pytest.mark.django_db
def test_words_that_name_the_service_are_not_sent(worker, person):
    """X07: the body never names the service, even when the words were stated so."""
    with acting(worker):
        for wording in ("Organisme fictif association-a vous attend", "Le commissariat vous attend"):
            state(person, wording=wording)
            with pytest.raises(ContactRefused):
                queue_message(person=person, key="a", by=worker.id, now=at(10))


@pytest.mark.django_db
def test_a_changed_or_withdrawn_contact_drops_what_was_held(worker, person):
    with acting(worker):
        state(person)
        assert queue_message(person=person, key="a", by=worker.id, now=at(20, 10)) is True
        assert queue_message(person=person, key="a", by=worker.id, now=at(20, 10)) is False
        state(person, wording="Le pain est prêt")
        assert waiting(person) == [("DROPPED", "contact-changed")]
        queue_message(person=person, key="b", by=worker.id, now=at(20, 20))
        withdraw_safe_contact(person=person, now=at(20, 30))
        assert sorted(waiting(person)) == [("DROPPED", "contact-changed"), ("DROPPED", "contact-withdrawn")]
