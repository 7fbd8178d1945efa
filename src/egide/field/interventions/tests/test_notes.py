"""The night note (R09): kept once whatever the network does, never overwritten, observed and told apart, gone after six months."""

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Field
from django.db.utils import DatabaseError
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from egide.field.interventions import actions, queries
from egide.field.interventions.models import Content, Note, Version
from egide.field.interventions.permissions import NotAllowed
from egide.field.interventions.policies import NoteRefused, read_told, standing
from egide.foundation.catalogue import roles_with
from egide.foundation.organisations.actions import register_organisation
from egide.foundation.retention.actions import record_visa
from egide.foundation.wings.entering import Subject, entering
from tests.people import acting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def officer(make_account, now):
    with entering("foundation", Subject.job("tests")):
        register_organisation(code="pm-a", name="Police municipale A", kind="municipal-police", fictional=True, now=now)
    return make_account("agent-pm", "MUNICIPAL_OFFICER", at="pm-a")


@pytest.fixture
def other(make_account):
    return make_account("agent-pm-b", "MUNICIPAL_OFFICER", at="pm-b")


@pytest.fixture
def unit(make_account):
    return make_account("opj", "INVESTIGATOR", at="commissariat-d")


@pytest.fixture
def elsewhere(make_account):
    return make_account("opj-e", "INVESTIGATOR", at="commissariat-e")


@pytest.fixture
def told(now):
    """What a device sends, with changes: told(observed="…")."""

    def make(**changes):
        plain = {
            "place": "home", "held_at": now.isoformat(), "present": ["victim", "child"],
            "marks": {"t06": {"way": "TOLD"}, "t09": {"way": "OBSERVED"}, "t11": {"way": "UNKNOWN"}},
            "observed": "Porte forcée.", "told": "« Il m’a suivie. »", "actions": ["apart"], "called": ["chief"],
        }  # fmt: skip
        return {**plain, **changes}

    return make


@pytest.fixture
def send(officer, unit, organisation, told, now):
    """Send one version as the officer: send(key, note, bases) -> receipt."""

    def make(key=None, note=None, bases=(), by=officer, at=now, **changes):
        with acting(by):
            return actions.send_version(
                key=key or uuid4(), note=note or uuid4(), bases=list(bases), told=told(**changes),
                recipient=organisation("commissariat-d"), by=by.id, now=at,
            )  # fmt: skip

    return make


def read(account, note, now):
    with acting(account):
        return queries.list_pages(queries.get_handed(note, by=account.id, now=now))


def test_the_same_key_twice_gives_the_first_receipt(send, unit, now):
    key, note = uuid4(), uuid4()
    first = send(key, note)
    assert send(key, note, at=now + timedelta(hours=3)) == first
    assert len(read(unit, note, now)) == 1


def test_a_key_is_never_used_for_other_words(send):
    key, note = uuid4(), uuid4()
    send(key, note)
    with pytest.raises(NoteRefused, match="already used for other words"):
        send(key, note, observed="Autre chose.")
    with pytest.raises(NoteRefused, match="already used"):
        send(key, uuid4())


