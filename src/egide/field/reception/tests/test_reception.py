"""From the dot to the first person who receives: the same way whatever the colour, and nothing kept of why (R33)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.utils import timezone, translation

from egide.field.reception import actions, queries
from egide.field.reception.models import DotDay, Room, RoomKind, State, Station, Tally, Ticket
from egide.field.reception.permissions import NotAllowed
from egide.field.reception.policies import ReceptionRefused
from egide.foundation.catalogue import get_nomenclature, roles_with
from egide.foundation.wings.entering import Subject, entering
from tests.people import acting

pytestmark = pytest.mark.django_db
WHO_HOLDS_IT = {"id", "station", "day", "number", "priority", "state", "wishes", "language", "room"}
ITS_HOURS = {"arrived_at", "called_at", "seen_at"}


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def noon(now):
    return timezone.localtime(now).replace(hour=12, minute=0, second=0, microsecond=0)


@pytest.fixture
def set_up(make_account, organisation, noon):
    """A station with one dot, one confidential room and one office: set_up("station-a", "red") -> (station, officer, head, dot)."""

    def make(code, colour):
        head = make_account(f"chef-{code}", "STATION_HEAD", at=code)
        receives = make_account(f"accueil-{code}", "RECEPTION_OFFICER", at=code)
        with acting(head):
            station = actions.set_up_station(organisation=organisation(code), by=head.id, now=noon)
            dot = actions.place_dot(station=station, colour=colour, place="comptoir", by=head.id, now=noon)
            actions.add_room(station=station, name="Salle 2", kind=RoomKind.CONFIDENTIAL, by=head.id, now=noon)
            actions.add_room(station=station, name="Bureau social", kind=RoomKind.OFFICE, by=head.id, now=noon)
        return station, receives, head, dot

    return make


def rows(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]


def walk(station, officer, dot, now):
    """The whole way of someone who touches the dot; what the page would have shown at each step."""
    with acting(officer):
        token_shown = []
        ticket = actions.note_arrival(station=station, dot=dot, by=officer.id, now=now)
        room = actions.offer_room(ticket=ticket, by=officer.id, now=now)
        actions.note_wishes(ticket=ticket, wishes=["social-worker"], by=officer.id, now=now)
        for to, minutes in ((State.CALLED, 3), (State.SEEN, 4), (State.DONE, 30)):
            actions.move_ticket(ticket=ticket, to=to, by=officer.id, now=now + timedelta(minutes=minutes))
            token_shown.append((ticket.number, ticket.priority, ticket.state))
        return [*token_shown, room.kind]


def test_red_here_and_orange_there_go_the_same_way(set_up, noon):
    """AT-80: the colour is configuration; each step is the same at both stations."""
    (a, officer_a, _head, red), (b, officer_b, _other, orange) = set_up("poste-a", "red"), set_up("poste-b", "orange")
    assert (red.colour, orange.colour) == ("red", "orange")
    assert walk(a, officer_a, red, noon) == walk(b, officer_b, orange, noon)


def test_a_ticket_has_no_place_for_a_name_a_reason_a_dot_or_a_file():
    """R33: what cannot be written cannot leak; a new column is a decision, here."""
    assert {field.name for field in Ticket._meta.get_fields()} == WHO_HOLDS_IT | ITS_HOURS
    assert Ticket._meta.get_field("wishes").get_internal_type() == "ArrayField"
    for code in get_nomenclature("reception-wishes").codes:
        assert "violence" not in code


def test_who_touched_the_dot_and_who_was_let_through_hold_the_same_ticket(set_up, noon, monkeypatch):
    """R33: nothing of a ticket says that a dot was touched, and the trail does not either."""
    events = []
    monkeypatch.setattr(actions, "record", lambda *code, **told: events.append((code, told)))
    station, officer, _head, dot = set_up("poste-a", "red")
    with acting(officer):
        touched = actions.note_arrival(station=station, dot=dot, by=officer.id, now=noon)
        let_through = actions.note_arrival(station=station, priority=True, by=officer.id, now=noon)
        mine = {"id", "number"}
        told = [{f: getattr(t, f) for f in (WHO_HOLDS_IT | ITS_HOURS) - mine} for t in (touched, let_through)]
        assert told[0] == told[1]
    arrivals = [told for code, told in events if code == ("ARRIVAL_NOTED",)]
    assert len(arrivals) == 2
    assert arrivals[0] == arrivals[1]


def test_priority_is_called_first_and_the_screen_shows_numbers_only_in_one_list(set_up, noon):
    """AT-80: one queue display for every colour: the screen's function gives numbers and cannot give more."""
    station, officer, head, dot = set_up("poste-a", "orange")
    with acting(head):
        token = actions.renew_screen(station=station, by=head.id, now=noon)
        blue = actions.place_dot(station=station, colour="blue", priority=False, by=head.id, now=noon)
    with acting(officer):
        first = actions.note_arrival(station=station, dot=blue, by=officer.id, now=noon)
        second = actions.note_arrival(station=station, dot=dot, by=officer.id, now=noon)
        assert [ticket.number for ticket in queries.list_queue(station, now=noon)] == [2, 1]
        for ticket in (first, second):
            actions.move_ticket(
                ticket=ticket, to=State.CALLED, by=officer.id, now=noon + timedelta(minutes=ticket.number)
            )
    with entering("field", Subject("link")):
        assert queries.list_screen(token, now=noon) == [2, 1]
        assert queries.list_screen("x" * 43, now=noon) == []
        assert rows("field_reception_ticket") == 0


