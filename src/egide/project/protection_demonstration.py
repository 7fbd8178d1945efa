"""What the demonstration shows of protection: one invented measure that ends soon, in the first file of the sample."""

from datetime import date, timedelta

from django.utils import timezone

from egide.field.casefiles.queries import get_concerned, list_cases
from egide.field.protection.actions import Named, note_measure
from egide.field.protection.choices import Proof
from egide.field.protection.queries import list_measures
from egide.foundation.accounts.models import Account
from egide.foundation.clock import now
from egide.foundation.wings.entering import Subject, entering

PROTECTED, DEFENDANT = Named("Alix", "Exemple", date(1996, 3, 14)), Named("Sacha", "Fictif", date(1990, 6, 1))


def load_protection(username: str) -> None:
    """Note the measure, once, as the account `username`."""
    at = now()
    with entering("foundation", Subject.job("demonstration")):
        worker = Account.objects.get(username=username)
    with entering("field", Subject.account(worker.id)):
        case = list_cases().order_by("opened_on", "reference").filter(category="VICTIM").first()
        if case is None or list_measures(case, now=at):
            return
        today = timezone.localdate(at)
        note_measure(
            case=case, protected=get_concerned(case), kind="protection-order", court="Tribunal judiciaire fictif de Pont-l’Égide",
            decided_on=today - timedelta(days=160), from_day=today - timedelta(days=158), last_day=today + timedelta(days=6),
            forbidden=["approach-person", "approach-home", "contact"], proof=Proof.COPY, protected_named=PROTECTED,
            defendant_named=DEFENDANT, by=worker.id, now=at,
        )  # fmt: skip
