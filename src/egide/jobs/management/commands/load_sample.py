"""`egide load_sample`: deliver the sample files of the repository; with --country, load case files of a built country.

What is already received or loaded is left as it is.
"""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError

import egide
from egide.foundation.clock import now
from egide.foundation.legal.policies import GateClosed
from egide.sample.build import NotBuilt
from egide.sample.country import HOME
from egide.sample.loading import EVERYWHERE, NotLoaded, load_country, seat_workers

DELIVERIES = Path(egide.__file__).parent / "sample/deliveries"


class Command(BaseCommand):
    """A file is named <source>_<vintage>.csv. Killed at any moment, running it again completes."""

    help = "Deliver the sample files, or load case files of a country made by build_sample."

    def add_arguments(self, parser: CommandParser) -> None:
        """Read the words of the command."""
        parser.add_argument("--language", default="fr", choices=["fr", "en"], help="language of the reports")
        parser.add_argument(
            "--country", type=Path, help="folder made by build_sample: load case files, deliver nothing"
        )
        parser.add_argument("--cases", type=int, default=1_000, help="case files to load, at most")
        parser.add_argument(
            "--departement", default=HOME, help=f"of the posts: {HOME} by default, {EVERYWHERE} for every one"
        )
        parser.add_argument(
            "--account", action="append", default=[], help="existing account to work on them; repeatable"
        )
        parser.add_argument("--workers", type=int, default=4, help="invented accounts, when none is named")

    def handle(self, *args: Any, **options: Any) -> None:
        """Deliver, or load."""
        if options["country"]:
            self._load(options)
        else:
            self._deliver(options["language"])

    def _deliver(self, language: str) -> None:
        """Deliver each file in its own transaction."""
        for path in sorted(DELIVERIES.glob("*.csv")):
            source, vintage = path.stem.rsplit("_", 1)
            words = [str(path), "--source", source, "--vintage", vintage, "--language", language]
            call_command("deliver", *words, stdout=self.stdout)

    def _load(self, options: dict[str, Any]) -> None:
        if options["cases"] < 1 or options["workers"] < 1:
            raise CommandError("Ask for one case at least, and one worker.")
        if settings.MODE == "production":
            raise CommandError("Invented files never enter a production: load them in a demonstration.")
        moment = now()
        try:
            accounts = seat_workers(usernames=options["account"], number=options["workers"], now=moment)
            loaded = load_country(
                folder=options["country"],
                cases=options["cases"],
                accounts=accounts,
                departement=options["departement"],
                now=moment,
                tell=self.stdout.write if options["verbosity"] > 1 else lambda _words: None,
            )
        except (NotBuilt, NotLoaded, GateClosed) as refusal:
            raise CommandError(str(refusal)) from refusal
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        except IntegrityError as clash:
            raise CommandError(
                "Some of these case files are already loaded for other accounts: name the same accounts as before."
            ) from clash
        self.stdout.write(
            f"{loaded.now} case files loaded, {loaded.before} already there, {loaded.left} more in the country."
        )
