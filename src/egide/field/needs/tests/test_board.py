"""The board: eleven domains, five states, and green only with an outcome (R04)."""

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError

from egide.field.casefiles.permissions import NotAllowed
from egide.field.needs import actions, queries
from egide.field.needs.models import State
from tests.people import acting

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(worker, open_file):
    with acting(worker):
        return open_file()


def test_a_new_board_has_eleven_grey_domains(worker, case):
    """R04: grey is not discussed; it is counted neither as done nor as refused."""
    with acting(worker):
        board = queries.get_board(case)
        assert len(board) == 11
        assert {square.state for square in board} == {State.GREY}


def test_green_needs_an_outcome_and_sent_is_not_one(worker, case, now):
    """AT-10: green needs an outcome, not a "sent"; the database refuses it too."""
    with acting(worker):
        with pytest.raises(actions.NeedRefused):
            actions.set_need(case=case, domain="housing", to=State.GREEN, by=worker.id, now=now)
        actions.set_need(case=case, domain="housing", to=State.RED, by=worker.id, now=now)
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE field_needs_need SET state = 'GREEN'")
        actions.set_need(
            case=case, domain="housing", to=State.GREEN, outcome="a flat since Monday", by=worker.id, now=now
        )


def test_a_whole_diagnosis_takes_one_call_for_each_domain(worker, case, now):
    """AT-10: eleven domains in eleven taps at the least, well under twenty-five."""
    with acting(worker):
        taps = 0
        for domain in queries.domains():
            actions.set_need(case=case, domain=domain, to=State.RED, by=worker.id, now=now)
            taps += 1
        assert taps == 11
        assert queries.list_red(case).count() == 11


def test_sent_names_its_partner_and_stays_to_do(worker, case, now):
    with acting(worker):
        with pytest.raises(actions.NeedRefused):
            actions.set_need(case=case, domain="justice", to=State.RED_SENT, by=worker.id, now=now)
        actions.set_need(
            case=case, domain="justice", to=State.RED_SENT, partner="Maison du droit fictive", by=worker.id, now=now
        )
        assert [need.domain for need in queries.list_red(case)] == ["justice"]


def test_the_history_of_the_board_is_the_measure_of_change(worker, case, now):
    with acting(worker):
        actions.set_need(case=case, domain="health", to=State.RED, by=worker.id, now=now)
        actions.set_need(case=case, domain="health", to=State.GREEN, outcome="seen by a doctor", by=worker.id, now=now)
        changes = [(change.before, change.after) for change in queries.list_changes(case, since=now)]
        assert changes == [("GREY", "RED"), ("RED", "GREEN")]


def test_the_police_do_not_touch_the_board(officer, worker, case, now):
    with acting(worker), pytest.raises(NotAllowed):
        actions.set_need(case=case, domain="health", to=State.RED, by=officer.id, now=now)


def test_an_unknown_domain_is_refused(worker, case, now):
    with acting(worker), pytest.raises(actions.NeedRefused):
        actions.set_need(case=case, domain="astrology", to=State.RED, by=worker.id, now=now)
