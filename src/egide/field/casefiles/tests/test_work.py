"""The work of a file: opened for anyone from anywhere, counted without confusion, without judgement."""

from datetime import date, timedelta

import pytest

from egide.field.casefiles import actions, queries
from egide.field.casefiles.models import CaseFile, State
from egide.field.casefiles.permissions import NotAllowed
from egide.field.casefiles.policies import MoveRefused
from egide.field.persons.actions import add_person
from egide.field.persons.models import Person
from tests.people import acting

pytestmark = pytest.mark.django_db


def test_someone_who_lives_outside_every_funding_commune_is_accepted(worker, open_file):
    """AT-02: a person living anywhere is accepted with no override."""
    with acting(worker):
        assert open_file(commune="97411").commune == "97411"
        assert open_file(commune="").commune == ""


def test_eight_times_leaving_and_returning_are_one_person_one_file_eight_episodes(worker, open_file, now):
    """AT-03: one person, one file, 8 episodes; the file stays open and nobody is counted twice."""
    with acting(worker):
        case = open_file()
        for cycle in range(8):
            left = date(2022, 1, 1) + timedelta(days=40 * cycle)
            actions.record_episode(case=case, left_on=left, returned_on=left + timedelta(days=10), now=now)
        assert queries.list_episodes(case).count() == 8
        assert queries.counters(case)["persons"] == 1
        assert CaseFile.objects.count() == Person.objects.count() == 1
        assert CaseFile.objects.get().state == State.SIGNALLED


def test_the_counters_person_interview_and_action_are_kept_apart(worker, open_file, now):
    """R01: persons, interviews and actions are different counts of one file."""
    with acting(worker):
        case = open_file()
        child = add_person(age_band="Y_LT15", now=now)
        actions.add_role(case=case, person=child, kind="CHILD", now=now)
        person = queries.list_roles_of(case)[0].person
        for minutes in (30, 45):
            actions.record_interview(case=case, person=person, held_at=now, minutes=minutes, by=worker.id, now=now)
        for kind in ("listening", "orientation", "liaison"):
            actions.record_action(case=case, kind=kind, done_at=now, minutes=15, by=worker.id, now=now)
        assert queries.counters(case) == {"persons": 2, "interviews": 2, "actions": 3}


def test_the_police_open_no_social_file(officer, organisation, now):
    """F1: an investigator cannot open a file; the refusal is a sentence."""
    with acting(officer):
        person = add_person(family_name="Exemple", now=now)
        with pytest.raises(NotAllowed):
            actions.open_case_file(
                person=person,
                organisation=organisation("commissariat-d"),
                category="VICTIM",
                origin="police",
                by=officer.id,
                now=now,
            )


@pytest.mark.parametrize(
    "path",
    [["FIRST_INTERVIEW", "UNDER_SUPPORT", "CLOSED", "REOPENED"], ["CONTACT_TRIED", "FIRST_INTERVIEW", "HANDED_OVER"]],
)
def test_the_support_moves_by_its_table(worker, open_file, now, path):
    with acting(worker):
        case = open_file()
        for state in path:
            actions.move_case(case=case, to=State(state), now=now, closure_reason="done" if state == "CLOSED" else "")
        assert case.state == path[-1]


def test_a_file_is_not_closed_without_a_reason_of_the_list_and_does_not_jump(worker, open_file, now):
    with acting(worker):
        case = open_file()
        with pytest.raises(MoveRefused):
            actions.move_case(case=case, to=State.CLOSED, closure_reason="failed", now=now)
        with pytest.raises(MoveRefused):
            actions.move_case(case=case, to=State.HANDED_OVER, now=now)


@pytest.mark.parametrize(
    ("typed", "found"), [("Exemple", 1), ("exèmple", 1), ("EXEMPLE", 1), ("Autre", 0), ("", 0), ("%", 0)]
)
def test_search_finds_a_name_however_it_is_written_in_ones_own_files_only(worker, stranger, open_file, typed, found):
    """Z02: no index of victims; the same question elsewhere finds nothing."""
    with acting(worker):
        open_file(family="Exemple")
        assert queries.search_persons(family_name=typed).count() == found
    with acting(stranger):
        assert queries.search_persons(family_name=typed).count() == 0
