"""From what was noticed to a named partner in one tap, without an account and without a row anywhere (R37, AT-85)."""

import pytest
from django.db import connection
from django.test import Client

TICKED = {"signs": ["seen-watched", "heard-fear"], "offer": "listening", "commune": "99001"}


@pytest.mark.django_db
def test_one_form_leads_to_a_named_partner_and_nothing_is_written(directory, client: Client):
    """AT-85: the page asks for no name, writes no row, sets no session, and puts nothing in an address."""
    first = client.get("/reperer/").content.decode()
    assert "Ouvrir la conversation" in first
    assert not [name for name in ("family_name", "given_name", "born_on", "text") if f'name="{name}"' in first]
    with connection.execute_wrapper(_only_reads):
        answer = client.post("/reperer/", TICKED)
    page = answer.content.decode()
    assert "3919 – Violences Femmes Info" in page
    assert 'href="tel:' in page.split('id="partners"')[1]
    assert "sessionid" not in client.cookies
    assert answer["Cache-Control"] == "no-store"


def _only_reads(execute, sql, params, many, context):
    assert not sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")), sql
    assert "audit_record" not in sql
    return execute(sql, params, many, context)


@pytest.mark.django_db
def test_what_is_happening_now_begins_with_the_call_for_help_and_nothing_names_what_someone_is(
    directory, client: Client
):
    """R37: an offer, never a label; the number of ticks changes nothing."""
    urgent = client.post("/reperer/", {**TICKED, "signs": ["now-harm"]}).content.decode()
    assert "Appelez le 17 ou le 112 maintenant" in urgent
    few = client.post("/reperer/", {**TICKED, "signs": []}).content.decode()
    many = client.post("/reperer/", TICKED).content.decode()
    parts = [page.split('id="partners"')[1].split('<form class="entry"')[0] for page in (few, many)]
    assert parts[0] == parts[1]
    assert "Appelez le 17 ou le 112 maintenant" not in many


@pytest.mark.django_db
def test_an_offer_is_counted_for_the_organisation_by_one_tap(make_account, signed_in):
    client = signed_in(make_account("professeure", "PROFESSIONAL", at="ecole-f"))
    client.post("/terrain/reperer/", {"add": "1"})
    assert "Compté" in client.post("/terrain/reperer/", {"add": "1"}, follow=True).content.decode()
