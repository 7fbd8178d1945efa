"""`egide purge_expired [--json]`: erase what has lived its time, and print the certificate."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from egide.field.erasure.actions import purge_expired
from egide.foundation.clock import now
from egide.foundation.legal.policies import GateClosed


class Command(BaseCommand):
    """Run it each night. Exit 0 also when there was nothing to erase; 1 while the field is not activated."""

    help = "Erase the case files whose retention has ended, and print the certificate."

    def add_arguments(self, parser: CommandParser) -> None:
        """Read the words of the command."""
        parser.add_argument("--json", action="store_true", help="print the certificate for a script")

    def handle(self, *args: Any, **options: Any) -> None:
        """Purge, then tell numbers only."""
        try:
            purge = purge_expired(now=now())
        except GateClosed as refusal:
            raise CommandError(str(refusal)) from refusal
        told = {
            "certificate": str(purge.certificate), "made_at": purge.made_at.isoformat(), "rule": purge.rule,
            "erased": purge.counts, "waiting": purge.waiting,
        }  # fmt: skip
        if options["json"]:
            self.stdout.write(json.dumps(told, sort_keys=True))
            return
        self.stdout.write(f"Certificate {told['certificate']}, {told['made_at']}, rule {purge.rule}")
        for title, counts in (("erased", purge.counts), ("kept, due", purge.waiting)):
            self.stdout.write(
                f"  {title}: " + (", ".join(f"{n} {what}" for what, n in sorted(counts.items())) or "nothing")
            )
