"""One's own files only; duplicates told to the owner only; joined and separated to the letter (Z02)."""

from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from egide.field.casefiles import actions as casefiles
from egide.field.casefiles import queries as found
from egide.field.casefiles.permissions import NotAllowed
from egide.field.consents.actions import record_consent
from egide.field.consents.models import Proof
from egide.field.identity import queries
from egide.field.identity.actions import JoinRefused, join_persons, separate_persons
from egide.field.persons.actions import add_person, state_safe_contact
from egide.field.persons.models import Channel, Person
from tests.people import acting

pytestmark = pytest.mark.django_db
TABLES = (
    "field_persons_person", "field_persons_safecontact", "field_consents_consent", "field_casefiles_role",
    "field_casefiles_interview", "field_casefiles_casefile",
)  # fmt: skip


def concerned(case):
    return case.roles.get(concerned=True).person


def open_elsewhere(account, place, now, given="Alix", family="Exemple"):
    person = add_person(given_name=given, family_name=family, sex="F", now=now)
    return casefiles.open_case_file(
        person=person, organisation=place, category="VICTIM", origin="police", by=account.id, now=now
    )


@pytest.mark.parametrize(
    ("stored", "typed"),
    [(("Jean-Pierre", "de La Tour"), ("jean pierre", "Latour")), (("Anne", "Martin-Dupont"), ("Anne", "Dupont")),
     (("Éloïse", "Lefèvre"), ("", "LEFEVRE")), (("Alix", "Exemple"), ("Exemple", "Alix")), (("Alix", "Berthelot"), ("Alix", "Berhelot")),
     (("Alix", "Kadi"), ("", "Cady"))],
)  # fmt: skip
def test_a_french_name_is_found_in_ones_own_files_and_nowhere_else(worker, stranger, open_file, stored, typed):
    with acting(worker):
        open_file(given=stored[0], family=stored[1])
        assert len(found.list_known(given_name=typed[0], family_name=typed[1])) == 1
        assert found.list_known(given_name="", family_name="Inconnuterville") == []
    with acting(stranger):
        assert found.list_known(given_name=typed[0], family_name=typed[1]) == []


def test_a_file_one_may_not_open_answers_as_one_that_does_not_exist(worker, stranger, open_file):
    """Z02: same answer, same count, same SQL statements."""
    with acting(worker):
        open_file(given="Alix", family="Exemple")
    told = []
    for name in ("Exemple", "Absente"):
        with acting(stranger), CaptureQueriesContext(connection) as captured:
            answer = found.list_known(given_name="Alix", family_name=name)
        told.append((answer, [query["sql"].split("WHERE")[0] for query in captured.captured_queries]))
    assert told[0] == told[1]


def test_the_owner_of_the_earlier_file_is_told_of_a_later_one_and_who_asks_is_not(
    worker, stranger, organisation, open_file, now
):
    """Z02: the owner learns the month, nothing else; the other side nothing at all."""
    with acting(worker):
        mine = open_file()
        casefiles.CaseFile.objects.filter(id=mine.id).update(opened_on=now.date() - timedelta(days=400))
    with acting(stranger):
        open_elsewhere(stranger, organisation("association-b"), now)
        assert queries.list_collisions() == []
        assert queries.list_twins() == []
    with acting(worker):
        [collision] = queries.list_collisions()
        assert (collision.case_id, collision.month) == (mine.id, now.date().replace(day=1))


def test_an_exclusion_silences_the_collision(worker, stranger, organisation, open_file, now):
    """X08: whoever must never know that a file exists is not told by its name."""
    with acting(worker):
        open_file()
    with acting(stranger):
        theirs = open_elsewhere(stranger, organisation("association-b"), now)
        casefiles.exclude(case=theirs, account=worker.id, because="relative", by=stranger.id, now=now)
    with acting(worker):
        assert queries.list_collisions() == []


def rows(account):
    """Every row of the tables, as the account sees them."""
    with acting(account), connection.cursor() as cursor:
        seen = {}
        for table in TABLES:
            cursor.execute(f"SELECT to_jsonb(t)::text FROM {table} t ORDER BY 1")
            seen[table] = [row[0] for row in cursor.fetchall()]
    return seen


