"""`egide seal_audit`: chain the events of the trail into a batch, once or every so many seconds."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from egide.foundation.audit.actions import seal_events
from egide.foundation.clock import now
from egide.foundation.wings.entering import Subject, entering


class Command(BaseCommand):
    """Run it each minute; two at the same time wait for each other."""

    help = "Seal the audit events not yet sealed."

    def add_arguments(self, parser: CommandParser) -> None:
        """Read the words of the command."""
        parser.add_argument("--every", type=int, help="seconds between two seals; without it, seal once")

    def handle(self, *args: Any, **options: Any) -> None:
        """Seal, and go on if asked."""
        while True:
            with entering("foundation", Subject.job("seal_audit")):
                sealed = seal_events(now=now())
            if sealed or not options["every"]:
                self.stdout.write(f"{sealed} events sealed.")
            if not options["every"]:
                return
            close_old_connections()
            time.sleep(options["every"])
