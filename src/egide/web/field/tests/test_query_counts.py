"""What each page asks of the database has a budget, and does not grow with what it lists: a statement per line shows here.

Counted through the page, from the session to the answer, so that a wall, a template or a component that asks shows too.
"""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from egide.field.appointments.actions import plan_appointment
from egide.field.appointments.models import Appointment
from egide.field.casefiles.actions import record_action, record_episode, write_entry
from egide.field.casefiles.choices import EntryKind
from egide.field.consents.actions import record_consent
from egide.field.consents.models import Proof
from egide.field.directory.models import Service
from egide.field.needs.actions import set_need
from egide.field.needs.choices import State as Need
from egide.field.referrals.actions import draft_referral
from egide.field.referrals.choices import Audience
from egide.foundation.organisations.actions import register_organisation
from egide.foundation.wings.entering import Subject, entering
from tests.people import acting

pytestmark = pytest.mark.django_db
MANY = 20
# Statements, at most; to raise one is a decision: appointments took three (they, who, how to reach them), reports one,
# one's own supervision one, the reception of the station two.
TODAY, SEARCH = 29, 33
OF_A_FILE = {
    "": 30, "danger/": 20, "besoins/": 16, "consentements/": 21, "orientations/": 16, "traces/": 17, "equipe/": 19,
}  # fmt: skip


def count(ask) -> int:
    with CaptureQueriesContext(connection) as asked:
        response = ask()
    assert response.status_code == 200, response.status_code
    return len(asked)


@pytest.fixture
def files(worker, open_file, now):
    """Open files of one name, each with something to do."""

    def make(number):
        with acting(worker):
            found = [open_file(given=f"Alix{each}") for each in range(number)]
            for case in found:
                set_need(case=case, domain="housing", to=Need.RED, by=worker.id, now=now)
                plan_appointment(case=case, at=now + timedelta(minutes=1), place="", by=worker.id, now=now)
            Appointment.objects.update(at=now)  # whatever the hour of the test, of today
        return found

    return make


@pytest.fixture
def filled(worker, directory, now):
    """Write in a file, of everything that its pages list, so many times."""

    def fill(case, number):
        with entering("foundation", Subject.job("tests")):
            partners = [
                register_organisation(
                    code=f"partenaire-{each}", name=f"Partenaire fictif {each}", kind="association", now=now
                )
                for each in range(number)
            ]
        with acting(worker):
            service = Service.objects.get(name__startswith="115")
            person = case.roles.get(concerned=True).person
            for each in range(number):
                record_action(
                    case=case, kind="listening", done_at=now - timedelta(hours=1), minutes=5, by=worker.id, now=now
                )
                record_episode(case=case, left_on=date(2026, 1, 1) + timedelta(days=each), now=now)
                write_entry(
                    case=case, section="housing", purpose="social-support", kind=EntryKind.FACT_TOLD, text="Un bail.",
                    by=worker.id, now=now,
                )  # fmt: skip
                draft_referral(
                    case=case, person=person, service=service, audience=Audience.VICTIM, sections=[], by=worker.id, now=now
                )  # fmt: skip
                record_consent(
                    person=person, recipient=partners[each], purpose="referral", sections=["housing"],
                    given_on=now.date() - timedelta(days=1), expires_on=now.date() + timedelta(days=90), by=worker.id,
                    proof=next(iter(Proof)), now=now,
                )  # fmt: skip

    return fill


def test_todays_list_asks_as_much_for_twenty_files_as_for_one(worker, files, signed_in):
    client, counts, found = signed_in(worker), [], []
    for number in (1, MANY - 1):
        files(number)
        client.get("/terrain/")
        counts.append(count(lambda: client.get("/terrain/")))
        found.append(count(lambda: client.post("/terrain/", {"family_name": "Exemple", "given_name": ""})))
    assert counts[0] == counts[1] <= TODAY
    assert found[0] == found[1] <= SEARCH


@pytest.mark.parametrize("page", OF_A_FILE)
def test_a_page_of_a_file_asks_as_much_for_twenty_lines_as_for_one(worker, files, filled, signed_in, page):
    client, [case] = signed_in(worker), files(1)
    counts = []
    for number in (1, MANY - 1):
        filled(case, number)
        client.get(f"/terrain/dossiers/{case.id}/{page}")
        counts.append(count(lambda: client.get(f"/terrain/dossiers/{case.id}/{page}")))
    assert counts[0] == counts[1] <= OF_A_FILE[page]
