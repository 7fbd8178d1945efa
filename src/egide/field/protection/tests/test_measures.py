"""What the register of measures answers, to whom, and what it never says: R36, Z04, X08, AT-84."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.utils import timezone, translation

from egide.field.assessments.following.queries import list_reviews, list_reviews_due
from egide.field.casefiles.actions import exclude
from egide.field.casefiles.models import EntryKind
from egide.field.casefiles.permissions import NotAllowed
from egide.field.casefiles.queries import get_concerned
from egide.field.protection import actions, policies, queries
from egide.field.protection.actions import Named
from egide.field.protection.models import Consultation, Measure, Proof
from egide.field.protection.policies import MeasureRefused
from egide.field.protection.states import Standing, standing_on
from egide.foundation.catalogue import roles_with
from egide.foundation.legal.policies import GateClosed
from tests.people import acting

HER, HIM = Named("Alix", "Exemple", date(1990, 5, 17)), Named("Camille", "Modèle", date(1985, 2, 3))
SECRETS = ("Tribunal fictif", "protection-order", "12 rue Secrète", "Alix", "Exemple")


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def municipal(make_account):
    return make_account("municipale", "MUNICIPAL_OFFICER", at="police-municipale-e")


@pytest.fixture
def note(worker, open_file, now):
    """A measure noted in a new file, from some days ago to some days ahead; inside `acting(worker)`."""

    def make(*, since=10, left: int | None = 60, case=None, **told):
        case = case or open_file()
        today = timezone.localdate(now)
        last = None if left is None else today + timedelta(days=left)
        common = {
            "kind": "protection-order", "court": "Tribunal fictif", "decided_on": today - timedelta(days=since),
            "from_day": today - timedelta(days=since), "last_day": last, "forbidden": ["approach-home", "contact"],
            "proof": Proof.SEEN, "protected_named": HER, "defendant_named": HIM, "area": "12 rue Secrète",
        }  # fmt: skip
        return actions.note_measure(case=case, protected=get_concerned(case), by=worker.id, now=now, **(common | told))

    return make


def ask(account, now, named=HIM, motive="intervention"):
    with acting(account):
        return actions.ask_in_force(named=named, motive=motive, by=account.id, now=now)


@pytest.mark.django_db
def test_on_an_intervention_what_is_forbidden_is_said_in_one_question_and_nothing_more(
    active_protection, worker, municipal, officer, note, now
):
    """AT-84: municipal and national police read the prohibitions; no court, kind, file, address or name comes with them."""
    with acting(worker):
        note()
    for account in (municipal, officer):
        for named in (HER, HIM):
            reply = ask(account, now, named)
            assert reply.forbidden == ("approach-home", "contact")
            assert not any(secret in repr(reply) for secret in SECRETS)
    assert set(vars(reply)) == {"forbidden", "limited"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("since", "left", "more"),
    [(10, -1, {}), (-3, 60, {}), (10, 60, {"proof": Proof.TOLD})],
    ids=["expired yesterday", "not yet begun", "told, order not seen"],
)
def test_what_is_not_in_force_today_is_never_shown_as_in_force(
    active_protection, worker, municipal, note, now, since, left, more
):
    """AT-84: the database's own day decides; no state is stored that could be stale."""
    with acting(worker):
        note(since=since, left=left, **more)
    assert ask(municipal, now).forbidden == ()


@pytest.mark.django_db
def test_a_measure_ends_at_the_end_of_its_last_day_or_when_the_court_lifts_it(
    active_protection, worker, municipal, note, now
):
    with acting(worker):
        measure = note(left=0)
    assert ask(municipal, now).forbidden
    with acting(worker):
        actions.lift_measure(measure=measure, on=timezone.localdate(now), by=worker.id, now=now)
        with pytest.raises(MeasureRefused):
            actions.lift_measure(measure=measure, on=timezone.localdate(now), by=worker.id, now=now)
    assert ask(municipal, now).forbidden == ()


