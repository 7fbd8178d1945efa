"""`egide build_sample --people N --seed S --out DIR`: draw the fictional country and its known truth."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from egide.sample.build import NotBuilt, build_sample
from egide.sample.design import Size


class Command(BaseCommand):
    """The same numbers give the same bytes. The folder appears whole or not at all; a country already there is left as it is."""

    help = "Build the fictional country."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Read the words of the command."""
        usual = Size()
        parser.add_argument("--people", type=int, required=True)
        parser.add_argument("--seed", type=int, required=True)
        parser.add_argument("--out", type=Path, required=True, help="folder to make")
        parser.add_argument(
            "--cases-per-thousand", type=float, default=usual.cases_per_thousand, help="case files, 0 to 25"
        )
        parser.add_argument(
            "--surveyed-per-thousand",
            type=float,
            default=usual.surveyed_per_thousand,
            help="adults drawn by the survey",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Build, then tell what was made."""
        try:
            size = Size(options["cases_per_thousand"], options["surveyed_per_thousand"])
            truth = build_sample(
                people=options["people"],
                seed=options["seed"],
                out=options["out"],
                size=size,
                tell=self.stdout.write if options["verbosity"] > 1 else lambda _words: None,
            )
        except (NotBuilt, ValueError) as error:
            raise CommandError(str(error)) from error
        for name, rows in truth["rows"].items():
            self.stdout.write(f"{name}: {rows:,}")
        self.stdout.write(f"{options['out']}: {len(truth['files'])} files and truth.json")
