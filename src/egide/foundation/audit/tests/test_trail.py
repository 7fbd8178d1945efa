"""The trail: append only, sealed, and able to name the first record that was altered."""

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from egide.foundation.audit import actions, queries
from egide.foundation.audit.models import Event
from egide.foundation.wings.entering import Subject, entering


@pytest.fixture
def in_foundation(db):
    with entering("foundation", Subject.job("tests")):
        yield


def record_three(now):
    for number in (1, 2, 3):
        actions.record("FILE_READ", subject=("file", number), detail={"motive": "follow-up"}, at=now)


@pytest.mark.django_db
@pytest.mark.parametrize("wing", ["public", "field", "statistics", "investigation"])
def test_every_wing_adds_to_the_trail_and_none_reads_it(wing, now):
    """X09: consultations are recorded from any wing; the actor and the wing are the database's word, not the caller's."""
    with entering(wing, Subject.job("night work")):
        actions.record("FILE_READ", subject=("file", 7), at=now, actor="somebody else")
        with pytest.raises(DatabaseError), transaction.atomic():
            Event.objects.count()
    with entering("foundation", Subject.job("tests")):
        event = Event.objects.get()
        assert (event.wing, event.actor_kind, event.actor) == (f"egide_{wing}", "job", "night work")


def test_an_untouched_trail_verifies(in_foundation, now):
    record_three(now)
    assert actions.seal_events(now=now) == 3
    actions.record("FILE_READ", subject=("file", 1), at=now)
    assert actions.seal_events(now=now) == 1
    assert actions.seal_events(now=now) == 0
    verdict = queries.verify_audit()
    assert (verdict.altered, verdict.events, verdict.seals, verdict.unsealed) == (None, 4, 2, 0)


def tamper(owner, statement):
    """What only someone with the owner's rights can do: switch the trigger off and rewrite."""
    owner.execute("ALTER TABLE foundation_audit_event DISABLE TRIGGER append_only")
    owner.execute("ALTER TABLE foundation_audit_sealedevent DISABLE TRIGGER append_only")
    owner.execute(statement)
    owner.execute("ALTER TABLE foundation_audit_event ENABLE TRIGGER append_only")
    owner.execute("ALTER TABLE foundation_audit_sealedevent ENABLE TRIGGER append_only")
    owner.commit()


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE foundation_audit_event SET actor = 'innocent' WHERE subject_id = '2'", "event {second}"),
        ("UPDATE foundation_audit_event SET detail = '\\x00' WHERE subject_id = '3'", "event {third}"),
        ("DELETE FROM foundation_audit_event WHERE subject_id = '2'", "event {second} was removed"),
        ("DELETE FROM foundation_audit_sealedevent WHERE event_id = {second}", "seal"),
    ],
)
def test_verification_finds_the_first_altered_record(own_database, owner, now, statement, named):
    """X09: the trail names the first record that is not as it was sealed."""
    with entering("foundation", Subject.job("tests")):
        record_three(now)
        ids = dict(
            zip(("first", "second", "third"), Event.objects.order_by("id").values_list("id", flat=True), strict=True)
        )
        actions.seal_events(now=now)
    tamper(owner, statement.format(**ids))
    with entering("foundation", Subject.job("tests")):
        assert named.format(**ids) in queries.verify_audit().altered


def test_shredding_a_subject_closes_its_details_and_keeps_the_chain(in_foundation, now):
    """Z14: the details about one subject can no longer be read, the chain still verifies."""
    record_three(now)
    actions.seal_events(now=now)
    assert [trace.detail for trace in queries.list_events(kind="file", identifier=2)] == [{"motive": "follow-up"}]
    actions.shred_subject(kind="file", identifier=2, now=now)
    assert [trace.detail for trace in queries.list_events(kind="file", identifier=2)] == [None]
    assert [trace.detail for trace in queries.list_events(kind="file", identifier=1)] == [{"motive": "follow-up"}]
    assert queries.verify_audit().altered is None


def test_the_owner_too_is_told_that_the_trail_is_append_only(owner, db):
    with pytest.raises(Exception, match="append only"):
        owner.execute("DELETE FROM foundation_audit_event")


def test_an_event_of_a_transaction_that_failed_is_not_in_the_trail(in_foundation, now):
    def fail_after_recording():
        with transaction.atomic():
            actions.record("FILE_READ", subject=("file", 1), at=now)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_after_recording()
    assert not Event.objects.exists()
    assert connection.in_atomic_block
