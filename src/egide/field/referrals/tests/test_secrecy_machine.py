"""Whatever is done, and in whatever order, no partner reads a section without a live consent or a recorded ground.

The machine keeps its own plain account of what she agreed to and of what was closed, and after each step compares it with
what each partner can read: by raw SQL and by query. Whenever it looks, and at the end of each run, it goes through the pages too: the
tabs that partners left open, what is shared with their accounts, the sender's page, the sheet in PDF. What was once written, in a
section, in an assessment or by an answer, is still there at every step.
"""

from datetime import timedelta
from io import BytesIO

import pypdf
import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from egide.field.assessments import actions as assessments
from egide.field.assessments.models import DangerAssessment
from egide.field.assessments.policies import AssessmentRefused
from egide.field.casefiles.actions import exclude, join_team, leave_team, open_case_file, write_entry
from egide.field.casefiles.models import Entry
from egide.field.casefiles.queries import list_roles_of, list_shared_entries
from egide.field.consents.actions import record_consent, record_ground, withdraw_consent
from egide.field.consents.models import Consent, Ground, Proof
from egide.field.consents.policies import ConsentMissing
from egide.field.directory.actions import register_service
from egide.field.persons.actions import add_person
from egide.field.persons.answers import Answer
from egide.field.referrals import actions, queries
from egide.field.referrals.liaison import render_pdf
from egide.field.referrals.models import Audience, Referral, State
from egide.field.referrals.policies import MoveRefused
from egide.field.referrals.states import LIVE, UNANSWERED
from egide.field.referrals.tests.conftest import LINK, words_on
from egide.foundation.organisations.models import Organisation
from egide.foundation.wings.entering import Subject, entering
from tests.people import acting

FACTORS, VALUES = ("P03", "V09", "S01", "F01"), ("YES", "NO", "UNKNOWN", "REFUSED")
BACKEND = "django.contrib.auth.backends.ModelBackend"
SECTIONS = ("children", "money", "identity", "danger")
PARTNERS = ("foyer-c", "commissariat-d", "association-b")
PURPOSES = ("referral", "network-meeting")
OTHERS = (
    "field_persons_person", "field_persons_safecontact", "field_casefiles_casefile", "field_consents_consent",
    "field_consents_ground", "field_referrals_link", "field_casefiles_teammember",
)  # fmt: skip

sections = st.lists(st.sampled_from(SECTIONS), min_size=1, max_size=3, unique=True)
partner = st.sampled_from(PARTNERS)
purpose = st.sampled_from(PURPOSES)
pick = st.integers(0, 99)


class World:
    """The accounts and services that stay the same from one run to the next."""

    def __init__(self, team, accounts, now):
        self.team, self.accounts, self.now = team, accounts, now
        self.browsers = {account.id: Client() for account in (*team, *accounts.values())}
        for account in (*team, *accounts.values()):
            self.browsers[account.id].force_login(account, backend=BACKEND)
        self.organisations = {code: Organisation.objects.get(code=code) for code in (*PARTNERS, "association-a")}
        with acting(team[0]):
            self.services = {
                code: register_service(
                    organisation=self.organisations[code], name=f"Accueil {code}", audiences=["all"], by=team[0].id, now=now
                )
                for code in PARTNERS
            }  # fmt: skip


