"""The French of the pages, compiled before they are asked for; people who sign in."""

from datetime import time
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from egide.field.directory.actions import load_sheet
from egide.field.directory.sheet import organisations_of, read_sheet
from egide.field.persons.actions import state_safe_contact
from egide.field.persons.choices import Channel
from egide.foundation.organisations.actions import register_organisation
from egide.foundation.wings.entering import Subject, entering
from tests.people import acting

SHEET = Path(__file__).parents[3] / "sample/services.csv"


@pytest.fixture(scope="session", autouse=True)
def compiled_french():
    call_command("update_messages", "--compile")


@pytest.fixture
def signed_in(active_field):
    def sign(account) -> Client:
        client = Client()
        response = client.post("/connexion/", {"username": account.username, "password": account.plain})
        assert response.status_code == 302, response.content.decode()
        return client

    return sign


@pytest.fixture
def directory(worker, now):
    """The services of the sample, entered by the worker."""
    sheet = read_sheet(SHEET)
    with entering("foundation", Subject.job("tests")):
        known = {
            code: register_organisation(code=code, name=name, kind=kind, fictional=fictional, now=now)
            for code, (name, kind, fictional) in organisations_of(sheet).items()
        }
    with acting(worker):
        return load_sheet(sheet=sheet, organisations=known, by=worker.id, now=now)


@pytest.fixture
def file(worker, open_file, now):
    """A file of the worker's, for an invented person who stated a safe contact."""
    with acting(worker):
        case = open_file(violence_forms=["psychological"], commune="99001")
        state_safe_contact(
            person=case.roles.get().person, channel=Channel.SMS, address="06 39 98 00 00", from_time=time(0, 1),
            to_time=time(23, 59), wording="La bibliothèque", now=timezone.now(),
        )  # fmt: skip
        return case
