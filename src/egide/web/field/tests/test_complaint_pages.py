"""The pages of complaints: one act at a time, a clock that shows, and her own page that says nothing before its code."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from egide.field.complaints import actions, queries
from egide.field.complaints.choices import Outcome, Wish
from tests.people import acting

TELLTALE = (
    "plainte", "violence", "égide", "victime", "police", "gendarme", "agress", "conjug", "justice", "tribunal", "dossier", "3919",
    "complaint", "abuse", "exemple", "alix",
)  # fmt: skip
TODAY = timezone.localdate(timezone.now()).isoformat()


@pytest.fixture
def page_of(file):
    """The address of a page of the file's complaint: page_of("new_attempt")."""
    return lambda name="complaint", **more: reverse(name, kwargs={"case": file.id, **more})


def words_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())).replace("\u00a0", " ")


@pytest.mark.django_db
def test_a_refusal_shows_its_clock_its_letters_and_the_answer(file, worker, signed_in, page_of):
    """AT-81: from the form to the clock of 24 hours in one step, and to the answer in one tap."""
    client = signed_in(worker)
    assert client.post(page_of(), {"wish": "COMPLAINT"})["Location"] == page_of()
    told = {
        "place": "Fontaine-Neuve",
        "tried_on": TODAY,
        "outcome": "REFUSED",
        "receipt": "NOT_ASKED",
        "copy": "NOT_ASKED",
    }
    refused = client.post(page_of("new_attempt"), told)
    assert "n’est pas dans la liste" in words_of(refused)
    assert (
        client.post(page_of("new_attempt"), {**told, "reason": "no-proof", "words": "Sans preuve."}).status_code == 302
    )
    page = client.get(page_of())
    assert "Réponse attendue avant" in words_of(page)
    assert "24 heures sont passées" not in words_of(page)
    letter = re.search(r'href="([^"]+prosecutor\.pdf)"', page.content.decode())[1]
    assert client.get(letter)["Content-Type"] == "application/pdf"
    assert client.get(letter.replace("prosecutor", "somebody")).status_code == 404
    client.post(page_of("new_attempt"), {**told, "reason": "none-said", "place": "Ailleurs"})
    ids = re.findall(r' id="([^"]+)"', client.get(page_of()).content.decode())
    assert len(ids) == len(set(ids)), "two refusals on a page are told apart"
    for name, code in (("told", "station-head"), ("answer", "taken")):
        tap = re.search(rf'name="{name}"\s+value="([^"]+ {code})"', client.get(page_of()).content.decode())[1]
        client.post(page_of(), {name: tap})
    assert "la plainte sera reçue" in words_of(client.get(page_of()))
    assert client.post(page_of("new_attempt"), {**told, "outcome": "TAKEN"}).status_code == 302
    client.post(page_of(), {"step": "forwarded", "known_on": TODAY})
    assert "transmise" in words_of(client.get(page_of()))


@pytest.mark.django_db
def test_a_refusal_without_an_answer_says_that_24_hours_have_passed(file, worker, signed_in, page_of, now):
    """AT-81: the page says it, and what can be done the same day."""
    with acting(worker):
        made = actions.note_wish(case=file, wish=Wish.COMPLAINT, by=worker.id, now=now)
        yesterday = now - timedelta(hours=25)
        actions.record_attempt(
            complaint=made, outcome=Outcome.REFUSED, tried_on=yesterday.date(), place="X", reason="none-said", by=worker.id,
            now=now - timedelta(hours=24),
        )  # fmt: skip
    assert "24 heures sont passées" in words_of(signed_in(worker).get(page_of()))


@pytest.mark.django_db
def test_nothing_for_now_is_an_answer_and_no_word_of_failure_is_said(file, worker, signed_in, page_of):
    client = signed_in(worker)
    client.post(page_of(), {"wish": "NONE"})
    client.post(page_of(), {"explain": "1", "accompaniment": "lawyer"})
    page = words_of(client.get(page_of())).lower()
    assert "mise de côté, comme la personne le souhaite" in page
    assert "un avocat" in page
    for word in ("échec", "abandon", "renonc", "rétract"):
        assert word not in page
    client.post(page_of(), {"wish": "COMPLAINT"})
    assert "en préparation" in words_of(client.get(page_of()))