def test_the_office_is_offered_when_the_confidential_room_is_taken_and_then_it_is_said(set_up, noon):
    """J1 step 3: room free? else the social worker's office; else a sentence."""
    station, officer, _head, dot = set_up("poste-a", "red")
    with acting(officer):
        tickets = [actions.note_arrival(station=station, dot=dot, by=officer.id, now=noon) for _ in range(3)]
        given = [actions.offer_room(ticket=ticket, by=officer.id, now=noon).kind for ticket in tickets[:2]]
        assert given == [RoomKind.CONFIDENTIAL, RoomKind.OFFICE]
        with pytest.raises(ReceptionRefused, match="Every room is taken"):
            actions.offer_room(ticket=tickets[2], by=officer.id, now=noon)
        actions.move_ticket(ticket=tickets[0], to=State.SEEN, by=officer.id, now=noon)
        actions.move_ticket(ticket=tickets[0], to=State.DONE, by=officer.id, now=noon)
        assert actions.offer_room(ticket=tickets[2], by=officer.id, now=noon).kind == RoomKind.CONFIDENTIAL
        with pytest.raises(IntegrityError), transaction.atomic():
            Ticket.objects.filter(id=tickets[1].id).update(room=Room.objects.get(kind=RoomKind.CONFIDENTIAL))


def test_a_room_used_for_something_else_is_not_offered(set_up, noon):
    station, officer, _head, dot = set_up("poste-a", "red")
    with acting(officer):
        room = queries.list_rooms(station)[0].room
        actions.set_room_taken(room=room, taken=True, by=officer.id, now=noon)
        assert [place.free for place in queries.list_rooms(station)] == [False, True]
        ticket = actions.note_arrival(station=station, dot=dot, by=officer.id, now=noon)
        assert actions.offer_room(ticket=ticket, by=officer.id, now=noon).kind == RoomKind.OFFICE


def test_to_leave_needs_no_reason_and_is_counted_only(set_up, noon):
    station, officer, _head, dot = set_up("poste-a", "red")
    with acting(officer):
        ticket = actions.note_arrival(station=station, dot=dot, by=officer.id, now=noon)
        actions.note_wishes(ticket=ticket, wishes=["interpreter"], language="uk", by=officer.id, now=noon)
        actions.move_ticket(ticket=ticket, to=State.LEFT, by=officer.id, now=noon)
        assert (ticket.wishes, ticket.language) == ([], "")
        assert Tally.objects.get().left_unseen == 1
        with pytest.raises(ReceptionRefused, match="cannot become"):
            actions.move_ticket(ticket=ticket, to=State.SEEN, by=officer.id, now=noon)


def test_a_ticket_dies_at_midnight_and_only_counts_and_delays_remain(set_up, noon, owner):
    """R33: the row is gone for the owner of the table too, not hidden."""
    station, officer, _head, dot = set_up("poste-a", "red")
    with acting(officer):
        seen, unseen = (actions.note_arrival(station=station, dot=dot, by=officer.id, now=noon) for _ in range(2))
        actions.move_ticket(ticket=seen, to=State.SEEN, by=officer.id, now=noon + timedelta(minutes=7))
    with entering("field", Subject.job("purge_tickets")):
        assert actions.purge_tickets(now=noon + timedelta(hours=11, minutes=59)) == 0
        assert actions.purge_tickets(now=noon + timedelta(hours=12)) == 2
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
    with acting(officer):
        assert list(queries.list_queue(station, now=noon)) == []
        assert Ticket.objects.filter(id=unseen.id).count() == 0
        tally = Tally.objects.get()
        assert (tally.arrivals, tally.priority, tally.left_unseen) == (2, 2, 1)
        assert DotDay.objects.get().uses == 2
        assert rows("field_reception_delay") == 1


def test_the_first_arrival_of_the_morning_deletes_what_a_missed_night_left(set_up, noon):
    station, officer, _head, dot = set_up("poste-a", "red")
    with acting(officer):
        actions.note_arrival(station=station, dot=dot, by=officer.id, now=noon)
        next_day = actions.note_arrival(station=station, dot=dot, by=officer.id, now=noon + timedelta(days=1))
        assert next_day.number == 1
        assert rows("field_reception_ticket") == 1


