"""`egide record_visa --organisation CODE --until DAY --reference TEXT`: the archives agree to a destruction (Z14)."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from egide.foundation.catalogue import UnknownEntry
from egide.foundation.clock import now
from egide.foundation.organisations.queries import get_organisation
from egide.foundation.retention.actions import record_visa
from egide.foundation.wings.entering import Subject, entering


class Command(BaseCommand):
    """Exit 1 for an unknown organisation or rule, or without a reference."""

    help = "Record the archives' visa for what fell due until a day."

    def add_arguments(self, parser: CommandParser) -> None:
        """Read the words of the command."""
        parser.add_argument("--organisation", required=True, help="code of the organisation")
        parser.add_argument("--until", required=True, type=date.fromisoformat, help="what fell due until this day")
        parser.add_argument("--reference", required=True, help="reference of the visa")
        parser.add_argument("--rule", default="case-files", help="code of catalogue/retention")

    def handle(self, *args: Any, **options: Any) -> None:
        """Record it, or say why not."""
        try:
            with entering("foundation", Subject.job("record_visa")):
                organisation = get_organisation(options["organisation"])
                record_visa(
                    organisation=organisation, rule=options["rule"], due_until=options["until"],
                    reference=options["reference"], now=now(),
                )  # fmt: skip
        except (LookupError, UnknownEntry) as unknown:
            raise CommandError(str(unknown)) from unknown
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{organisation.code}: what fell due until {options['until']} may be destroyed.")
