"""What a page must never tell: that a file exists, what a partner may not read, a secret twice."""

import re
from datetime import date, timedelta
from io import BytesIO

import pypdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from egide.field.casefiles.actions import exclude, join_team, write_entry
from egide.field.casefiles.queries import get_concerned
from egide.field.consents.actions import record_consent, withdraw_consent
from egide.field.consents.queries import list_consents
from tests.people import acting

UNKNOWN = "00000000-0000-4000-8000-000000000000"
PAGES = ["case", "contact", "traces", "consents", "dangers", "needs", "referrals", "team"]
VARYING = re.compile(rb'csrfmiddlewaretoken" value="[^"]+"')


def ask(client, name, id, method="get"):
    """The status, the body and the statements of an answer, without what varies from one request to the next."""
    address = reverse(name, kwargs={"case": id})
    with CaptureQueriesContext(connection) as queries:
        response = getattr(client, method)(address)
    body = VARYING.sub(b"", response.content).replace(str(id).encode(), b"ID")
    statements = [re.sub(r"'[^']*'(::\w+)?|\b\d+\b|\bs\d+_x\d+\b", "?", query["sql"]) for query in queries]
    return response.status_code, body, statements


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_strangers_file_answers_as_one_that_does_not_exist(file, stranger, signed_in, method):
    """X08, Z02 and trap 27: same status, same words, same statements."""
    client = signed_in(stranger)
    ask(client, "case", UNKNOWN)  # the first request of a session loads more
    for name in PAGES:
        status, body, statements = ask(client, name, file.id, method)
        assert (status, body, statements) == ask(client, name, UNKNOWN, method), name
        assert status in (404, 405)


@pytest.mark.django_db
def test_someone_excluded_sees_nothing_and_the_attempt_stays_in_the_trail(file, worker, colleague, signed_in, now):
    """X08: the attempt is not taken back with the answer."""
    with acting(worker):
        join_team(case=file, account=colleague.id, now=now)
        exclude(case=file, because="lien déclaré", by=worker.id, account=colleague.id, now=now)
    client = signed_in(colleague)
    ask(client, "case", UNKNOWN)
    assert ask(client, "case", file.id) == ask(client, "case", UNKNOWN)
    assert file.reference not in client.get("/terrain/").content.decode()
    found = client.post("/terrain/", {"family_name": "Exemple"}).content.decode()
    assert "Rien de ce nom" in found
    traces = signed_in(worker).get(reverse("traces", kwargs={"case": file.id})).content.decode()
    assert "a tenté d’ouvrir le dossier" in traces


@pytest.fixture
def sent(file, worker, directory, signed_in, now):
    """A referral sent with one section of two agreed to: (client, referral address, link, code)."""
    shelter = next(service for service in directory if service.name.startswith("115"))
    with acting(worker):
        for section, text in (("housing", "Bail aux deux noms."), ("health", "Ne part pas.")):
            write_entry(
                case=file, section=section, purpose="social-support", kind="FACT_TOLD", text=text, by=worker.id, now=now
            )
        record_consent(
            person=get_concerned(file), recipient=shelter.organisation, purpose="referral", sections=["housing", "children"],
            given_on=date.today(), expires_on=date.today() + timedelta(days=30), by=worker.id, proof="ORAL", now=now,  # noqa: DTZ011
        )  # fmt: skip
    client = signed_in(worker)
    draft = reverse("new_referral", kwargs={"case": file.id, "service": shelter.id}) + "?besoin=housing"
    refused = client.post(draft, {"sections": ["housing", "health"], "agreed": "YES"})
    assert refused.status_code == 200
    made = client.post(draft, {"sections": ["housing"], "agreed": "YES", "recipient_name": "Accueil fictif"})
    assert made.status_code == 302
    page = client.post(made["Location"], {"do": "send"}).content.decode()
    link = re.search(r"http://testserver(/lien/[\w-]+/)", page)[1]
    code = re.search(r"<code>(\d{4} \d{4})</code>", page)[1]
    return client, made["Location"], link, code


@pytest.mark.django_db
def test_the_link_asks_its_code_first_and_an_unknown_one_asks_the_same(sent):
    """Z06: no name, no content, not even whether the link exists."""
    _client, _address, link, _code = sent
    partner = Client()
    real, made_up = (VARYING.sub(b"", partner.get(each).content) for each in (link, "/lien/" + "A" * 43 + "/"))
    assert real.replace(link.encode(), b"LINK") == made_up.replace(b"/lien/" + b"A" * 43 + b"/", b"LINK")
    assert b"Exemple" not in real
    assert b"115" not in real.partition(b"<main")[2].partition(b"</main>")[0]
    wrong = partner.post(link, {"code": "0000 0000"})
    assert wrong.status_code == 200
    assert "n’ouvrent rien" in wrong.content.decode()


