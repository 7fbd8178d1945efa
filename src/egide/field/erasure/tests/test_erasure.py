"""What has lived its time is erased from the rows, the keys, the messages, the files and the traces (X11, Z14)."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from egide.field.casefiles import actions as casefiles
from egide.field.casefiles.models import CaseFile
from egide.field.erasure.actions import purge_expired
from egide.field.erasure.queries import get_purge_day
from egide.field.persons.models import Person
from egide.foundation.retention.actions import record_visa
from egide.foundation.wings.entering import Subject, entering
from tests.people import acting

BEFORE = datetime(2020, 1, 2, 10, tzinfo=ZoneInfo("Europe/Paris"))
AFTER = datetime(2026, 3, 3, 3, tzinfo=ZoneInfo("Europe/Paris"))


def close(case, at):
    casefiles.move_case(case=case, to="CLOSED", closure_reason="done", now=at)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE field_casefiles_casefile SET opened_on = %s WHERE id = %s", [at.date(), case.id])


@pytest.fixture
def due(worker, open_file, active_field):
    """A file closed long ago."""
    with acting(worker):
        case = open_file()
        close(case, BEFORE)
    return case


@pytest.mark.django_db
def test_a_file_shows_the_day_it_is_erased(worker, stranger, due):
    """X11: each record shows its purge date; a file that is not mine has none."""
    with acting(worker):
        assert get_purge_day(due.id).on == date(2022, 1, 2)
        assert not get_purge_day(due.id).needs_visa
    with acting(stranger):
        assert get_purge_day(due.id) is None


@pytest.mark.django_db
def test_an_act_starts_the_clock_again(worker, due, now):
    with acting(worker):
        casefiles.record_action(
            case=due, kind="listening", done_at=BEFORE + timedelta(days=30), minutes=5, by=worker.id, now=now
        )
        assert get_purge_day(due.id).on == date(2022, 2, 1)


@pytest.mark.django_db
def test_a_file_still_open_is_counted_and_kept_and_one_not_due_is_neither(worker, due, open_file, now):
    with acting(worker):
        silent = open_file(family="Silence")
        CaseFile.objects.filter(id=silent.id).update(opened_on=BEFORE.date())
        recent = open_file(family="Recente")
    purge = purge_expired(now=now)
    assert (purge.counts["case files"], purge.waiting) == (1, {"still open": 1})
    with acting(worker):
        assert {case.id for case in CaseFile.objects.all()} == {silent.id, recent.id}


@pytest.mark.django_db
def test_the_purge_of_a_public_body_waits_for_the_archives_and_says_so(worker, due, organisation, now):
    """Z14: due, then the visa, then destroyed."""
    with entering("foundation", Subject.job("tests")), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE foundation_organisations_organisation SET kind = 'national-police' WHERE code = 'association-a'"
        )
    with acting(worker):
        assert get_purge_day(due.id).needs_visa
    assert purge_expired(now=now).waiting == {"archives visa": 1}
    with entering("foundation", Subject.job("tests")):
        body = organisation("association-a")
        record_visa(organisation=body, rule="case-files", due_until=date(2022, 1, 1), reference="AD 1", now=now)
    assert purge_expired(now=now).waiting == {"archives visa": 1}, "the visa covers what fell due the day before only"
    with entering("foundation", Subject.job("tests")):
        record_visa(organisation=body, rule="case-files", due_until=date(2022, 1, 2), reference="AD 2", now=now)
    purge = purge_expired(now=now)
    assert (purge.counts["case files"], purge.waiting) == (1, {})


@pytest.mark.django_db
def test_someone_who_stands_in_another_file_stays(worker, due, open_file, organisation, now):
    with acting(worker):
        person = due.roles.get().person
        casefiles.open_case_file(
            person=person, organisation=organisation("association-a"), category="VICTIM", origin="police", by=worker.id, now=now
        )  # fmt: skip
    assert "rows of field_persons_person" not in purge_expired(now=now).counts
    with acting(worker):
        assert Person.objects.filter(id=person.id).exists()


@pytest.mark.django_db
def test_an_account_erases_nothing(worker, due):
    with (
        acting(worker),
        pytest.raises(DatabaseError, match="named job"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT * FROM erase_case(%s)", [due.id])


@pytest.mark.django_db
def test_a_purge_with_nothing_due_leaves_its_certificate_all_the_same(active_field, now):
    purge = purge_expired(now=now)
    assert (purge.counts, purge.waiting) == ({}, {})
