"""One way out: held until her hours, said in her words, sent once, dropped when it may no longer go (X07, Z05)."""

import json
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from hypothesis import given
from hypothesis import strategies as st

from egide.foundation.outbox import actions, policies, queries
from egide.foundation.outbox.models import Channel, Message, Reason, State
from egide.foundation.outbox.transport import Folder
from egide.foundation.wings.entering import Subject, entering

PARIS = ZoneInfo("Europe/Paris")
WORDS = "La bibliothèque : votre livre est arrivé"
PERSON = "person:00000000-0000-4000-8000-000000000001"


def at(hour, minute=0, day=3):
    return datetime(2026, 3, day, hour, minute, tzinfo=PARIS)


class Broken:
    """A gateway that is down."""

    def hand_over(self, id, channel, envelope):
        raise OSError("no space")


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path)


def queue(now, key="one", start=time(9), end=time(11), about=(PERSON,)):
    with entering("foundation", Subject.job("tests")):
        return actions.queue_message(
            key=key, channel=Channel.SMS, address="06 39 98 00 01", body=WORDS, about=about, from_time=start, to_time=end, now=now
        )  # fmt: skip


def states():
    with entering("foundation", Subject.job("tests")):
        return [(m.state, m.reason) for m in Message.objects.order_by("queued_at", "key")]


def files(folder):
    return sorted(folder.folder.glob("*/*.json"))


@pytest.mark.django_db
def test_a_message_queued_at_ten_past_eight_in_the_evening_waits_until_nine(folder):
    """X07: queued at 20:10 with the window 09:00-11:00, it is held until 09:00."""
    queue(at(20, 10))
    assert actions.send_due(transport=folder, now=at(20, 10)).sent == 0
    assert actions.send_due(transport=folder, now=at(8, 59, day=4)).sent == 0
    assert files(folder) == []
    assert actions.send_due(transport=folder, now=at(9, 0, day=4)).sent == 1
    [path] = files(folder)
    assert json.loads(path.read_text()) | {"id": ""} == {"id": "", "to": "06 39 98 00 01", "body": WORDS}


@pytest.mark.django_db
def test_a_message_that_missed_its_hours_waits_for_the_next_and_after_a_week_is_dropped(folder):
    queue(at(10))
    assert actions.send_due(transport=folder, now=at(11, 30)).put_off == 1
    assert actions.send_due(transport=folder, now=at(10, 0, day=11)).dropped == 1
    assert states() == [(State.DROPPED, Reason.TOO_LATE)]


@pytest.mark.django_db
def test_the_same_occasion_is_queued_once_and_handed_over_once(folder):
    assert queue(at(10)) is True
    assert queue(at(10)) is False
    assert actions.send_due(transport=folder, now=at(10)).sent == 1
    assert actions.send_due(transport=folder, now=at(10)).sent == 0
    assert len(files(folder)) == 1


