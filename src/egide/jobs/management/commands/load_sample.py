"""`egide load_sample`: deliver the sample files of the repository; what is already received is left as it is."""

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

import egide

DELIVERIES = Path(egide.__file__).parent / "sample/deliveries"


class Command(BaseCommand):
    """A file is named <source>_<vintage>.csv. Killed at any moment, running it again completes."""

    help = "Deliver the sample files."

    def add_arguments(self, parser: CommandParser) -> None:
        """Read the words of the command."""
        parser.add_argument("--language", default="fr", choices=["fr", "en"], help="language of the reports")

    def handle(self, *args: Any, **options: Any) -> None:
        """Deliver each file in its own transaction."""
        for path in sorted(DELIVERIES.glob("*.csv")):
            source, vintage = path.stem.rsplit("_", 1)
            call_command(
                "deliver",
                str(path),
                "--source",
                source,
                "--vintage",
                vintage,
                "--language",
                options["language"],
                stdout=self.stdout,
            )
