"""The board as a measure of change: who moved what, when, from what to what; then and now (R04)."""

from datetime import timedelta

import pytest

from egide.field.needs import actions, queries
from egide.field.needs.models import State
from tests.people import acting

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(worker, open_file):
    with acting(worker):
        return open_file()


def test_the_board_of_a_day_stands_beside_the_board_of_today(worker, case, now):
    def put(domain, to, days, **more):
        actions.set_need(case=case, domain=domain, to=to, by=worker.id, now=now + timedelta(days=100 - days), **more)

    with acting(worker):
        put("housing", State.RED, 60)
        put("health", State.RED, 40)
        put("housing", State.GREEN, 5, outcome="a flat")
        found = {change.domain: change for change in queries.compare_board(case, since=now + timedelta(days=70))}
        assert (found["housing"].then, found["housing"].now) == (State.RED, State.GREEN)
        assert [(m.before, m.after, m.changed_by) for m in found["housing"].moves] == [("RED", "GREEN", worker.id)]
        assert (found["health"].then, found["health"].now, found["health"].moves) == (State.RED, State.RED, ())
        assert found["money"].then == found["money"].now == State.GREY
        assert len(found) == 11


def test_a_red_has_one_partner_and_one_date_and_keeps_them_while_it_is_to_do(worker, case, now):
    with acting(worker):
        with pytest.raises(actions.NeedRefused):
            actions.plan_need(case=case, domain="justice", by=worker.id, now=now, partner="Avocat fictif")
        actions.set_need(case=case, domain="justice", to=State.RED, by=worker.id, now=now)
        day = now.date() + timedelta(days=8)
        actions.plan_need(
            case=case,
            domain="justice",
            by=worker.id,
            now=now,
            wish="une femme avocate",
            partner="Avocat fictif",
            due_on=day,
        )
        need = actions.set_need(
            case=case, domain="justice", to=State.RED_SENT, partner="Maison fictive", by=worker.id, now=now
        )
        assert (need.wish, need.partner, need.due_on) == ("une femme avocate", "Maison fictive", day)
        need = actions.set_need(case=case, domain="justice", to=State.HATCHED, by=worker.id, now=now)
        assert (need.partner, need.due_on) == ("", None)