def test_two_devices_that_wrote_from_the_same_version_are_both_kept(send, officer, unit, now):
    note, first = uuid4(), uuid4()
    send(first, note)
    phone = send(None, note, [first], observed="Écrit sur le téléphone.")
    office = send(None, note, [first], observed="Écrit au poste.")
    assert (phone.beside, office.beside) == (False, True)
    pages = read(unit, note, now)
    assert [page.content.observed for page in pages] == ["Écrit sur le téléphone.", "Écrit au poste."]
    with acting(officer):
        assert queries.get_own(note, by=officer.id).conflict
    settled = send(None, note, [phone.key, office.key], observed="Les deux.")
    assert not settled.beside
    assert [page.content.observed for page in read(unit, note, now)] == ["Les deux."]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_sent_again_and_in_whatever_order_nothing_is_doubled_or_lost(send, unit, now, data):
    """Two devices write offline from what they know; the network repeats and shuffles what they send."""
    note, sent = uuid4(), []
    for number in range(data.draw(st.integers(1, 6), label="versions")):
        known = [key for key, _bases, _words in sent]
        bases = data.draw(st.lists(st.sampled_from(known), unique=True), label="bases") if known else []
        sent.append((uuid4(), bases, f"Version {number}"))
    repeats = data.draw(st.lists(st.sampled_from(sent), max_size=8), label="repeats")
    arriving = data.draw(st.permutations(sent + repeats), label="arrivals")
    receipts = {}
    for key, bases, words in arriving:
        receipt = send(key, note, bases, observed=words)
        assert receipts.setdefault(key, receipt) == receipt
    left = {base for _key, bases, _words in sent for base in bases}
    expected = {words for key, _bases, words in sent if key not in left}
    assert {page.content.observed for page in read(unit, note, now)} == expected
    assert sorted(receipt.number for receipt in receipts.values()) == list(range(1, len(sent) + 1))


def test_lines_one_to_four_and_a_breach_call_the_police_and_nothing_else_is_decided(send, unit, now):
    for marks, urgent in (
        ({"t03": {"way": "TOLD"}}, True),
        ({"t12": {"way": "OBSERVED", "grade": "BREACHED"}}, True),
        ({"t12": {"way": "OBSERVED", "grade": "IN_FORCE"}}, False),
        ({"t01": {"way": "UNKNOWN"}}, False),
        ({}, False),
    ):
        note = uuid4()
        send(None, note, marks=marks)
        [page] = read(unit, note, now)
        assert page.reading.urgent is urgent


def test_observed_and_told_are_never_in_one_list(send, unit, now):
    """AT-23."""
    note = uuid4()
    send(None, note)
    [page] = read(unit, note, now)
    assert [[line.code for line in lines] for lines in (page.observed, page.told, page.unknown)] == [
        ["t09"],
        ["t06"],
        ["t11"],
    ]
    assert (page.content.observed, page.content.told) == ("Porte forcée.", "« Il m’a suivie. »")


def test_the_officer_reads_the_note_until_its_receipt_then_only_facts(send, officer, unit, now):
    """AT-22: after the receipt the content is the unit's; the officer knows when the device forgets it."""
    note = uuid4()
    receipt = send(None, note)
    with acting(officer):
        assert [page.content.observed for page in queries.list_pages(queries.get_own(note, by=officer.id).note)]
    with acting(unit):
        handed = queries.get_handed(note, by=unit.id, now=now)
        with pytest.raises(NoteRefused, match="Receive this note"):
            actions.note_seen(note=handed, by=unit.id, now=now)
        actions.receive_note(note=handed, by=unit.id, now=now)
        actions.note_seen(note=handed, by=unit.id, now=now)
        with pytest.raises(NoteRefused, match="already received"):
            actions.receive_note(note=handed, by=unit.id, now=now)
    with acting(officer):
        facts = queries.get_own(note, by=officer.id)
        assert queries.list_pages(facts.note) == []
        assert (facts.note.received_at, facts.note.seen_at, facts.wiped_at) == (now, now, now + timedelta(hours=24))
    late = send(None, note, [], observed="Du second appareil, après le reçu.")
    assert late.beside
    assert late.number == receipt.number + 1
    assert len(read(unit, note, now)) == 2


def test_a_note_is_read_by_its_unit_alone(send, other, elsewhere, worker, unit, now):
    note = uuid4()
    send(None, note)
    for stranger in (other, elsewhere, worker):
        with acting(stranger):
            assert not any(model.objects.exists() for model in (Note, Version, Content))
            with pytest.raises(queries.NotFound):
                queries.get_handed(note, by=stranger.id, now=now)
    with pytest.raises(NoteRefused, match="belongs to another note"):
        send(None, note, by=other)
    with pytest.raises(NotAllowed):
        send(by=unit)
    with acting(elsewhere), pytest.raises(NotAllowed):
        actions.receive_note(note=Note(id=note, recipient_id=uuid4()), by=elsewhere.id, now=now)


