"""From the offer to the closed loop: what may be sent, how it moves, what it is counted as."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.utils import DatabaseError, IntegrityError

from egide.field.casefiles.actions import add_role
from egide.field.casefiles.permissions import NotAllowed
from egide.field.consents.policies import ConsentMissing
from egide.field.persons.actions import add_person
from egide.field.persons.answers import Answer
from egide.field.referrals import actions, policies, queries
from egide.field.referrals.models import Audience, Mode, Referral, State
from egide.field.referrals.policies import MoveRefused
from egide.field.referrals.states import MOVES
from egide.foundation.outbox.queries import list_messages
from egide.foundation.wings.entering import Subject, entering
from tests.people import acting

pytestmark = pytest.mark.django_db
USUAL = {"children", "contact", "money", "violence", "health"}


def test_a_sheet_offers_the_items_of_the_founding_text_and_no_more_unless_she_agreed_to_more(
    worker, file, organisation, consent, now
):
    """AT-15: children, resources in the family circle, income, forms of violence, her state; danger only once consented."""
    _case, person = file
    asked = {"person": person, "recipient": None, "purpose": "referral", "on": now.date()}
    with acting(worker):
        asked["recipient"] = organisation("foyer-c")
        assert {section.code for section in policies.offer(**asked)} == USUAL
        assert not any(section.covered for section in policies.offer(**asked))
        consent("danger", "children")
        offered = {section.code: section for section in policies.offer(**asked)}
        assert set(offered) == USUAL | {"danger"}
        assert offered["danger"].covered
        assert not offered["danger"].usual


def test_a_sheet_that_nobody_chose_carries_the_usual_sections_she_agreed_to(worker, consent, draft):
    """AT-15: she agreed to everything, the sheet still proposes the five; with two, two."""
    with acting(worker):
        consent("children", "money", "danger", "housing")
        assert set(draft().sections) == {"children", "money"}
        assert set(draft("danger", "children").sections) == {"danger", "children"}


def test_a_referral_is_not_sent_without_consent_for_that_service_on_exactly_its_sections(
    worker, file, consent, draft, now
):
    """R06: every section of the sheet, for that recipient, for that purpose, on that day."""
    with acting(worker):
        consent("children", to="association-a")
        consent("children", purpose="network-meeting")
        consent("children", given=-60, days=30)
        with pytest.raises(ConsentMissing):
            actions.send_referral(referral=draft("children"), by=worker.id, now=now)
        consent("children")
        with pytest.raises(ConsentMissing, match="Argent"):
            actions.send_referral(referral=draft("children", "money"), by=worker.id, now=now)
        assert actions.send_referral(referral=draft("children"), by=worker.id, now=now).referral.state == State.SENT


def test_what_the_law_allows_without_her_agreement_is_sent_on_its_recorded_ground(worker, ground, draft, now):
    """R07: the ground covers its sections and no other, and stands for her agreement to the referral."""
    with acting(worker):
        referral = draft("danger", agreed=Answer.NO)
        with pytest.raises(MoveRefused):
            actions.send_referral(referral=referral, by=worker.id, now=now)
        ground("danger")
        assert actions.send_referral(referral=referral, by=worker.id, now=now)


@pytest.mark.parametrize("agreed", [Answer.NO, Answer.NOT_ASKED, Answer.UNKNOWN, Answer.REFUSED])
def test_without_her_yes_nothing_leaves_and_help_goes_on(worker, consent, draft, now, agreed):
    """AT-20: her refusal closes this sending only; the number can still be handed over."""
    with acting(worker):
        consent("children")
        with pytest.raises(MoveRefused):
            actions.send_referral(referral=draft("children", agreed=agreed), by=worker.id, now=now)
        given = draft(mode=Mode.NUMBER_GIVEN, agreed=Answer.NO)
        assert given.sections == []


def test_the_code_is_told_to_someone_with_a_name(worker, consent, draft, now):
    """Z06: to the named recipient, by telephone."""
    with acting(worker):
        consent("children")
        with pytest.raises(MoveRefused):
            actions.send_referral(referral=draft("children", recipient_name=""), by=worker.id, now=now)


def test_a_number_handed_over_is_no_accompanied_referral(worker, consent, draft, now):
    """R05, AT-76's trap: it carries nothing, is never sent, and its contact is what she tells."""
    with acting(worker):
        consent("children")
        given = draft(mode=Mode.NUMBER_GIVEN)
        assert given.sections == []
        with pytest.raises(MoveRefused):
            actions.send_referral(referral=given, by=worker.id, now=now)
        with pytest.raises(ValidationError):
            draft("children", mode=Mode.NUMBER_GIVEN)
        actions.record_answer(referral=given, to=State.CONTACT_MADE, by=worker.id, now=now)
        with pytest.raises(MoveRefused):
            actions.record_answer(referral=draft("children"), to=State.CONTACT_MADE, by=worker.id, now=now)