@pytest.mark.django_db
def test_killed_between_the_handing_over_and_the_note_it_is_not_handed_over_twice(folder, monkeypatch):
    queue(at(10))
    with monkeypatch.context() as broken:
        broken.setattr(actions, "_settle", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            actions.send_due(transport=folder, now=at(10))
    [path] = files(folder)
    path.unlink()  # the gateway has taken it
    assert actions.send_due(transport=folder, now=at(10, 10)).sent == 1
    assert files(folder) == []


@pytest.mark.django_db
def test_a_gateway_that_is_down_is_tried_again_later_and_given_up_in_the_end(folder):
    moment = at(9)
    queue(moment)
    for attempt in range(1, policies.ATTEMPTS):
        assert actions.send_due(transport=Broken(), now=moment).put_off == 1
        assert actions.send_due(transport=folder, now=moment).sent == 0
        moment = max(policies.next_attempt(moment, attempt), policies.next_opening(moment, time(9), time(11)))
        moment = policies.next_opening(moment, time(9), time(11))
    assert actions.send_due(transport=Broken(), now=moment).dropped == 1
    assert states() == [(State.DROPPED, Reason.UNDELIVERABLE)]


@pytest.mark.django_db
def test_what_waits_is_sealed_and_what_was_dropped_keeps_neither_address_nor_words():
    queue(at(10))
    with entering("foundation", Subject.job("tests")):
        stored = bytes(Message.objects.get().sealed)
        assert b"06 39" not in stored
        assert WORDS.encode() not in stored
        actions.drop_messages(about=PERSON, because=Reason.CONTACT_WITHDRAWN, now=at(10))
        assert Message.objects.get().sealed is None


@pytest.mark.django_db
def test_dropping_a_topic_drops_its_messages_and_no_other(folder):
    queue(at(10), key="hers")
    queue(at(10), key="other", about=("person:other",))
    with entering("foundation", Subject.job("tests")):
        assert actions.drop_messages(about=PERSON, because=Reason.CONTACT_CHANGED, now=at(10)) == 1
        [passage] = queries.list_messages(PERSON)
        assert (passage.state, passage.reason) == (State.DROPPED, Reason.CONTACT_CHANGED)
    assert actions.send_due(transport=folder, now=at(10)).sent == 1


@pytest.mark.django_db
@pytest.mark.parametrize("wing", ["field", "statistics", "public", "programmes"])
def test_no_wing_reads_a_message(wing):
    queue(at(10))
    with (
        entering(wing, Subject.job("attack")),
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
    ):
        Message.objects.count()


@pytest.mark.django_db
def test_an_account_reads_no_message_even_in_the_foundation(worker):
    queue(at(10))
    with entering("foundation", Subject.account(worker.id)):
        assert Message.objects.count() == 0


@pytest.mark.django_db
def test_a_notice_to_a_professional_says_neither_name_nor_content(folder, worker):
    """X07: the address is read when the notice leaves; an account without one gets none."""
    with entering("field", Subject.job("tests")):
        actions.queue_notice(key="r1", account=worker.id, about=["case:1"], now=at(10))
    assert actions.send_due(transport=folder, now=at(10)).dropped == 1
    with entering("foundation", Subject.job("tests")), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE foundation_accounts_account SET email = 'agent@exemple.invalid' WHERE id = %s", [worker.id]
        )
    with entering("field", Subject.job("tests")):
        actions.queue_notice(key="r2", account=worker.id, about=["case:1"], now=at(10))
    assert actions.send_due(transport=folder, now=at(10)).sent == 1
    told = json.loads(files(folder)[0].read_text())
    assert told["to"] == "agent@exemple.invalid"
    assert told["title"] == told["body"] != ""
    policies.check_discreet(told["body"], ["association-a"])


@pytest.mark.parametrize(
    "words",
    ["Le commissariat vous attend", "Égide : rappel", "Votre PLAINTE", "de la part de l’Escale", "les violences"],
)
def test_words_that_name_the_service_or_its_trade_are_refused(words):
    """X07: the body never names the service."""
    with pytest.raises(policies.IndiscreetWords):
        policies.check_discreet(words, ["Escale", "Association du Val"])
    policies.check_discreet(WORDS, ["Escale", "Association du Val"])


@given(minutes=st.integers(0, 1_000_000), start=st.integers(0, 1438), span=st.integers(1, 1439))
def test_the_next_opening_is_inside_the_window_never_before_and_within_two_days(minutes, start, span):
    moment = at(0) + timedelta(minutes=minutes)
    end = min(start + span, 1439)
    opens, closes = time(start // 60, start % 60), time(end // 60, end % 60)
    if opens >= closes:
        return
    found = policies.next_opening(moment, opens, closes)
    assert moment <= found <= moment + timedelta(days=2)
    local = found.astimezone(PARIS).time()
    hole = 60  # an hour that does not exist in spring is read as the one after
    assert opens <= local < closes or abs((local.hour * 60 + local.minute) - start) <= hole
