"""`egide seed_load --persons N --actions M`: fill a database of its own, to measure the pages at the size of a country."""

import json
import time
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from egide.foundation.clock import now
from egide.foundation.legal.policies import GateClosed
from egide.sample.seeding import NotALoadDatabase, seed_load, write_passwords


class Command(BaseCommand):
    """Refused on any database but an empty one, or one whose name says “load”. Killed at any moment, running again completes."""

    help = "Fill a load database with invented files and actions."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Read the words of the command."""
        parser.add_argument("--persons", type=int, required=True, help="persons, one file each")
        parser.add_argument("--actions", type=int, required=True, help="actions, over all the files")
        parser.add_argument(
            "--users", type=int, default=100, help="workers who may sign in; their passwords go to load/accounts.txt"
        )
        parser.add_argument("--json", action="store_true", help="say what was done as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Fill, then say what was done and in how long."""
        start, path = time.monotonic(), settings.VAR / "load" / "accounts.txt"
        tell = self.stdout.write if options["verbosity"] > 1 else lambda _words: None
        try:
            done = seed_load(
                persons=options["persons"], actions=options["actions"], users=options["users"], now=now(), tell=tell
            )
        except (NotALoadDatabase, GateClosed, ValueError) as refusal:
            raise CommandError(str(refusal)) from refusal
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        write_passwords(done.passwords, path)
        told = {
            "cases": done.cases,
            "actions": done.actions,
            "worked": done.worked,
            "workers": done.workers,
            "users": len(done.passwords),
            "accounts": str(path),
            "seconds": round(time.monotonic() - start, 1),
        }
        words = (
            "{cases:,} case files and {actions:,} actions for {workers:,} workers, {worked:,} files worked on, in {seconds} s; "
            "passwords in {accounts}"
        )
        self.stdout.write(json.dumps(told) if options["json"] else words.format(**told))