def test_the_loop_is_closed_by_an_outcome_of_the_list(worker, consent, send, now):
    """R05: sent, received, accepted, contact made, closed; green needs an outcome, never a sending."""
    with acting(worker):
        consent("children")
        referral = send("children").referral
        for state in (State.RECEIVED, State.ACCEPTED, State.CONTACT_MADE):
            actions.record_answer(referral=referral, to=state, by=worker.id, now=now)
        with pytest.raises(MoveRefused):
            actions.close_referral(referral=referral, outcome="sent", by=worker.id, now=now)
        actions.close_referral(referral=referral, outcome="served", by=worker.id, now=now)
        stored = Referral.objects.get(id=referral.id)
        assert (stored.state, stored.outcome) == (State.CLOSED, "served")
        assert None not in (stored.received_at, stored.answered_at, stored.contact_made_at, stored.closed_at)


def test_a_service_refuses_for_a_reason_of_the_list(worker, consent, send, now):
    with acting(worker):
        consent("children")
        referral = send("children").referral
        for reason in ("", "she is difficult"):
            with pytest.raises(MoveRefused):
                actions.record_answer(referral=referral, to=State.REFUSED, reason=reason, by=worker.id, now=now)
        actions.record_answer(referral=referral, to=State.REFUSED, reason="no-capacity", by=worker.id, now=now)
        assert Referral.objects.get().refusal_reason == "no-capacity"


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("to", list(State))
def test_a_referral_moves_by_its_table_and_no_other_way(state, to):
    referral = Referral(state=state, mode=Mode.ACCOMPANIED)
    if to in MOVES[state] and (state, to) != (State.DRAFT, State.CONTACT_MADE):
        policies.check_can_move(referral, to)
    else:
        with pytest.raises(MoveRefused):
            policies.check_can_move(referral, to)


def test_a_referral_without_an_answer_for_seven_days_is_recalled_once(worker, consent, send, now):
    """R05: reminder at 7 days; its notice leaves by the outbox, and is dropped when the service answers before."""
    with acting(worker):
        consent("children")
        old, recent = (send("children").referral for _each in range(2))
        for referral, days in ((old, 7), (recent, 6)):
            Referral.objects.filter(id=referral.id).update(sent_at=now - timedelta(days=days))
        assert set(queries.list_to_remind(now=now)) >= {old}
        assert recent not in queries.list_to_remind(now=now)
    with entering("field", Subject.job("night")):
        assert actions.remind_due(now=now) == 1
        assert actions.remind_due(now=now) == 0
    with acting(worker):
        assert Referral.objects.get(id=old.id).reminded_at is not None
        assert Referral.objects.get(id=recent.id).reminded_at is None
        [notice] = list_messages(f"referral:{old.id}")
        assert notice.state == "HELD"
        actions.record_answer(referral=Referral.objects.get(id=old.id), to=State.ACCEPTED, by=worker.id, now=now)
        [notice] = list_messages(f"referral:{old.id}")
        assert (notice.state, notice.reason) == ("DROPPED", "no-longer-needed")


def test_a_referral_that_nobody_answers_lapses_and_its_link_with_it(worker, consent, send, opened, now):
    """R06: answered or lapsed; who accepted does not lapse."""
    with acting(worker):
        consent("children")
        silent, accepted = (send("children") for _each in range(2))
        Referral.objects.update(expires_at=now - timedelta(minutes=1))
        actions.record_answer(referral=accepted.referral, to=State.ACCEPTED, by=worker.id, now=now)
        actions.expire_due(now=now)
        assert Referral.objects.get(id=silent.referral.id).state == State.SENT, "an account lapses nothing"
    with entering("field", Subject.job("night")):
        assert actions.expire_due(now=now) == 1
        assert Referral.objects.count() == 0, "the job sees no row"
    with acting(worker):
        assert Referral.objects.get(id=silent.referral.id).state == State.EXPIRED
        assert Referral.objects.get(id=accepted.referral.id).state == State.ACCEPTED
    assert opened(silent) is None


