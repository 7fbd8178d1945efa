"""`egide deliver FILE --source S --vintage DATE`: deposit a producer's file and print the report."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from egide.foundation.catalogue import UnknownEntry
from egide.foundation.clock import now
from egide.foundation.legal.actions import entering_active
from egide.foundation.legal.policies import GateClosed
from egide.foundation.wings.entering import Subject
from egide.statistics.collection.actions import DeliveryRefused, receive_delivery
from egide.statistics.collection.models import Verdict
from egide.statistics.collection.queries import DeliveryView, delivery_report, get_delivery


class Command(BaseCommand):
    """Exit 0 when the file is accepted, whole or in part, or was received before; 1 when refused; 2 without file or source."""

    help = "Receive a delivery and check it."

    def add_arguments(self, parser: CommandParser) -> None:
        """Read the words of the command."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", required=True, help="code of catalogue/sources")
        parser.add_argument(
            "--vintage", required=True, type=date.fromisoformat, help="day the figures are dated, 2024-03-01"
        )
        parser.add_argument("--json", action="store_true", help="the report as JSON")
        parser.add_argument("--language", default="fr", choices=["fr", "en"], help="language of the report")

    def handle(self, *args: Any, **options: Any) -> None:
        """Receive, then tell."""
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"There is no file {path}.", returncode=2)
        try:
            with entering_active("statistics", Subject.job("deliver")), translation.override(options["language"]):
                receipt = receive_delivery(
                    path=path,
                    filename=path.name,
                    source=options["source"],
                    vintage=options["vintage"],
                    by=None,
                    now=now(),
                )
                view = get_delivery(receipt.id)
                if options["json"]:
                    self.stdout.write(json.dumps(delivery_report(view), ensure_ascii=False, indent=1))
                else:
                    self._tell(view)
        except UnknownEntry as unknown:
            raise CommandError(str(unknown), returncode=2) from unknown
        except (DeliveryRefused, GateClosed) as refusal:
            raise CommandError(str(refusal)) from refusal
        if view.verdict == Verdict.REFUSED:
            raise CommandError(f"{view.filename}: {view.verdict_label}.")

    def _tell(self, view: DeliveryView) -> None:
        self.stdout.write(f"{view.filename}: {view.verdict_label} ({view.rows_accepted}/{view.rows_read}), {view.id}")
        for finding in view.findings:
            where = f" [{finding.place}]" if finding.place else ""
            self.stdout.write(f"  {finding.severity}{where}: {finding.what} {finding.remedy}")
