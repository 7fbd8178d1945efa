"""The signed link: it shows nothing before the code, one sheet after it, and nothing once she takes her consent back."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.test.utils import CaptureQueriesContext

from egide.field.casefiles.actions import exclude
from egide.field.consents.actions import withdraw_consent
from egide.field.consents.models import Consent
from egide.field.persons.actions import state_safe_contact
from egide.field.persons.models import Channel
from egide.field.referrals import actions, queries
from egide.field.referrals.liaison import render_pdf
from egide.field.referrals.models import Link, Referral, State
from egide.field.referrals.policies import MoveRefused
from egide.field.referrals.tests.conftest import LINK, SECTIONS, words_on
from egide.foundation.wings.entering import Subject, entering
from tests.people import acting

pytestmark = pytest.mark.django_db
TABLES = [
    "field_casefiles_casefile", "field_casefiles_teammember", "field_casefiles_exclusion", "field_casefiles_role",
    "field_casefiles_episode", "field_casefiles_interview", "field_casefiles_action", "field_casefiles_entry",
    "field_persons_person", "field_persons_safecontact", "field_consents_consent", "field_consents_ground",
    "field_referrals_referral", "field_referrals_link", "field_directory_service", "field_directory_opening",
]  # fmt: skip


def counts():
    with connection.cursor() as cursor:
        found = {}
        for table in TABLES:
            cursor.execute(f"SELECT count(*) FROM {table}")
            found[table] = cursor.fetchone()[0]
    return {table: number for table, number in found.items() if number}


def sections_by_sql():
    with connection.cursor() as cursor:
        cursor.execute("SELECT section, text FROM field_casefiles_entry")
        return dict(cursor.fetchall())


@pytest.fixture
def sent(worker, consent, send):
    with acting(worker):
        consent("children", "money")
        return send("children", "money")


def test_before_the_code_a_link_sees_no_row_of_any_table(sent):
    """Z06: whoever merely holds the mailbox reads nothing, not even that a person exists."""
    for subject in (LINK, Subject("link", sent.referral.id)):
        with entering("field", subject):
            assert counts() == {}


def test_the_code_opens_one_referral_and_its_consented_sections_no_more(sent, opened, now):
    """Z06, AT-15: after the code, the two sections; no name, no contact, for she did not agree to them."""
    with entering("field", opened(sent)):
        assert counts() == {"field_referrals_referral": 1, "field_casefiles_entry": 2}
        assert sections_by_sql() == {section: words_on(section) for section in ("children", "money")}
        shown = queries.get_linked(sent.referral.id, now=now).sheet
        assert [section.code for section in shown.sections] == ["children", "money"]
        assert (shown.name, shown.contact) == ("", None)
        assert [basis.article for basis in shown.bases] == [""]


def test_her_name_and_her_safe_contact_are_shown_only_when_she_agreed_to_it(worker, file, consent, send, opened, now):
    with acting(worker):
        consent("identity", "contact")
        state_safe_contact(
            person=file[1], channel=Channel.SMS, address="06 39 98 00 01", from_time=now.time().replace(hour=9, minute=0),
            to_time=now.time().replace(hour=11, minute=0), now=now,
        )  # fmt: skip
        both, name_only = send("identity", "contact"), send("identity")
    with entering("field", opened(both)):
        shown = queries.get_linked(both.referral.id, now=now).sheet
        assert (shown.name, shown.contact.address) == ("Alix Exemple", "06 39 98 00 01")
    with entering("field", opened(name_only)):
        assert counts() == {"field_referrals_referral": 1, "field_casefiles_entry": 1, "field_persons_person": 1}
        assert queries.get_linked(name_only.referral.id, now=now).sheet.contact is None


def test_only_hashes_of_the_secrets_are_stored(sent, owner):
    """Z06: neither the address nor the code can be read again, nor tried against the table alone."""
    with entering("field", Subject.account(sent.referral.written_by)):
        link = Link.objects.get()
        stored = " ".join(str(value) for value in vars(link).values())
    digits = sent.code.replace(" ", "")
    assert sent.token not in stored
    assert digits not in stored
    import hashlib

    assert link.code_hash not in {
        hashlib.sha256(text.encode()).hexdigest() for text in (digits, sent.code, sent.token + digits)
    }
    assert (sent.token in repr(sent), sent.code in repr(sent)) == (False, False)


def test_a_code_serves_once_and_a_new_one_is_told_by_telephone(worker, sent, opened, now):
    """Z06: one-time."""
    assert opened(sent)
    assert opened(sent) is None
    with acting(worker):
        code = actions.renew_code(referral=sent.referral, by=worker.id, now=now)
    assert opened(sent) is None, "the old code is dead"
    assert opened(sent, code=code)


def test_a_code_is_typed_as_it_is_heard(sent, opened):
    assert opened(sent, code=sent.code.replace(" ", "-"))


def test_five_wrong_codes_close_the_link_for_good(worker, sent, opened, now):
    """Z06: the attempts are counted though each was refused."""
    for _attempt in range(5):
        assert opened(sent, code="0000 0000" if sent.code != "0000 0000" else "1111 1111") is None
    assert opened(sent) is None, "even the right one"
    with acting(worker):
        link = Link.objects.get()
        assert (link.attempts, link.closed_at is None) == (5, False)
        with pytest.raises(MoveRefused):
            actions.renew_code(referral=sent.referral, by=worker.id, now=now)


def test_four_wrong_codes_do_not(sent, opened):
    for _attempt in range(4):
        opened(sent, code="0000 0000" if sent.code != "0000 0000" else "1111 1111")
    assert opened(sent)


def make_dead(how, worker, sent, opened, consent, file, organisation, now):
    """Bring a link to each of its deaths; return the (token, code) to try."""
    token, code = sent.token, sent.code
    with acting(worker):
        if how == "wrong token":
            token = "x" * 43
        if how == "wrong code":
            code = "0000 0000" if code != "0000 0000" else "1111 1111"
        if how == "withdrawn consent":
            withdraw_consent(consent=Consent.objects.get(), now=now)
        if how == "withdrawn referral":
            actions.withdraw_referral(referral=sent.referral, by=worker.id, now=now)
        if how == "closed":
            actions.close_referral(referral=sent.referral, outcome="declined", by=worker.id, now=now)
        if how == "excluded":
            exclude(case=file[0], organisation=organisation("foyer-c"), because="relative", by=worker.id, now=now)
    if how == "used":
        opened(sent)
    return token, code


DEATHS = ["wrong token", "wrong code", "used", "withdrawn consent", "withdrawn referral", "closed", "excluded"]


@pytest.mark.parametrize("how", DEATHS)
def test_whatever_the_reason_a_closed_link_answers_alike(how, worker, sent, opened, consent, file, organisation, now):
    """Z06, trap 27: wrong address, wrong code, used, withdrawn, closed, excluded: same answer, same statements."""
    token, code = make_dead(how, worker, sent, opened, consent, file, organisation, now)
    with entering("field", LINK), CaptureQueriesContext(connection) as captured:
        assert actions.open_link(token=token, code=code, now=now) is None
    statements = [query["sql"].partition("(")[0].partition(' "')[0].strip() for query in captured.captured_queries]
    assert statements == [
        "SAVEPOINT", "SELECT * FROM open_referral_link", "SELECT id, wrapped FROM audit_subject_key", "SELECT audit_record",
        "RELEASE SAVEPOINT",
    ]  # fmt: skip


def test_a_link_past_its_day_opens_nothing(worker, consent, draft, opened, now):
    """Z06: lapsed by the database's own clock, whether or not the night's job has run."""
    with acting(worker):
        consent("children")
        lapsed = actions.send_referral(
            referral=draft("children"), by=worker.id, now=now, expires_at=now - timedelta(minutes=1)
        )
    assert opened(lapsed) is None


def test_a_tab_left_open_after_the_working_day_reads_nothing(worker, sent, opened, now):
    """Z06: a code opens for eight hours; then a new one is told."""
    tab = opened(sent)
    with acting(worker):
        Link.objects.update(open_until=now - timedelta(seconds=1))
    with entering("field", tab):
        assert counts() == {}


def test_a_consent_that_ends_closes_the_tab_by_itself(worker, consent, send, opened, time_passes):
    """R07: nothing has to run for a consent past its day to open no more, section by section, then the link."""
    with acting(worker):
        children, money = consent("children"), consent("money")
        sent = send("children", "money")
    tab = opened(sent)
    for agreement, left in ((children, {"money"}), (money, set())):
        with acting(worker):
            time_passes(agreement)
        with entering("field", tab):
            assert set(sections_by_sql()) == left
    with entering("field", tab):
        assert counts() == {}
    assert opened(sent) is None


@pytest.mark.parametrize("wing", ["statistics", "public", "programmes", "investigation", "vigilance", "foundation"])
def test_no_other_wing_may_call_the_functions_of_the_link(wing, sent, worker):
    """Trap 5: a function that reads for its caller is open to the field alone."""
    calls = [
        "field_link()", "linked_sections()", "linked_persons('{identity}')", f"referral_sections('{sent.referral.id}')",
        f"referral_bases('{sent.referral.id}')", "open_referral_link('x', 'y')", f"live_sections('{sent.referral.id}')",
        "answer_referral_link('SENT', 'ACCEPTED', '', now())", "lapse_referrals(now())", "remind_referrals(now())",
        f"close_uncovered_referrals('{sent.referral.person_id}', '{sent.referral.recipient_id}', now())",
    ]  # fmt: skip
    with entering(wing, Subject.account(worker.id)), connection.cursor() as cursor:
        for call in calls:
            with pytest.raises(DatabaseError, match="permission denied for function"), transaction.atomic():
                cursor.execute(f"SELECT {call}")


def test_a_withdrawal_closes_the_open_tab_the_link_and_the_sheet_in_the_same_transaction(
    worker, sent, opened, now, consent
):
    """Trap 17, AT-04: the partner holds an open tab, a link and a PDF; from her withdrawal on it reads nothing more."""
    tab = opened(sent)
    with entering("field", tab):
        assert queries.get_linked(sent.referral.id, now=now).sheet.sections
    with acting(worker):
        withdraw_consent(consent=Consent.objects.get(), now=now)
        assert Referral.objects.get().state == State.WITHDRAWN
        assert Link.objects.get().closed_at is not None
    with entering("field", tab):
        assert counts() == {}
        with pytest.raises(queries.LinkClosed, match=queries.link_refusal()[:20]):
            queries.get_linked(sent.referral.id, now=now)
        with pytest.raises(queries.LinkClosed):
            queries.load_linked(sent.referral.id)
    assert opened(sent) is None
    with acting(worker):
        withdrawn = queries.get_sheet(sent.referral.id, now=now)
        assert withdrawn.sections == ()
        consent("children")
    with entering("field", tab):
        assert counts() == {}, "a new consent does not reopen what she closed"


def test_a_withdrawal_closes_the_referrals_of_files_its_writer_cannot_open(
    worker, colleague, sent, file, opened, now, organisation
):
    """Trap 17: the database finds them; whoever notes the withdrawal sees none of them."""
    from egide.field.casefiles.actions import join_team, leave_team, open_case_file

    with acting(worker):
        person = file[1]
        second = open_case_file(
            person=person, organisation=organisation("association-a"), category="VICTIM", origin="self", by=worker.id, now=now
        )  # fmt: skip
        join_team(case=second, account=colleague.id, now=now)
        leave_team(case=second, account=worker.id, now=now)
    tab = opened(sent)
    with acting(colleague):
        assert Referral.objects.count() == 0
        withdraw_consent(consent=Consent.objects.get(), now=now)
    with entering("field", tab):
        assert counts() == {}
    with acting(worker):
        assert Referral.objects.get().state == State.WITHDRAWN


def test_a_withdrawal_that_leaves_every_section_covered_closes_nothing(worker, sent, consent, opened, now):
    with acting(worker):
        first = Consent.objects.get()
        consent("children", "money")
        withdraw_consent(consent=first, now=now)
        assert Referral.objects.get().state == State.SENT
    with entering("field", opened(sent)):
        assert set(sections_by_sql()) == {"children", "money"}


def test_an_organisation_that_is_excluded_loses_its_open_tab(worker, sent, opened, file, organisation, now):
    """X08: from that moment the file does not exist for it."""
    tab = opened(sent)
    with acting(worker):
        exclude(case=file[0], organisation=organisation("foyer-c"), because="relative", by=worker.id, now=now)
    with entering("field", tab):
        assert counts() == {}


def test_the_partner_answers_without_an_account(worker, sent, opened, now):
    """R06: received, accepted, contact made; the sender sees it."""
    tab = opened(sent)
    for state in (State.RECEIVED, State.ACCEPTED, State.CONTACT_MADE):
        with entering("field", tab):
            actions.answer_by_link(referral=queries.load_linked(sent.referral.id), to=state, now=now)
            assert queries.get_linked(sent.referral.id, now=now).sheet.state == state
    with acting(worker):
        referral = Referral.objects.get()
        assert referral.state == State.CONTACT_MADE
        assert None not in (referral.received_at, referral.answered_at, referral.contact_made_at)


def test_a_refusal_by_link_has_its_reason_and_closes_the_link(worker, sent, opened, now):
    tab = opened(sent)
    with entering("field", tab):
        referral = queries.load_linked(sent.referral.id)
        with pytest.raises(MoveRefused):
            actions.answer_by_link(referral=referral, to=State.REFUSED, now=now)
        with pytest.raises(MoveRefused):
            actions.answer_by_link(referral=referral, to=State.CLOSED, now=now)
        actions.answer_by_link(referral=referral, to=State.REFUSED, reason="no-capacity", now=now)
        assert counts() == {}
    with acting(worker):
        assert (Referral.objects.get().state, Referral.objects.get().refusal_reason) == (State.REFUSED, "no-capacity")


ATTACKS = [
    "UPDATE field_referrals_referral SET state = 'CONTACT_MADE'",
    "UPDATE field_referrals_referral SET recipient_name = 'x'",
    "UPDATE field_referrals_link SET open_until = now() + interval '9 years', closed_at = NULL, attempts = 0",
    "UPDATE field_casefiles_entry SET text = 'x'",
    "DELETE FROM field_casefiles_entry",
    "UPDATE field_consents_consent SET withdrawn_at = NULL",
    "SELECT * FROM live_sections(%(referral)s)",
    "SELECT * FROM close_uncovered_referrals(%(person)s, %(recipient)s, now())",
    "SELECT * FROM lapse_referrals(now() + interval '1 year')",
    "SELECT * FROM remind_referrals(now())",
    "SELECT * FROM referral_sections(%(other)s)",
    "SELECT * FROM referral_bases(%(other)s)",
    "SELECT answer_referral_link('SENT', 'CLOSED', '', now())",
    "SELECT answer_referral_link('SENT', 'CONTACT_MADE', '', now())",
    "SELECT answer_referral_link('SENT', 'WITHDRAWN', '', now())",
    "SELECT * FROM field_cells('2020-01-01', '2030-01-01')",
    "SELECT * FROM case_trace(%(case)s)",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_link_does_nothing_else_by_raw_sql(attack, worker, file, sent, send, opened, now):
    """Trap 3: one referral, read; every other statement changes no row, returns no row, or is denied."""
    with acting(worker):
        other = send("children").referral
    named = {
        "referral": sent.referral.id, "other": other.id, "person": file[1].id, "case": file[0].id,
        "recipient": sent.referral.recipient_id,
    }  # fmt: skip
    denied, rows, changed = "", [], 0
    with entering("field", opened(sent)), connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(attack, named)
                rows, changed = cursor.fetchall() if cursor.description else [], cursor.rowcount
        except DatabaseError as refusal:
            denied = str(refusal)
    assert "permission denied" in denied or "named job" in denied or not denied
    assert [row for row in rows if row != (None,)] == []
    assert changed in (0, len(rows))
    with acting(worker):
        assert set(Referral.objects.values_list("state", flat=True)) == {State.SENT}


@pytest.mark.parametrize("who", ["shelter", "stranger", "officer"])
def test_the_recipients_account_reads_no_referral_nor_link(request, who, sent, now):
    """R06: no row of the referral, of the link or of the person; what it received is told by functions (test_received)."""
    with acting(request.getfixturevalue(who)):
        found = counts()
        assert "field_referrals_referral" not in found
        assert "field_referrals_link" not in found
        assert "field_persons_person" not in found
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM referral_sections(%s)", [sent.referral.id])
            assert {section for (section,) in cursor.fetchall()} == (
                {"children", "money"} if who == "shelter" else set()
            )
            cursor.execute("SELECT answer_referral_link('SENT', 'ACCEPTED', '', now())")
            assert cursor.fetchone() == (None,)
        with pytest.raises(queries.NotFound):
            queries.get_sheet(sent.referral.id, now=now)


def test_who_leaves_the_team_reads_the_sheet_no_more(worker, colleague, sent, file, now):
    from egide.field.casefiles.actions import join_team, leave_team

    with acting(worker):
        join_team(case=file[0], account=colleague.id, now=now)
        leave_team(case=file[0], account=worker.id, now=now)
        assert counts().get("field_referrals_referral") is None
        with pytest.raises(queries.NotFound):
            queries.get_sheet(sent.referral.id, now=now)


def test_every_reading_by_link_is_in_the_trail_of_the_file(worker, sent, opened, file, now):
    """X09: who saw my file: the link too."""
    from egide.field.casefiles.queries import list_traces

    with entering("field", opened(sent)):
        queries.get_linked(sent.referral.id, now=now)
    with acting(worker):
        traces = {(trace.code, trace.actor_kind) for trace in list_traces(file[0])}
    assert ("REFERRAL_LINK_OPENED", "link") in traces
    assert ("REFERRAL_READ", "link") in traces


def test_the_sheet_of_the_team_and_of_the_link_are_the_same_bytes(worker, sent, opened, now):
    """R06: one query makes both; same sheet, same bytes."""
    with acting(worker):
        ours = render_pdf(queries.get_sheet(sent.referral.id, now=now), "fr")
    with entering("field", opened(sent)):
        theirs = render_pdf(queries.get_linked(sent.referral.id, now=now).sheet, "fr")
    assert ours == theirs
    assert SECTIONS
