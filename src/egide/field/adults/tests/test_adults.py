"""Reports about an adult unable to protect herself: agreement first, the text of the day, the route, the receipt, the outcome."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from egide.field.adults import actions, queries
from egide.field.adults.models import Agreement, Report
from egide.field.adults.policies import ReportRefused, due_at, is_late, may_follow
from egide.field.adults.states import Step, step_of
from egide.field.casefiles.models import Entry, EntryKind
from egide.field.casefiles.permissions import NotAllowed
from egide.field.consents.models import Consent, Ground
from egide.field.directory.actions import register_service
from egide.field.persons.answers import Answer
from egide.field.persons.policies import ContactRefused
from egide.field.referrals import queries as referrals
from egide.field.referrals.actions import answer_by_link, open_link
from egide.field.referrals.law import LawRefuses
from egide.field.referrals.models import Referral, State
from egide.foundation.organisations.actions import register_organisation
from egide.foundation.wings.entering import Subject, entering
from tests.people import acting

pytestmark = pytest.mark.django_db
TOLD = actions.Told(
    incapacities=["mental"], violence="couple", lives_with=Answer.YES, agreement=Agreement.IMPOSSIBLE,
    impossible_because="never-alone", agreement_words="Tenté le 3 au guichet : il répond à sa place.",
    informed="Pas encore : l’informer l’exposerait, il est toujours présent.", status="iscg-association",
    observed="Bleus aux deux poignets.", reported="« Il m’attache. »",
)  # fmt: skip
KINDS = {"departement-val": ("departement", "rights"), "parquet-pont": ("court", "justice")}


@pytest.fixture
def authorities(worker, organisation, now):
    """The département's service and the prosecutor's, by the code of their organisation."""
    with entering("foundation", Subject.job("tests")):
        for code, (kind, _theme) in KINDS.items():
            register_organisation(code=code, name=f"{code} (fictif)", kind=kind, fictional=True, now=now)
    with acting(worker):
        return {
            code: register_service(
                organisation=organisation(code), name=code, audiences=["all"], themes=[theme], access_modes=["telephone"],
                telephone="01 99 00 10 13", by=worker.id, now=now,
            )
            for code, (_kind, theme) in KINDS.items()
        }  # fmt: skip


@pytest.fixture
def write(worker, authorities, open_file, now):
    """Write a report, in a file of the worker's; must be called inside `acting(worker)`."""
    files = []

    def make(to="departement-val", follows=None, at=None, **more):
        files or files.append(open_file())
        return actions.write_report(
            case=files[0], service=authorities[to], recipient_name="Mme Fictive", told=replace(TOLD, **more), follows=follows,
            by=worker.id, now=at or now,
        )  # fmt: skip

    return make


def test_an_adult_unable_to_protect_herself_is_reported_received_and_told_of(write, worker, now):
    """AT-86: the form's family, the route and its text, the receipt without an account, the outcome, the loop closed."""
    with acting(worker):
        report = write()
        sheet = report.referral
        assert (sheet.form, sheet.recipient_kind, step_of(report)) == ("vulnerable-adult", "department", Step.WRITTEN)
        assert (report.answer, report.article) == ("possible", "cp-226-14-1")
        ground = Ground.objects.get()
        assert "sans la personne mise en cause" in ground.agreement_sought
        assert ground.informed == TOLD.informed
        sent = actions.send_report(report=report, by=worker.id, now=now)
        assert due_at(report) == now + timedelta(days=3)
    with entering("field", Subject("link")):
        link = open_link(token=sent.token, code=sent.code, now=now)
    with entering("field", link):
        read = referrals.get_linked(sent.referral.id, now=now)
        words = [word.text for section in read.sheet.sections for word in section.words]
        assert {"Bleus aux deux poignets.", "« Il m’attache. »"} < set(words)
        assert any("alleged perpetrator lives there" in each or "mise en cause" in each for each in words)
        assert read.sheet.contact is None, "nothing lets the authority write to the home"
        answer_by_link(referral=referrals.load_linked(sent.referral.id), to=State.RECEIVED, now=now)
    with acting(worker):
        report = queries.get_report(report.case, report.id)
        assert step_of(report) is Step.RECEIVED
        with pytest.raises(ReportRefused):
            actions.tell_person(report=report, way="alone", words="", by=worker.id, now=now)
        today = timezone.localdate(now)
        actions.note_outcome(report=report, outcome="legal-protection", on=today, by=worker.id, now=now)
        assert (report.referral.state, report.referral.outcome) == (State.CLOSED, "served")
        assert step_of(report) is Step.TO_TELL
        actions.tell_person(report=report, way="alone", words="Dit au centre, seule.", by=worker.id, now=now)
        assert step_of(report) is Step.CLOSED
        assert not list(queries.list_to_pursue(now=now))