@pytest.fixture
def twins(worker, open_file, organisation, shelter, now):
    """Two records of one person, in two files of the same worker, each with what hangs on it; one of them twice in a file."""
    with acting(worker):
        first, second = open_file(), open_file()
        kept, absorbed = concerned(first), concerned(second)
        state_safe_contact(
            person=absorbed, channel=Channel.SMS, address="06 39 98 00 01", from_time=time(9), to_time=time(11), now=now
        )
        record_consent(
            person=absorbed, recipient=organisation("foyer-c"), purpose="referral", sections=["housing"], given_on=now.date(),
            expires_on=now.date() + timedelta(days=9), by=worker.id, proof=Proof.ORAL, now=now,
        )  # fmt: skip
        casefiles.record_interview(case=second, person=absorbed, held_at=now, minutes=30, by=worker.id, now=now)
        casefiles.add_role(case=first, person=absorbed, kind="VICTIM", now=now)
    return kept, absorbed


def test_joined_then_separated_both_records_are_what_they_were(worker, twins, now):
    kept, absorbed = twins
    before = rows(worker)
    with acting(worker):
        assert [set(group) for group in queries.list_twins()] == [{kept, absorbed}]
        join = join_persons(kept=kept.id, absorbed=absorbed.id, by=worker.id, now=now)
        assert Person.objects.get() == kept
        assert kept.consents.count() == kept.safe_contacts.count() == 1
        assert kept.roles.count() == 2
        assert queries.list_twins() == []
        separate_persons(join=join.id, by=worker.id, now=now)
        assert list(queries.list_joins()) == []
    assert rows(worker) == before


def test_what_was_added_after_a_join_stays_with_the_one_kept(worker, twins, now):
    kept, absorbed = twins
    with acting(worker):
        join = join_persons(kept=kept.id, absorbed=absorbed.id, by=worker.id, now=now)
        case = found.list_cases().first()
        added = casefiles.record_interview(case=case, person=kept, held_at=now, minutes=5, by=worker.id, now=now)
        separate_persons(join=join.id, by=worker.id, now=now)
        with pytest.raises(JoinRefused):
            separate_persons(join=join.id, by=worker.id, now=now)
        added.refresh_from_db()
        assert added.person_id == kept.id


def test_two_safe_contacts_are_not_chosen_between_by_a_machine(worker, twins, now):
    """X07: the wrong number kept could kill; she is asked."""
    kept, absorbed = twins
    with acting(worker):
        state_safe_contact(
            person=kept, channel=Channel.SMS, address="06 39 98 00 02", from_time=time(9), to_time=time(11), now=now
        )
        with pytest.raises(JoinRefused):
            join_persons(kept=kept.id, absorbed=absorbed.id, by=worker.id, now=now)


def test_someone_of_a_file_one_may_not_open_is_refused_in_the_words_of_one_who_does_not_exist(
    worker, colleague, stranger, organisation, open_file, now
):
    """Z02: no way round the walls by a join."""
    with acting(worker):
        mine = concerned(open_file())
        shared = concerned(open_file(given="Camille"))
    with acting(stranger):
        theirs = concerned(open_elsewhere(stranger, organisation("association-b"), now))
    with acting(colleague):
        other = open_elsewhere(colleague, organisation("association-a"), now, given="Sacha")
    said = []
    with acting(worker):
        for absorbed in (theirs.id, uuid4(), mine.id):
            with pytest.raises(JoinRefused) as refused:
                join_persons(kept=mine.id, absorbed=absorbed, by=worker.id, now=now)
            said.append(str(refused.value))
        assert len(set(said)) == 1
        casefiles.join_team(case=casefiles.CaseFile.objects.first(), account=colleague.id, now=now)
    with acting(colleague):
        person = Person.objects.filter(roles__case__in=found.list_cases()).exclude(id=concerned(other).id).first()
        casefiles.add_role(case=other, person=person, kind="WITNESS", now=now)
    with acting(worker), pytest.raises(JoinRefused):
        join_persons(kept=mine.id, absorbed=shared.id, by=worker.id, now=now)


def test_the_police_join_nobody(officer, now):
    with acting(officer), pytest.raises(NotAllowed):
        join_persons(kept=uuid4(), absorbed=uuid4(), by=officer.id, now=now)
