"""Children each for themselves: a person in the file, a part, words and tellings that are never a sibling's."""

import pytest

from egide.field.assessments.actions import answer_factors, start_assessment
from egide.field.casefiles.models import EntryKind
from egide.field.casefiles.permissions import NotAllowed
from egide.field.casefiles.queries import counters, list_entries, list_roles_of
from egide.field.children import actions, queries
from egide.field.children.actions import ChildRefused, Told
from egide.field.children.models import Child, Word
from egide.field.persons.answers import Answer
from tests.people import acting

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(worker, open_file):
    with acting(worker):
        return open_file()


@pytest.fixture
def add(worker, case, now):
    """Add a child; must be called inside `acting(worker)`."""
    return lambda given, **told: actions.add_child(
        case=case, told=Told(**told), given_name=given, by=worker.id, now=now
    )


def test_each_child_is_a_person_with_a_part_of_their_own(case, add, worker, now):
    """R03: what is written of one child is not written of the other, and what nobody asked stays unknown."""
    with acting(worker):
        first, second = add("Ange", age="6-10", home="both"), add("Lou", age="15-17", safe_tonight=Answer.YES)
        assert counters(case)["persons"] == 3
        assert (first.safe_tonight, second.home) == (Answer.NOT_ASKED, "unknown")
        assert [role.person.age_band for role, _child in queries.list_children(case)] == ["Y_LT15", "Y15-17"]
        actions.write_word(child=first, kind=EntryKind.FACT_TOLD, text="« J’ai peur le soir. »", by=worker.id, now=now)
        assert [len(queries.list_words(each)) for each in (first, second)] == [1, 0]
        actions.write_part(role=first.role, told=Told(age="6-10", home="relatives"), by=worker.id, now=now)
        assert Child.objects.get(id=first.id).home == "relatives"
        assert Child.objects.get(id=second.id).home == "unknown"
        assert not list_entries(case).exists(), "nothing of a child is in a section that a consent to share opens"


def test_the_grid_s_part_of_a_child_holds_what_was_told_of_that_child(case, add, worker, now):
    """R03: one child threatened and the other absent are two tellings, read apart."""
    with acting(worker):
        first, second = add("Ange"), add("Lou")
        assessment = start_assessment(case=case, moment="calm", by=worker.id, trained=True, now=now)
        for child, value in ((first, "YES"), (second, "NO")):
            told = {"C01": {"value": value, "source": "victim", "about": str(child.role_id)}}
            answer_factors(assessment=assessment, answers=told, now=now)
        read = [
            [(each.factor, each.value) for each in queries.list_told_of(case, child.role)[1]]
            for child in (first, second)
        ]
        assert read == [[("C01", "YES")], [("C01", "NO")]]


def test_only_a_child_of_the_file_has_a_part_and_only_the_team_sees_it(case, add, worker, stranger, officer, now):
    with acting(worker):
        child = add("")
        with pytest.raises(ChildRefused):
            actions.write_part(role=list_roles_of(case)[0], told=Told(), by=worker.id, now=now)
        for wrong in ({"age": "seven"}, {"home": "moon"}):
            with pytest.raises(ChildRefused):
                add("Ange", **wrong)
        with pytest.raises(ChildRefused):
            actions.write_word(child=child, kind=EntryKind.OPINION, text=" ", by=worker.id, now=now)
        with pytest.raises(NotAllowed):
            actions.write_part(role=child.role, told=Told(), by=officer.id, now=now)
        actions.write_word(child=child, kind=EntryKind.OPINION, text="Calme.", by=worker.id, now=now)
    for account in (stranger, officer):
        with acting(account):
            assert not Child.objects.exists()
            assert not Word.objects.exists()