def test_without_its_ground_no_report_is_written_without_agreement(write, worker):
    """AT-86: agreement is sought, or why it could not be is said from the list; violence alone makes nobody unable."""
    refused = (
        {"impossible_because": ""}, {"impossible_because": "somehow"}, {"agreement_words": " "}, {"informed": ""},
        {"incapacities": []}, {"incapacities": ["unable"]}, {"observed": "", "reported": " "}, {"sections": ["money"]},
        {"agreement": Agreement.REFUSED},
    )  # fmt: skip
    with acting(worker):
        for wrong in refused:
            with pytest.raises(ReportRefused):
                write(**wrong)
        assert not Report.objects.exists()
        assert not Entry.objects.exists()


def test_facts_observed_and_told_reach_the_sheet_apart(write, worker):
    """AT-86, X10: two entries of different kinds, and the warning about the home unless the alleged perpetrator is elsewhere."""
    with acting(worker):
        write()
        assert list(Entry.objects.order_by("kind").values_list("kind", flat=True)) == [
            EntryKind.FACT_OBSERVED, EntryKind.FACT_TOLD, EntryKind.OPINION
        ]  # fmt: skip
        write(lives_with=Answer.NO)
        assert Entry.objects.filter(kind=EntryKind.OPINION).count() == 1


def test_without_violence_the_departement_alone_is_asked_for_help(write, worker):
    """AT-86: the route follows the facts: no justice without violence, and never the story to the département's help."""
    with acting(worker):
        report = write(violence="none")
        assert (report.referral.form, report.article) == ("vulnerable-adult-help", "casf-l121-6-2")
        assert report.referral.purpose == "social-support"
        assert "danger" not in report.referral.sections
        with pytest.raises(LawRefuses):
            write("parquet-pont", violence="none")


def test_with_agreement_the_report_rests_on_it_and_not_on_an_exception(write, worker, now):
    """The month of the officer counts shares without consent: one that was agreed to is not among them."""
    with acting(worker):
        report = write(agreement=Agreement.GIVEN, impossible_because="")
        assert not Ground.objects.exists()
        assert Consent.objects.get().purpose == "report-offence"
        actions.send_report(report=report, by=worker.id, now=now)
        assert report.referral.state == State.SENT


def test_silence_past_its_delay_opens_another_route(write, worker, now):
    """AT-86: three days without a receipt: it is on the list of the day, and another authority may be seized, not the same."""
    with acting(worker):
        report, later = write(), now + timedelta(days=4)
        assert [each.id for each in queries.list_to_pursue(now=now)] == [report.id]
        with pytest.raises(ReportRefused):
            write("parquet-pont", follows=report)
        actions.send_report(report=report, by=worker.id, now=now)
        assert not list(queries.list_to_pursue(now=now))
        assert not may_follow(report, now)
        assert is_late(report, later)
        assert [each.id for each in queries.list_to_pursue(now=later)] == [report.id]
        with pytest.raises(ReportRefused):
            write("departement-val", follows=report, at=later)
        again = write("parquet-pont", follows=report, at=later)
        assert (again.follows_id, again.referral.recipient_kind) == (report.id, "prosecutor")


def test_the_person_is_never_told_by_a_way_that_reaches_the_author(write, worker, now):
    """AT-86, X07: no letter and no call at home exists in the list; nobody tells through a representative who may be the author."""
    with acting(worker):
        report = write(representation="guardianship", represented_by_alleged=Answer.UNKNOWN)
        actions.send_report(report=report, by=worker.id, now=now)
        actions.note_outcome(report=report, outcome="inquiry", on=timezone.localdate(now), by=worker.id, now=now)
        told = {"report": report, "words": "Suite donnée.", "by": worker.id, "now": now}
        for way, refusal in (
            ("letter", ReportRefused), ("representative", ReportRefused), ("safe-channel", ContactRefused),
        ):  # fmt: skip
            with pytest.raises(refusal):
                actions.tell_person(way=way, **told)
        with pytest.raises(ReportRefused):
            actions.tell_person(**(told | {"words": " "}), way="not-told")
        assert step_of(Report.objects.get()) is Step.TO_TELL
        actions.tell_person(way="not-told", **told)


def test_only_who_follows_files_reports_and_nobody_else_sees_it(write, worker, stranger, officer, now):
    with acting(worker):
        report = write()
    for account in (stranger, officer):
        with acting(account):
            assert not Report.objects.exists()
            assert not Referral.objects.exists()
    with acting(worker), pytest.raises(NotAllowed):
        actions.note_outcome(report=report, outcome="inquiry", on=timezone.localdate(now), by=officer.id, now=now)
