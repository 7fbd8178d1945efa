"""`egide purge_tickets`: delete the numbers of the days before; to be run each midnight."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from egide.field.reception.actions import purge_tickets
from egide.foundation.clock import now
from egide.foundation.legal.actions import entering_active
from egide.foundation.legal.policies import GateClosed
from egide.foundation.wings.entering import Subject


class Command(BaseCommand):
    """Exit 0 when done, even with nothing to delete; 1 when the field is closed."""

    help = "Delete the reception's numbers of the days before; counts and delays stay."

    def add_arguments(self, parser: CommandParser) -> None:
        """Read the words of the command."""
        parser.add_argument("--json", action="store_true", help="answer for a script")

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete, then tell how many."""
        try:
            with entering_active("field", Subject.job("purge_tickets")):
                deleted = purge_tickets(now=now())
        except GateClosed as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(json.dumps({"deleted": deleted}) if options["json"] else f"{deleted} numbers deleted.")
