"""Whom to turn to, at what hour, how far; what is trusted; what never shows on a map."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.utils import DatabaseError, IntegrityError

import egide
from egide.field.directory import actions, queries
from egide.field.directory.hours import Rule
from egide.field.directory.models import Service
from egide.field.directory.notation import parse_hours
from egide.field.directory.permissions import NotAllowed
from egide.field.directory.policies import ServiceRefused
from egide.field.directory.queries import Group
from egide.field.directory.sheet import organisations_of, read_sheet
from egide.foundation.organisations.actions import give_mandate, open_position, register_organisation
from egide.foundation.organisations.models import Organisation
from egide.foundation.wings.entering import Subject, entering

pytestmark = pytest.mark.django_db

SAMPLE = Path(egide.__file__).with_name("sample") / "services.csv"
PARIS = ZoneInfo("Europe/Paris")
NIGHT = datetime(2026, 3, 4, 3, 10, tzinfo=PARIS)  # a Wednesday
MORNING = datetime(2026, 3, 4, 10, 0, tzinfo=PARIS)
VILLAGE = {"latitude": 46.43, "longitude": -4.82, "commune": "99003"}
TOWN = {"latitude": 46.60, "longitude": -5.00, "commune": "99001"}


@pytest.fixture
def coordinator(make_account):
    return make_account("coordinatrice", "COORDINATOR", at="reseau-e")


@pytest.fixture
def acting(coordinator):
    def enter(account=coordinator):
        return entering("field", Subject.account(account.id))

    return enter


@pytest.fixture
def directory(acting, coordinator):
    """The sample directory, loaded on the day of the test's questions."""
    sheet = read_sheet(SAMPLE)
    with entering("foundation", Subject.job("tests")):
        for code, (name, kind, fictional) in organisations_of(sheet).items():
            register_organisation(code=code, name=name, kind=kind, fictional=fictional, now=NIGHT)
    known = {each.code: each for each in Organisation.objects.all()}
    with entering("field", Subject.account(coordinator.id)):
        return actions.load_sheet(sheet=sheet, organisations=known, by=coordinator.id, now=datetime.now(PARIS))


def ask(at, audience="victim", theme=None, now=None, **where):
    return queries.list_nearest(audience=audience, theme=theme, at=at, now=now or datetime.now(PARIS), **where)


def test_at_night_in_the_country_the_national_lines_come_first_then_what_is_open_by_distance(directory, acting):
    """AT-12: at 03:10 in a rural commune: national 24/7 numbers first, then open services by distance, none closed."""
    with acting():
        found = ask(NIGHT, **VILLAGE)
    groups = [each.group for each in found]
    assert groups == sorted(groups)
    national = [each.service.telephone or each.service.text_messages for each in found if each.group == Group.NATIONAL]
    assert national[:3] == ["112", "114", "17"]
    assert sorted(national) == sorted(["112", "114", "17", "115", "119", "3919"])
    local = [each for each in found if each.group == Group.LOCAL]
    distances = [each.distance_km for each in local if each.distance_km is not None]
    assert distances == sorted(distances)
    assert distances
    assert {each.service.hours for each in local} == {"24/7"}
    assert all(each.service.opens_at.replace(tzinfo=None) == NIGHT.replace(tzinfo=None) for each in found), (
        "none closed"
    )
    assert "116 006" not in {each.service.telephone for each in found}, "a national line that sleeps is not listed"


def test_by_day_the_nearest_open_service_comes_before_a_farther_one(directory, acting):
    """AT-12: the order is distance among those that are open."""
    with acting():
        found = [each for each in ask(MORNING, **TOWN) if each.group == Group.LOCAL and each.distance_km is not None]
    names = [each.service.name for each in found]
    assert names[0] in (
        "Accueil de jour pour femmes victimes",
        "Intervention sociale au commissariat",
        "Soin en addictologie",
    )
    assert found[0].distance_km < 1
    assert "Permanence juridique" not in names, "it opens on Thursdays, and serves other communes"
    assert "Espace de rencontre et soutien aux enfants exposés" not in names, "closed on Wednesday mornings"


def test_a_distance_is_the_length_of_the_great_circle(directory, acting):
    """R05: from Pont-l'Égide (46.60, -5.00) to Saint-Aubray (46.72, -5.15): 17.6 km by hand."""
    with acting():
        found = ask(NIGHT, **TOWN)
    [hospital] = [each for each in found if each.service.name == "Urgences et constat médical"]
    assert hospital.distance_km == pytest.approx(17.6, abs=0.1)


@pytest.mark.parametrize("at", [datetime(2026, 5, 1, 10, tzinfo=PARIS), datetime(2026, 4, 6, 10, tzinfo=PARIS)])
def test_a_public_holiday_closes_what_says_so(directory, acting, at):
    """AT-12: none closed, on 1 May and on Easter Monday either."""
    with acting():
        found = {each.service.name for each in ask(at, **TOWN)}
    assert "Intervention sociale au commissariat" not in found
    assert "116 006 – Aide aux victimes" in found


