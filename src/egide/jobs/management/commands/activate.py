"""`egide activate MODULE`: open the legal gate of a module, or refuse and log the refusal (X02)."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from egide.foundation.clock import now
from egide.foundation.legal.actions import activate
from egide.foundation.legal.models import GATED
from egide.foundation.legal.policies import GateClosed
from egide.foundation.wings.entering import Subject, entering


class Command(BaseCommand):
    """A refusal is written in the trail before it is told."""

    help = "Activate a module whose legal record is complete."

    def add_arguments(self, parser: CommandParser) -> None:
        """Read the words of the command."""
        parser.add_argument("module", choices=GATED)

    def handle(self, *args: Any, **options: Any) -> None:
        """Open the gate; the refusal is caught inside the transaction, so that its trace is kept."""
        refusal: GateClosed | None = None
        with entering("foundation", Subject.job("activate")):
            try:
                record = activate(module=options["module"], now=now())
            except GateClosed as closed:
                refusal = closed
        if refusal:
            raise CommandError(str(refusal))
        self.stdout.write(
            f"{options['module']} is active under: {record.act}{' (fictional)' if record.fictional else ''}."
        )
