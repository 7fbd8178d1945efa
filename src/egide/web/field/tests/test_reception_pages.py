"""The pages of the reception: the roles of the matrix, one tap for an arrival, a screen that shows numbers alone."""

import re

import pytest
from django.test import Client

from egide.field.reception.actions import add_room, note_arrival, place_dot, renew_screen, set_up_station
from egide.field.reception.choices import RoomKind
from egide.foundation.catalogue import roles_with
from egide.web.field.reception.counter import RECEIVES, RUNS
from tests.people import acting

DESK, STATION, SETTINGS = "/terrain/accueil/", "/terrain/poste/", "/terrain/poste/reglages/"


@pytest.fixture
def station(make_account, organisation, now):
    """A station with a red dot and one room: (station, officer, head, address of its screen)."""
    head = make_account("cheffe", "STATION_HEAD", at="commissariat-d")
    receives = make_account("accueil", "RECEPTION_OFFICER", at="commissariat-d")
    with acting(head):
        made = set_up_station(organisation=organisation("commissariat-d"), by=head.id, now=now)
        place_dot(station=made, colour="red", by=head.id, now=now)
        add_room(station=made, name="Salle 2", kind=RoomKind.CONFIDENTIAL, by=head.id, now=now)
        token = renew_screen(station=made, by=head.id, now=now)
    return made, receives, head, f"/ecran/{token}/"


def test_the_pages_take_the_roles_of_the_matrix():
    assert set(RECEIVES) == roles_with("R33", "N")
    assert set(RUNS) == roles_with("R33", "A") - {"EDITOR", "STATISTICIAN"}, "those two read counts in their own wing"


@pytest.mark.django_db
def test_from_one_tap_to_the_screen_nothing_but_a_number(station, signed_in):
    """AT-80 and J1 steps 2 to 4: the dot's own tap, a room, the wishes; the screen tells the number alone."""
    _station, officer, _head, screen = station
    client = signed_in(officer)
    desk = client.get(DESK).content.decode()
    tap = re.search(r'value="(dot [0-9a-f-]{36})"[^>]*>Pastille touchée \(rouge\)', desk)[1]
    made = client.post(DESK, {"come": tap})
    ticket = made["Location"]
    assert re.fullmatch(r"/terrain/accueil/[0-9a-f-]{36}/", ticket)
    client.post(ticket, {"do": "room"})
    client.post(ticket, {"noted": "1", "wishes": ["woman-officer", "interpreter"], "language": "uk"})
    client.post(ticket, {"do": "CALLED"})
    page = client.get(ticket).content.decode()
    for words in ("Numéro 1", "Salle 2", "être reçue par une femme", "ukrainien", "appelé"):
        assert words in page
    assert "ouge" not in page, "the dot is forgotten as soon as it is counted"
    answer = Client().get(screen)
    shown = re.sub(r"<[^>]+>|\s+", " ", answer.content.decode().partition("<main")[2].partition(">")[2])
    assert re.findall(r"[0-9]+", shown) == ["1"]
    assert "Salle" not in shown
    assert answer["Refresh"] == "10"
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_an_unknown_screen_shows_an_empty_one(station, active_field):
    _station, _officer, _head, screen = station
    assert Client().get(screen).content == Client().get("/ecran/" + "A" * 43 + "/").content


@pytest.mark.django_db
def test_the_one_who_runs_the_station_sees_no_number_and_the_desk_no_table(station, signed_in):
    _station, officer, head, _screen = station
    runs, receives = signed_in(head), signed_in(officer)
    assert runs.get(DESK).status_code == 403
    assert receives.get(STATION).status_code == 403
    assert runs.get(STATION).status_code == runs.get(SETTINGS).status_code == 200
    assert runs.get("/en" + SETTINGS).status_code == receives.get("/en" + DESK).status_code == 200


@pytest.mark.django_db
def test_a_station_that_is_not_set_up_says_who_opens_it_and_its_head_opens_it(officer, make_account, signed_in):
    assert "Son chef l’ouvre" in signed_in(officer).get(DESK).content.decode()
    client = signed_in(make_account("cheffe", "STATION_HEAD", at="commissariat-d"))
    assert "Ouvrir l’accueil" in client.get(STATION).content.decode()
    assert client.post(STATION)["Location"] == SETTINGS
    client.post(SETTINGS, {"what": "dot", "colour": "orange", "priority": "on"})
    again = client.post(SETTINGS, {"what": "dot", "colour": "orange"})
    assert "déjà en place" in again.content.decode()
    client.post(SETTINGS, {"what": "room", "name": "Salle 2", "kind": "CONFIDENTIAL"})
    shown = client.post(SETTINGS, {"what": "screen"}).content.decode()
    address = re.search(r"http://testserver(/ecran/[\w-]+/)", shown)[1]
    assert Client().get(address).status_code == 200
    assert address not in client.get(SETTINGS).content.decode()
    retire = re.search(r'name="retire"\s+value="([^"]+)"', client.get(SETTINGS).content.decode())[1]
    client.post(SETTINGS, {"retire": retire})
    assert "Aucune pastille" in client.get(SETTINGS).content.decode()


@pytest.mark.django_db
def test_a_number_of_another_station_does_not_exist_here(station, make_account, organisation, signed_in, now):
    other_head = make_account("autre-cheffe", "STATION_HEAD", at="brigade-e")
    other = make_account("autre", "RECEPTION_OFFICER", at="brigade-e")
    made, officer, _head, _screen = station
    with acting(other_head):
        set_up_station(organisation=organisation("brigade-e"), by=other_head.id, now=now)
    with acting(officer):
        ticket = note_arrival(station=made, by=officer.id, now=now)
    assert signed_in(other).get(f"{DESK}{ticket.id}/").status_code == 404
    assert signed_in(officer).get(f"{DESK}{ticket.id}/").status_code == 200