def test_an_itinerant_service_stands_where_its_round_stands(directory, acting):
    """R05, repaired by §10: the bus is in Roche-Claire on Wednesday afternoon, 0 km from there, and nowhere at night."""
    with acting():
        [bus] = [
            each
            for each in ask(datetime(2026, 3, 4, 15, tzinfo=PARIS), **VILLAGE)
            if each.service.name == "Permanence itinérante"
        ]
        assert bus.place.startswith("Place de la Roche")
        assert bus.distance_km < 1
        assert "Permanence itinérante" not in {each.service.name for each in ask(NIGHT, **VILLAGE)}


@pytest.mark.parametrize("at", [NIGHT, MORNING])
def test_a_perpetrator_is_answered_where_no_local_service_exists(directory, acting, at):
    """AT-14: no local service in the village: the remote session answers, by night too."""
    with acting():
        found = ask(at, audience="perpetrator", theme="perpetrator-programme", **VILLAGE)
    assert [each.service.name for each in found if each.group == Group.LOCAL] == []
    assert [each.service.name for each in found if each.group == Group.REMOTE] == [
        "Programme pour auteurs de violences, à distance"
    ]
    assert "3919" not in {each.service.telephone for each in found}, "a line for victims is not given to a perpetrator"


def test_a_theme_leads_to_what_is_narrower_and_emergency_always_stays(directory, acting):
    """R04: a red housing need leads to the shelters in one question."""
    with acting():
        found = [each.service for each in ask(NIGHT, theme="housing", **VILLAGE)]
    assert {"115", "17"} <= {service.telephone for service in found}
    assert "Hébergement d’urgence pour victimes" in {service.name for service in found}
    assert "3919" not in {service.telephone for service in found}


def test_what_nobody_verified_for_twelve_months_is_doubtful_and_left_out_of_print(directory, acting):
    """AT-13: shown as doubtful, left out of print; the same for what nobody ever verified."""
    now = datetime.now(PARIS)
    with acting():
        doubtful = {view.name for view in queries.list_services(at=now, now=now) if view.doubtful}
        printed = {view.name for view in queries.list_for_print(now=now)}
    assert doubtful == {"Permanence juridique", "Interprètes par téléphone"}
    assert printed.isdisjoint(doubtful)
    assert "3919 – Violences Femmes Info" in printed


@pytest.mark.parametrize(("days", "doubtful"), [(364, False), (365, False), (366, True), (None, True)])
def test_twelve_months_to_the_day(acting, coordinator, now, days, doubtful):
    """AT-13: more than twelve months, not one day less (no leap day lies between)."""
    at = datetime(2027, 2, 10, 12, tzinfo=PARIS)
    with acting():
        service = make(coordinator, at)
        if days is not None:
            actions.verify_service(service=service, on=at.date() - timedelta(days=days), by=coordinator.id, now=at)
        assert queries.get_service(service.id, at=at, now=at).doubtful is doubtful


def make(account, now, **more):
    service = Organisation.objects.get(code="reseau-e")
    described = {"name": "Accueil", "audiences": ["victim"], "access_modes": ["walk-in"], **more}
    return actions.register_service(organisation=service, by=account.id, now=now, **described)


def test_a_confidential_address_is_not_even_held(directory, acting, coordinator, now):
    """R05: a shelter never appears on a map, in print, or in the table by raw SQL."""
    with acting():
        assert "Hébergement d’urgence pour victimes" not in {point.name for point in queries.list_for_map(now=now)}
        assert "Hébergement d’urgence pour victimes" not in {view.name for view in queries.list_for_print(now=now)}
        with pytest.raises(ValidationError, match=r"confidentielle|confidential"):
            make(coordinator, now, confidential_address=True, latitude=46.6, longitude=-5.0)
        shelter = Service.objects.get(confidential_address=True)
        with pytest.raises(ServiceRefused):
            actions.add_round(
                service=shelter, rule=Rule((1,), ((0, 60),)), place="x", latitude=1.0, longitude=1.0, by=coordinator.id, now=now
            )  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE field_directory_service SET address = '1 rue' WHERE confidential_address")


def test_the_position_given_is_neither_kept_nor_traced(directory, acting, owner, django_assert_num_queries):
    """R05: used in memory only; what reaches the database is rounded, and the trail gains nothing."""
    from django.test.utils import CaptureQueriesContext

    with acting(), CaptureQueriesContext(connection) as captured:
        ask(MORNING, latitude=46.6012345, longitude=-5.0054321, commune="99001")
    said = " ".join(query["sql"] for query in captured.captured_queries)
    assert "46.6012" not in said
    assert "audit" not in said
    assert not any(word in said for word in ("INSERT", "UPDATE"))


