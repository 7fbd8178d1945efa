"""An invented person, her file with words in six sections, a shelter that receives, and a programme for perpetrators."""

from datetime import timedelta

import pytest

from egide.field.casefiles.actions import write_entry
from egide.field.casefiles.queries import list_roles_of
from egide.field.consents.actions import record_consent, record_ground
from egide.field.consents.models import Proof
from egide.field.directory.actions import register_service
from egide.field.persons.answers import Answer
from egide.field.referrals import actions
from egide.field.referrals.models import Audience
from egide.foundation.organisations.actions import register_organisation
from egide.foundation.wings.entering import Subject, entering
from tests.people import acting

SECTIONS = ("children", "contact", "money", "violence", "health", "housing", "danger", "identity")
LINK = Subject("link")


def words_on(section):
    """What stands in a section of the file: one word that stands nowhere else."""
    return f"mot-{section}-confidentiel"


@pytest.fixture
def file(worker, open_file, now):
    """(case, person): opened by the worker."""
    with acting(worker):
        case = open_file(given="Alix", family="Exemple")
        for section in SECTIONS:
            write_entry(
                case=case, section=section, purpose="support", kind="FACT_TOLD", text=words_on(section), by=worker.id, now=now
            )  # fmt: skip
        return case, list_roles_of(case)[0].person


@pytest.fixture
def service(worker, organisation, now):
    """A service of the shelter "foyer-c", whose account, if any, knows nothing of it yet."""
    with entering("foundation", Subject.job("tests")):
        register_organisation(code="foyer-c", name="Foyer fictif", kind="association", fictional=True, now=now)
    with acting(worker):
        return register_service(
            organisation=organisation("foyer-c"), name="Accueil du foyer", audiences=["victim"], themes=["shelter"],
            access_modes=["telephone"], telephone="01 99 00 10 03", by=worker.id, now=now,
        )  # fmt: skip


@pytest.fixture
def consent(worker, file, service, organisation, now):
    """Let her agree that a partner knows some sections; must be called inside `acting(worker)`."""

    def make(*sections, to="foyer-c", purpose="referral", given=-1, days=30, person=None):
        day = now.date() + timedelta(days=given)
        return record_consent(
            person=person or file[1], recipient=organisation(to), purpose=purpose, sections=sections, given_on=day,
            expires_on=day + timedelta(days=days), by=worker.id, proof=Proof.ORAL, now=now,
        )  # fmt: skip

    return make


@pytest.fixture
def ground(worker, file, service, organisation, now):
    """Record a share without her agreement; must be called inside `acting(worker)`."""

    def make(*sections, to="foyer-c", days=7):
        return record_ground(
            person=file[1], recipient=organisation(to), article="cp-226-14", sections=sections, facts="threat tonight",
            agreement_sought="asked at 21:10", informed="told at 21:20", by=worker.id,
            expires_on=now.date() + timedelta(days=days), now=now,
        )  # fmt: skip

    return make


@pytest.fixture
def draft(worker, file, service, now):
    """Offer the shelter to her; must be called inside `acting(worker)`."""

    def make(*sections, at=None, **more):
        more = {"agreed": Answer.YES, "recipient_name": "Mme Fictive", "audience": Audience.VICTIM, **more}
        return actions.draft_referral(
            case=file[0], person=file[1], service=service, by=worker.id, now=at or now, sections=sections or None, **more
        )  # fmt: skip

    return make


@pytest.fixture
def send(worker, draft, now):
    """Draft and send; must be called inside `acting(worker)`."""

    def make(*sections, at=None, **more):
        return actions.send_referral(referral=draft(*sections, at=at, **more), by=worker.id, now=at or now)

    return make


@pytest.fixture
def opened(now):
    """Open a link as the partner would; return its subject, or None."""

    def make(sent, code=None, token=None):
        with entering("field", LINK):
            return actions.open_link(token=token or sent.token, code=code or sent.code, now=now)

    return make


@pytest.fixture
def time_passes(db, owner, now):
    """Let consents and grounds reach their last day: no role may change one, so the owner lends the right for the test."""
    tables = ("field_consents_consent", "field_consents_ground")
    for table in tables:
        owner.execute(f"GRANT UPDATE (expires_on) ON {table} TO egide_field")
    owner.commit()

    def make(agreement):
        type(agreement).objects.filter(id=agreement.id).update(expires_on=now.date())

    yield make
    owner.rollback()
    owner.execute("SET lock_timeout = '20s'")
    for table in tables:
        owner.execute(f"REVOKE UPDATE (expires_on) ON {table} FROM egide_field")
    owner.commit()