class Secrecy(RuleBasedStateMachine):
    """One file, three partners, and everything that may be done to it."""

    def __init__(self, world):
        super().__init__()
        self.world, self.now = world, world.now
        self.run = transaction.atomic()
        self.run.__enter__()
        self.present = list(world.team)
        self.consents, self.grounds, self.referrals = [], [], []
        self.excluded = set()
        self.written = dict.fromkeys(SECTIONS, 1)
        self.answers, self.concluded = {}, False

    def teardown(self):
        try:
            if hasattr(self, "case") and not connection.needs_rollback:
                self.look()
        finally:
            self.end()

    def end(self):
        transaction.set_rollback(True)
        self.run.__exit__(None, None, None)

    def working(self):
        return acting(self.present[0])

    @property
    def me(self):
        return self.present[0].id

    @initialize()
    def open_file(self):
        with self.working():
            person = add_person(given_name="Alix", family_name="Exemple", now=self.now)
            self.case = open_case_file(
                person=person, organisation=self.world.organisations["association-a"], category="VICTIM", origin="self",
                by=self.me, now=self.now,
            )  # fmt: skip
            self.person = list_roles_of(self.case)[0].person
            for member in self.present[1:]:
                join_team(case=self.case, account=member.id, now=self.now)
            for section in SECTIONS:
                write_entry(
                    case=self.case, section=section, purpose="support", kind="FACT_TOLD", text=words_on(section), by=self.me,
                    now=self.now,
                )  # fmt: skip
            self.assessment = assessments.start_assessment(
                case=self.case, moment="calm", by=self.me, trained=True, now=self.now
            )
        self.assessor = self.me
        self.assess("P03", "YES")
        self.assess("S01", "NO")
        for who in PARTNERS[:2]:
            self.consent(who, ["children", "identity"], "referral")
            self.refer(len(self.consents) - 1, True)
        self.consent(PARTNERS[0], ["children", "money"], "network-meeting")
        self.look()  # so that a page or a paper that was once right is looked at again at the end

    # --- what she decides, and what is decided without her

    @rule(who=partner, what=sections, why=purpose)
    def consent(self, who, what, why):
        day = self.now.date()
        with self.working():
            row = record_consent(
                person=self.person, recipient=self.world.organisations[who], purpose=why, sections=what,
                given_on=day - timedelta(days=2), expires_on=day + timedelta(days=9), by=self.me, proof=Proof.ORAL, now=self.now,
            )  # fmt: skip
        self.consents.append({"id": row.id, "who": who, "what": set(what), "why": why, "live": True})

    @rule(who=partner, what=sections)
    def ground(self, who, what):
        with self.working():
            row = record_ground(
                person=self.person, recipient=self.world.organisations[who], article="cp-226-14", sections=what, facts="f",
                agreement_sought="a", informed="i", by=self.me, expires_on=self.now.date() + timedelta(days=9), now=self.now,
            )  # fmt: skip
        self.grounds.append({"id": row.id, "who": who, "what": set(what), "live": True})

    @precondition(lambda self: any(each["live"] for each in self.consents))
    @rule(which=pick)
    def withdraw(self, which):
        given = self._one(self.consents, which, lambda each: each["live"])
        with self.working():
            withdraw_consent(consent=Consent.objects.get(id=given["id"]), now=self.now)
        given["live"] = False
        for each in self.referrals:
            if each["who"] == given["who"] and each["live"] and not each["what"] <= self._covered(each):
                each["live"] = False

    @precondition(lambda self: any(each["live"] for each in self.consents + self.grounds))
    @rule(which=pick)
    def expire(self, which):
        given = self._one(self.consents + self.grounds, which, lambda each: each["live"])
        model = Consent if "why" in given else Ground
        with self.working():
            assert model.objects.filter(id=given["id"]).update(expires_on=self.now.date())
        given["live"] = False

    @rule(who=partner, really=st.integers(0, 1))
    def exclude_partner(self, who, really):
        if really:
            return
        with self.working():
            exclude(
                case=self.case, organisation=self.world.organisations[who], because="relative", by=self.me, now=self.now
            )  # fmt: skip
        self.excluded.add(who)

    @precondition(lambda self: len(self.present) > 1)
    @rule()
    def leave(self):
        with self.working():
            leave_team(case=self.case, account=self.me, now=self.now)
        self.present.pop(0)

    # --- what is sent, and what becomes of it

    @rule(
        who=partner, what=st.none() | sections, why=purpose, agreed=st.sampled_from([Answer.YES, Answer.YES, Answer.NO])
    )
    def send(self, who, what, why, agreed):
        with self.working():
            draft = actions.draft_referral(
                case=self.case, person=self.person, service=self.world.services[who], audience=Audience.VICTIM, by=self.me,
                now=self.now, purpose=why, sections=what, recipient_name="Mme Fictive", agreed=agreed,
            )  # fmt: skip
            carried = {"who": who, "what": set(draft.sections), "why": why}
            try:
                with transaction.atomic():
                    sent = actions.send_referral(referral=draft, by=self.me, now=self.now)
            except (ConsentMissing, MoveRefused):
                grounded = any(each["live"] and each["who"] == who for each in self.grounds)
                assert (
                    not carried["what"]
                    or not carried["what"] <= self._recorded(carried)
                    or not (agreed == Answer.YES or grounded)
                )
                return
        assert carried["what"] <= self._recorded(carried)
        self.referrals.append(
            {
                **carried,
                "id": draft.id,
                "token": sent.token,
                "code": sent.code,
                "live": True,
                "open": False,
                "wrong": 0,
                "tabs": [],
                "answered": False,
            }
        )

    @precondition(lambda self: any(each["live"] for each in self.consents + self.grounds))
    @rule(which=pick, at_once=st.sampled_from([True, True, False]))
    def refer(self, which, at_once):
        """Send what is covered to whom it is covered for, and let the partner open it."""
        given = self._one(self.consents + self.grounds, which, lambda each: each["live"])
        sent = len(self.referrals)
        self.send(given["who"], sorted(given["what"]), given.get("why", "referral"), Answer.YES)
        if at_once and len(self.referrals) > sent:
            self.open(sent, True)

    @precondition(lambda self: any(each["live"] for each in self.referrals))
    @rule(which=pick, tries=st.sampled_from([1, 4, 5]))
    def guess(self, which, tries):
        """Try wrong codes on a live link, then the right one: five are too many, and close an open tab too."""
        link = self._one(self.referrals, which, lambda each: each["live"])
        if not link["code"]:
            self._renew(link)
        for _try in range(tries):
            self.open(self.referrals.index(link), False)
        self.open(self.referrals.index(link), True)

    @precondition(lambda self: self.referrals)
    @rule(which=pick, right=st.booleans(), by_page=st.booleans())
    def open(self, which, right, by_page=True):
        link = self.referrals[which % len(self.referrals)]
        wrong = "0000 0000" if link["code"] != "0000 0000" else "1111 1111"
        alive = self._alive(link)
        subject = (self._open_by_page if by_page else self._open_by_action)(link, link["code"] if right else wrong)
        if alive and link["code"] and not right:
            link["wrong"] += 1
            link["live"] = link["wrong"] < 5
        opens = bool(alive and right and link["code"])
        assert (subject is not None) == opens
        if opens:
            assert subject == Subject("link", link["id"])
            link.update(open=True, code="")

    @precondition(lambda self: any(not each["code"] and each["live"] for each in self.referrals))
    @rule(which=pick)
    def renew(self, which):
        self._renew(self._one(self.referrals, which, lambda each: not each["code"] and each["live"]))

    @precondition(lambda self: any(each["open"] for each in self.referrals))
    @rule(
        which=pick,
        to=st.sampled_from([State.RECEIVED, State.ACCEPTED, State.REFUSED, State.CONTACT_MADE, State.CLOSED]),
    )
    def answer(self, which, to):
        link = self._one(self.referrals, which, lambda each: each["open"])
        with entering("field", Subject("link", link["id"])):
            try:
                referral = queries.load_linked(link["id"])
                actions.answer_by_link(referral=referral, to=to, reason="no-capacity", now=self.now)
            except queries.LinkClosed:
                assert not self._alive(link)
                return
            except MoveRefused:
                return
        assert self._alive(link)
        link["live"] = to != State.REFUSED
        link["answered"] = link["answered"] or to in (State.ACCEPTED, State.REFUSED)

    @precondition(lambda self: any(each["live"] for each in self.referrals))
    @rule(which=pick, how=st.sampled_from(["withdraw", "close"]))
    def call_back(self, which, how):
        link = self._one(self.referrals, which, lambda each: each["live"])
        with self.working():
            referral = Referral.objects.get(id=link["id"])
            if how == "withdraw":
                actions.withdraw_referral(referral=referral, by=self.me, now=self.now)
            else:
                actions.close_referral(referral=referral, outcome="declined", by=self.me, now=self.now)
        link["live"] = False

    @precondition(lambda self: any(each["live"] for each in self.referrals))
    @rule(really=st.integers(0, 4))
    def lapse(self, really):
        if really:
            return
        with self.working():
            unanswered = set(Referral.objects.filter(state__in=UNANSWERED).values_list("id", flat=True))
        with entering("field", Subject.job("night")):
            actions.expire_due(now=self.now + timedelta(days=31))
        for each in self.referrals:
            each["live"] = each["live"] and each["id"] not in unanswered

    @precondition(lambda self: self.referrals)
    @rule(which=pick)
    def print_sheet(self, which):
        link = self.referrals[which % len(self.referrals)]
        allowed = link["what"] & self._covered(link)
        with self.working():
            self._compare_print(queries.get_sheet(link["id"], now=self.now), allowed)
        if link["open"] and self._alive(link):
            with entering("field", Subject("link", link["id"])):
                self._compare_print(queries.get_linked(link["id"], now=self.now).sheet, allowed)

    # --- what is written in the file

    @rule(section=st.sampled_from(SECTIONS))
    def write(self, section):
        with self.working():
            write_entry(
                case=self.case, section=section, purpose="support", kind="FACT_TOLD", text=words_on(section), by=self.me, now=self.now
            )  # fmt: skip
        self.written[section] += 1

    @rule(factor=st.sampled_from(FACTORS), value=st.sampled_from(VALUES))
    def assess(self, factor, value):
        with self.working():
            try:
                assessments.answer_factors(
                    assessment=DangerAssessment.objects.get(), answers={factor: {"value": value}}, now=self.now
                )
            except AssessmentRefused:
                assert self.concluded
                return
        assert not self.concluded
        self.answers[factor] = value

    @precondition(lambda self: not self.concluded and self.assessor == self.me)
    @rule(really=st.integers(0, 4))
    def conclude(self, really):
        if not really:
            with self.working():
                assessments.write_own_level(
                    assessment=DangerAssessment.objects.get(), level="HIGH", by=self.me, now=self.now
                )
            self.concluded = True

    # --- the same through the pages

    @rule()
    def look(self):
        """Every open tab, every partner's account, the sender's page and paper, and those who left."""
        for link in self.referrals:
            for tab in link["tabs"]:
                self._look_at_tab(link, tab)
        for who, account in self.world.accounts.items():
            browser = self.world.browsers[account.id]
            assert self._read_on(browser.get(reverse("disclosed"))) == self._shared_with(who), who
            for path in self._paths():
                assert browser.get(path).status_code in (403, 404), (who, path)
        for account in self.world.team:
            mine = account in self.present
            for path in self._paths():
                assert self.world.browsers[account.id].get(path).status_code == (200 if mine else 404), path
        self._look_at_sheets(self.world.browsers[self.me])

    def _look_at_tab(self, link, tab):
        page = tab.get(reverse("link", kwargs={"token": link["token"]}))
        allowed = link["what"] & self._covered(link) if self._alive(link) else set()
        assert self._read_on(page) == allowed
        assert ("Exemple" in page.content.decode()) == ("identity" in allowed)

    def _look_at_sheets(self, browser):
        for link in self.referrals:
            allowed, kwargs = link["what"] & self._covered(link), {"case": self.case.id, "referral": link["id"]}
            assert self._read_on(browser.get(reverse("referral", kwargs=kwargs))) == allowed
            paper = browser.get(reverse("referral_pdf", kwargs=kwargs))
            assert paper["Content-Type"] == "application/pdf"
            self._compare(paper.content, allowed)

    def _paths(self):
        paths = [reverse("case", kwargs={"case": self.case.id})]
        for link in self.referrals[-1:]:
            paths.append(reverse("referral_pdf", kwargs={"case": self.case.id, "referral": link["id"]}))
        return paths

    def _read_on(self, page):
        text = page.content.decode()
        return {section for section in SECTIONS if words_on(section) in text}

    def _open_by_page(self, link, code):
        """A partner's browser of its own types the code."""
        tab = Client()
        address = reverse("link", kwargs={"token": link["token"]})
        if tab.post(address, {"code": code}).status_code != 302:
            assert self._read_on(tab.get(address)) == set()
            return None
        link["tabs"].append(tab)
        return Subject("link", link["id"])

    def _open_by_action(self, link, code):
        with entering("field", LINK):
            return actions.open_link(token=link["token"], code=code, now=self.now)

    # --- what must hold after every step

    @invariant()
    def nothing_that_was_written_is_lost(self):
        if not hasattr(self, "assessor"):
            return
        with self.working():
            kept = [*Entry.objects.values_list("section", flat=True)]
            assert {section: kept.count(section) for section in SECTIONS} == self.written
            stored = DangerAssessment.objects.get().answers
            assert {code: answer["value"] for code, answer in stored.items()} == self.answers
            assert Consent.objects.count() == len(self.consents)
            assert Ground.objects.count() == len(self.grounds)
            answered = set(Referral.objects.filter(answered_at__isnull=False).values_list("id", flat=True))
            assert answered == {each["id"] for each in self.referrals if each["answered"]}

    @invariant()
    def accounts_of_partners_read_what_she_agreed_to_and_nothing_else(self):
        if not hasattr(self, "case"):
            return
        for who, account in self.world.accounts.items():
            allowed = self._shared_with(who)
            with acting(account):
                assert self._by_sql() == allowed, who
                assert {entry.section for entry in list_shared_entries()} == allowed, who
                assert self._rows((*OTHERS, "field_referrals_referral")) == 0, who
                for each in self.referrals:
                    with pytest.raises(queries.NotFound):
                        queries.get_sheet(each["id"], now=self.now)

    @invariant()
    def links_read_their_own_sheet_while_it_is_covered_and_nothing_else(self):
        for link in self.referrals:
            alive = link["open"] and self._alive(link)
            allowed = link["what"] & self._covered(link) if alive else set()
            with entering("field", Subject("link", link["id"])):
                assert self._by_sql() == allowed
                assert self._rows(OTHERS) == ("identity" in allowed)
                assert self._rows(["field_referrals_referral"]) == bool(alive)
                if alive:
                    shown = queries.get_linked(link["id"], now=self.now).sheet
                    assert {section.code for section in shown.sections} == allowed
                    assert {word.text for section in shown.sections for word in section.words} == set(
                        map(words_on, allowed)
                    )
                    assert (shown.name == "Alix Exemple") == ("identity" in allowed)
                else:
                    with pytest.raises(queries.LinkClosed):
                        queries.get_linked(link["id"], now=self.now)

    @invariant()
    def who_left_reads_nothing(self):
        for account in self.world.team:
            if hasattr(self, "case") and account not in self.present:
                with acting(account):
                    assert self._by_sql() == set()
                    assert self._rows((*OTHERS, "field_referrals_referral")) == 0

    @invariant()
    def the_machine_and_the_house_agree_on_what_is_live(self):
        if self.referrals:
            with self.working():
                stored = dict(Referral.objects.values_list("id", "link__closed_at"))
                states = dict(Referral.objects.values_list("id", "state"))
            for each in self.referrals:
                assert (stored[each["id"]] is None and states[each["id"]] in LIVE) == each["live"]

    # --- the machine's own account

    def _one(self, things, which, suits):
        suited = [each for each in things if suits(each)]
        return suited[which % len(suited)]

    def _renew(self, link):
        with self.working():
            link["code"] = actions.renew_code(referral=Referral.objects.get(id=link["id"]), by=self.me, now=self.now)
        link["wrong"] = 0

    def _recorded(self, link):
        """What a live consent for that purpose, or a live ground, covers for that partner."""
        given = [
            each for each in self.consents if each["live"] and each["who"] == link["who"] and each["why"] == link["why"]
        ]
        given += [each for each in self.grounds if each["live"] and each["who"] == link["who"]]
        return set().union(*(each["what"] for each in given))

    def _covered(self, link):
        return set() if link["who"] in self.excluded else self._recorded(link)

    def _shared_with(self, who):
        live = [each for each in self.consents + self.grounds if each["live"] and each["who"] == who]
        return set() if who in self.excluded else set().union(*(each["what"] for each in live))

    def _alive(self, link):
        return link["live"] and bool(link["what"] & self._covered(link))

    def _by_sql(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT section, text FROM field_casefiles_entry WHERE case_id = %s", [self.case.id])
            found = cursor.fetchall()
        assert all(text == words_on(section) for section, text in found)
        return {section for section, _text in found}

    def _rows(self, tables):
        with connection.cursor() as cursor:
            cursor.execute("SELECT " + " + ".join(f"(SELECT count(*) FROM {table})" for table in tables))
            return cursor.fetchone()[0]

    def _compare_print(self, sheet, allowed):
        self._compare(render_pdf(sheet, "fr"), allowed)

    def _compare(self, paper, allowed):
        printed = " ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(paper)).pages)
        assert {section for section in SECTIONS if words_on(section) in printed} == allowed
        assert ("Exemple" in printed) == ("identity" in allowed)


@pytest.mark.django_db
def test_no_sequence_of_actions_lets_a_partner_read_without_a_live_consent_or_a_recorded_ground(
    active_field, worker, colleague, shelter, officer, stranger, time_passes, now
):
    """Issue 3, trap 17, AT-04: in SQL, queries, pages, the link and the PDF; and none loses an answer."""
    world = World([worker, colleague], dict(zip(PARTNERS, (shelter, officer, stranger), strict=True)), now)
    run_state_machine_as_test(
        lambda: Secrecy(world),
        settings=settings(
            max_examples=20,
            stateful_step_count=15,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
