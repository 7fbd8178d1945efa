"""`egide verify_audit`: walk the sealed trail and name the first altered record."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from egide.foundation.audit.queries import verify_audit
from egide.foundation.wings.entering import Subject, entering


class Command(BaseCommand):
    """Exit 1 when a record is not as it was sealed."""

    help = "Verify the audit trail."

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell the verdict."""
        with entering("foundation", Subject.job("verify_audit")):
            verdict = verify_audit()
        if verdict.altered:
            raise CommandError(
                f"The trail is broken: {verdict.altered}. The {verdict.events} events before it are intact."
            )
        self.stdout.write(
            f"The trail is intact: {verdict.events} events in {verdict.seals} seals, {verdict.unsealed} not sealed yet.\n"
            f"Last seal, to be copied elsewhere: {verdict.digest}"
        )
