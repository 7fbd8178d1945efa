"""Roles are held by positions, for a time, and end the same minute they are revoked (X16)."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from egide.foundation.accounts.actions import close_account
from egide.foundation.organisations.actions import give_mandate, revoke_mandate
from egide.foundation.organisations.models import Mandate
from egide.foundation.organisations.queries import list_roles
from egide.foundation.wings.entering import Subject, entering


@pytest.fixture
def in_foundation(statistician):
    with entering("foundation", Subject.job("tests")):
        yield


def roles(account, now):
    return set(list_roles(account=account.id, now=now))


def test_a_mandate_gives_its_positions_roles_only_between_its_dates(in_foundation, statistician, now):
    """X16: time-bounded."""
    mandate = Mandate.objects.get(account=statistician)
    assert roles(statistician, now) == {"STATISTICIAN"}
    assert roles(statistician, now - timedelta(days=3)) == set()
    assert roles(statistician, now + (mandate.valid_to - mandate.valid_from)) == set()


def test_a_mandate_revoked_gives_nothing_from_that_minute(in_foundation, statistician, now):
    """X16: revocable the same day."""
    revoke_mandate(mandate=Mandate.objects.get(account=statistician), because="left the service", now=now)
    assert roles(statistician, now - timedelta(minutes=1)) == {"STATISTICIAN"}
    assert roles(statistician, now + timedelta(minutes=1)) == set()


def test_a_closed_account_holds_no_role(in_foundation, statistician, now):
    close_account(account=statistician, now=now)
    assert roles(statistician, now) == set()


def test_a_mandate_without_end_or_reason_is_refused(in_foundation, statistician, now):
    mandate = Mandate.objects.get(account=statistician)
    with pytest.raises(ValidationError):
        give_mandate(
            position=mandate.position, account=statistician, valid_from=now.date(), valid_to=now.date(), now=now
        )
    with pytest.raises(ValidationError):
        revoke_mandate(mandate=mandate, because=" ", now=now)
