"""`egide extract_field --from DAY --to DAY --vintage DAY`: deliver the counts of the field's work to the statistics."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from egide.bridge.cells import CannotExtract
from egide.bridge.extracts import extract_field
from egide.foundation.clock import now
from egide.foundation.legal.actions import entering_active
from egide.foundation.legal.policies import GateClosed
from egide.foundation.wings.entering import Subject
from egide.statistics.collection.actions import DeliveryRefused
from egide.statistics.collection.models import Verdict
from egide.statistics.collection.queries import get_delivery


class Command(BaseCommand):
    """Exit 0 when the cells are delivered, or were already; 1 when there is nothing to deliver or it is refused."""

    help = "Tabulate the field's work inside the field and deliver the cells."

    def add_arguments(self, parser: CommandParser) -> None:
        """Read the words of the command."""
        parser.add_argument(
            "--from", dest="first", required=True, type=date.fromisoformat, help="first day, 2022-01-01"
        )
        parser.add_argument("--to", dest="last", required=True, type=date.fromisoformat, help="last day, 2022-12-31")
        parser.add_argument(
            "--vintage", required=True, type=date.fromisoformat, help="day the counts are dated, 2023-01-31"
        )
        parser.add_argument("--language", default="fr", choices=["fr", "en"], help="language of the report")

    def handle(self, *args: Any, **options: Any) -> None:
        """Extract, then tell the receipt."""
        try:
            receipt = extract_field(first=options["first"], last=options["last"], vintage=options["vintage"], now=now())
            with entering_active("statistics", Subject.job("extract_field")), translation.override(options["language"]):
                view = get_delivery(receipt.id)
        except (CannotExtract, DeliveryRefused, GateClosed) as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{view.filename}: {view.verdict_label} ({view.rows_accepted}/{view.rows_read}), {view.id}")
        for finding in view.findings:
            self.stdout.write(f"  {finding.severity}: {finding.what} {finding.remedy}")
        if view.verdict == Verdict.REFUSED:
            raise CommandError(f"{view.filename}: {view.verdict_label}.")