@pytest.mark.django_db
def test_a_moment_is_kept_with_any_one_field_and_a_blank_form_is_no_error(file, worker, signed_in, page_of):
    """AT-90: facts and dates are not forced, by the page either."""
    client = signed_in(worker)
    blank = client.post(page_of("timeline"), {}, follow=True)
    assert "Rien ne presse" in words_of(blank)
    assert 'role="alert"' not in blank.content.decode()
    for told in (
        {"text": "Une gifle."}, {"earliest": "03/2019", "latest": "2020", "certainty": "BETWEEN"}, {"landmark": "avant Léo"},
        {"earliest": "un soir d’hiver"}, {"earliest": "2018", "certainty": "ABOUT", "kind": "FACT_OBSERVED"},
    ):  # fmt: skip
        assert client.post(page_of("timeline"), told).status_code == 302
    page = words_of(client.get(page_of("timeline")))
    for words in (
        "vers 2018",
        "entre mars 2019 et 2020",
        "avant Léo",
        "un soir d’hiver",
        "Une gifle.",
        "fait observé",
        "fait rapporté",
    ):
        assert words in page
    with acting(worker):
        moment = queries.list_timeline(file)[0][0]
    change = page_of("moment", moment=moment.id)
    client.post(change, {"text": "Un cri.", "earliest": "2018"})
    assert "Un cri." in words_of(client.get(page_of("timeline")))
    client.post(change, {"remove": "1"})
    assert "Un cri." not in words_of(client.get(page_of("timeline")))
    assert client.get(change).status_code == 404


@pytest.fixture
def her_page(file, worker, signed_in, page_of):
    """Her page's address and code, made on the page of a complaint that was taken."""
    client = signed_in(worker)
    client.post(page_of(), {"wish": "COMPLAINT"})
    told = {"place": "Fontaine-Neuve", "tried_on": TODAY, "outcome": "TAKEN", "receipt": "YES", "copy": "NO"}
    client.post(page_of("new_attempt"), told)
    shown = client.post(page_of(), {"page": "open"}).content.decode()
    address = re.search(r"http://testserver(/page/[\w-]+/)", shown)[1]
    assert address not in client.get(page_of()).content.decode()
    return address, re.search(r"<code>(\d{4} \d{4})</code>", shown)[1]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["", "/en"])
def test_before_the_code_nothing_says_what_it_is_about(her_page, language):
    """AT-82: neither title, icon, name, address nor a word of the source; the same for an address that does not exist."""
    address, _code = her_page
    phone = Client()
    answer = phone.get(language + address)
    source = answer.content.decode()
    seen = re.sub(r'/static/egide\.css|name="csrfmiddlewaretoken" value="[^"]+"', "", source).lower()
    for word in TELLTALE:
        assert word not in seen, word
    assert re.search(r"<title>\s*Page\s*</title>", source)
    assert 'href="/static/page.svg"' in source
    assert 'id="quit"' in source
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "sessionid" not in answer.cookies
    unknown = phone.get(language + "/page/" + "A" * 43 + "/").content.decode()
    varying = re.compile(r'value="[^"]+"|/page/[\w-]+/')
    assert varying.sub("", unknown) == varying.sub("", source)


@pytest.mark.django_db
def test_after_the_code_plain_words_without_a_name_and_the_next_look_asks_again(her_page):
    """AT-82: understandable, nothing kept on the phone, no session that the next one could use."""
    address, code = her_page
    phone = Client()
    wrong = phone.post(address, {"code": "1234 5678"})
    assert "n’ouvre rien" in words_of(wrong)
    for word in TELLTALE:
        assert word not in words_of(wrong).lower(), word
    opened = phone.post(address, {"code": code})
    words = words_of(opened)
    assert "Votre plainte est reçue" in words
    assert "Vous pouvez demander une copie" in words
    assert "Alix" not in words
    assert "Fontaine-Neuve" not in words
    assert re.search(r"<title>\s*Page\s*</title>", opened.content.decode())
    assert opened["Cache-Control"] == "no-store"
    assert "sessionid" not in phone.cookies
    assert "Votre plainte" not in words_of(phone.get(address))


@pytest.mark.django_db
def test_her_page_closes_at_once(her_page, worker, signed_in, page_of):
    address, code = her_page
    signed_in(worker).post(page_of(), {"page": "close"})
    assert "Votre plainte" not in words_of(Client().post(address, {"code": code}))


@pytest.mark.django_db
def test_a_strangers_complaint_answers_as_a_file_that_does_not_exist(her_page, stranger, signed_in, page_of):
    """X08 and Z02: for each page of the room."""
    client = signed_in(stranger)
    for name in ("complaint", "new_attempt", "timeline"):
        assert client.get(page_of(name)).status_code == 404
        assert client.post(page_of(name), {"wish": "NONE", "text": "x"}).status_code == 404


@pytest.mark.django_db
def test_every_page_answers_in_english_too(her_page, worker, signed_in, page_of):
    client = signed_in(worker)
    for name in ("complaint", "new_attempt", "timeline"):
        assert client.get("/en" + page_of(name).removeprefix("/en")).status_code == 200
