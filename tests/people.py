"""Invented people and services for the tests of the field, made by the actions that the product uses."""

from contextlib import contextmanager

import pytest

from egide.field.casefiles.actions import open_case_file
from egide.field.persons.actions import add_person
from egide.foundation.organisations.models import Organisation
from egide.foundation.wings.entering import Subject, entering


@contextmanager
def acting(account):
    """Enter the field as an account."""
    with entering("field", Subject.account(account.id)):
        yield


@pytest.fixture
def worker(make_account):
    return make_account("intervenante", "ISCG", at="association-a")


@pytest.fixture
def colleague(make_account):
    return make_account("collegue", "ISCG", at="association-a")


@pytest.fixture
def stranger(make_account):
    return make_account("etrangere", "ISCG", at="association-b")


@pytest.fixture
def shelter(make_account):
    return make_account("hebergement", "SHELTER_WORKER", at="foyer-c")


@pytest.fixture
def officer(make_account):
    return make_account("enqueteur", "INVESTIGATOR", at="commissariat-d")


@pytest.fixture
def organisation():
    def get(code):
        return Organisation.objects.get(code=code)

    return get


@pytest.fixture
def open_file(worker, now):
    """A file opened by the worker for an invented person; must be called inside `acting(worker)`."""

    def make(given="Alix", family="Exemple", category="VICTIM", origin="police", **more):
        person = add_person(given_name=given, family_name=family, sex="F", now=now)
        service = Organisation.objects.get(code="association-a")
        return open_case_file(
            person=person, organisation=service, category=category, origin=origin, by=worker.id, now=now, **more
        )

    return make
