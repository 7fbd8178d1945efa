"""A place for tonight on the pages of both sides; the address on one page, for one account, on its own demand."""

import re

import pytest
from django.urls import get_resolver, reverse

from egide.field.shelter import actions
from egide.field.shelter.queries import list_requests
from tests.people import acting

CANARY = "7 impasse du Canari-Secret"


@pytest.fixture
def house(shelter, organisation, now):
    with acting(shelter):
        made = actions.open_shelter(
            organisation=organisation("foyer-c"),
            name="Foyer fictif",
            band="30-100",
            address=CANARY,
            by=shelter.id,
            now=now,
        )
        return actions.add_place(
            shelter=made, label="Chambre 1", kind="flat", beds=4, children=True, by=shelter.id, now=now
        )


@pytest.fixture
def confirmed(house, file, worker, shelter, signed_in):
    """A request made and confirmed through the pages."""
    client, base = signed_in(worker), f"/terrain/dossiers/{file.id}/hebergement/"
    page = client.get(base).content.decode()
    ask = re.search(rf'href="({base}demander/[^"]+)"', page)[1]
    asked = client.post(ask, {"adults": 1, "children": 2})["Location"]
    keeper = signed_in(shelter)
    assert keeper.get("/connexion/")["Location"] == "/terrain/maison/"
    one = re.search(r'href="(/terrain/maison/demandes/[^"]+)"', keeper.get("/terrain/maison/").content.decode())[1]
    assert file.reference not in keeper.get(one).content.decode()
    assert keeper.post(one, {"to": "CONFIRMED"}).status_code == 302
    return asked


@pytest.mark.django_db
def test_the_address_is_on_one_page_on_demand_and_on_no_other(
    confirmed, file, worker, colleague, shelter, signed_in, now
):
    """AT-83, by a canary through every address of the field that these accounts can open, exports included."""
    client = signed_in(worker)
    assert CANARY not in client.get(confirmed).content.decode()
    shown = client.post(confirmed, {"show": "address"})
    assert CANARY in shown.content.decode()
    assert shown["Cache-Control"] == "no-store"
    with acting(worker):
        asked = list_requests(file).get().id
    for other in (client, signed_in(colleague), signed_in(shelter)):
        for address in _addresses(file, asked):
            answer = other.get(address)
            assert b"Canari" not in answer.content, address
            assert "Canari" not in str(answer.headers)
    assert b"Canari" not in signed_in(colleague).post(confirmed, {"show": "address"}).content


def _addresses(file, asked):
    known = {"case": file.id, "asked": asked}
    for name, _pattern in get_resolver().reverse_dict.items():
        if isinstance(name, str):
            for given in ({}, {"case": file.id}, known, {"asked": asked}):
                try:
                    yield reverse(name, kwargs=given)
                except Exception:  # noqa: S112  another set of parameters fits
                    continue


@pytest.mark.django_db
def test_the_house_refuses_with_a_reason_and_closes_a_place_for_the_night(house, file, worker, shelter, signed_in):
    client, base = signed_in(worker), f"/terrain/dossiers/{file.id}/hebergement/"
    client.post(f"{base}demander/{house.id}/", {"adults": 1, "children": 0})
    keeper = signed_in(shelter)
    one = re.search(r'href="(/terrain/maison/demandes/[^"]+)"', keeper.get("/terrain/maison/").content.decode())[1]
    assert keeper.post(one, {}).status_code == 200
    assert keeper.post(one, {"reason": "unusable"}).status_code == 302
    keeper.post("/terrain/maison/", {"set": f"{house.id} closed"})
    page = client.get(base).content.decode()
    assert "refusée" in page
    assert "Aucune place du réseau n’est libre" in page


@pytest.mark.django_db
def test_a_place_that_does_not_suit_keeps_what_was_typed_and_says_why(house, file, worker, signed_in):
    page = signed_in(worker).post(
        f"/terrain/dossiers/{file.id}/hebergement/demander/{house.id}/", {"adults": 1, "children": 2, "pets": "on"}
    )
    assert "n’accueille pas d’animaux" in page.content.decode()


@pytest.mark.django_db
def test_the_checklist_takes_one_tap_a_line_and_an_escort_its_hour(file, worker, signed_in):
    client, base = signed_in(worker), f"/terrain/dossiers/{file.id}/depart/"
    assert client.post(base, {"set": "papers DONE"}).status_code == 302
    assert client.post(base, {"set": "unheard-of DONE"}).status_code == 302
    asked = {"asked_of": "Commissariat fictif", "wanted_at": "2099-01-01T10:00"}
    assert client.post(f"{base}accompagnement/", asked).status_code == 302
    page = client.get(base).content.decode()
    assert "Commissariat fictif" in page
    one = re.search(r'value="([0-9a-f-]{36} AGREED)"', page)[1]
    client.post(base, {"set": one})
    assert "accordé" in client.get(base).content.decode()
