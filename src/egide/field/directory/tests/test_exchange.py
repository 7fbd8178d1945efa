"""Somebody else's directory comes in and ours goes out, in two standards; what a person wrote is never replaced silently."""

import io
import json
import zoneinfo
from datetime import datetime

import pytest
from data_inclusion.schema import v1
from django.core.management import call_command
from django.core.management.base import CommandError

from egide.field.directory import actions, queries
from egide.field.directory.exchange import actions as exchange
from egide.field.directory.exchange import queries as kept_rows
from egide.field.directory.exchange.data_inclusion import write as write_french
from egide.field.directory.exchange.hsds import read as read_hsds
from egide.field.directory.exchange.hsds import write as write_hsds
from egide.field.directory.hours import is_open
from egide.field.directory.models import Import, KeptRow, Service
from egide.field.directory.policies import ServiceRefused
from egide.foundation.wings.entering import Subject, entering

pytestmark = pytest.mark.django_db
PARIS = zoneinfo.ZoneInfo("Europe/Paris")

STRUCTURE = {"source": "dora", "id": "dora--s1", "nom": "Association fictive du Gué", "date_maj": "2026-01-10"}
ROW = {
    "source": "dora", "structure_id": "dora--s1", "id": "dora--1", "nom": "Aide au logement", "description": "Un conseiller reçoit.",
    "date_maj": "2026-01-10", "type": "accompagnement",
    "thematiques": ["logement-hebergement--se-maintenir-dans-le-logement", "numerique--acquerir-un-equipement"],
    "publics": ["femmes", "seniors"], "frais": "gratuit", "modes_accueil": ["en-presentiel", "a-distance"],
    "modes_mobilisation": ["telephoner"], "telephone": "01 99 00 10 21", "adresse": "7 rue du Gué", "code_postal": "99010",
    "code_insee": "99001", "commune": "Pont-l'Égide", "latitude": 46.6, "longitude": -5.0, "zone_eligibilite": ["990"],
    "horaires_accueil": "Mo-Fr 09:00-12:00; 2026 Aug 03-21 off; PH off", "nombre_semaines": 4, "contact_nom_prenom": "Personne Inventée",
}  # fmt: skip


@pytest.fixture
def deliver(tmp_path, active_field):
    """Import rows by the command; return its receipt."""

    def make(*rows, structures=(STRUCTURE,), name="services.json"):
        file = tmp_path / name
        file.write_text(json.dumps({"structures": list(structures), "services": list(rows)}))
        return run("import_directory", str(file), "--json")

    return make


def run(*words):
    out = io.StringIO()
    call_command(*words, stdout=out)
    return json.loads(out.getvalue())


@pytest.fixture
def coordinator(make_account):
    return make_account("coordinatrice", "COORDINATOR", at="reseau-e")


@pytest.fixture
def inside(coordinator):
    return lambda: entering("field", Subject.account(coordinator.id))


def test_a_row_of_the_french_standard_becomes_a_service_with_its_hours_as_data(deliver, inside):
    assert {**deliver(ROW), "receipt": ""} == {
        "receipt": "",
        "read": 1,
        "added": 1,
        "changed": 0,
        "same": 0,
        "kept": [],
    }
    with inside():
        service = Service.objects.get()
        view = queries.get_service(
            service.id, at=datetime(2026, 3, 4, tzinfo=PARIS), now=datetime(2026, 3, 4, tzinfo=PARIS)
        )
    assert (view.name, view.audiences, view.themes) == ("Aide au logement", ("victim",), ("housing",))
    assert view.access_modes == ("remote-session", "telephone")
    assert view.doubtful, "an import verifies nothing"
    assert is_open(view.schedule, datetime(2026, 7, 1, 10, tzinfo=PARIS), "Europe/Paris")
    assert not is_open(view.schedule, datetime(2026, 8, 10, 10, tzinfo=PARIS), "Europe/Paris")
    assert "Personne Inventée" not in json.dumps(service.imported), "a directory of services, not of persons"


