"""Places, holds, and an address that only one holder reads: R35, Z07, AT-83."""

import logging
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.utils import translation

from egide.field.casefiles.actions import exclude, join_team
from egide.field.casefiles.permissions import NotAllowed
from egide.field.shelter import actions, policies, queries
from egide.field.shelter.models import Address, EscortState, Place, Request, Shelter, State, StepState
from egide.field.shelter.policies import PlaceRefused
from tests.people import acting

CANARY = "7 impasse du Canari-Secret"
FAMILY = {"adults": 1, "children": 2, "step_free": False, "pets": False}


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def place(shelter, organisation, now):
    """A place for four with children in a house of the shelter's organisation."""
    with acting(shelter):
        house = actions.open_shelter(
            organisation=organisation("foyer-c"),
            name="Foyer fictif",
            band="30-100",
            address=CANARY,
            by=shelter.id,
            now=now,
        )
        return actions.add_place(
            shelter=house, label="Chambre 1", kind="flat", beds=4, children=True, by=shelter.id, now=now
        )


@pytest.fixture
def hold(worker, open_file, now, place):
    def make(account=worker, case=None, **told):
        with acting(account):
            case = case or open_file()
            told = {**FAMILY, **told}
            id = actions.ask_for_place(case=case, place=place.id, by=account.id, now=now, **told)
            return queries.get_request(case, id)

    return make


def confirm(request, shelter, now):
    with acting(shelter):
        return actions.answer_request(
            request=queries.get_incoming(request.id), to=State.CONFIRMED, by=shelter.id, now=now
        )


def read(request, account, now):
    with acting(account):
        return actions.read_address(request=Request.objects.get(id=request.id), by=account.id, now=now)


@pytest.mark.django_db
def test_the_address_is_told_to_the_holder_of_a_confirmed_request_and_to_nobody_else(
    hold, place, worker, colleague, shelter, stranger, now
):
    """AT-83: before the confirmation, to a colleague of the same file, to another service, after she has left: nobody reads it."""
    request = hold()
    with pytest.raises(PlaceRefused, match="nobody else"):
        read(request, worker, now)
    with acting(worker):
        assert Address.objects.count() == 0
        join_team(case=request.case, account=colleague.id, now=now)
    confirm(request, shelter, now)
    assert read(request, worker, now) == CANARY
    with pytest.raises(PlaceRefused, match="nobody else"):
        read(request, colleague, now)
    for account in (colleague, stranger):
        with acting(account):
            assert Address.objects.count() == Shelter.objects.count() == Place.objects.count() == 0
    with acting(shelter):
        for to, reason in ((State.ARRIVED, ""), (State.MOVED, "own-home")):
            actions.answer_request(
                request=queries.get_incoming(request.id), to=to, reason=reason, by=shelter.id, now=now
            )
    with pytest.raises(PlaceRefused, match="nobody else"):
        read(request, worker, now)
    with acting(worker):
        assert Address.objects.count() == 0


@pytest.mark.django_db
def test_no_output_ever_carries_the_address(hold, place, worker, shelter, now, caplog):
    """AT-83, by a canary: every text of every table, the trail opened with its key, the board, the log; only the holder's answer."""
    caplog.set_level(logging.DEBUG)
    request = hold()
    confirm(request, shelter, now)
    assert read(request, worker, now) == CANARY
    with acting(worker):
        said = [repr(queries.get_board()), repr(list(queries.list_requests(request.case).values()))]
    with acting(shelter):
        said += [repr(list(queries.list_incoming().values())), repr(list(queries.list_own_places().values()))]
        with connection.cursor() as cursor:
            cursor.execute("SELECT string_agg(a::text, '') FROM field_shelter_address a")
            said.append(cursor.fetchone()[0])
    said += [caplog.text, *_trail()]
    assert not any("Canari" in words or CANARY.encode().hex() in words for words in said)


def _trail():
    from django.conf import settings

    from egide.foundation.audit import sealing
    from egide.foundation.audit.models import Event, SubjectKey
    from egide.foundation.wings.entering import Subject, entering

    with entering("foundation", Subject.job("tests")):
        master = sealing.master_key(settings.EGIDE_AUDIT_KEY)
        keys = {key.id: sealing.decrypt(master, bytes(key.wrapped)) for key in SubjectKey.objects.all()}
        return [sealing.decrypt(keys[event.key_id], bytes(event.detail)).decode() for event in Event.objects.all()]


