"""`egide prepare_server --host H --superuser S`: make the roles and the database on a server of one's own, once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from egide.foundation.wings.bootstrap import prepare_server


class Command(BaseCommand):
    """Running it again is harmless. The passwords of the two login roles are the administrator's to set."""

    help = "Make the roles and the database, as the server's superuser."

    def add_arguments(self, parser: CommandParser) -> None:
        """Read the words of the command."""
        parser.add_argument("--host", required=True, help="host name, or folder of the socket")
        parser.add_argument("--superuser", default="postgres", help="its password, if any, in PGPASSWORD")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare the server."""
        prepare_server(host=options["host"], superuser=options["superuser"])
        self.stdout.write("The roles and the database are ready: `egide migrate` as egide_owner comes next.")
