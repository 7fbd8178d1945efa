"""Duplicates are proposed with their reason, merged by a person who may write, and given back."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from egide.field.directory import actions, queries
from egide.field.directory.duplicates import actions as duplicates
from egide.field.directory.duplicates.queries import list_duplicates, list_merged
from egide.field.directory.models import Service
from egide.field.directory.permissions import NotAllowed
from egide.field.directory.policies import ServiceRefused
from egide.foundation.organisations.models import Organisation
from egide.foundation.wings.entering import Subject, entering

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 12, tzinfo=ZoneInfo("Europe/Paris"))


@pytest.fixture
def coordinator(make_account):
    return make_account("coordinatrice", "COORDINATOR", at="reseau-e")


@pytest.fixture
def make(coordinator):
    def service(name, **more):
        with entering("field", Subject.account(coordinator.id)):
            organisation = Organisation.objects.get(code="reseau-e")
            told = {"audiences": ["victim"], **more}
            return actions.register_service(organisation=organisation, name=name, by=coordinator.id, now=NOW, **told)

    return service


@pytest.fixture
def inside(coordinator):
    return lambda: entering("field", Subject.account(coordinator.id))


ACCUEIL = {"telephone": "01 99 00 10 02", "address": "14 rue des Tanneurs", "commune": "99001"}


@pytest.mark.parametrize(
    ("name", "more", "signs"),
    [
        ("ACCUEIL DE JOUR, l’Écoute", ACCUEIL, ("name", "telephone", "address")),
        ("Écoute – accueil de jour", {"telephone": "+33 1 99 00 10 02"}, ("name", "telephone")),
        ("Autre chose", {**ACCUEIL, "address": "14, rue des Tanneurs"}, ("telephone", "address")),
        ("Autre chose", {"telephone": "01 99 00 10 02"}, None),  # a switchboard is shared
        ("Accueil de jour de l’Écoute", {"telephone": "01 99 00 10 77"}, None),  # a name is common
        ("Accueil de jour de l’Écoute", {"address": "14 rue des Tanneurs", "commune": "99002"}, None),
    ],
)  # fmt: skip
def test_two_signs_of_three_make_a_proposal(make, inside, name, more, signs):
    make("Accueil de jour – L’Écoute", **ACCUEIL)
    make(name, **more)
    with inside():
        found = list_duplicates(now=NOW)
    assert [pair.signs for pair in found] == ([signs] if signs else [])


def test_a_merge_fills_the_blanks_leaves_the_rest_and_is_given_back(make, inside, coordinator):
    kept = make("Accueil", **ACCUEIL, themes=["listening"])
    absorbed = make(
        "Accueil", **{**ACCUEIL, "email": "a@x.example", "themes": ["rights"], "telephone": "01 99 00 10 02"}
    )
    with inside():
        merge = duplicates.merge_services(kept=kept, absorbed=absorbed, by=coordinator.id, now=NOW)
        kept.refresh_from_db()
        assert (kept.email, kept.themes) == ("a@x.example", ["listening", "rights"])
        assert {view.id for view in queries.list_services(at=NOW, now=NOW)} == {kept.id}
        assert list_duplicates(now=NOW) == []
        assert [each.absorbed.id for each in list_merged()] == [absorbed.id]
        actions.describe_service(service=kept, by=coordinator.id, now=NOW, email="b@x.example")
        merge.refresh_from_db()
        duplicates.undo_merge(merge=merge, by=coordinator.id, now=NOW)
        kept, absorbed = Service.objects.get(id=kept.id), Service.objects.get(id=absorbed.id)
        assert (kept.email, kept.themes) == ("b@x.example", ["listening"]), "what somebody changed since then stays"
        assert absorbed.retired_on is None
        assert list_merged() == []
        with pytest.raises(ServiceRefused):
            duplicates.undo_merge(merge=merge, by=coordinator.id, now=NOW)


def test_what_a_person_told_apart_is_not_proposed_again(make, inside, coordinator):
    one, other = make("Accueil", **ACCUEIL), make("Accueil", **ACCUEIL)
    with inside():
        duplicates.tell_apart(one=one, other=other, by=coordinator.id, now=NOW)
        assert list_duplicates(now=NOW) == []


def test_who_may_not_write_merges_nothing(make, make_account):
    one, other = make("Accueil", **ACCUEIL), make("Accueil", **ACCUEIL)
    municipal = make_account("agent", "MUNICIPAL_OFFICER", at="ville-f")
    with entering("field", Subject.account(municipal.id)), pytest.raises(NotAllowed):
        duplicates.merge_services(kept=one, absorbed=other, by=municipal.id, now=NOW)
    with entering("field", Subject.account(municipal.id)):
        assert Service.objects.filter(retired_on__isnull=True).count() == 2