@pytest.mark.django_db
def test_the_orders_of_two_courts_answer_together_without_being_counted(
    active_protection, worker, municipal, note, now
):
    """R36, trap: the civil order made by another court is not missed, and nothing tells how many there are."""
    with acting(worker):
        first = note()
        note(case=first.case, kind="no-contact", court="Autre tribunal fictif", forbidden=["contact", "weapon"])
    assert ask(municipal, now).forbidden == ("approach-home", "contact", "weapon")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "named",
    [
        Named("", "Modèle", HIM.born_on),
        Named("Camille", "", HIM.born_on),
        Named("Camille", "Modèle", None),
    ],
)
def test_half_an_identity_is_refused_since_it_would_be_a_search(active_protection, municipal, now, named):
    with pytest.raises(MeasureRefused, match="one person"):
        ask(municipal, now, named)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "family", "born", "found"),
    [
        ("camille", "MODELE", HIM.born_on, True),
        ("Camille", "Modèles", HIM.born_on, False),
        ("Cam", "Modèle", HIM.born_on, False),
        ("Camille", "Modèle", date(1985, 2, 4), False),
    ],
)
def test_accents_and_capitals_do_not_count_and_nothing_else_is_tolerated(
    active_protection, worker, municipal, note, now, given, family, born, found
):
    with acting(worker):
        note()
    assert bool(ask(municipal, now, Named(given, family, born)).forbidden) is found