@pytest.mark.django_db
def test_the_partner_reads_only_what_was_agreed_and_loses_it_at_the_next_request(sent, file, worker, now):
    """AT-04: withdrawal while the partner's page is open."""
    _client, _address, link, code = sent
    partner = Client()
    assert partner.post(link, {"code": code}).status_code == 302
    page = partner.get(link).content.decode()
    assert "Bail aux deux noms." in page
    assert "Ne part pas." not in page
    assert "Exemple" not in page
    assert partner.post(link, {"do": "ACCEPTED"}).status_code == 302
    with acting(worker):
        [consent] = list_consents(get_concerned(file))
        withdraw_consent(consent=consent, now=now)
    closed = partner.get(link)
    assert closed.status_code == 404
    assert "Bail" not in closed.content.decode()
    assert partner.post(link, {"code": code}).status_code == 200
    assert "Bail" not in partner.get(link).content.decode()


@pytest.mark.django_db
def test_the_secrets_are_shown_once_and_sending_again_shows_nothing(sent):
    client, address, link, code = sent
    again = client.post(address, {"do": "send"}, follow=True).content.decode()
    assert code not in again
    assert link not in again
    renewed = client.post(address, {"do": "renew"}).content.decode()
    assert re.search(r"<code>\d{4} \d{4}</code>", renewed)
    assert link not in renewed
    assert "code" in renewed


@pytest.mark.django_db
def test_a_referral_of_another_file_is_not_found_under_this_one(sent, open_file, worker):
    client, address, _link, _code = sent
    with acting(worker):
        other = open_file(given="Sasha")
    moved = re.sub(r"dossiers/[0-9a-f-]{36}", f"dossiers/{other.id}", address)
    assert client.get(moved).status_code == 404
    assert client.get(address.partition("?")[0] + "fiche.pdf")["Content-Type"] == "application/pdf"


@pytest.mark.django_db
def test_a_partner_with_an_account_reads_the_shared_sections_on_its_page_and_she_can_know_it(
    file, worker, shelter, officer, organisation, signed_in, now
):
    """AT-04, X09: two sections for the shelter, none for the police; the reading is in the trail; withdrawn, nothing."""
    with acting(worker):
        for section, text in (("housing", "Bail aux deux noms."), ("health", "Ne part pas.")):
            write_entry(
                case=file, section=section, purpose="social-support", kind="FACT_TOLD", text=text, by=worker.id, now=now
            )
        given = record_consent(
            person=get_concerned(file), recipient=organisation("foyer-c"), purpose="referral", sections=["housing"],
            given_on=date.today(), expires_on=date.today() + timedelta(days=30), by=worker.id, proof="ORAL", now=now,  # noqa: DTZ011
        )  # fmt: skip
    partner = signed_in(shelter)
    page = partner.get(reverse("disclosed")).content.decode()
    assert ("Bail aux deux noms." in page, "Ne part pas." in page, "Exemple" in page) == (True, False, False)
    assert "Bail" not in signed_in(officer).get(reverse("disclosed")).content.decode()
    traces = signed_in(worker).get(reverse("traces", kwargs={"case": file.id})).content.decode()
    assert "a lu les rubriques partagées" in traces
    with acting(worker):
        withdraw_consent(consent=given, now=now)
    after = partner.get(reverse("disclosed")).content.decode()
    assert ("Bail" in after, "Rien n’est partagé" in after) == (False, True)


@pytest.mark.django_db
def test_a_refused_role_is_told_so_however_long_the_address(file, shelter, signed_in):
    """The trail names the page, whose address may be longer than what a subject of the trail holds."""
    address = reverse("referral_pdf", kwargs={"case": file.id, "referral": UNKNOWN})
    assert len(address) > 100
    assert signed_in(shelter).get(address).status_code == 403


@pytest.mark.django_db
def test_a_withdrawal_reaches_the_open_tab_the_link_and_the_paper(sent, file, worker, now):
    """AT-04, trap 17, R06: the tab and the link show nothing at the next request, the sheet prints nothing more, and the sender's
    trail says that one is out on paper."""
    client, address, link, code = sent
    traces = reverse("traces", kwargs={"case": file.id})
    partner, later = Client(), Client()
    assert partner.post(link, {"code": code}).status_code == 302
    assert "Bail aux deux noms." in partner.get(link).content.decode()
    paper = address.partition("?")[0] + "fiche.pdf"
    assert "Bail aux deux noms." in printed(client.get(paper))
    assert "demander son retour" not in client.get(traces).content.decode()
    with acting(worker):
        [consent] = list_consents(get_concerned(file))
        withdraw_consent(consent=consent, now=now)
    assert partner.get(link).status_code == 404
    assert later.post(link, {"code": code}).status_code == 200
    assert "Bail" not in later.get(link).content.decode()
    assert "Bail" not in printed(client.get(paper))
    page = client.get(traces).content.decode()
    assert "a pris une fiche sur papier" in page
    assert "demander son retour" in page


def printed(answer) -> str:
    """The words of a PDF."""
    return " ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(answer.content)).pages)