def test_a_colleague_of_the_field_cannot_purge_anothers_station(set_up, worker, noon):
    station, officer, _head, dot = set_up("poste-a", "red")
    with acting(officer):
        actions.note_arrival(station=station, dot=dot, by=officer.id, now=noon)
    with acting(worker):
        assert actions.purge_tickets(now=noon + timedelta(days=3)) == 0


def test_each_role_reads_the_tickets_of_its_own_station_as_the_matrix_says(set_up, make_account, noon):
    """R33 and X08: by raw SQL too, only those who receive at this very station see a ticket."""
    station, officer, _head, dot = set_up("poste-a", "red")
    set_up("poste-b", "red")
    with acting(officer):
        actions.note_arrival(station=station, dot=dot, by=officer.id, now=noon)
    receives, runs = roles_with("R33", "N"), {"STATION_HEAD"}
    for role in get_nomenclature("roles").codes:
        for at in ("poste-a", "poste-b"):
            someone = make_account(f"{role}-{at}".lower(), role, at=at)
            with acting(someone):
                assert rows("field_reception_ticket") == (at == "poste-a" and role in receives), (role, at)
                assert bool(rows("field_reception_tally")) == (at == "poste-a" and role in receives | runs), (role, at)


def test_a_mandate_elsewhere_gives_no_number_here(set_up, noon):
    (station, _officer, head, dot), (_b, other, _h, _d) = set_up("poste-a", "red"), set_up("poste-b", "red")
    for someone in (other, head):
        with acting(someone), pytest.raises(NotAllowed):
            actions.note_arrival(station=station, dot=dot, by=someone.id, now=noon)
    with acting(other):
        assert list(Station.objects.values_list("id", flat=True)) != [station.id]


def test_thirty_days_without_a_touch_is_an_alert_and_twenty_nine_is_not(set_up, noon):
    """AT-80: an unused dot for 30 days alerts: it may be that nobody knows it."""
    station, officer, head, dot = set_up("poste-a", "red")
    with acting(head):
        assert [each.id for each in queries.list_silent_dots(station, now=noon + timedelta(days=30))] == [dot.id]
        assert queries.list_silent_dots(station, now=noon + timedelta(days=29)) == []
    with acting(officer):
        actions.note_arrival(station=station, dot=dot, by=officer.id, now=noon)
    with acting(head):
        assert queries.list_silent_dots(station, now=noon + timedelta(days=29)) == []
        assert len(queries.list_silent_dots(station, now=noon + timedelta(days=30))) == 1
        actions.retire_dot(dot=dot, by=head.id, now=noon)
        assert queries.list_silent_dots(station, now=noon + timedelta(days=30)) == []


def test_the_table_tells_whole_months_and_hides_small_counts(set_up, noon):
    """X12: five arrivals are told, four are not, and the month that runs is not there yet."""
    station, officer, head, dot = set_up("poste-a", "red")
    later = (noon.replace(day=1) + timedelta(days=40)).replace(day=3)
    with acting(officer):
        for number in range(5):
            ticket = actions.note_arrival(
                station=station, dot=dot if number else None, by=officer.id, now=noon + timedelta(minutes=number)
            )
            actions.move_ticket(
                ticket=ticket, to=State.SEEN, by=officer.id, now=ticket.arrived_at + timedelta(minutes=10 + number)
            )
        actions.note_arrival(station=station, dot=dot, by=officer.id, now=later)
    with acting(head):
        table = queries.get_table(station, now=later)
        assert queries.get_table(station, now=noon) == []
    assert len(table) == 1, "a month before the reception was set up is not a zero"
    assert table[0].first == noon.date().replace(day=1)
    month = table[0]
    assert (month.arrivals, month.priority, month.dots, month.delay, month.priority_delay) == (5, None, None, 12, None)


def test_a_colour_or_a_wish_out_of_the_lists_is_refused(set_up, noon):
    station, officer, head, dot = set_up("poste-a", "red")
    with acting(head):
        with pytest.raises(ReceptionRefused, match="already in place"):
            actions.place_dot(station=station, colour="red", by=head.id, now=noon)
        with pytest.raises(ReceptionRefused, match="not in the list"):
            actions.place_dot(station=station, colour="beige", by=head.id, now=noon)
    with acting(officer):
        ticket = actions.note_arrival(station=station, dot=dot, by=officer.id, now=noon)
        with pytest.raises(ReceptionRefused, match="not in the list"):
            actions.note_wishes(ticket=ticket, wishes=["because of her husband"], by=officer.id, now=noon)
        with pytest.raises(queries.NotFound):
            queries.get_ticket(uuid4(), now=noon)