def test_the_same_file_again_gives_the_first_receipt_and_the_same_rows_change_nothing(deliver, inside):
    first, again, other = deliver(ROW), deliver(ROW), deliver(ROW, {**ROW, "id": "dora--2", "nom": "Domiciliation"})
    assert again == first
    assert (other["added"], other["same"], other["changed"]) == (1, 1, 0)
    with inside():
        assert (Service.objects.count(), Import.objects.count()) == (2, 2)


def test_what_nobody_touched_here_follows_its_source(deliver, inside):
    deliver(ROW)
    assert deliver({**ROW, "telephone": "01 99 00 10 22", "horaires_accueil": "24/7"})["changed"] == 1
    with inside():
        service = Service.objects.get()
        assert (service.telephone, service.always_open) == ("01 99 00 10 22", True)


def test_a_verified_entry_is_not_overwritten_a_person_is_asked(deliver, inside, coordinator, now):
    """R05: the incoming change waits, with what it would change; asked once; accepted or dismissed by a person."""
    deliver(ROW)
    with inside():
        actions.verify_service(service=Service.objects.get(), on=now.date(), by=coordinator.id, now=now)
    changed = {**ROW, "telephone": "01 99 00 10 22"}
    [waits] = deliver(changed)["kept"]
    assert (waits["state"], waits["identifier"]) == ("WAITS", "dora--1")
    assert "telephone" in waits["why"][0]
    assert deliver(changed, {**ROW, "id": "dora--3"})["kept"] == [], "a person is asked once about a row"
    with inside():
        service = Service.objects.get(source_id="dora--1")
        assert service.telephone == "01 99 00 10 21"
        [view] = kept_rows.list_waiting()
        row = kept_rows.load_kept(view.id)
        exchange.accept_row(kept=row, by=coordinator.id, now=now)
        service.refresh_from_db()
        assert service.telephone == "01 99 00 10 22"
        assert kept_rows.list_waiting() == []
        with pytest.raises(ServiceRefused):
            exchange.accept_row(kept=row, by=coordinator.id, now=now)
    assert deliver({**changed, "nom": "Autre nom"})["kept"]
    with inside():
        [view] = kept_rows.list_waiting()
        exchange.dismiss_row(kept=kept_rows.load_kept(view.id), by=coordinator.id, now=now)
        assert Service.objects.get(source_id="dora--1").name == "Aide au logement"
    assert deliver({**changed, "nom": "Autre nom"}, {**ROW, "id": "dora--4"})["kept"] == []


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"thematiques": ["astrologie"]}, "thematiques.0"), ({"nom": "x"}, "nom"), ({"date_maj": "hier"}, "date_maj"),
        ({"code_insee": "1"}, "code_insee"), ({"structure_id": "dora--s9"}, "dora--s9"),
        ({"publics": ["tous-publics", "femmes"]}, "publics"),
    ],
)  # fmt: skip
def test_a_bad_row_is_named_and_kept_and_the_rest_goes_on(deliver, inside, wrong, named):
    receipt = deliver({**ROW, "id": "dora--2", **wrong}, ROW)
    [kept] = receipt["kept"]
    assert (receipt["added"], kept["row"], kept["state"], kept["identifier"]) == (1, 1, "REFUSED", "dora--2")
    assert named in kept["why"][0]
    with inside():
        assert KeptRow.objects.get().row


def test_a_file_of_which_most_is_wrong_is_refused_whole(deliver, inside, tmp_path):
    with pytest.raises(CommandError, match=r"refus"):
        deliver({**ROW, "nom": "x"}, {**ROW, "id": "dora--9", "nom": "y"}, ROW)
    (tmp_path / "x.json").write_text("[]")
    with pytest.raises(CommandError, match=r"x\.json"):
        run("import_directory", str(tmp_path / "x.json"))
    with inside():
        assert Service.objects.count() == 0
        assert Import.objects.count() == 0


