"""`egide export_directory --format data-inclusion|hsds --out DIR`: hand the directory of services to others."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from egide.field.directory.exchange.queries import WRITERS, write_directory
from egide.foundation.clock import now
from egide.foundation.legal.actions import entering_active
from egide.foundation.legal.policies import GateClosed
from egide.foundation.wings.entering import Subject


class Command(BaseCommand):
    """Exit 0 when the files are written. A service whose address is confidential is in none of them."""

    help = "Write the directory of services in a standard."

    def add_arguments(self, parser: CommandParser) -> None:
        """Read the words of the command."""
        parser.add_argument("--format", default="data-inclusion", choices=sorted(WRITERS))
        parser.add_argument("--out", required=True, type=Path, help="folder of the files")
        parser.add_argument("--json", action="store_true", help="the counts as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write, then tell."""
        try:
            with entering_active("field", Subject.job("export_directory")):
                counts = write_directory(standard=options["format"], out=options["out"], now=now())
        except (GateClosed, OSError) as refusal:
            raise CommandError(str(refusal)) from refusal
        said = json.dumps(counts) if options["json"] else ", ".join(f"{name} {count}" for name, count in counts.items())
        self.stdout.write(said)
