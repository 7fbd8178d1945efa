"""The perpetrator part from several sources: its author sees a receipt and nothing else, its reader keeps the source."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models import Field
from django.db.utils import DatabaseError
from django.utils import timezone

from egide.field.assessments.actions import start_assessment
from egide.field.assessments.models import DangerAssessment
from egide.field.assessments.policies import AssessmentRefused
from egide.field.assessments.telling import list_tellings
from egide.field.casefiles.models import CaseFile
from egide.field.casefiles.permissions import NotAllowed
from egide.field.sources import actions, permissions, queries
from egide.field.sources.models import SourceSheet
from egide.foundation.wings.entering import Subject, entering
from tests.people import acting

pytestmark = pytest.mark.django_db
TOLD = {"P02": {"value": "YES", "words": "« À quoi bon continuer. »"}}


@pytest.fixture
def programme(make_account):
    return make_account("programme", "PROGRAMME_WORKER", at="programme-e")


@pytest.fixture
def send(programme, worker, organisation, now):
    """Send a sheet to the worker's service; must be called inside `acting(programme)`."""

    def make(**more):
        told = {"recipient": organisation("association-a"), "source": "perpetrator", "told": TOLD, "by": programme.id}
        return actions.send_sheet(**({**told, "facts_on": timezone.localdate(now), "now": now} | more))

    return make


def test_facts_reach_an_assessment_with_their_source_and_the_author_learns_a_receipt_only(
    send, programme, worker, open_file, now
):
    """R03, AT-24: taken into a file that the author never sees; what others told stays beside it."""
    with acting(programme):
        sheet = send()
    with acting(worker):
        [found] = queries.list_received(by=worker.id)
        assessment = start_assessment(case=open_file(), moment="calm", by=worker.id, trained=True, now=now)
        assert list(queries.list_open_assessments()) == [assessment]
        actions.take_into(sheet=found, assessment=assessment, by=worker.id, now=now)
        [telling] = list_tellings(DangerAssessment.objects.get().answers["P02"])
        assert (telling["source"], telling["words"]) == ("perpetrator", TOLD["P02"]["words"])
    with acting(programme):
        [own] = queries.list_own(by=programme.id)
        assert own.id == sheet.id
        assert own.received_at is not None
        assert not CaseFile.objects.exists()
        assert not DangerAssessment.objects.exists()


def test_a_sheet_is_for_its_author_and_the_service_it_was_sent_to(
    send, programme, worker, stranger, officer, make_account, now
):
    with acting(programme):
        sheet = send()
        for right in ("UPDATE field_sources_sourcesheet SET told = '{}'", "DELETE FROM field_sources_sourcesheet"):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(right)
    for account in (stranger, officer, make_account("autre", "PROGRAMME_WORKER", at="programme-e")):
        with acting(account):
            assert not SourceSheet.objects.exists()
            with pytest.raises(queries.NotFound):
                queries.get_sheet(sheet.id, now=now)
    with acting(worker), pytest.raises(NotAllowed):
        send(by=worker.id)
    with acting(programme), pytest.raises(NotAllowed):
        actions.receive_sheet(sheet=sheet, by=programme.id, now=now)


def test_only_the_perpetrator_part_and_a_source_that_may_answer(send, programme, now):
    wrong = (
        {"told": {}}, {"source": "victim"}, {"told": {"V01": {"value": "YES"}}}, {"told": {"P01": {"value": "YES"}}},
        {"told": {"P02": {"value": "MAYBE"}}}, {"facts_on": timezone.localdate(now) + timedelta(days=1)},
    )  # fmt: skip
    with acting(programme):
        for refused in wrong:
            with pytest.raises((AssessmentRefused, ValueError)):
                send(**refused)
        assert not SourceSheet.objects.exists()


def test_a_sheet_is_erased_after_six_months_by_a_job_alone(send, programme, now):
    with acting(programme):
        send(facts_on=timezone.localdate(now) - timedelta(days=200))
        send()
        with pytest.raises(DatabaseError), transaction.atomic():
            actions.purge_sheets(now=now)
    with entering("field", Subject.job("purge_notes")):
        assert actions.purge_sheets(now=now).erased == 1


def test_a_sheet_has_no_place_for_a_name_and_its_roles_are_those_of_the_matrix():
    assert permissions.writing_roles() == {"PROGRAMME_WORKER"}
    assert permissions.receiving_roles() == {"ASSOCIATION_WORKER", "ISCG"}
    fields = {field.name for field in SourceSheet._meta.get_fields() if isinstance(field, Field)}
    assert not {name for name in fields if "name" in name or "address" in name or "case" in name or "level" in name}