def test_hours_that_the_notation_cannot_say_are_kept_in_words_and_never_open(deliver, inside, now):
    deliver({**ROW, "horaires_accueil": "Mo-Fr 09:00-12:00; SH off"})
    with inside():
        view = queries.get_service(Service.objects.get().id, at=now, now=now)
    assert (view.hours, view.hours_note, view.opens_at) == ("", "Mo-Fr 09:00-12:00; SH off", None)


def exported(inside, write, now):
    with inside():
        return write(queries.list_for_export(now=now))


def test_what_goes_out_is_valid_for_the_standards_own_package_and_comes_back_the_same(
    deliver, inside, load_sample, tmp_path, now
):
    """The whole sample and an imported row: each valid; an imported row leaves as it came, less the name of a person."""
    deliver(ROW)
    load_sample()
    written = exported(inside, write_french, now)
    for model, rows in ((v1.Structure, written["structures"]), (v1.Service, written["services"])):
        assert rows
        for row in rows:
            model.model_validate(row)
    [back] = [row for row in written["services"] if row["id"] == "dora--1"]
    said = {
        name: value for name, value in ROW.items() if name not in ("contact_nom_prenom", "date_maj", "horaires_accueil")
    }
    assert {name: back.get(name) for name in said} == said
    assert back["horaires_accueil"] == "Mo-Fr 09:00-12:00; 2026 Aug 03-2026 Aug 21 off; PH off"
    assert run("export_directory", "--out", str(tmp_path / "out"), "--json")["services"] == len(written["services"])
    again = run("import_directory", str(tmp_path / "out"), "--json")
    assert (again["changed"], [each["identifier"] for each in again["kept"]]) == (0, [])


# --- HSDS


def shape_of(example, told, path=""):
    """Every key we write stands in the example at the same place, with a value of the same kind."""
    if isinstance(told, dict):
        for name, value in told.items():
            if f"{path}/{name}" in TOLERATED:
                continue
            assert name in example, f"{path}/{name}"
            shape_of(example[name], value, f"{path}/{name}")
    elif isinstance(told, list):
        for each in told:
            shape_of(example[0], each, path)
    else:
        numbers = isinstance(told, int | float) and isinstance(example, int | float)
        assert numbers or type(told) is type(example), path


TOLERATED: set[str] = set()


def test_what_goes_out_in_hsds_has_the_shape_of_the_published_example(
    load_sample, active_field, inside, shared_data, now
):
    load_sample()
    example = json.loads((shared_data / "directory/hsds_examples/service_full.json").read_text())
    rows = exported(inside, write_hsds, now)["services"]
    assert len(rows) > 10
    for row in rows:
        shape_of(example, row)
        assert {"id", "name", "status", "organization"} <= row.keys(), "what the standard requires"


def test_hsds_goes_out_and_comes_back_with_codes_hours_and_place(load_sample, active_field, inside, tmp_path, now):
    load_sample()
    with inside():
        before = {each.id: each for each in queries.list_services(at=now, now=now) if not each.confidential_address}
        kept_rows.write_directory(standard="hsds", out=tmp_path, now=now)
    batch = read_hsds(tmp_path)
    assert batch.refused == []
    for row in batch.rows:
        [was] = [view for id, view in before.items() if str(id) == row.source_id]
        assert row.hours == was.schedule
        for name in (
            "name",
            "audiences",
            "themes",
            "access_modes",
            "languages",
            "zone",
            "telephone",
            "address",
            "latitude",
        ):
            told = row.described[name]
            assert (tuple(told) if isinstance(told, list) else told) == getattr(was, name), (was.name, name)


def test_the_published_example_names_what_is_wrong_in_it(shared_data, active_field):
    """Its place is at latitude 100, which is nowhere: the row is named and nothing is written."""
    with pytest.raises(CommandError, match=r"latitude"):
        run("import_directory", str(shared_data / "directory/hsds_examples/service_full.json"), "--format", "hsds")