@pytest.mark.parametrize(
    ("role", "kind", "body"),
    [
        (("ISCG",), "national-police", "iscg"),
        (("INVESTIGATOR",), "national-police", "national-police"),
        (("INVESTIGATOR",), "gendarmerie", "gendarmerie"),
        (("INVESTIGATOR",), "municipal-police", "municipal-police"),
        (("MUNICIPAL_OFFICER",), "local-authority", "municipal-police"),
        (("ASSOCIATION_WORKER",), "association", "association"),
        (("COORDINATOR",), "association", "other"),
    ],
)
def test_the_body_that_refers_is_known_and_only_the_police_are_counted_as_police(role, kind, body):
    """Z16: national police and gendarmerie; the municipal police apart; the social worker in their station is not they."""
    assert policies.body_of(role, kind) == body
    assert (body in policies.POLICE_BODIES) == (body in ("national-police", "gendarmerie"))


def test_a_social_worker_writes_down_what_the_police_referred_under_their_name(worker, draft):
    """Z16: the body that refers is not the one who writes."""
    with acting(worker):
        assert draft("children").author_body == "iscg"
        assert (
            draft("children", author_body="national-police", audience=Audience.OTHER).author_body == "national-police"
        )
        with pytest.raises(MoveRefused):
            draft("children", author_body="mayor")


def test_the_sections_of_a_file_are_shared_by_the_person_it_is_opened_for_only(worker, file, service, now):
    with acting(worker):
        child, passer = add_person(given_name="Petit", now=now), add_person(given_name="Autre", now=now)
        add_role(case=file[0], person=child, kind="CHILD", now=now)
        asked = {"case": file[0], "service": service, "audience": Audience.OTHER, "by": worker.id, "now": now}
        with pytest.raises(MoveRefused):
            actions.draft_referral(person=child, sections=["children"], **asked)
        with pytest.raises(MoveRefused):
            actions.draft_referral(person=passer, sections=[], **asked)
        assert actions.draft_referral(person=child, mode=Mode.NUMBER_GIVEN, **asked)


@pytest.mark.parametrize("who", ["shelter", "stranger", "officer"])
def test_someone_outside_the_team_cannot_refer_from_the_file(request, file, service, now, who):
    case, person = file
    account = request.getfixturevalue(who)
    with acting(account), pytest.raises((NotAllowed, MoveRefused)), transaction.atomic():
        actions.draft_referral(
            case=case, person=person, service=service, audience=Audience.VICTIM, sections=[], by=account.id, now=now
        )  # fmt: skip


@pytest.mark.parametrize("column", ["sections", "recipient_id", "person_id", "case_id", "purpose"])
def test_what_a_referral_may_carry_is_never_widened_even_by_its_team(worker, consent, send, column):
    """R06: no right in the database to point a sheet elsewhere once it is written."""
    with acting(worker):
        consent("children")
        send("children")
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"UPDATE field_referrals_referral SET {column} = {column}")


def test_a_referral_is_closed_only_with_an_outcome_in_the_database_too(worker, consent, send):
    with acting(worker):
        consent("children")
        send("children")
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE field_referrals_referral SET state = 'CLOSED'")


def test_a_referral_of_another_file_answers_as_one_that_does_not_exist(worker, stranger, draft, now):
    """Trap 27: same sentence, same statements."""
    from uuid import uuid4

    from django.test.utils import CaptureQueriesContext

    with acting(worker):
        referral = draft("children")
    said, statements = [], []
    for identifier in (referral.id, uuid4()):
        with (
            acting(stranger),
            CaptureQueriesContext(connection) as captured,
            pytest.raises(queries.NotFound) as refusal,
        ):
            queries.get_referral(identifier, now=now)
        said.append(str(refusal.value))
        statements.append([query["sql"].split("WHERE")[0].split("(")[0] for query in captured.captured_queries])
    assert said[0] == said[1]
    assert statements[0] == statements[1]
