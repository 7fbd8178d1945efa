"""A canary in a confidential place, and one in the position of a device: no output of the house ever sings them."""

import io
import json
import logging
import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse

from egide.field.directory import actions, queries
from egide.field.directory.exchange import queries as exchange
from egide.field.directory.models import KeptRow, Service
from egide.foundation.organisations.models import Organisation
from egide.foundation.wings.entering import Subject, entering

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")
CANARY = "13 impasse du Canari"
PLACE = {
    "adresse": CANARY, "complement_adresse": "bâtiment Serin", "code_postal": "99077", "commune": "Serinville",
    "latitude": 46.77777, "longitude": -5.12345,
}  # fmt: skip
SECRETS = ("Canari", "canari", "Serin", "99077", "46.77777", "5.12345")


@pytest.fixture
def coordinator(make_account):
    return make_account("coordinatrice", "COORDINATOR", at="reseau-e")


@pytest.fixture
def inside(coordinator):
    return lambda: entering("field", Subject.account(coordinator.id))


@pytest.fixture
def told(tmp_path, load_sample, active_field, inside, coordinator):
    """Everything the house says after a shelter's address was offered to it by four roads; and what the database then holds."""
    load_sample()
    said = [by_hand(inside, coordinator)]
    with inside():
        shelter = Service.objects.get(confidential_address=True)
    rows = [
        french(
            "dora--1", nom="Maison fictive", description=f"L’adresse est confidentielle. Sonner au {CANARY.upper()}."
        ),
        french("dora--2", nom=shelter.name, description="Hébergement."),  # the name of a shelter known here
        french("dora--3", nom="Autre nom", description="Hébergement.", telephone="+33 1 99 00 10 03"),  # its telephone
        french("dora--4", nom="x", description="Lieu tenu secret"),  # refused, and it says that its place is secret
        *(
            french(f"dora--9{n}", nom=f"Service public {n}", description="Ouvert à tous.", **dict.fromkeys(PLACE))
            for n in range(4)
        ),
    ]
    file = tmp_path / "d.json"
    structure = {"source": "dora", "id": "dora--s1", "nom": "Structure fictive", "date_maj": "2026-01-10"}
    file.write_text(json.dumps({"structures": [structure], "services": rows}))
    out = io.StringIO()
    call_command("import_directory", str(file), "--json", stdout=out)
    for standard in ("data-inclusion", "hsds"):
        call_command("export_directory", "--format", standard, "--out", str(tmp_path / standard), stdout=out)
        said += [each.read_text() for each in (tmp_path / standard).iterdir()]
    call_command("nearest_services", "--commune", "99003", "--at", "2026-11-21T03:10", "--json", stdout=out)
    return [*said, out.getvalue()]


def french(id, **more):
    row = {
        "source": "dora", "structure_id": "dora--s1", "id": id, "date_maj": "2026-01-10", "horaires_accueil": "24/7",
        "zone_eligibilite": ["990"],
        "code_insee": "99001", "thematiques": ["logement-hebergement--rechercher-une-solution-dhebergement-temporaire"], **PLACE, **more,
    }  # fmt: skip
    return {name: value for name, value in row.items() if value is not None}


def by_hand(inside, coordinator):
    """The error of someone who writes the address of a shelter: a sentence that does not repeat it."""
    now = datetime.now(PARIS)
    with inside():
        organisation = Organisation.objects.get(code="foyer-des-aulnes")
        with pytest.raises(ValidationError) as refused:
            actions.register_service(
                organisation=organisation, name="Refuge", audiences=["victim"], by=coordinator.id, now=now,
                confidential_address=True, address=CANARY,
            )  # fmt: skip
    return str(refused.value)


def no_song(text):
    told = re.sub(
        r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "", text
    )  # five digits of chance in a name are no secret
    assert [each for each in SECRETS if each in told] == []


def test_no_report_export_or_error_sings(told):
    """R05, Z07: error, import report, both exports, the command's list."""
    for text in told:
        no_song(text)


def test_no_table_sings(told):
    """Not even kept aside: the rows that wait or were refused lost their place before they were written."""
    for table in ("service", "opening", "stop", "import", "keptrow", "merge"):
        model_rows = rows_of(table)
        no_song(model_rows)


def rows_of(table):
    from django.db import connection

    with entering("field", Subject.job("export_directory")), connection.cursor() as cursor:
        cursor.execute(f"SELECT row_to_json(t)::text FROM field_directory_{table} t")
        return "\n".join(row[0] for row in cursor.fetchall())


def test_a_row_that_looks_like_a_shelter_is_left_to_a_person(told):
    with entering("field", Subject.job("export_directory")):
        kept = {row.identifier: row.state for row in KeptRow.objects.all()}
        assert kept == {"dora--2": "REFUSED", "dora--3": "REFUSED", "dora--4": "REFUSED"}
        hidden = Service.objects.get(source_id="dora--1")
        assert (hidden.confidential_address, hidden.address, hidden.latitude) == (True, "", None)


def test_no_page_list_map_or_search_sings_nor_shows_the_place_of_a_shelter(told, client, coordinator, now):
    """The public does not even see that it exists; a professional reads its band."""
    client.logout()
    pages = [client.get(reverse(name)) for name in ("directory", "directory_list")]
    pages.append(client.post(reverse("directory"), {"audience": "victim", "commune": "99001"}))
    public = "".join(page.content.decode() for page in pages)
    no_song(public)
    assert "Hébergement d’urgence pour victimes" not in public
    with entering("field", Subject.account(coordinator.id)):
        id = Service.objects.get(source_id="vde-003").id
        assert not [point for point in queries.list_for_map(now=now) if "urgence pour victimes" in point.name]
        assert not [row for row in queries.list_for_export(now=now) if row.confidential_address]
        assert exchange.list_waiting() == []
    assert client.get(reverse("directory_service", kwargs={"service": id})).status_code == 404
    client.force_login(coordinator, backend="django.contrib.auth.backends.ModelBackend")
    names = ("services", "services_printed", "doubtful_services", "duplicate_services", "waiting_rows")
    inner = [client.get(reverse(name)) for name in names]
    inner += [client.post(reverse("services"), {"audience": "victim", "commune": "99001", "theme": "housing"})]
    inner += [client.get(reverse("service", kwargs={"service": id}))]
    for page in inner:
        assert page.status_code == 200
        no_song(page.content.decode())
    assert "moins de 30" in inner[-1].content.decode().replace("\u00a0", " ")


def test_the_position_of_a_device_is_in_no_answer_trail_session_log_or_address(load_sample, client, caplog):
    """R05: used in memory only. It comes by POST, is rounded before the database, and is not in the page that answers."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    load_sample()
    caplog.set_level(logging.DEBUG)
    with CaptureQueriesContext(connection) as captured:
        page = client.post(reverse("directory"), {"audience": "victim", "latitude": "46.6013", "longitude": "-5.0054"})
    assert page.status_code == 200
    assert "vol d" in page.content.decode()
    sql = " ".join(query["sql"] for query in captured.captured_queries)
    session = json.dumps(dict(client.session))
    for text in (page.content.decode(), sql, caplog.text, session, str(page.headers), page.request["QUERY_STRING"]):
        assert "46.60" not in text
        assert "5.005" not in text
    assert "audit_record" not in sql
    asked_by_address = client.get(reverse("directory"), {"latitude": "46.6013", "longitude": "-5.0054"})
    assert "vol d" not in asked_by_address.content.decode(), "an address is never read for a position"