def test_a_position_that_is_not_given_is_no_obstacle(directory, acting):
    with acting():
        found = ask(NIGHT, latitude=None, longitude=None, commune="99003")
        assert any(each.group == Group.LOCAL for each in found)
        assert all(each.distance_km is None for each in found)
        assert ask(NIGHT, latitude=None, longitude=None)


def test_the_directory_is_read_by_every_account_and_by_nobody_else(directory, make_account):
    """Trap 3: no subject, no row; a job and a link read no directory."""
    municipal = make_account("agent", "MUNICIPAL_OFFICER", at="ville-f")
    with entering("field", Subject.account(municipal.id)):
        assert Service.objects.count() == len(directory)
    for subject in (Subject("link"), Subject.job("night"), Subject("public")):
        with entering("field", subject):
            assert Service.objects.count() == 0
    with entering("statistics", Subject.job("x")), pytest.raises(DatabaseError), transaction.atomic():
        Service.objects.count()


def test_the_directory_is_written_by_those_who_refer_and_by_the_service_itself(directory, acting, make_account, now):
    """R05: a municipal officer reads all and writes nothing; a shelter describes its own services only."""
    municipal = make_account("agent", "MUNICIPAL_OFFICER", at="ville-f")
    keeper = make_account("foyer", "SHELTER_WORKER", at="foyer-des-aulnes")
    shelter, other = "Hébergement d’urgence pour victimes", "Accueil de jour pour femmes victimes"
    for account, name, allowed in ((municipal, shelter, False), (keeper, shelter, True), (keeper, other, False)):
        with acting(account):
            service = Service.objects.get(name=name)
            if allowed:
                actions.describe_service(service=service, by=account.id, now=now, access_note="Appeler avant 20 h")
            else:
                with pytest.raises(NotAllowed):
                    actions.describe_service(service=service, by=account.id, now=now, access_note="x")


def test_reading_the_directory_is_not_writing_it(directory, acting, make_account, now):
    """The matrix's letter N on R05: reads everything, describes not even a service of its own organisation."""
    reader = make_account("lectrice", "READER", at="foyer-des-aulnes")
    both = make_account("deux", "READER", at="foyer-des-aulnes")
    with acting(reader):
        service = Service.objects.get(name="Hébergement d’urgence pour victimes")
        with pytest.raises(NotAllowed):
            actions.describe_service(service=service, by=reader.id, now=now, access_note="x")
    give_seat(both, "SHELTER_WORKER", at="foyer-ailleurs", now=now)
    with acting(both), pytest.raises(NotAllowed):  # the right to write belongs to the other seat's organisation
        actions.describe_service(service=service, by=both.id, now=now, access_note="x")


def give_seat(account, role, *, at, now):
    with entering("foundation", Subject.job("tests")):
        place = register_organisation(
            code=at, name=f"Organisme fictif {at}", kind="association", fictional=True, now=now
        )
        seat = open_position(organisation=place, title=f"Second poste {at}", roles=(role,), now=now)
        day = now.date()
        give_mandate(
            position=seat, account=account, valid_from=day - timedelta(1), valid_to=day + timedelta(9), now=now
        )  # fmt: skip


def test_an_unknown_code_a_future_verification_and_a_service_for_nobody_are_refused(acting, coordinator, now):
    with acting():
        with pytest.raises(ServiceRefused, match="service-themes"):
            make(coordinator, now, themes=["astrology"])
        with pytest.raises(ServiceRefused):
            ask(NIGHT, audience="everyone", latitude=None, longitude=None)
        with pytest.raises(ValidationError):
            make(coordinator, now, audiences=[])
        service = make(coordinator, now)
        with pytest.raises(ServiceRefused):
            actions.verify_service(service=service, on=now.date() + timedelta(days=3), by=coordinator.id, now=now)


def test_a_retired_service_is_in_no_list(acting, coordinator, now):
    with acting():
        service = make(coordinator, now)
        actions.set_hours(service=service, hours=parse_hours("24/7"), by=coordinator.id, now=now)
        assert queries.list_services(at=now, now=now)
        actions.retire_service(service=service, by=coordinator.id, now=now)
        assert queries.list_services(at=now, now=now) == []
        assert queries.get_service(service.id, at=now, now=now).name == "Accueil"


def test_a_sheet_loaded_twice_makes_no_service_twice(directory, acting, coordinator):
    with acting():
        known = {each.code: each for each in Organisation.objects.all()}
        again = actions.load_sheet(
            sheet=read_sheet(SAMPLE), organisations=known, by=coordinator.id, now=datetime.now(PARIS)
        )
        assert {service.id for service in again} == {service.id for service in directory}
        assert Service.objects.count() == len(directory)