@pytest.mark.django_db
def test_without_a_legal_act_the_register_answers_nobody_not_even_in_sql(worker, municipal, note, now):
    """Z04, X02: the gate stands before the action and inside the database."""
    with acting(worker):
        note()
    with pytest.raises(GateClosed):
        ask(municipal, now)
    with (
        acting(municipal),
        pytest.raises(DatabaseError, match="no legal act"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT * FROM ask_protection('x', 'intervention')")


@pytest.mark.django_db
def test_who_follows_files_or_shelters_does_not_ask_the_register(active_protection, worker, shelter, now):
    for account in (worker, shelter):
        with pytest.raises(NotAllowed):
            ask(account, now)
        with (
            acting(account),
            pytest.raises(DatabaseError, match="police"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("SELECT * FROM ask_protection('x', 'intervention')")


def test_the_database_knows_the_same_askers_and_the_same_limit_as_the_matrix_and_the_policy():
    [migration] = (Path(__file__).parents[2] / "walls/migrations").glob("*_protection.py")
    sql = migration.read_text()
    assert all(f"'{role}'" in sql for role in roles_with("R36", "F"))
    assert roles_with("R36", "F") == {"INVESTIGATOR", "MUNICIPAL_OFFICER"}
    assert f">= {policies.QUESTIONS_AN_HOUR} THEN" in sql


@pytest.mark.django_db
def test_nobody_browses_the_register(active_protection, worker, municipal, officer, note, now):
    """Z04: to the police the tables are empty, by query and by raw SQL, before and after a question."""
    with acting(worker):
        note()
    for account in (municipal, officer):
        ask(account, now)
        with acting(account), connection.cursor() as cursor:
            for table in ("measure", "breach", "consultation"):
                cursor.execute(f"SELECT count(*) FROM field_protection_{table}")
                assert cursor.fetchone() == (0,)
            assert queries.list_ending(now=now) == []


@pytest.mark.django_db
def test_an_account_is_answered_ten_times_an_hour_then_told_to_call(
    active_protection, worker, municipal, officer, note, now
):
    with acting(worker):
        note()
    replies = [ask(municipal, now) for _ in range(policies.QUESTIONS_AN_HOUR + 1)]
    assert all(reply.forbidden and not reply.limited for reply in replies[:-1])
    assert replies[-1].limited
    assert not replies[-1].forbidden
    assert ask(officer, now).forbidden, "one account's limit is not another's"


@pytest.mark.django_db
def test_an_excluded_officer_reads_what_he_would_read_of_nobody_and_the_team_sees_that_he_asked(
    active_protection, worker, officer, note, now
):
    """X08: same reply, same statements; the exclusion of one file stands for every file that notes the measure."""
    from django.test.utils import CaptureQueriesContext

    with acting(worker):
        measure = note()
        note()  # the same identities in another file, where nobody thought of excluding him
        exclude(case=measure.case, account=officer.id, because="colleague of his", by=worker.id, now=now)
    said, statements = [], []
    for named in (HIM, Named("Nul", "Nullepart", date(1970, 1, 1))):
        with CaptureQueriesContext(connection) as captured:
            said.append(ask(officer, now, named))
        statements.append([q["sql"].split("(")[0] for q in captured.captured_queries if "SAVEPOINT" not in q["sql"]])
    assert said[0] == said[1] == actions.Reply()
    assert statements[0] == statements[1]
    with acting(worker):
        [seen] = queries.list_consultations(measure.case)
        assert (seen.told, seen.asked_by, seen.motive) == ("EXCLUDED", officer.id, "intervention")


@pytest.mark.django_db
def test_each_question_is_kept_with_its_motive_and_the_team_reads_it(
    active_protection, worker, stranger, municipal, note, now
):
    """X09: who, when, why; a motive of the list or no answer."""
    with acting(worker):
        measure = note()
    ask(municipal, now, HER, "breach-told")
    with pytest.raises(MeasureRefused):
        ask(municipal, now, HER, "curiosity")
    with acting(worker):
        [seen] = queries.list_consultations(measure.case)
        assert (seen.told, seen.asked_by, seen.motive) == ("IN_FORCE", municipal.id, "breach-told")
    with acting(stranger):
        assert Consultation.objects.count() == Measure.objects.count() == 0


@pytest.mark.django_db
def test_no_account_writes_a_question_that_it_did_not_ask(worker, note, now):
    with acting(worker):
        measure = note()
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(
                "INSERT INTO field_protection_consultation (id, case_id, question, asked_by, asked_at, motive, told)"
                " VALUES (gen_random_uuid(), %s, gen_random_uuid(), %s, now(), 'intervention', 'NOTHING')",
                [measure.case_id, worker.id],
            )
        for attack in ("last_day = NULL", "proof = 'SEEN'", "defendant_identity = ''"):
            with (
                pytest.raises(DatabaseError, match="permission denied"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(f"UPDATE field_protection_measure SET {attack}")


@pytest.mark.django_db
@pytest.mark.parametrize(("left", "alert"), [(31, None), (30, 30), (8, 30), (7, 7), (2, 7), (1, 1), (0, 1), (-1, None)])
def test_the_end_of_a_measure_is_announced_at_thirty_seven_and_one_days(worker, note, now, left, alert):
    with acting(worker):
        note(left=left)
        assert [ending.alert for ending in queries.list_ending(now=now)] == ([alert] if alert else [])


@pytest.mark.django_db
def test_a_measure_that_is_renewed_or_lifted_is_no_longer_announced(worker, note, now):
    with acting(worker):
        old, lifted = note(left=3), note(left=3)
        actions.lift_measure(measure=lifted, on=timezone.localdate(now), by=worker.id, now=now)
        again = note(case=old.case, since=-3, left=90, renews=old)
        assert queries.list_ending(now=now) == []
        with pytest.raises(MeasureRefused, match="already renewed"):
            note(case=old.case, left=90, renews=old)
    after = old.last_day + timedelta(days=1)
    assert standing_on(old, after, renewed=True) == Standing.RENEWED
    assert standing_on(old, after) == Standing.EXPIRED
    assert standing_on(again, timezone.localdate(now)) == Standing.GRANTED


@pytest.mark.django_db
def test_a_breach_opens_a_review_of_the_danger_in_the_same_transaction(worker, note, now):
    """AT-84: the review is due at once, with the day it happened."""
    with acting(worker):
        measure = note()
        actions.report_breach(
            measure=measure, happened_at=now - timedelta(days=1), acts=["approach-home"], nature=EntryKind.FACT_TOLD,
            by=worker.id, now=now,
        )  # fmt: skip
        [review] = list_reviews_due(account=worker.id, now=now)
        assert (review.case_id, review.event) == (measure.case_id, "breach")


@pytest.mark.django_db
def test_a_breach_is_a_fact_that_happened_after_the_measure_began(worker, note, now):
    with acting(worker):
        measure = note(since=5)
        told = {"measure": measure, "acts": ["contact"], "nature": EntryKind.FACT_TOLD, "by": worker.id, "now": now}
        for wrong in (
            {"happened_at": now + timedelta(minutes=5)},
            {"happened_at": now - timedelta(days=9)},
            {"happened_at": now, "acts": []},
            {"happened_at": now, "nature": EntryKind.OPINION},
            {"happened_at": now, "acts": ["unheard-of"]},
        ):
            with pytest.raises(MeasureRefused):
                actions.report_breach(**(told | wrong))
        assert not list_reviews(measure.case)


@pytest.mark.django_db
def test_an_order_that_was_seen_is_noted_with_a_name_and_what_it_forbids(worker, note, now):
    with acting(worker):
        with pytest.raises(MeasureRefused, match="names"):
            note(protected_named=None, defendant_named=None)
        with pytest.raises(ValidationError):
            note(forbidden=[])
        with pytest.raises(MeasureRefused):
            note(kind="unheard-of")
        assert note(protected_named=None).protected_identity == ""