@pytest.mark.django_db
def test_a_worker_cannot_confirm_her_own_request_even_in_sql(hold, worker, now):
    request = hold()
    attacks = ("state = 'CONFIRMED'", "state = 'ARRIVED'", "confirmed_at = now()")
    for attack in attacks:
        with (
            acting(worker),
            pytest.raises(DatabaseError, match="Only the house"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"UPDATE field_shelter_request SET {attack} WHERE id = %s", [request.id])
    with acting(worker), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Request.objects.filter(id=request.id).update(held_until=now + timedelta(days=9))


@pytest.mark.django_db
def test_a_place_is_held_for_two_hours_and_lapses_without_anybody(hold, place, worker, shelter, now):
    """R35: the clock alone gives it back."""
    request = hold()
    assert request.held_until - request.asked_at == policies.HELD_FOR
    with acting(worker):
        assert not queries.get_board()[0].free
        with pytest.raises(PlaceRefused, match="taken"):
            actions.ask_for_place(case=request.case, place=place.id, by=worker.id, now=now, **FAMILY)
    later = now + timedelta(hours=2, minutes=1)
    with acting(shelter):
        waiting = queries.get_incoming(request.id)
        with pytest.raises(PlaceRefused, match="two hours"):
            actions.answer_request(request=waiting, to=State.CONFIRMED, by=shelter.id, now=later)


@pytest.mark.django_db
def test_the_board_counts_a_hold_by_its_hour_and_not_by_its_state():
    from pathlib import Path

    [migration] = (Path(__file__).parents[2] / "walls/migrations").glob("*_shelter.py")
    sql = migration.read_text()
    assert "held_until > now()" in sql
    assert f"interval '{policies.HELD_FOR.seconds // 3600} hours'" in sql
    assert f">= {policies.HOLDS_AT_ONCE} THEN" in sql
    assert f">= {policies.LOOKS_AN_HOUR} THEN" in sql


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("told", "why"),
    [({"children": 4}, "beds"), ({"step_free": True}, "steps"), ({"pets": True}, "Pets")],
)
def test_a_place_that_does_not_suit_is_refused_before_anyone_goes_there(hold, told, why):
    with pytest.raises(PlaceRefused, match=why):
        hold(**told)


@pytest.mark.django_db
def test_the_board_says_no_address_and_gives_bands_and_stops_after_thirty_readings(place, worker):
    """Z07: the same band for whoever asks, and no reading without end."""
    with acting(worker):
        [offer] = queries.get_board()
        assert (offer.band, offer.free) == ("30-100", True)
        boards = [queries.get_board() for _ in range(policies.LOOKS_AN_HOUR)]
    assert boards[-2]
    assert boards[-1] == []
    fields = {field.name for model in (Shelter, Place) for field in model._meta.get_fields()}
    assert not fields & {"latitude", "longitude", "commune", "postal_code"}


@pytest.mark.django_db
def test_the_shelter_reads_how_many_people_and_not_who(hold, shelter, worker, now):
    request = hold()
    with acting(shelter):
        [incoming] = queries.list_incoming()
        assert (incoming.adults, incoming.children, incoming.number) == (1, 2, request.number)
        for table in ("field_casefiles_casefile", "field_persons_person", "field_casefiles_role"):
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT count(*) FROM {table}")
                assert cursor.fetchone() == (0,)


@pytest.mark.django_db
def test_someone_of_the_shelter_who_is_excluded_from_the_file_does_not_see_the_request(hold, shelter, worker, now):
    """X08."""
    request = hold()
    with acting(worker):
        exclude(case=request.case, account=shelter.id, because="relative", by=worker.id, now=now)
    with acting(shelter):
        assert not queries.list_incoming().exists()


@pytest.mark.django_db
def test_a_refusal_and_a_departure_have_their_reason_and_give_the_place_back(hold, place, shelter, worker, now):
    request = hold()
    with acting(shelter):
        with pytest.raises(PlaceRefused):
            actions.answer_request(request=queries.get_incoming(request.id), to=State.REFUSED, by=shelter.id, now=now)
        actions.answer_request(
            request=queries.get_incoming(request.id), to=State.REFUSED, reason="unusable", by=shelter.id, now=now
        )
    with acting(worker):
        assert queries.get_board()[0].free


@pytest.mark.django_db
def test_only_those_who_keep_the_house_change_it(place, worker, stranger, shelter, now):
    with acting(shelter):
        actions.tell_tonight(place=queries.get_own_place(place.id), tonight=False, by=shelter.id, now=now)
    with acting(worker):
        assert queries.get_own_place(place.id) is None
        assert not queries.get_board()[0].free
        with pytest.raises(NotAllowed):
            actions.tell_tonight(place=place, tonight=True, by=worker.id, now=now)


@pytest.mark.django_db
def test_the_practical_exit_is_proposed_line_by_line_and_an_escort_is_asked_for_an_hour(worker, open_file, now):
    with acting(worker):
        case = open_file()
        assert queries.get_exit(case) == {}
        for state in (StepState.TO_DO, StepState.DONE):
            actions.set_step(case=case, item="papers", state=state, by=worker.id, now=now)
        assert queries.get_exit(case)["papers"].state == "DONE"
        for wrong in ("before", "unheard-of"):
            with pytest.raises(PlaceRefused):
                actions.set_step(case=case, item=wrong, state=StepState.DONE, by=worker.id, now=now)
        soon = now + timedelta(days=1)
        escort = actions.ask_escort(case=case, asked_of="Commissariat fictif", wanted_at=soon, by=worker.id, now=now)
        with pytest.raises(PlaceRefused):
            actions.answer_escort(escort=escort, to=EscortState.DONE, by=worker.id, now=now)
        actions.answer_escort(escort=escort, to=EscortState.AGREED, by=worker.id, now=now)
        with pytest.raises(PlaceRefused):
            actions.ask_escort(case=case, asked_of="Commissariat fictif", wanted_at=now, by=worker.id, now=now)
