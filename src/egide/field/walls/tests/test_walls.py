"""The walls of the field, attacked by raw SQL and by every query: a file that is not mine does not exist."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from egide.field.casefiles import actions, queries
from egide.field.casefiles.models import CaseFile
from egide.field.consents.actions import record_consent, record_ground, withdraw_consent
from egide.field.consents.models import Consent, Proof
from egide.foundation.wings.entering import Subject, entering
from tests.people import acting

TABLES = [
    "field_adults_report",
    "field_attestations_attestation",
    "field_children_child",
    "field_children_word",
    "field_sources_sourcesheet",
    "field_appointments_appointment",
    "field_assessments_aloneform",
    "field_assessments_dangerassessment",
    "field_assessments_officialreading",
    "field_assessments_review",
    "field_assessments_shortnote",
    "field_assessments_task",
    "field_casefiles_action",
    "field_casefiles_casefile",
    "field_casefiles_entry",
    "field_casefiles_episode",
    "field_casefiles_exclusion",
    "field_casefiles_interview",
    "field_casefiles_role",
    "field_casefiles_teammember",
    "field_complaints_attempt",
    "field_complaints_complaint",
    "field_complaints_escalation",
    "field_complaints_moment",
    "field_complaints_statuslink",
    "field_complaints_statusupdate",
    "field_consents_consent",
    "field_consents_ground",
    "field_directory_import",
    "field_directory_keptrow",
    "field_directory_merge",
    "field_directory_opening",
    "field_directory_service",
    "field_directory_stop",
    "field_exports_export",
    "field_identity_join",
    "field_interventions_content",
    "field_interventions_note",
    "field_interventions_version",
    "field_needs_need",
    "field_needs_needchange",
    "field_persons_person",
    "field_persons_safecontact",
    "field_reception_delay",
    "field_reception_dot",
    "field_reception_dotday",
    "field_reception_room",
    "field_reception_station",
    "field_reception_tally",
    "field_reception_ticket",
    "field_protection_breach",
    "field_protection_consultation",
    "field_protection_measure",
    "field_referrals_link",
    "field_referrals_referral",
    "field_shelter_address",
    "field_shelter_escort",
    "field_shelter_exitstep",
    "field_shelter_place",
    "field_shelter_request",
    "field_shelter_shelter",
    "field_requisitions_item",
    "field_requisitions_requisition",
    "field_spotting_offercount",
    "field_supervision_session",
]


INTRUSIONS = [
    """INSERT INTO field_casefiles_teammember (id, case_id, account, since)
    VALUES (gen_random_uuid(), %(case)s, %(me)s, now())""",
    """INSERT INTO field_casefiles_role (id, case_id, person_id, kind, concerned)
    VALUES (gen_random_uuid(), %(case)s, %(person)s, 'VICTIM', true)""",
    """INSERT INTO field_consents_consent (id, person_id, recipient_id, purpose, sections, given_on, expires_on,
      explained_by, language, interpreter, proof)
    SELECT gen_random_uuid(), %(person)s, (my_organisations())[1], 'x', '{housing}', current_date, current_date + 9,
      %(me)s, 'fr', false, 'ORAL'""",
    """INSERT INTO field_appointments_appointment (id, case_id, at, place, state, planned_at, planned_by)
    VALUES (gen_random_uuid(), %(case)s, now(), '', 'PLANNED', now(), %(me)s)""",
    """INSERT INTO field_supervision_session (id, account, at, kind)
    VALUES (gen_random_uuid(), gen_random_uuid(), now(), 'PEERS')""",
]


def count(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]


@pytest.fixture
def full_file(worker, shelter, organisation, open_file, now):
    """A file with a row in every table of the field."""
    with acting(worker):
        case = open_file()
        person = queries.list_roles_of(case)[0].person
        actions.record_interview(case=case, person=person, held_at=now, minutes=45, by=worker.id, now=now)
        actions.record_action(case=case, kind="listening", done_at=now, minutes=30, by=worker.id, now=now)
        actions.record_episode(case=case, left_on=now.date(), now=now)
        for section in ("housing", "children", "danger"):
            actions.write_entry(
                case=case,
                section=section,
                purpose="support",
                kind="FACT_TOLD",
                text=f"words on {section}",
                by=worker.id,
                now=now,
            )
    return case, person


def share(person, sections, recipient, worker, now, days=30):
    return record_consent(
        person=person, recipient=recipient, purpose="referral", sections=sections, given_on=now.date(),
        expires_on=now.date() + timedelta(days=days), by=worker.id, proof=Proof.ORAL, now=now,
    )  # fmt: skip


@pytest.mark.django_db
def test_someone_outside_the_team_sees_no_row_of_any_table(full_file, stranger):
    with acting(stranger):
        assert {table: count(table) for table in TABLES} == dict.fromkeys(TABLES, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("subject", [Subject("account"), Subject("link"), Subject.job("night"), Subject("public")])
def test_without_an_account_no_row_exists(full_file, subject):
    with entering("field", subject):
        assert {table: count(table) for table in TABLES} == dict.fromkeys(TABLES, 0)


@pytest.mark.django_db
def test_a_stranger_cannot_write_into_a_file_by_its_identifier(full_file, stranger, now):
    case, person = full_file
    with acting(stranger):
        for attack in INTRUSIONS:
            with (
                pytest.raises(DatabaseError, match="row-level security"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(attack, {"case": case.id, "person": person.id, "me": stranger.id})
        with connection.cursor() as cursor:
            cursor.execute("UPDATE field_casefiles_casefile SET state = 'CLOSED' WHERE id = %s", [case.id])
            assert cursor.rowcount == 0


@pytest.mark.django_db
def test_nobody_opens_a_file_in_the_name_of_another_or_of_another_service(worker, stranger, organisation, now):
    with acting(stranger), connection.cursor() as cursor:
        for account, service in [
            (worker.id, "association-a"),
            (stranger.id, "association-a"),
            (worker.id, "association-b"),
        ]:
            cursor.execute(
                "SELECT open_case(gen_random_uuid(), %s, %s, %s, 'VICTIM', 'self', current_date)",
                [f"R-{account}-{service}"[:20], organisation(service).id, account],
            )
        assert count("field_casefiles_casefile") == 0


@pytest.mark.django_db
def test_an_excluded_account_finds_what_it_would_find_of_a_file_that_does_not_exist(
    full_file, worker, colleague, now, django_assert_num_queries
):
    """X08: same answer, same statements; the attempt is visible to the team of the file."""
    case, _person = full_file
    with acting(worker):
        actions.join_team(case=case, account=colleague.id, now=now)
    with acting(colleague):
        assert queries.get_case(case.id, now=now)
    with acting(worker):
        actions.exclude(case=case, account=colleague.id, because="relative of the person named", by=worker.id, now=now)
    said, statements = [], []
    from uuid import uuid4

    from django.test.utils import CaptureQueriesContext

    for identifier in (case.id, uuid4()):
        with acting(colleague), CaptureQueriesContext(connection) as captured:
            with pytest.raises(queries.NotFound) as refusal:
                queries.get_case(identifier, now=now)
            assert list(queries.search_persons(family_name="Exemple")) == []
        said.append(str(refusal.value))
        statements.append([query["sql"].split("WHERE")[0].split("(")[0] for query in captured.captured_queries])
    assert said[0] == said[1]
    assert statements[0] == statements[1]
    with acting(worker):
        traces = [(trace.code, trace.actor) for trace in queries.list_traces(case)]
        assert ("CASE_ATTEMPTED", str(colleague.id)) in traces


@pytest.mark.django_db
def test_a_whole_station_can_be_excluded(full_file, worker, colleague, organisation, now):
    """X08: everyone with a mandate there, even a team member."""
    case, _person = full_file
    with acting(worker):
        actions.join_team(case=case, account=colleague.id, now=now)
        actions.exclude(case=case, organisation=organisation("association-a"), because="leak", by=worker.id, now=now)
    with acting(colleague):
        assert count("field_casefiles_casefile") == 0


@pytest.mark.django_db
def test_a_partner_sees_the_consented_sections_and_no_other_until_the_withdrawal(
    full_file, worker, shelter, officer, organisation, now
):
    """AT-04: consent for housing and children to the shelter only: two sections there, none for the police; after the withdrawal none."""
    _case, person = full_file
    with acting(worker):
        consent = share(person, ["housing", "children"], organisation("foyer-c"), worker, now)
    with acting(shelter):
        assert {entry.section for entry in queries.list_shared_entries()} == {"housing", "children"}
        assert count("field_casefiles_entry") == 2
        assert count("field_persons_person") == 0
    with acting(officer):
        assert count("field_casefiles_entry") == 0
    with acting(worker):
        withdraw_consent(consent=Consent.objects.get(id=consent.id), now=now)
    with acting(shelter):
        assert count("field_casefiles_entry") == 0


@pytest.mark.django_db
def test_an_expired_consent_opens_nothing(full_file, worker, shelter, organisation, now):
    _case, person = full_file
    past = now - timedelta(days=60)
    with acting(worker):
        share(person, ["housing"], organisation("foyer-c"), worker, past, days=30)
    with acting(shelter):
        assert count("field_casefiles_entry") == 0


@pytest.mark.django_db
def test_a_ground_without_consent_opens_its_sections_and_no_other(full_file, worker, officer, organisation, now):
    _case, person = full_file
    with acting(worker):
        record_ground(
            person=person, recipient=organisation("commissariat-d"), article="cp-226-14", sections=["danger"],
            facts="threat to her life tonight", agreement_sought="asked at 21:10, declined", informed="told at 21:20",
            by=worker.id, expires_on=now.date() + timedelta(days=7), now=now,
        )  # fmt: skip
    with acting(officer):
        assert {entry.section for entry in queries.list_shared_entries()} == {"danger"}


@pytest.mark.django_db
def test_who_left_the_team_sees_nothing_from_that_moment(full_file, worker, colleague, now):
    case, _person = full_file
    with acting(worker):
        actions.join_team(case=case, account=colleague.id, now=now)
        actions.leave_team(case=case, account=worker.id, now=now)
        assert CaseFile.objects.count() == 0
    with acting(colleague):
        assert CaseFile.objects.count() == 1


@pytest.mark.django_db
def test_the_statistics_wing_and_the_public_cannot_read_a_row_of_the_field(full_file):
    for wing in ("statistics", "public", "foundation", "programmes", "investigation"):
        with entering(wing, Subject.job("attack")):
            for table in TABLES:
                with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                    count(table)


@pytest.mark.django_db
@pytest.mark.parametrize("wing", ["statistics", "public", "foundation", "programmes", "investigation", "vigilance"])
def test_no_other_wing_calls_a_function_of_the_field(full_file, worker, wing):
    case, _person = full_file
    calls = [
        "SELECT my_cases()",
        "SELECT my_persons()",
        "SELECT * FROM shared_sections()",
        f"SELECT * FROM case_trace('{case.id}')",
    ]
    with entering(wing, Subject.account(worker.id)):
        for call in calls:
            with (
                pytest.raises(DatabaseError, match="permission denied"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(call)


@pytest.mark.django_db
def test_every_wall_that_reads_the_calendar_reads_that_of_paris():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname, coalesce('TimeZone=Europe/Paris' = ANY (proconfig), false), prosecdef FROM pg_proc "
            "WHERE pronamespace = 'public'::regnamespace AND prosrc ~* 'current_date'"
        )
        found = cursor.fetchall()
        cursor.execute(
            "SELECT policyname FROM pg_policies WHERE coalesce(qual, '') || coalesce(with_check, '') ~* 'current_date'"
        )
        bare = cursor.fetchall()
    assert len(found) > 5
    assert [name for name, parisian, _definer in found if not parisian] == []
    assert [name for name, _parisian, definer in found if not definer] == [], "a clause SET keeps it from being inlined"
    assert bare == []


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC"])
@pytest.mark.django_db
def test_an_agreement_given_today_holds_today_wherever_the_server_stands(
    full_file, shelter, organisation, worker, now, zone
):
    """Midnight is that of Paris: one zone is a day ahead, one a day behind, and neither opens late nor closes early."""
    _case, person = full_file
    with acting(worker):
        share(person, ["housing"], organisation("foyer-c"), worker, now, days=1)
    with acting(shelter), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('TimeZone', %s, false)", [zone])
        try:
            assert count("field_casefiles_entry") == 1
        finally:
            cursor.execute("SET TIME ZONE 'UTC'")
