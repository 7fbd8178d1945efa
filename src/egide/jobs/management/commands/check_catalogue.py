"""`egide check_catalogue`: prints every mistake of the catalogue with its file, line and remedy. No rule lives here."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from egide.foundation.catalogue import root
from egide.foundation.catalogue.checking import check_catalogue


class Command(BaseCommand):
    """Checks the catalogue an expert has edited."""

    help = "Check the catalogue: each mistake with its file, its line and its remedy."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Accept another folder than the configured one."""
        parser.add_argument(
            "folder", nargs="?", help="the catalogue's folder (default: EGIDE_CATALOGUE, else the checkout's)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the problems; exit 1 when there is one."""
        base = Path(options["folder"]).resolve() if options["folder"] else root()
        problems = check_catalogue(base)
        for problem in problems:
            self.stdout.write(str(problem))
        if problems:
            raise CommandError(f"{len(problems)} problem(s) in {base}.", returncode=1)
        self.stdout.write(f"The catalogue in {base} is sound.")
