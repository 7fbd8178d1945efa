"""The closed loop: a need that comes back to do, no capacity, served, reminders and lapse, paper that is out, routes, the inbox."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils.timezone import localdate

from egide.field.casefiles.permissions import NotAllowed
from egide.field.consents.actions import withdraw_consent
from egide.field.consents.models import Consent
from egide.field.needs.models import NeedChange
from egide.field.needs.models import State as NeedState
from egide.field.needs.queries import get_need
from egide.field.referrals import actions, law, permissions, queries
from egide.field.referrals.models import Copy, Link, Referral, State
from egide.field.referrals.policies import MoveRefused
from egide.field.referrals.tests.conftest import words_on
from egide.foundation.legal.policies import RouteRefused
from egide.foundation.legal.queries import list_routes, list_suspensions
from egide.foundation.wings.entering import Subject, entering
from tests.people import acting

pytestmark = pytest.mark.django_db
JOB = Subject.job("send_outbox")
ROUTE = "fiches-val-degide"


@pytest.fixture
def sent(worker, consent, send):
    with acting(worker):
        consent("children", "money")
        return send("children", "money", domain="housing")


@pytest.fixture
def coordinator(make_account):
    return make_account("coordinatrice", "COORDINATOR", at="reseau-e")


def board(worker, case):
    with acting(worker):
        need = get_need(case, "housing")
        return need.state, need.partner


def test_sending_says_on_the_board_to_whom_the_need_was_sent(worker, sent, file):
    assert board(worker, file[0]) == (NeedState.RED_SENT, "Accueil du foyer")


def withdrawn(sent, worker, opened, now):
    with acting(worker):
        withdraw_consent(consent=Consent.objects.get(), now=now)


def said(to, reason=""):
    def make(sent, worker, opened, now):
        with entering("field", opened(sent)):
            actions.answer_by_link(referral=queries.load_linked(sent.referral.id), to=to, reason=reason, now=now)

    return make


def lapsed(sent, worker, opened, now):
    with entering("field", JOB):
        assert actions.expire_due(now=now + timedelta(days=31)) == 1


def called_back(sent, worker, opened, now):
    with acting(worker):
        actions.withdraw_referral(referral=Referral.objects.get(), by=worker.id, now=now)


ENDINGS = {
    "withdrawn": withdrawn, "refused": said(State.REFUSED, "outside-zone"), "no capacity": said(State.NO_CAPACITY),
    "lapsed": lapsed, "called back": called_back,
}  # fmt: skip


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_need_whose_referral_came_to_nothing_is_to_do_again(ending, worker, sent, file, opened, now):
    """R04, R06: "sent to a partner" is a lie once the partner will not act; the history keeps both."""
    ENDINGS[ending](sent, worker, opened, now)
    assert board(worker, file[0]) == (NeedState.RED, "")
    with acting(worker):
        moves = NeedChange.objects.filter(domain="housing").values_list("before", "after")
        assert set(moves) == {(NeedState.GREY, NeedState.RED_SENT), (NeedState.RED_SENT, NeedState.RED)}
        assert Link.objects.get().closed_at is not None


def test_a_need_stays_sent_while_another_referral_still_answers_it(worker, sent, send, file, now):
    with acting(worker):
        send("children", domain="housing")
        actions.withdraw_referral(referral=Referral.objects.get(id=sent.referral.id), by=worker.id, now=now)
    assert board(worker, file[0])[0] == NeedState.RED_SENT


def test_a_partner_says_that_the_person_was_served_and_the_loop_is_closed(worker, sent, opened, now):
    """R06: accepted, contact made, served; counted by what was said (bridge reads outcome and contact)."""
    subject = opened(sent)
    for to in (State.ACCEPTED, State.CONTACT_MADE, State.CLOSED):
        with entering("field", subject):
            assert to in queries.get_linked(sent.referral.id, now=now).answers
            actions.answer_by_link(referral=queries.load_linked(sent.referral.id), to=to, now=now)
    with acting(worker):
        found = Referral.objects.get()
        assert (found.state, found.outcome) == (State.CLOSED, "served")
        assert found.contact_made_at is not None
    with entering("field", subject), pytest.raises(queries.LinkClosed):
        queries.get_linked(sent.referral.id, now=now)


def test_a_second_reminder_then_the_lapse_is_told_to_the_whole_team(worker, colleague, sent, file, now):
    from egide.field.casefiles.actions import join_team

    with acting(worker):
        join_team(case=file[0], account=colleague.id, now=now)
    with entering("field", JOB):
        assert [actions.remind_due(now=now + timedelta(days=day)) for day in (6, 8, 9, 15, 16)] == [0, 1, 0, 1, 0]
        assert actions.expire_due(now=now + timedelta(days=31)) == 1
    with connection.cursor() as cursor, entering("foundation", Subject.job("tests")):
        cursor.execute("SELECT key FROM foundation_outbox_message WHERE key LIKE 'referral-lapsed%'")
        told = {key.rpartition(":")[2] for (key,) in cursor.fetchall()}
    assert told == {str(worker.id), str(colleague.id)}
    for account in (worker, colleague):
        with acting(account):
            assert [each.state for each in queries.list_failed()] == [State.EXPIRED]


def test_what_came_to_nothing_leaves_the_day_once_it_is_closed(worker, sent, opened, now):
    said(State.NO_CAPACITY)(sent, worker, opened, now)
    with acting(worker):
        [found] = queries.list_failed()
        actions.close_referral(referral=found, outcome="refused", by=worker.id, now=now)
        assert not queries.list_failed()


def test_a_pdf_that_was_taken_is_marked_when_she_withdraws(worker, sent, now):
    """R06: withdrawal closes the link at once and marks what was already sent."""
    with acting(worker):
        actions.note_copy(referral=Referral.objects.get(), by=worker.id, now=now)
        assert Copy.objects.get().recalled_at is None
        withdraw_consent(consent=Consent.objects.get(), now=now)
        [copy] = queries.list_copies(Referral.objects.get())
        assert (copy.recalled_at, copy.sections) == (now, ["children", "money"])


# --- local routes


def ask(worker, case, on, *, status="association-worker", recipient="prosecutor", form="professional-to-association"):
    with acting(worker):
        question = law.Question(form, status, recipient)
        return question, law.ask(question, case, agreed=["children"], on=on)


@pytest.fixture
def val(worker, file):
    """The file, in the invented département where the protocol holds."""
    file[0].commune = "99001"
    return file[0]


def test_a_route_switched_off_refuses_the_same_day_proposes_the_fallback_and_keeps_the_history(
    worker, coordinator, val, now
):
    """AT-16: no code change; open again, the days when it was off stay written."""
    today = localdate(now)
    question, decision = ask(worker, val, today)
    assert decision.via == "victim-association"
    law.check_open(question, decision)
    with acting(coordinator):
        actions.switch_route(
            protocol=ROUTE, off=True, decided_by="Parquet fictif", why="À revoir", by=coordinator.id, now=now
        )
    question, decision = ask(worker, val, today)
    assert (decision.instead.recipient, decision.instead.purpose) == ("victim-association", "referral")
    with pytest.raises(law.LawRefuses, match="Parquet fictif"):
        law.check_open(question, decision)
    again = now + timedelta(days=3)
    with acting(coordinator):
        actions.switch_route(protocol=ROUTE, off=False, why="Parquet fictif, relu", by=coordinator.id, now=again)
        assert [each.resumed_on for each in list_suspensions(ROUTE)] == [localdate(again)]
    law.check_open(*ask(worker, val, localdate(again)))
    with pytest.raises(law.LawRefuses):
        law.check_open(*ask(worker, val, today + timedelta(days=2)))


def test_a_referral_by_a_closed_route_is_refused_and_those_already_sent_stay(
    worker, coordinator, val, consent, draft, now
):
    """AT-16: at the draft and again at the sending."""
    more = {"sheet": "professional-to-association", "status": "association-worker", "recipient_kind": "prosecutor",
        "purpose": "report-offence"}  # fmt: skip
    with acting(worker):
        type(val).objects.filter(id=val.id).update(commune="99001")
        consent("children", purpose="report-offence")
        gone = actions.send_referral(referral=draft("children", **more), by=worker.id, now=now).referral
        waiting = draft("children", **more)
        assert gone.route == ROUTE
    with acting(coordinator):
        actions.switch_route(
            protocol=ROUTE, off=True, decided_by="Parquet fictif", why="À revoir", by=coordinator.id, now=now
        )
    with acting(worker):
        with pytest.raises(law.LawRefuses):
            draft("children", **more)
        with pytest.raises(law.LawRefuses):
            actions.send_referral(referral=waiting, by=worker.id, now=now)
        assert Referral.objects.get(id=gone.id).state == State.SENT


def test_only_the_networks_coordinator_switches_a_route_and_says_who_decided(worker, coordinator, now):
    told = {"protocol": ROUTE, "off": True, "decided_by": "Parquet fictif", "now": now}
    with acting(worker), pytest.raises(NotAllowed):
        actions.switch_route(why="non", by=worker.id, **told)
    with acting(coordinator):
        with pytest.raises(RouteRefused):
            actions.switch_route(why=" ", by=coordinator.id, **told)
        actions.switch_route(why="oui", by=coordinator.id, **told)
        with pytest.raises(RouteRefused):
            actions.switch_route(why="oui", by=coordinator.id, **told)
    with entering("public", Subject("public")):
        assert not next(each for each in list_routes() if each.code == ROUTE).is_open(localdate(now)), (
            "the public page says the same"
        )


# --- the law before the sheet

FAMILIES = [  # form, who writes, to whom in law, what the law says, on which text
    ("police-to-station-worker", "police", "social-professional", "with-consent", "loi-78-17-titre-3"),
    ("municipal-police-to-police", "municipal-police", "police", "with-consent", "rgpd-art-9"),
    ("professional-to-association", "association-worker", "prosecutor", "with-consent", "rgpd-art-9"),
    ("professional-to-association", "iscg-association", "prosecutor", "forbidden", "cp-226-13"),
    ("professional-to-perpetrator-service", "iscg-association", "perpetrator-service", "with-consent", "casf-l121-6-2"),
    ("court-attestation", "iscg-association", "the-person", "possible", "rgpd-art-15"),
]


@pytest.mark.parametrize(("form", "status", "recipient", "answer", "article"), FAMILIES)
def test_each_family_of_sheets_puts_its_question_to_the_law(
    form, status, recipient, answer, article, worker, file, now
):
    _question, decision = ask(worker, file[0], localdate(now), status=status, recipient=recipient, form=form)
    assert decision.answer.value == answer
    assert decision.cites(article)


def test_a_child_concern_needs_no_agreement(worker, file, now):
    question, decision = ask(
        worker, file[0], localdate(now), status="iscg-association", recipient="crip", form="professional-to-crip"
    )
    assert decision.answer.value in ("possible", "required")
    law.check_open(question, decision)


def test_what_the_law_forbids_is_refused_and_a_recorded_ground_opens_it(worker, consent, ground, draft, now):
    """R07, AT-17: a sheet to a recipient whom no text names does not leave; her number, and the sheet she carries, remain."""
    with acting(worker):
        consent("children")
        with pytest.raises(law.LawRefuses):
            draft("children", recipient_kind="school", status="iscg-association")


# --- what a partner with an account received


def test_an_account_of_the_recipient_reads_and_answers_what_its_organisation_received(worker, shelter, sent, now):
    """R06, AT-15: the list tells no name; the sheet, the agreed sections; the answer reaches the sender."""
    with acting(shelter):
        [waiting] = queries.list_received()
        assert waiting.service == "Accueil du foyer"
        found, page = queries.get_received(waiting.id, now=now)
        assert [section.code for section in page.sheet.sections] == ["children", "money"]
        assert page.sheet.sections[0].words[0].text == words_on("children")
        assert (page.sheet.name, page.sheet.contact) == ("", None)
        actions.answer_received(received=found, to=State.ACCEPTED, by=shelter.id, now=now)
        assert not Referral.objects.exists(), "no row, only what the function tells"
    with acting(worker):
        assert Referral.objects.get().state == State.ACCEPTED


def test_what_was_received_disappears_at_the_withdrawal(worker, shelter, sent, now):
    with acting(shelter):
        [waiting] = queries.list_received()
    with acting(worker):
        withdraw_consent(consent=Consent.objects.get(), now=now)
    with acting(shelter):
        assert queries.list_received() == []
        with pytest.raises(queries.NotFound):
            queries.get_received(waiting.id, now=now)
        with pytest.raises(MoveRefused):
            actions.answer_received(received=waiting, to=State.ACCEPTED, by=shelter.id, now=now)


def test_other_organisations_receive_nothing(stranger, officer, sent, now):
    for account in (stranger, officer):
        with acting(account):
            assert queries.list_received() == []
            with pytest.raises(queries.NotFound):
                queries.get_received(sent.referral.id, now=now)


def test_the_roles_that_receive_are_those_of_the_matrix(make_account, sent, now):
    from egide.foundation.catalogue import access_matrix

    for number, role in enumerate(sorted({role for role, _row in access_matrix()} - {"PERSON"})):
        account = make_account(f"compte{number}", role, at="foyer-c")
        with acting(account):
            assert bool(queries.list_received()) == (role in permissions.receiving_roles()), role
