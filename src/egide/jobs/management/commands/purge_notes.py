"""`egide purge_notes`: erase the intervention notes and the sheets of facts of six months ago; to be run each night."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from egide.field.interventions.actions import purge_notes
from egide.field.sources.actions import purge_sheets
from egide.foundation.clock import now
from egide.foundation.legal.actions import entering_active
from egide.foundation.legal.policies import GateClosed
from egide.foundation.wings.entering import Subject


class Command(BaseCommand):
    """Exit 0 when done, even with nothing to erase; 1 when the field is closed."""

    help = "Erase the intervention notes whose retention has ended, and print the certificate."

    def add_arguments(self, parser: CommandParser) -> None:
        """Read the words of the command."""
        parser.add_argument("--json", action="store_true", help="answer for a script")

    def handle(self, *args: Any, **options: Any) -> None:
        """Erase, then tell numbers only."""
        try:
            with entering_active("field", Subject.job("purge_notes")):
                purge, sheets = purge_notes(now=now()), purge_sheets(now=now())
        except GateClosed as refusal:
            raise CommandError(str(refusal)) from refusal
        told = {
            "certificate": str(purge.certificate),
            "erased": purge.erased,
            "waiting": purge.waiting,
            "sheets": sheets.erased,
        }
        if options["json"]:
            self.stdout.write(json.dumps(told, sort_keys=True))
            return
        said = "Certificate {certificate}: {erased} notes and {sheets} sheets erased, {waiting} wait for the archives’ visa."
        self.stdout.write(said.format(**told))
