"""What the demonstration shows of sheets of facts: one, from an invented programme, that waits for its receipt."""

from django.utils import timezone

from egide.field.sources.actions import send_sheet
from egide.field.sources.queries import list_assessing, list_own
from egide.foundation.accounts.models import Account
from egide.foundation.clock import now
from egide.foundation.wings.entering import Subject, entering


def load_sources(username: str, *, to: str) -> None:
    """Send the sheet, once, as the account `username`, to the organisation of code `to`."""
    at = now()
    with entering("foundation", Subject.job("demonstration")):
        writer = Account.objects.get(username=username)
    with entering("field", Subject.account(writer.id)):
        if list_own(by=writer.id).exists():
            return
        told = {"P02": {"value": "YES", "words": "À quoi bon continuer."}}
        send_sheet(
            recipient=list_assessing().get(code=to), source="perpetrator", told=told, facts_on=timezone.localdate(at),
            by=writer.id, now=at,
        )  # fmt: skip
