"""A statement for the court: only when the person asks, only days of the file, nothing of danger and nobody else's name."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.utils import timezone

from egide.field.attestations import actions, queries
from egide.field.attestations.actions import AttestationRefused
from egide.field.attestations.models import Asked, Attestation
from egide.field.attestations.pdf import _content, render_attestation
from egide.field.casefiles.actions import record_action, record_interview, write_entry
from egide.field.casefiles.models import EntryKind
from egide.field.casefiles.queries import list_traces
from tests.people import acting

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(worker, open_file, now):
    with acting(worker):
        case = open_file(given="Alix", family="Exemple")
        person, common = case.roles.get().person, {"case": case, "minutes": 30, "by": worker.id, "now": now}
        record_interview(person=person, held_at=now - timedelta(days=40), **common)
        record_action(kind="accompaniment", done_at=now - timedelta(days=2), **common)
        record_action(kind="liaison", done_at=now - timedelta(days=1), **common)
        write_entry(
            case=case, section="danger", purpose="support", kind=EntryKind.FACT_TOLD, text="mot-confidentiel", by=worker.id,
            now=now,
        )  # fmt: skip
        return case


@pytest.fixture
def make(case, worker, now):
    """Make a statement of every day; must be called inside `acting(worker)`."""

    def made(**more):
        days = [each.code for each in queries.list_sessions(case)]
        told = {
            "asked": Asked.ORAL,
            "asked_on": timezone.localdate(now),
            "sessions": days,
            "read_again": True,
            "by": worker.id,
        }
        return actions.make_attestation(case=case, now=now, **(told | more))

    return made


def test_a_statement_holds_days_and_nothing_else(make, case, worker, now):
    """R06: no level of danger, no words of the file, nobody else's name; what was done without the person is not on it."""
    with acting(worker):
        made = make()
        assert [each["kind"] for each in made.sessions] == ["interview", "accompaniment"]
        paper = queries.read_paper(case, made.id, now=now)
        told = str(_content(paper, "fr")).lower()
        assert "alix exemple" in told
        assert "2 jours" in told
        for secret in ("danger", "confidentiel", "violence", "auteur", "mise en cause"):
            assert secret not in told
        assert render_attestation(paper, "fr")[:5] == render_attestation(paper, "en")[:5] == b"%PDF-"
        codes = [trace.code for trace in list_traces(case) if trace.code.startswith("ATTESTATION")]
        assert sorted(codes) == ["ATTESTATION_MADE", "ATTESTATION_TAKEN"]


def test_only_the_person_s_own_request_makes_one(make, worker, now):
    """Asked for, read over, of days that are in the file: without one of the three, nothing is made."""
    with acting(worker):
        wrong = (
            {"read_again": False}, {"sessions": []}, {"sessions": ["2020-01-01_interview"]},
            {"asked_on": timezone.localdate(now) + timedelta(days=1)},
        )  # fmt: skip
        for refused in wrong:
            with pytest.raises(AttestationRefused):
                make(**refused)
        assert not Attestation.objects.exists()


def test_a_statement_is_never_rewritten_and_is_seen_by_the_team_alone(make, worker, stranger):
    with acting(worker):
        assert (make().number, make().number) == (1, 2)
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE field_attestations_attestation SET sessions = '[]'")
    with acting(stranger):
        assert not Attestation.objects.exists()
