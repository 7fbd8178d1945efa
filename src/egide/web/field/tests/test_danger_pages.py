"""Z03 on the pages: no suggestion before her own level; then the rules in full, what fired them, and a signed decision."""

import pytest
from django.urls import reverse

from egide.field.assessments.queries import list_assessments
from egide.field.casefiles.actions import join_team
from egide.foundation.catalogue import get_grid
from tests.people import acting


def start(client, case, moment="crisis"):
    response = client.post(reverse("dangers", kwargs={"case": case.id}), {"moment": moment})
    assert response.status_code == 302
    assert response["Location"].endswith("/danger/" + response["Location"].split("/")[-3] + "/immediate/")
    return response["Location"]


def text_of(client, address):
    return client.get(address).content.decode()


@pytest.mark.django_db
def test_the_suggestion_is_nowhere_before_the_own_level(file, worker, signed_in):
    client = signed_in(worker)
    part = start(client, file)
    client.post(part, {"I2": "YES", "stop": "1"})
    page = part.removesuffix("immediate/")
    rules = [rule.words.fr for rule in get_grid("danger").rules.values()]
    before = text_of(client, page)
    assert not [words for words in rules if words in before]
    assert 'id="suggestion"' not in before
    client.post(page, {"level": "VIGILANCE"})
    after = text_of(client, page)
    assert rules[0] in after
    assert "Une arme est à portée de main (oui)" in after
    assert "A2/3" not in after


@pytest.mark.django_db
def test_nothing_is_required_and_what_was_answered_is_shown_again(file, worker, signed_in):
    client = signed_in(worker)
    part = start(client, file, "calm")
    assert client.post(part, {}).status_code == 302
    client.post(part, {"I1": "NO"})
    page = text_of(client, part)
    assert 'value="NO" id="id_I1_1" checked' in page
    assert client.post(part.replace("immediate", "nulle-part"), {}).status_code == 404


@pytest.mark.django_db
def test_below_the_suggestion_a_reason_and_a_colleagues_second_look(file, worker, colleague, signed_in, now):
    client = signed_in(worker)
    part = start(client, file)
    client.post(part, {"I2": "YES", "stop": "1"})
    page = part.removesuffix("immediate/")
    client.post(page, {"level": "MEDIUM"})
    refused = client.post(page, {"level": "MEDIUM"}).content.decode()
    assert "écrivez pourquoi" in refused
    assert 'value="MEDIUM" id="id_level_2" required checked' in refused or "checked" in refused
    client.post(page, {"level": "MEDIUM", "reason": "L’arme a été remise à la police."})
    assert "En attente d’un second regard" in text_of(client, page)
    other = signed_in(colleague)
    assert other.get(page).status_code == 404
    with acting(worker):
        join_team(case=file, account=colleague.id, now=now)
    other.post(page, {"level": "MEDIUM"})
    with acting(worker):
        [decided] = list_assessments(file)
        assert (decided.state, decided.second_look_by) == ("DECIDED", colleague.id)
