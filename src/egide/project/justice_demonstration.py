"""What the demonstration shows of justice: a complaint refused whose 24 hours run, its time line, and a requisition half answered.

Lives here: calls of the product's own actions, in the first file of the sample. Not here: accounts and the gate (demonstration).
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from egide.field.casefiles.queries import list_cases
from egide.field.complaints.actions import explain, note_wish, record_attempt, tell_superiors, write_moment
from egide.field.complaints.choices import Certainty, Outcome, Wish
from egide.field.complaints.queries import get_current, list_escalations
from egide.field.persons.answers import Answer
from egide.field.requisitions.actions import answer_item, check_requirer, receive_requisition
from egide.field.requisitions.choices import Answer as Handed
from egide.field.requisitions.choices import Check, Quality
from egide.field.requisitions.queries import list_requisitions
from egide.foundation.accounts.models import Account
from egide.foundation.clock import now
from egide.foundation.wings.entering import Subject, entering


def load_justice(username: str) -> None:
    """Note the complaint and the requisition, once, as the account `username`."""
    at = now()
    with entering("foundation", Subject.job("demonstration")):
        worker = Account.objects.get(username=username)
    with entering("field", Subject.account(worker.id)):
        case = list_cases().order_by("opened_on", "reference").filter(category="VICTIM").first()
        if case is None:
            return
        if get_current(case) is None:
            _complain(case, worker.id, at)
        if not list_requisitions(case).exists():
            _require(case, worker.id, at)


def _complain(case: Any, by: UUID, at: datetime) -> None:
    """Her wish, two moments told, a refusal of two hours ago; the station's head was told, and nobody has answered yet."""
    told = {"case": case, "by": by, "now": at - timedelta(hours=3)}
    write_moment(
        certainty=Certainty.BETWEEN, earliest="2024-03", latest="2024-06", text="Il a fouillé mon téléphone.", **told
    )
    write_moment(
        landmark="l’été du déménagement", text="Il a cassé la porte de la salle de bain.", place="à la maison", **told
    )
    complaint = note_wish(wish=Wish.COMPLAINT, **told)
    explain(complaint=complaint, accompaniment="social-worker", by=by, now=at - timedelta(hours=3))
    then = at - timedelta(hours=2)
    record_attempt(
        complaint=complaint, outcome=Outcome.REFUSED, tried_on=timezone.localdate(then), place="Brigade fictive de Saint-Aubray",
        function="reception", words="« Revenez avec un certificat. »", reason="no-certificate", receipt=Answer.NO, copy=Answer.NO,
        by=by, now=then,
    )  # fmt: skip
    for escalation in list_escalations().filter(case=case):
        tell_superiors(escalation=escalation, told_to="station-head", by=by, now=at - timedelta(hours=1))


def _require(case: Any, by: UUID, at: datetime) -> None:
    """Two things asked, whoever requires called back, the first handed over, the second waiting."""
    requisition = receive_requisition(
        case=case, requirer="Brigadier fictif", quality=Quality.JUDICIAL_OFFICER, service="Commissariat fictif de Pont-l’Égide",
        article="cpp-60-1", inquiry="2026/000042 (fictif)", received_on=timezone.localdate(at),
        due_on=timezone.localdate(at) + timedelta(days=8), asked=["Les dates des entretiens", "Son adresse actuelle"], by=by, now=at,
    )  # fmt: skip
    check_requirer(requisition=requisition, way=Check.CALLED_BACK, by=by, now=at)
    first = requisition.items.order_by("place").first()
    if first is not None:
        answer_item(item=first, answer=Handed.HANDED, words="Deux entretiens, dates jointes.", by=by, now=at)
