"""What crosses every room of the field: messages, the day of the purge."""

import re

import pytest
from django.urls import reverse

from tests.people import acting


@pytest.mark.django_db
def test_the_agreed_words_are_given_once_a_day_and_the_page_says_what_became_of_them(file, worker, signed_in):
    """X07: her words, her hours; the same day nothing more is sent."""
    client, page = signed_in(worker), reverse("message", kwargs={"case": file.id})
    assert "La bibliothèque" in client.get(page).content.decode()
    first = client.post(page, follow=True).content.decode()
    assert "heures sûres de la personne" in first
    assert "retenu, partira" in first
    assert "déjà été confié aujourd’hui" in client.post(page, follow=True).content.decode()


@pytest.mark.django_db
def test_a_file_says_on_which_day_it_is_erased(file, worker, signed_in):
    """X11: each record shows its purge date."""
    page = signed_in(worker).get(reverse("case", kwargs={"case": file.id})).content.decode()
    assert "Effacé le" in page
    assert "si plus rien n’y est fait" in page


@pytest.mark.django_db
def test_someone_already_known_is_proposed_before_a_second_record_is_made(file, worker, stranger, signed_in):
    """Z02: within one's own files only; elsewhere the same form opens the file at once."""
    asked = reverse("open_case")
    for account, known in ((worker, True), (stranger, False)):
        client = signed_in(account)
        place = re.search(r'name="organisation" value="([^"]+)"', client.get(asked).content.decode())[1]
        told = {
            "category": "VICTIM",
            "origin": "self",
            "organisation": place,
            "given_name": "Alix",
            "family_name": "Exempl",
        }
        answer = client.post(asked, told)
        assert (answer.status_code == 200) is known
        if known:
            page = answer.content.decode()
            assert file.reference in page
            person = re.search(r'name="same_as" value="([0-9a-f-]{36})"', page)[1]
            assert client.post(asked, told | {"same_as": person}).status_code == 302
            with acting(worker):
                assert file.roles.get().person.roles.count() == 2
            assert client.post(asked, told | {"same_as": "someone-else"}).status_code == 302


@pytest.mark.django_db
def test_two_records_are_joined_and_separated_from_the_page(file, worker, signed_in, open_file):
    client, page = signed_in(worker), reverse("same_person")
    with acting(worker):
        open_file()
    shown = client.get(page).content.decode()
    told = dict(re.findall(r'name="(kept|absorbed)" value="([0-9a-f-]{36})"', shown))
    assert "Les deux fiches n’en font qu’une" in client.post(page, told, follow=True).content.decode()
    join = re.search(r'name="join" value="([0-9a-f-]{36})"', client.get(page).content.decode())[1]
    assert "de nouveau séparées" in client.post(page, {"join": join}, follow=True).content.decode()
    assert "ne peuvent être" in client.post(page, told | {"absorbed": told["kept"]}, follow=True).content.decode()


@pytest.mark.django_db
def test_a_third_persons_number_is_warned_of_once_and_kept_if_the_writer_says_so(file, worker, signed_in):
    """X10: it warns, never blocks."""
    client, page = signed_in(worker), reverse("write_entry", kwargs={"case": file.id})
    told = {
        "section": "housing",
        "kind": "FACT_TOLD",
        "purpose": "social-support",
        "text": "Le voisin : 06 39 98 00 09",
    }
    warned = client.post(page, told)
    assert "un numéro de téléphone" in warned.content.decode()
    assert 'name="as_written"' in warned.content.decode()
    assert client.post(page, told | {"as_written": "1"}).status_code == 302
    with acting(worker):
        assert file.entries.get().text == told["text"]


@pytest.mark.django_db
def test_a_list_of_names_takes_two_accounts_and_is_fetched_once(file, worker, colleague, signed_in):
    """X16: asked, approved by someone else with a motive, fetched once."""
    asks, decides, page = signed_in(worker), signed_in(colleague), reverse("exports")
    assert "Un collègue doit maintenant" in asks.post(page, {"because": "réunion"}, follow=True).content.decode()
    assert 'name="approve"' not in asks.get(page).content.decode()
    export = re.search(r'name="export" value="([0-9a-f-]{36})"', decides.get(page).content.decode())[1]
    told = {"export": export, "approve": "1", "decided_because": "réunion annuelle"}
    assert "personne d’autre" not in decides.post(page, told, follow=True).content.decode()
    fetched = asks.post(page, {"fetch": export})
    assert fetched["Content-Type"].startswith("text/csv")
    assert file.reference in fetched.content.decode("utf-8-sig")
    again = asks.post(page, {"fetch": export}, follow=True)
    assert "ne peut être récupérée" in again.content.decode()
    assert asks.post(page, {"fetch": "x"}, follow=True).status_code == 200


@pytest.mark.django_db
def test_the_officer_reads_her_month_and_a_worker_does_not(file, worker, make_account, signed_in):
    page = reverse("officer")
    assert signed_in(worker).get(page).status_code == 403
    officer = signed_in(make_account("deleguee", "DPO", at="association-a"))
    for address in (page, f"{page}?mois=2020-02", f"{page}?mois=never"):
        shown = officer.get(address)
        assert shown.status_code == 200
        assert "Partages sans consentement" in shown.content.decode()
        assert "Alix" not in shown.content.decode()
