"""The table of proofs, cell by cell: through the page, through the action, and by raw SQL under row-level security.

One expectation, that of catalogue/access/proofs.csv, whichever way it is asked. What a role's page refuses at its threshold is
asked of the threshold that the address declares.
"""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.test import Client
from django.test.utils import override_settings
from django.urls import resolve, reverse
from django.utils import timezone

from egide.field.casefiles import queries
from egide.field.casefiles.actions import write_entry
from egide.field.casefiles.models import CaseFile
from egide.field.casefiles.permissions import NotAllowed
from egide.field.consents.actions import record_consent, withdraw_consent
from egide.field.referrals import queries as links
from egide.field.referrals.permissions import check_may_refer
from egide.foundation.catalogue import roles_with
from egide.foundation.catalogue.proofs import ACTIONS, list_proofs
from egide.foundation.wings.entering import Subject, entering
from egide.web.field.roles import FIELD
from tests.people import acting

from . import world as worlds

PROOFS = {proof.situation: proof for proof in list_proofs()}
BY_ACCOUNT = [name for name, proof in PROOFS.items() if proof.roles]
BY_LINK = [name for name, proof in PROOFS.items() if not proof.roles]
REFUSED = (DatabaseError, ValidationError, PermissionError, LookupError, CaseFile.DoesNotExist)
SEE = """SELECT (SELECT count(*) FROM field_casefiles_casefile WHERE id = %(case)s),
  (SELECT count(*) FROM field_persons_person WHERE id = %(person)s), (SELECT count(*) FROM case_trace(%(case)s)),
  (SELECT coalesce(array_agg(text), '{}') FROM field_casefiles_entry WHERE case_id = %(case)s)"""
WRITE = """INSERT INTO field_casefiles_entry (id, case_id, section, purpose, kind, text, written_at, written_by)
  VALUES (%(new)s, %(case)s, 'danger', 'x', 'FACT_TOLD', 'x', now(), %(me)s)"""
AGREE = """INSERT INTO field_consents_consent (id, person_id, recipient_id, purpose, sections, given_on, expires_on, explained_by,
  language, interpreter, proof) VALUES (%(new)s, %(person)s, %(partner)s, 'x', '{health}', current_date, current_date + 9, %(me)s,
  'fr', false, 'ORAL')"""


@pytest.fixture(scope="module")
def everyone(django_db_setup, django_db_blocker):
    """The shared set-up, in one transaction that is taken back at the end; no role may change a consent, so the owner lends it."""
    import psycopg

    with django_db_blocker.unblock():
        settings = connection.settings_dict
        with psycopg.connect(
            host=settings["HOST"], user="egide_owner", dbname=settings["NAME"], autocommit=True
        ) as owner:
            lent = "UPDATE (expires_on) ON field_consents_consent, field_consents_ground"
            owner.execute(f"GRANT {lent} TO egide_field")
            hasher = override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
            now = timezone.now()
            with hasher, transaction.atomic():
                yield worlds.build(now)
                transaction.set_rollback(True)
            owner.execute(f"REVOKE {lent} FROM egide_field")


@pytest.fixture
def world(everyone):
    """The set-up as it was, whatever the test before did."""
    with transaction.atomic():
        yield everyone
        transaction.set_rollback(True)
    everyone.clients.clear()  # their sessions went with the transaction


def tried(attempt) -> bool:
    """Whether something is let through; its writes are taken back."""
    try:
        with transaction.atomic():
            done = attempt()
            transaction.set_rollback(True)
    except REFUSED:
        return False
    return bool(done)


def spoken(text) -> set[str]:
    """The sections whose words stand in a text."""
    return {section for section in worlds.SECTIONS if worlds.words_on(section) in text}


# --- the three ways


def by_sql(world, account):
    values = {
        "case": world.case.id, "person": world.person.id, "me": account.id, "new": uuid4(),
        "partner": world.organisations[worlds.PARTNER].id,
    }  # fmt: skip

    def run(statement):
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.rowcount

    with acting(account):
        with connection.cursor() as cursor:
            cursor.execute(SEE, values)
            file, person, trail, texts = cursor.fetchone()
        told = {"open": file, "find": person, "trail": trail}
        told |= {"write": tried(lambda: run(WRITE)), "agree": tried(lambda: run(AGREE))}
    return {action for action, done in told.items() if done}, spoken(" ".join(texts))


def by_action(world, account):
    file, person = CaseFile(id=world.case.id), world.person
    now, day = world.now, world.today
    attempts = {
        "open": lambda: queries.get_case(file.id, now=now),
        "find": lambda: person in queries.search_persons(family_name="Exemple"),
        "write": lambda: write_entry(
            case=file, section="danger", purpose="x", kind="FACT_TOLD", text="x", by=account.id, now=now
        ),
        "agree": lambda: record_consent(
            person=person, recipient=world.organisations[worlds.PARTNER], purpose="referral", sections=["health"],
            given_on=day, expires_on=day + timedelta(9), by=account.id, proof="ORAL", now=now,
        ),
        "trail": lambda: queries.list_traces(file),
    }  # fmt: skip
    with acting(account):
        read = [*queries.list_entries(file), *queries.read_shared_entries(now=now)]
        return {action for action in ACTIONS if tried(attempts[action])}, spoken(" ".join(each.text for each in read))


