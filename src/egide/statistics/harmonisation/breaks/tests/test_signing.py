"""A proposal changes nothing; a signature does: a person, a reason, a trace, and the growths that follow."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from egide.statistics.harmonisation.breaks import actions
from egide.statistics.harmonisation.breaks.actions import BreakRefused, propose_breaks, sign_break
from egide.statistics.harmonisation.breaks.models import BreakProposal, BreakSignature
from egide.statistics.harmonisation.breaks.permissions import NotAllowed
from egide.statistics.harmonisation.breaks.queries import (
    NotFound,
    count_waiting,
    get_proposal,
    list_proposals,
    signed_breaks,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal(statistician, delivered, now):
    (found,) = propose_breaks(source="etat4001", by=statistician.username, now=now)
    return found


def test_a_search_proposes_with_evidence_and_decides_nothing(proposal, statistician, now):
    """X13: the jump of the whole of France is proposed as an artefact, Paris being evidence; nothing is in the register."""
    view = get_proposal(proposal.id)
    assert (view.series, view.territory, view.at, view.verdict) == ({"offence": "49"}, "FR", "2012-01", "artefact")
    assert [each.lean for each in view.evidence] == ["artefact", "artefact", "silent"]
    assert len(view.values) == 216
    assert signed_breaks("etat4001") == ()
    assert count_waiting() == 1
    assert propose_breaks(source="etat4001", by=statistician.username, now=now) == []


def test_a_signature_takes_a_statistician_a_decision_and_a_reason(editor, proposal, statistician, now, monkeypatch):
    sign = {"proposal": proposal.id, "decision": "ARTEFACT", "words": "Nouvel outil", "by": statistician.username}
    for changed, refusal in (
        ({"by": editor.username}, NotAllowed),
        ({"by": "job:detect"}, NotAllowed),
        ({"words": "  "}, BreakRefused),
        ({"decision": "MAYBE"}, BreakRefused),
        ({"proposal": "00000000-0000-0000-0000-000000000000"}, BreakRefused),
    ):
        with pytest.raises(refusal):
            sign_break(**{**sign, **changed}, now=now)
    with pytest.raises(IntegrityError, match="with_a_reason"), transaction.atomic():
        BreakSignature(proposal=proposal, decision="REAL", words="", fingerprint="", signed_at=now, signed_by="x").save(
            force_insert=True
        )
    traced = []
    monkeypatch.setattr(actions, "record", lambda code, **told: traced.append((code, told["detail"]["decision"])))
    sign_break(**sign, now=now)
    assert traced == [("BREAK_SIGNED", "ARTEFACT")]


def test_the_last_signature_stands_and_the_first_stays(proposal, statistician, now):
    by = {"proposal": proposal.id, "by": statistician.username}
    sign_break(**by, decision="ARTEFACT", words="Nouvel outil", now=now)
    assert [(b.kind, b.at, b.cause.fr) for b in signed_breaks("etat4001")] == [("artefact", "2012-01", "Nouvel outil")]
    sign_break(**by, decision="REJECTED", words="Erreur de lecture", now=now + timedelta(hours=1))
    assert signed_breaks("etat4001") == ()
    (view,) = list_proposals("etat4001")
    assert [each.decision for each in view.signatures] == ["REJECTED", "ARTEFACT"]
    assert len({each.fingerprint for each in view.signatures}) == 1


def test_neither_a_proposal_nor_a_signature_can_be_changed(proposal):
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        BreakProposal.objects.update(verdict="real")
    with pytest.raises(NotFound):
        get_proposal("00000000-0000-0000-0000-000000000000")


def test_a_source_without_a_delivery_is_not_searched(statistician, inside_statistics, now):
    with pytest.raises(BreakRefused, match="accept"):
        propose_breaks(source="etat4001", by=statistician.username, now=now)
