"""The officer's month: shares without consent, refusals, consultations on a ground; no name of a person (R07)."""

from datetime import timedelta

import pytest

from egide.field.casefiles import queries as casefiles
from egide.field.consents.actions import record_ground
from egide.field.oversight.queries import get_month
from egide.foundation.audit.actions import record
from tests.people import acting

pytestmark = pytest.mark.django_db


@pytest.fixture
def dpo(make_account):
    return make_account("deleguee", "DPO", at="association-a")


@pytest.fixture
def elsewhere(make_account):
    return make_account("autre", "DPO", at="association-b")


@pytest.fixture
def lived(worker, officer, stranger, open_file, organisation, now):
    """A share on a ground, a refusal, an attempt."""
    with acting(worker):
        case = open_file()
        record_ground(
            person=case.roles.get().person, recipient=organisation("commissariat-d"), article="cp-226-14", sections=["danger"],
            facts="threat tonight", agreement_sought="asked", informed="told", by=worker.id,
            expires_on=now.date() + timedelta(days=7), now=now,
        )  # fmt: skip
        casefiles.get_case(case.id, now=now + timedelta(seconds=1))
        record("REFUSED", subject=("page", "/x/"), detail={"why": "no"}, at=now)
    with acting(stranger), pytest.raises(casefiles.NotFound):
        casefiles.get_case(case.id, now=now)


def month(account, now):
    with acting(account):
        return get_month(now.date().replace(day=1), now=now)


def test_the_officer_reads_the_month_of_her_own_organisation(lived, dpo, worker, now):
    found = month(dpo, now)
    [share] = found.shares
    assert (share.article, share.sections, share.account) == ("cp-226-14", ("danger",), str(worker.id))
    assert [(deed.code, deed.times) for deed in found.refusals] == [("REFUSED", 1)]
    assert [(deed.code, deed.account) for deed in found.consultations] == [("CASE_READ", str(worker.id))]
    assert "Alix" not in repr(found)
    assert "threat" not in repr(found)


def test_another_officer_reads_her_own_and_nobody_else_reads_any(lived, elsewhere, worker, stranger, now):
    found = month(elsewhere, now)
    assert (found.shares, found.consultations) == ((), ())
    assert [(deed.code, deed.account) for deed in found.refusals] == [("CASE_ATTEMPTED", str(stranger.id))]
    for account in (worker, stranger):
        seen = month(account, now)
        assert (seen.shares, seen.refusals, seen.consultations) == ((), (), ())


def test_another_month_is_empty(lived, dpo, now):
    with acting(dpo):
        before = get_month((now.date().replace(day=1) - timedelta(days=1)).replace(day=1), now=now)
    assert (before.shares, before.refusals) == ((), ())
