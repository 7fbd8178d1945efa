"""`egide send_outbox [--json]`: remind, lapse, then hand over the messages whose hour has come."""

import json
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from egide.field.referrals.actions import expire_due, remind_due
from egide.foundation.clock import now
from egide.foundation.legal.actions import entering_active
from egide.foundation.legal.policies import GateClosed
from egide.foundation.outbox.actions import send_due
from egide.foundation.outbox.transport import Folder
from egide.foundation.wings.entering import Subject


class Command(BaseCommand):
    """Run it every few minutes; two at the same time share the work, and send nothing twice."""

    help = "Hand over the messages whose safe hour has come."

    def add_arguments(self, parser: CommandParser) -> None:
        """Read the words of the command."""
        parser.add_argument("--json", action="store_true", help="print the counts for a script")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do the round and tell its counts, never a word of a message."""
        moment = now()
        try:
            with entering_active("field", Subject.job("send_outbox")):
                told = {"reminded": remind_due(now=moment), "lapsed": expire_due(now=moment)}
        except GateClosed as refusal:
            raise CommandError(str(refusal)) from refusal
        told |= asdict(send_due(transport=Folder(settings.EGIDE_OUTBOX), now=moment))
        self.stdout.write(json.dumps(told) if options["json"] else ", ".join(f"{name} {n}" for name, n in told.items()))
