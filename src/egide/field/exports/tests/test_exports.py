"""A list of names takes two people, leaves once and is never kept (X16)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from egide.field.casefiles.permissions import NotAllowed
from egide.field.exports import actions, queries
from egide.field.exports.actions import ExportRefused, _inert
from egide.field.exports.models import Decision, Export
from tests.people import acting

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(worker, open_file, organisation, now):
    with acting(worker):
        open_file(given="Alix", family="=Exemple")
        return actions.request_export(
            organisation=organisation("association-a"), because="réunion annuelle", by=worker.id, now=now
        )


def decide(export, account, now, decision=Decision.APPROVED, because="motif vérifié"):
    with acting(account):
        return actions.decide_export(export=export.id, decision=decision, because=because, by=account.id, now=now)


def fetch(export, account, now):
    with acting(account):
        return actions.fetch_export(export=export.id, by=account.id, now=now).decode("utf-8-sig")


def test_nobody_approves_her_own_request_nor_without_a_motive(asked, worker, colleague, now):
    """X16: two people."""
    for account, because in ((worker, "moi"), (colleague, " ")):
        with pytest.raises(ExportRefused):
            decide(asked, account, now, because=because)
    with pytest.raises(ExportRefused):
        fetch(asked, worker, now)


def test_the_database_too_refuses_one_person_alone(asked, worker):
    with acting(worker), pytest.raises(IntegrityError), transaction.atomic():
        Export.objects.update(decided_by=worker.id, decision="APPROVED", decided_because="moi")


def test_an_approved_list_is_fetched_once_by_whoever_asked_and_for_a_day(asked, worker, colleague, now):
    decide(asked, colleague, now)
    with pytest.raises(ExportRefused):
        fetch(asked, colleague, now)
    with pytest.raises(ExportRefused):
        fetch(asked, worker, now + timedelta(hours=24))
    rows = fetch(asked, worker, now + timedelta(hours=23)).splitlines()
    assert len(rows) == 2
    assert "Alix;'=Exemple" in rows[1]
    with pytest.raises(ExportRefused):
        fetch(asked, worker, now)


def test_a_refused_request_gives_nothing(asked, worker, colleague, now):
    decide(asked, colleague, now, decision=Decision.REFUSED)
    with pytest.raises(ExportRefused):
        fetch(asked, worker, now)
    with pytest.raises(ExportRefused):
        decide(asked, colleague, now)


def test_another_organisation_sees_no_request_and_decides_none(asked, stranger, officer, now):
    with acting(stranger):
        assert list(queries.list_exports()) == []
    with pytest.raises(ExportRefused):
        decide(asked, stranger, now)
    with pytest.raises(NotAllowed):
        decide(asked, officer, now)


def test_the_list_holds_only_the_files_that_the_one_who_asked_may_open(worker, colleague, organisation, asked, now):
    with acting(colleague):
        mine = actions.request_export(
            organisation=organisation("association-a"), because="suivi", by=colleague.id, now=now
        )
    decide(mine, worker, now)
    assert len(fetch(mine, colleague, now).splitlines()) == 1


@pytest.mark.parametrize("cell", ["=1+1", "+33", "-1", "@x"])
def test_no_cell_is_a_formula(cell):
    assert _inert(cell) == f"'{cell}"