def by_page(world, role, account):
    client = world.client(account)
    address = {
        name: reverse(name, kwargs={"case": world.case.id}) for name in ("case", "write_entry", "consents", "traces")
    }
    file, shared = client.get(address["case"]), client.get(reverse("disclosed"))
    read = spoken(file.content.decode()) | (spoken(shared.content.decode()) if shared.status_code == 200 else set())
    if role not in FIELD:
        assert (file.status_code, read & spoken(file.content.decode())) == (403, set()), role
        for path in (*address.values(), reverse("today")):
            assert role not in resolve(path).func.roles == FIELD, path
        return set(), read
    words = {"section": "danger", "kind": "FACT_TOLD", "purpose": "social-support", "text": "x"}
    given = {
        "recipient": str(world.service.id), "sections": ["health"], "purpose": "referral", "given_on": str(world.today),
        "expires_on": str(world.today + timedelta(9)), "proof": "ORAL", "language": "fr",
    }  # fmt: skip
    attempts = {
        "open": lambda: file.status_code == 200,
        "find": lambda: (
            world.case.reference in client.post(reverse("today"), {"family_name": "Exemple"}).content.decode()
        ),
        "write": lambda: client.post(address["write_entry"], words).status_code == 302,
        "agree": lambda: client.post(address["consents"], given).status_code == 302,
        "trail": lambda: client.get(address["traces"]).status_code == 200,
    }
    return {action for action in ACTIONS if tried(attempts[action])}, read


# --- the cells


@pytest.mark.parametrize("situation", BY_ACCOUNT)
def test_each_position_sees_what_the_table_says_by_the_page_the_action_and_raw_sql(world, situation):
    """AT-04, X08, X16, F1, Z02: one expectation for the three ways."""
    proof = PROOFS[situation]
    worlds.relate(world, proof)
    worlds.agree(world, proof.consent)
    accounts = {role: world.account(role, proof.relation) for role in proof.roles}
    worlds.keep_out(world, proof.exclusion, accounts.values(), worlds.PLACE_OF[proof.relation])
    expected = set(proof.allowed), set(worlds.SECTIONS if proof.sections is None else proof.sections)
    for role, account in accounts.items():
        assert by_sql(world, account) == expected, f"{role}, by SQL"
        assert by_action(world, account) == expected, f"{role}, by the action"
        assert by_page(world, role, account) == expected, f"{role}, by the page"


@pytest.mark.parametrize("situation", BY_LINK)
def test_a_link_shows_what_the_table_says_by_the_page_the_query_and_raw_sql(world, situation):
    """Z06, trap 17, AT-04: the page was open before the consent ended."""
    proof = PROOFS[situation]
    by_text = proof.consent.startswith("text")
    given = worlds.agree(world, "text" if by_text else "in-force")
    sent = worlds.send(world, worlds.BY_TEXT if by_text else worlds.AGREED)
    partner, address = Client(), reverse("link", kwargs={"token": sent.token})
    if proof.relation == "link":
        assert partner.post(address, {"code": sent.code}).status_code == 302
        assert spoken(partner.get(address).content.decode()) == set(worlds.BY_TEXT if by_text else worlds.AGREED)
    end(world, proof, given)
    expected = set(proof.sections)
    assert spoken(partner.get(address).content.decode()) == expected
    with entering("field", Subject("link", sent.referral.id)):
        with connection.cursor() as cursor:
            cursor.execute(SEE, {"case": world.case.id, "person": world.person.id})
            *others, texts = cursor.fetchone()
        assert (others, spoken(" ".join(texts))) == ([0, 0, 0], expected)
        if expected:
            sheet = links.get_linked(sent.referral.id, now=world.now).sheet
            assert {section.code for section in sheet.sections} == expected
        else:
            with pytest.raises(links.LinkClosed):
                links.get_linked(sent.referral.id, now=world.now)


def end(world, proof, given):
    """Bring the consent behind an open link to the state of the line."""
    if proof.consent == "other-purpose":
        worlds.agree(world, "other-purpose")
    with acting(world.worker):
        if proof.consent in ("withdrawn", "other-purpose"):
            withdraw_consent(consent=given, now=world.now)
        if proof.consent in ("over", "text-over"):
            assert type(given).objects.filter(id=given.id).update(expires_on=world.today) == 1
    worlds.keep_out(world, proof.exclusion, (), worlds.PARTNER)


# --- the table itself


def test_every_position_is_in_the_table_for_every_relation_consent_and_exclusion_it_names():
    """No position falls between two lines: the lines of one situation share out all the roles."""
    lines = {}
    for proof in PROOFS.values():
        lines.setdefault((proof.relation, proof.consent, proof.exclusion), []).extend(proof.roles)
    for key, roles in lines.items():
        assert sorted(roles) == (sorted(worlds.ROLES) if key[0] in worlds.PLACE_OF else []), key


def test_nobody_joins_a_team_whose_position_does_not_follow_files(world):
    """F1: the police, a mayor, an administrator are never put on a file, even by its own team."""
    for role in worlds.ROLES:
        allowed = role in roles_with("R01", "N")
        if allowed:
            worlds.join(world, world.accounts[role, worlds.HOME])
        else:
            with pytest.raises(NotAllowed), transaction.atomic():
                worlds.join(world, world.accounts[role, worlds.HOME])


def test_nobody_refers_whose_position_does_not(world):
    """R06: the action asks the matrix, whatever the database would let through."""
    for role in worlds.ROLES:
        account = world.accounts[role, worlds.PARTNER]
        with acting(account):
            if role not in roles_with("R06", "N"):
                with pytest.raises(NotAllowed):
                    check_may_refer(account.id, world.now)