def test_the_officer_cannot_give_the_receipt_nor_change_what_was_sent_even_by_sql(send, officer):
    note = uuid4()
    receipt = send(None, note)
    attacks = (
        ("UPDATE field_interventions_note SET received_at = now() WHERE id = %s", note),
        ("UPDATE field_interventions_content SET observed = 'x' WHERE version_id = %s", receipt.key),
        ("DELETE FROM field_interventions_version WHERE note_id = %s", note),
        ("SELECT erase_notes(ARRAY[%s]::uuid[])", note),
    )
    for statement, named in attacks:
        with acting(officer), connection.cursor() as cursor:
            try:
                with transaction.atomic():
                    cursor.execute(statement, [named])
                    touched = cursor.rowcount
            except DatabaseError:
                touched = 0
            assert touched == 0, statement


def test_the_roles_of_the_walls_are_those_of_the_matrix():
    assert roles_with("R09", "own") == {"MUNICIPAL_OFFICER"}
    assert roles_with("R09", "N") == {"INVESTIGATOR"}


def test_a_note_has_no_place_for_a_name_an_offence_a_complaint_or_a_position(told, now):
    fields = {
        field.name
        for model in (Note, Version, Content)
        for field in model._meta.get_fields()
        if isinstance(field, Field)
    }
    assert not [
        name
        for name in fields
        if re.search("name|offence|natinf|complaint|latitude|longitude|gps|address|person", name)
    ]
    for wrong in (
        {"gps": "48,1"},
        {"offence": "x"},
        {"observed": "48.8566, 2.3522"},
        {"told": "48° 51′ N"},
        {"place": "12 rue"},
    ):
        with pytest.raises(NoteRefused):
            read_told(told(**wrong), now=now)
    for wrong in (
        {"held_at": "tomorrow"}, {"held_at": (now + timedelta(hours=2)).isoformat()}, {"marks": {"t99": {"way": "TOLD"}}},
        {"marks": {"t01": {"way": "GUESSED"}}}, {"marks": ["t01"]}, {"observed": "x" * 601}, {"present": "victim"},
    ):  # fmt: skip
        with pytest.raises(NoteRefused):
            read_told(told(**wrong), now=now)


def test_notes_go_after_six_months_once_the_archives_agree(send, officer, unit, organisation, now):
    old, recent = uuid4(), uuid4()
    send(None, old, held_at=(now - timedelta(days=190)).isoformat())
    send(None, recent)
    with entering("field", Subject.job("tests")):
        purge = actions.purge_notes(now=now)
    assert (purge.erased, purge.waiting) == (0, 1)
    with entering("foundation", Subject.job("tests")):
        record_visa(
            organisation=organisation("pm-a"), rule=actions.RULE, due_until=now.date(), reference="Visa 1", now=now
        )
    with entering("field", Subject.job("tests")):
        purge = actions.purge_notes(now=now)
    assert (purge.erased, purge.waiting) == (1, 0)
    with acting(unit):
        assert [note.id for note in queries.list_handed(by=unit.id)] == [recent]
        assert set(Content.objects.values_list("version__note", flat=True)) == {recent}


def test_an_account_purges_nothing(send, officer, now):
    send(None, uuid4(), held_at=(now - timedelta(days=400)).isoformat())
    with acting(officer), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM due_notes(current_date)")
        assert cursor.fetchone() == (0,)


def test_the_command_purges_and_says_how_many(active_field, capsys):
    call_command("purge_notes", "--json")
    assert '"erased": 0' in capsys.readouterr().out


def test_versions_that_know_nothing_of_each_other_all_stand():
    keys = [UUID(int=number) for number in range(3)]
    made = [Version(key=key, number=number, bases=[]) for number, key in enumerate(keys)]
    assert [version.key for version in standing(made)] == keys
