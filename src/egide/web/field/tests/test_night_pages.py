"""The pages of the night note: the shell tells nothing of anyone, the sending is kept once, the unit reads observed and told apart."""

import json
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils import timezone

from egide.foundation.catalogue import roles_with
from egide.web.field.night.sending import OFFICER
from egide.web.field.night.unit import UNIT

SENDING, ONLINE, HANDED = "/carnet/envoi/", "/carnet/notes/", "/terrain/notes/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(make_account):
    return make_account("agent-pm", "MUNICIPAL_OFFICER", at="pm-a")


@pytest.fixture
def unit(make_account):
    return make_account("opj", "INVESTIGATOR", at="commissariat-d")


@pytest.fixture
def send(signed_in, officer, unit):
    """Send as the device does: send(key=…) -> the answer."""
    client = signed_in(officer)

    def post(*, token=None, **changes):
        told = {
            "place": "home", "held_at": timezone.now().isoformat(), "present": ["victim"], "observed": "Porte forcée.",
            "told": "« Il m’a suivie. »", "marks": {"t03": {"way": "TOLD"}, "t09": {"way": "OBSERVED"}},
            "actions": [], "called": ["police"],
        }  # fmt: skip
        body = {
            "key": str(uuid4()),
            "note": str(uuid4()),
            "bases": [],
            "told": told,
            "unit": "commissariat-d",
            **changes,
        }
        return client.post(SENDING, json.dumps(body), content_type="application/json")

    return post


def text_of(answer) -> str:
    return re.sub(r"<[^>]+>|\s+", " ", answer.content.decode())


def test_the_pages_take_the_roles_of_the_matrix():
    assert set(OFFICER) == roles_with("R09", "own")
    assert set(UNIT) == roles_with("R09", "N")


def test_the_shell_is_the_same_for_everyone_and_holds_no_inline_script(signed_in, officer):
    shell = Client().get("/carnet/").content.decode()
    assert signed_in(officer).get("/carnet/").content.decode() == shell
    assert "csrf" not in shell
    assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|style=", shell)


def test_the_worker_keeps_only_the_shell():
    """Z04: neither measures in force nor notes are ever among what the device keeps."""
    worker = Client().get("/carnet/service.js").content.decode()
    [listed] = re.findall(r"const SHELL = (\[.*?\]);", worker)
    kept = json.loads(listed)
    assert [address for address in kept if not address.startswith("/static/")] == [
        "/carnet/",
        "/carnet/application.webmanifest",
    ]
    assert all(finders.find(address.removeprefix("/static/")) for address in kept if address.startswith("/static/"))
    assert "cache.put" not in worker


def test_the_manifest_names_nothing():
    """X14: a neutral name and icon."""
    told = Client().get("/carnet/application.webmanifest").json()
    assert (told["name"], told["short_name"], told["start_url"]) == ("Carnet", "Carnet", "/carnet/")


def test_no_script_of_the_notebook_asks_where_the_device_is():
    for name in ("carnet.js", "carnet-coffre.js", "carnet-envoi.js"):
        with open(finders.find(name)) as script:
            assert not re.search("geolocation|localStorage|sessionStorage", script.read()), name


def test_the_same_sending_twice_has_the_same_answer(send):
    key, note, held = str(uuid4()), str(uuid4()), timezone.now() - timedelta(minutes=5)
    told = {"place": "street", "held_at": held.isoformat(), "marks": {}}
    first = send(key=key, note=note, told=told)
    assert first.status_code == 200
    assert send(key=key, note=note, told=told).json() == first.json()


@pytest.mark.parametrize(
    "wrong", [{"key": "x"}, {"told": {"place": "home", "offence": "x"}}, {"unit": "nulle-part"}, {"bases": 3}]
)
def test_what_cannot_be_kept_is_answered_by_a_sentence(send, wrong):
    answer = send(**wrong)
    assert answer.status_code == 400
    assert answer.json()["refused"].endswith(".")


def test_the_unit_reads_observed_and_told_apart_and_gives_the_receipt(send, signed_in, unit, officer):
    """AT-23; and AT-22, the server's part: after the receipt the officer reads facts only."""
    note = send().json()["note"]
    desk, patrol = signed_in(unit), signed_in(officer)
    page = desk.get(f"{HANDED}{note}/").content.decode()
    observed = re.search(r'<ul class="said-observed">(.*?)</ul>', page, re.DOTALL)[1]
    told = re.search(r'<ul class="said-told">(.*?)</ul>', page, re.DOTALL)[1]
    assert "Porte forcée." in observed
    assert "Enfant présent" in observed
    assert "suivie" in told
    assert "Arme vue" in told
    assert "suivie" not in observed
    assert "Porte" not in told
    assert "17" in page
    assert "Porte forcée." in patrol.get(f"{ONLINE}{note}/").content.decode()
    desk.post(f"{HANDED}{note}/", {"do": "receive"})
    desk.post(f"{HANDED}{note}/", {"do": "seen"})
    after = text_of(patrol.get(f"{ONLINE}{note}/"))
    assert "Porte forcée." not in after
    assert "Vue par l’intervenante sociale" in after
    pdf = desk.get(f"{HANDED}{note}/note.pdf")
    assert pdf.content.startswith(b"%PDF")


def test_the_same_form_works_online_without_a_script_and_two_clicks_send_once(signed_in, officer, unit):
    client = signed_in(officer)
    page = client.get(ONLINE).content.decode()
    hidden = dict(re.findall(r'name="(key|note)" value="([0-9a-f-]{36})"', page))
    told = {
        "place": "home",
        "held_at": timezone.localtime().strftime("%Y-%m-%dT%H:%M"),
        "unit": "commissariat-d",
        "t01": "OBSERVED",
    }
    for _click in range(2):
        answer = client.post(ONLINE, {**hidden, **told})
        assert answer["Location"] == f"{ONLINE}{hidden['note']}/"
    assert text_of(client.get(answer["Location"])).count("Version 1") == 1
    wrong = client.post(ONLINE, {**told, "t12-grade": "BREACHED"})
    assert "constaté ou dit" in text_of(wrong)


def test_two_versions_stand_side_by_side_until_one_is_written_from_both(send, signed_in, officer):
    first = send().json()
    note, told = first["note"], {"place": "home", "held_at": timezone.now().isoformat(), "marks": {}}
    for words in ("Du téléphone.", "Du poste."):
        send(note=note, bases=[first["key"]], told={**told, "observed": words})
    client = signed_in(officer)
    page = client.get(f"{ONLINE}{note}/").content.decode()
    assert "Du téléphone." in page
    assert "Du poste." in page
    assert "Deux versions" in page
    hidden = dict(re.findall(r'name="(key|note|bases)" value="([0-9a-f -]{36,})"', page))
    filled = {
        **hidden,
        "place": "home",
        "held_at": timezone.localtime().strftime("%Y-%m-%dT%H:%M"),
        "unit": "commissariat-d",
    }
    client.post(f"{ONLINE}{note}/", {**filled, "observed": "Les deux."})
    settled = client.get(f"{ONLINE}{note}/").content.decode()
    assert "Deux versions" not in settled
    assert "Les deux." in settled


def test_a_note_of_another_is_no_note(send, signed_in, make_account):
    note = send().json()["note"]
    other = make_account("opj-e", "INVESTIGATOR", at="commissariat-e")
    assert signed_in(other).get(f"{HANDED}{note}/").status_code == 404
    assert signed_in(make_account("agent-b", "MUNICIPAL_OFFICER", at="pm-b")).get(f"{ONLINE}{note}/").status_code == 404
