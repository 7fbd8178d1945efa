"""Supervision: one's own, apart from every file, read by nobody else, and counted without a rank (D34)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone, translation

from egide.field.supervision import actions, queries
from egide.field.supervision.models import Kind, Session
from egide.field.supervision.policies import SupervisionRefused
from tests.people import acting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def test_nobody_else_reads_the_sessions_of_a_worker(worker, colleague, now):
    """D34: not a colleague, not the manager; the wall is by account."""
    with acting(worker):
        session = actions.note_session(at=now + timedelta(days=1), kind=Kind.GROUP, by=worker.id, now=now)
    with acting(colleague):
        assert not Session.objects.exists()
        assert queries.get_session(session.id) is None
        with connection.cursor() as cursor:
            cursor.execute("UPDATE field_supervision_session SET minutes = 5")
            assert cursor.rowcount == 0


def test_a_session_hangs_on_no_file_and_has_no_place_for_words():
    """R01: apart from case files."""
    columns = {field.name for field in Session._meta.get_fields()}
    assert columns == {"id", "account", "at", "kind", "minutes"}


def test_only_what_was_held_is_counted_and_nothing_stays_of_what_is_taken_out(worker, now):
    start = now - timedelta(hours=1)
    with acting(worker):
        held, coming = (
            actions.note_session(at=at, kind=Kind.SUPERVISION, by=worker.id, now=now)
            for at in (start, now + timedelta(1))
        )
        with pytest.raises(SupervisionRefused, match="not come yet"):
            actions.hold_session(session=coming, minutes=60, by=worker.id, now=now)
        actions.hold_session(session=held, minutes=60, by=worker.id, now=now)
        with pytest.raises(SupervisionRefused, match="already"):
            actions.hold_session(session=held, minutes=60, by=worker.id, now=now)
        actions.remove_session(session=coming, by=worker.id, now=now)
        assert queries.count_sessions(timezone.localdate(start).year) == queries.Counters(1, 60)
        assert list(queries.list_sessions()) == [held]
