"""The forms keep what was typed, ask for little, and never put a name in an address."""

import re
from pathlib import Path

import pytest
from django.urls import reverse

from egide.field.casefiles.queries import list_cases
from egide.field.needs.queries import get_board
from egide.foundation.catalogue import roles_with
from egide.web.field.roles import FIELD, HOUSE, PARTNERS, REGISTER, SPOTTING
from tests.people import acting


def test_the_pages_take_the_roles_whose_row_is_nominal():
    assert set(FIELD) == roles_with("R01", "N")
    assert set(PARTNERS) == roles_with("R02", "N", "S")
    assert set(SPOTTING) == roles_with("R37", "N")
    assert set(REGISTER) == roles_with("R36", "F")
    assert set(HOUSE) == roles_with("R35", "N") - roles_with("R01", "N")


@pytest.mark.django_db
def test_a_file_opens_with_two_answers_and_then_nobody_calls(worker, signed_in):
    """Z05: no safe contact stated, no outbound contact; a name is not required."""
    client = signed_in(worker)
    form = client.get("/terrain/dossiers/ouvrir/").content.decode()
    place = re.search(r'name="organisation" value="([^"]+)"', form)[1]
    made = client.post("/terrain/dossiers/ouvrir/", {"category": "OFFENDER", "origin": "self", "organisation": place})
    assert made.status_code == 302
    page = client.get(made["Location"]).content.decode()
    assert "Ne pas appeler, ne pas écrire" in page
    assert "Nom non donné" in page
    assert page.index("Ne pas appeler") < page.index("Dans ce dossier")


@pytest.mark.django_db
def test_what_was_typed_stays_and_nothing_is_written_when_the_form_is_refused(worker, signed_in):
    client = signed_in(worker)
    typed = {"given_name": "Alix", "channel": "SMS", "from_time": "11:00", "to_time": "09:00", "commune": "00000"}
    page = client.post("/terrain/dossiers/ouvrir/", typed).content.decode()
    assert 'value="Alix"' in page
    assert "finissent après leur début" in page or "heures sûres" in page
    assert "Aucune commune n’a le code" in page
    assert 'role="alert"' in page
    with acting(worker):
        assert not list_cases().exists()


@pytest.mark.django_db
def test_eleven_domains_take_eleven_taps_and_green_takes_an_outcome(file, worker, signed_in, directory):
    """AT-10: at most 25 taps; from red to the partners in one."""
    client, board = signed_in(worker), reverse("needs", kwargs={"case": file.id})
    with acting(worker):
        domains = [square.domain for square in get_board(file)]
    for domain in domains:
        assert client.post(board, {"set": f"{domain} RED"})["Location"] == f"{board}#{domain}"
    page = client.get(board).content.decode()
    assert page.count('square-RED"') == len(domains) == 11
    partners = re.search(r'href="(/terrain/[^"]+/besoins/housing/)"', page)[1]
    assert "115 – Hébergement d’urgence" in client.get(partners).content.decode()
    done = reverse("need_done", kwargs={"case": file.id, "domain": "housing"})
    assert client.post(done, {"outcome": " "}).status_code == 200
    assert client.post(done, {"outcome": "Une place au foyer"}).status_code == 302
    client.post(board, {"set": "money HATCHED"})
    client.post(board, {"set": "work GREY"})
    page = client.get(board).content.decode()
    states = set(re.findall(r'class="square square-(\w+)"', page))
    assert states == {"RED", "GREEN", "HATCHED", "GREY"}
    said = re.findall(r'square-state">([^<]+)<', page)
    assert len(set(said)) == 4, "each state has its own word"
    drawings = re.findall(r'square-(\w+)" id="[^"]+">\s*<svg[^>]+>(.*?)</svg>', page, re.S)
    assert len({re.sub(r"\s", "", drawing) for _state, drawing in drawings}) == 4, "each state has its own shape"


@pytest.mark.django_db
def test_no_name_stands_in_an_address_nor_in_a_title(file, worker, signed_in):
    client = signed_in(worker)
    page = client.get(reverse("case", kwargs={"case": file.id})).content.decode()
    assert re.search(r"<title>\s*Dossier\s*– Égide\s*</title>", page)
    assert not [address for address in re.findall(r'href="([^"]+)"', page) if "alix" in address.lower()]
    assert "Alix Exemple" in page
    found = client.post("/terrain/", {"family_name": "Exemple"})
    assert file.reference in found.content.decode()


@pytest.mark.django_db
def test_every_page_has_its_quick_exit_and_says_what_it_does_without_a_script(
    client, file, worker, signed_in, settings
):
    """Trap 28."""
    for page in (client.get("/"), signed_in(worker).get(reverse("case", kwargs={"case": file.id}))):
        text = page.content.decode()
        assert f'id="quit" href="{settings.EGIDE_EXIT}"' in text
        assert "n’est ici qu’un lien" in text
        assert text.count("<script") == 1


@pytest.mark.django_db
def test_the_state_moves_by_one_button_and_a_closed_file_can_be_reopened(file, worker, signed_in):
    client = signed_in(worker)

    def address(name):
        return reverse(name, kwargs={"case": file.id})

    client.post(address("move_case"), {"to": "FIRST_INTERVIEW"})
    assert "premier entretien" in client.get(address("case")).content.decode()
    assert client.post(address("close_case"), {}).status_code == 200
    assert client.post(address("close_case"), {"reason": "moved"}).status_code == 302
    client.post(address("move_case"), {"to": "REOPENED"})
    assert "rouvert" in client.get(address("case")).content.decode()
    refused = client.post(address("move_case"), {"to": "SIGNALLED"}, follow=True).content.decode()
    assert "ne peut pas passer" in refused


def test_no_word_judges_a_return():
    """AT-03: leaving and returning are episodes; no sentence of the house, in either language, calls it a relapse."""
    said = (Path(__file__).parents[2] / "locale/fr/LC_MESSAGES/django.po").read_text(encoding="utf-8")
    assert "noted a leaving or a return" in said
    assert not re.search(r"rechut|relaps", said, flags=re.IGNORECASE)
