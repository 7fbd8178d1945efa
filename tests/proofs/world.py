"""One set-up for the table of proofs: a file with four sections, and an account of every role in each of three organisations.

Lives here: the people, the services and how each situation of catalogue/access/proofs.csv is brought about, by the actions that
the product uses. Not here: what must come out of it (test_access).
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from egide.field.casefiles.actions import exclude, join_team, leave_team, open_case_file, write_entry
from egide.field.casefiles.models import TeamMember
from egide.field.consents.actions import record_consent, record_ground, withdraw_consent
from egide.field.consents.models import Proof
from egide.field.directory.actions import register_service
from egide.field.persons.actions import add_person
from egide.field.persons.answers import Answer
from egide.field.referrals.actions import draft_referral, send_referral
from egide.field.referrals.models import Audience
from egide.foundation.accounts.actions import create_account
from egide.foundation.catalogue import access_matrix
from egide.foundation.legal.actions import activate, register_processing
from egide.foundation.organisations.actions import give_mandate, open_position, register_organisation, revoke_mandate
from egide.foundation.organisations.models import Mandate
from egide.foundation.wings.entering import Subject, entering
from tests.people import acting

SECTIONS = ("children", "housing", "danger", "health")
AGREED, BY_TEXT = ("children", "housing"), ("danger",)
HOME, PARTNER, STRANGER = "association-a", "foyer-c", "association-b"
PLACE_OF = {"team": HOME, "left": HOME, "ended": HOME, "colleague": HOME, "partner": PARTNER, "stranger": STRANGER}
ROLES = tuple(dict.fromkeys(role for role, _row in access_matrix()))
BACKEND = "django.contrib.auth.backends.ModelBackend"


def words_on(section):
    """What stands in a section: words that stand nowhere else."""
    return f"mot-{section}-confidentiel"


@dataclass
class World:
    """The file, its worker, and everyone else. Times are of one moment before the transaction began."""

    now: Any
    organisations: dict[str, Any] = field(default_factory=dict)
    accounts: dict[tuple[str, str], Any] = field(default_factory=dict)
    clients: dict[Any, Client] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    def client(self, account) -> Client:
        if account.id not in self.clients:
            self.clients[account.id] = Client()
            self.clients[account.id].force_login(account, backend=BACKEND)
        return self.clients[account.id]

    def account(self, role, relation):
        return self.accounts[role, PLACE_OF[relation]]


def build(now) -> World:
    """Everything that no situation changes."""
    world = World(now)
    with entering("foundation", Subject.job("tests")):
        register_processing(
            module="field", controller="Organisme fictif", act="Arrêté fictif", dpia_reference="AIPD fictive",
            dpia_date=date(2026, 1, 1), dpo="DPO fictif", retention_rule="aggregate-deliveries", fictional=True, now=now,
        )  # fmt: skip
        activate(module="field", now=now)
        for place in (HOME, PARTNER, STRANGER):
            world.organisations[place] = register_organisation(
                code=place, name=f"Organisme fictif {place}", kind="association", fictional=True, now=now
            )
            for role in ROLES:
                world.accounts[role, place] = _seated(world, f"{role}-{place}".lower(), role, place)
        world.worker = _seated(world, "intervenante", "ISCG", HOME)
    with acting(world.worker):
        person = add_person(given_name="Alix", family_name="Exemple", sex="F", now=now)
        world.case = open_case_file(
            person=person, organisation=world.organisations[HOME], category="VICTIM", origin="self", by=world.worker.id, now=now
        )  # fmt: skip
        world.person = person
        world.service = register_service(
            organisation=world.organisations[PARTNER], name="Accueil fictif", audiences=["all"], by=world.worker.id, now=now
        )  # fmt: skip
        for section in SECTIONS:
            write_entry(
                case=world.case, section=section, purpose="social-support", kind="FACT_TOLD", text=words_on(section),
                by=world.worker.id, now=now,
            )  # fmt: skip
    return world


def _seated(world, username, role, place):
    account = create_account(
        username=username, name=f"Agent fictif {username}", password="mot-de-passe-fictif-9", now=world.now
    )
    seat = open_position(
        organisation=world.organisations[place], title=f"Poste {username}", roles=(role,), now=world.now
    )
    give_mandate(
        position=seat, account=account, valid_from=world.today - timedelta(1), valid_to=world.today + timedelta(300), now=world.now
    )  # fmt: skip
    return account


# --- how a situation comes about


def relate(world, proof) -> None:
    """Put every account of the line where its relation says: by the action where it is allowed, by the table where it refuses."""
    if proof.relation not in ("team", "left", "ended"):
        return
    members = [world.account(role, proof.relation) for role in proof.roles]
    with acting(world.worker):
        for account in members:
            TeamMember(case=world.case, account=account.id, since=world.now).save(force_insert=True)
        if proof.relation == "left":
            for account in members:
                leave_team(case=world.case, account=account.id, now=world.now)
    if proof.relation == "ended":
        with entering("foundation", Subject.job("tests")):
            for account in members:
                revoke_mandate(mandate=Mandate.objects.get(account=account), because="parti", now=world.now)


def agree(world, consent) -> Any:
    """Record her consent, or a text, as the line says it stands; return what was recorded."""
    with acting(world.worker):
        if consent in ("text", "text-over"):
            return _ground(world, days=7 if consent == "text" else 0)
        if consent == "other-purpose":
            return _consent(world, 0, 30, purpose="network-meeting")
        span = {"in-force": (-1, 30), "withdrawn": (-1, 30), "over": (-10, 0), "not-begun": (1, 30)}.get(consent)
        given = _consent(world, *span) if span else None
        if consent == "withdrawn":
            withdraw_consent(consent=given, now=world.now)
        return given


def _consent(world, begins, ends, purpose="referral"):
    return record_consent(
        person=world.person, recipient=world.organisations[PARTNER], purpose=purpose, sections=AGREED,
        given_on=world.today + timedelta(begins), expires_on=world.today + timedelta(ends), by=world.worker.id,
        proof=Proof.ORAL, now=world.now,
    )  # fmt: skip


def _ground(world, days):
    return record_ground(
        person=world.person, recipient=world.organisations[PARTNER], article="cp-226-14", sections=BY_TEXT, facts="menace",
        agreement_sought="demandé", informed="dit", by=world.worker.id, expires_on=world.today + timedelta(days),
        now=world.now - timedelta(days=9 if not days else 0),
    )  # fmt: skip


def keep_out(world, exclusion, accounts, place) -> None:
    """Exclude each account, or their whole organisation; the worker herself is never of an excluded organisation."""
    with acting(world.worker):
        if exclusion == "account":
            for account in accounts:
                exclude(case=world.case, account=account.id, because="lien", by=world.worker.id, now=world.now)
        if exclusion == "organisation":
            where = world.organisations[place]
            exclude(case=world.case, organisation=where, because="lien", by=world.worker.id, now=world.now)


def send(world, sections) -> Any:
    """Send a liaison sheet that carries the sections; return its link and code."""
    with acting(world.worker):
        draft = draft_referral(
            case=world.case, person=world.person, service=world.service, audience=Audience.VICTIM, by=world.worker.id,
            now=world.now, sections=list(sections), recipient_name="Mme Fictive", agreed=Answer.YES,
        )  # fmt: skip
        return send_referral(referral=draft, by=world.worker.id, now=world.now)


def join(world, account) -> None:
    """Add someone to the team as the page does."""
    with acting(world.worker):
        join_team(case=world.case, account=account.id, now=world.now)
