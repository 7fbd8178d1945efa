"""`egide register_processing MODULE`: write or complete the legal record of a module."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from egide.foundation.catalogue import UnknownEntry, list_retention_rules
from egide.foundation.clock import now
from egide.foundation.legal.actions import register_processing
from egide.foundation.legal.models import GATED
from egide.foundation.legal.policies import GateClosed
from egide.foundation.wings.entering import Subject, entering


class Command(BaseCommand):
    """What is left out stays missing and keeps the gate closed."""

    help = "Write or complete the legal record of a module."

    def add_arguments(self, parser: CommandParser) -> None:
        """Read the words of the command."""
        parser.add_argument("module", choices=GATED)
        parser.add_argument("--controller", default="")
        parser.add_argument("--act", default="")
        parser.add_argument("--dpia", default="", help="reference of the impact assessment")
        parser.add_argument("--dpia-date", type=date.fromisoformat)
        parser.add_argument("--dpo", default="")
        parser.add_argument("--retention", default="", help="code of catalogue/retention")
        parser.add_argument("--fictional", action="store_true", help="the act is invented, for a demonstration")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the record."""
        try:
            rules = [rule.code for rule in list_retention_rules()]
            if options["retention"] and options["retention"] not in rules:
                raise UnknownEntry("retention rule", options["retention"], rules)
            with entering("foundation", Subject.job("register_processing")):
                register_processing(
                    module=options["module"], controller=options["controller"], act=options["act"],
                    dpia_reference=options["dpia"], dpia_date=options["dpia_date"], dpo=options["dpo"],
                    retention_rule=options["retention"], fictional=options["fictional"], now=now(),
                )  # fmt: skip
        except (GateClosed, UnknownEntry) as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"The record of {options['module']} is written.")
