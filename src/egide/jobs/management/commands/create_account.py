"""`egide create_account`: make an account and, if asked, seat it on a position with its roles for a time."""

import getpass
import secrets
import sys
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from egide.foundation.accounts.actions import create_account
from egide.foundation.catalogue import get_nomenclature
from egide.foundation.clock import now
from egide.foundation.organisations import actions as organisations
from egide.foundation.wings.entering import Subject, entering


class Command(BaseCommand):
    """Ask for what is missing; the password is typed, or random and printed once with --random-password."""

    help = "Create an account and seat it on a position."

    def add_arguments(self, parser: CommandParser) -> None:
        """Read the words of the command."""
        parser.add_argument("username")
        parser.add_argument("--name", required=True)
        parser.add_argument("--language", default="fr", choices=["fr", "en"])
        parser.add_argument("--email", default="", help="work e-mail, for notices without a name or a content")
        parser.add_argument("--organisation", help="code of the organisation")
        parser.add_argument("--organisation-name", default="")
        parser.add_argument("--title", help="title of the position")
        parser.add_argument(
            "--role", action="append", default=[], help="code of catalogue/nomenclatures/roles.yaml; repeatable"
        )
        parser.add_argument(
            "--until", type=date.fromisoformat, help="last day of the mandate; a year from today by default"
        )
        parser.add_argument("--random-password", action="store_true", help="make one and print it once")
        parser.add_argument("--password-stdin", action="store_true", help="read it from the standard input")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the account, or say why not."""
        known = get_nomenclature("roles").codes
        if unknown := sorted(set(options["role"]) - set(known)):
            raise CommandError(f"Unknown role {', '.join(unknown)}: the roles are {', '.join(sorted(known))}.")
        password = self._password(options)
        try:
            with entering("foundation", Subject.job("create_account")):
                self._create(password, options)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{options['username']} {password if options['random_password'] else ''}".strip())

    def _password(self, options: dict[str, Any]) -> str:
        if options["random_password"]:
            return secrets.token_urlsafe(16)
        return sys.stdin.readline().strip() if options["password_stdin"] else getpass.getpass("Password: ")

    def _create(self, password: str, options: dict[str, Any]) -> None:
        moment = now()
        account = create_account(
            username=options["username"],
            name=options["name"],
            password=password,
            language=options["language"],
            email=options["email"],
            now=moment,
        )
        if options["role"]:
            code = options["organisation"] or "default"
            organisation = organisations.register_organisation(
                code=code, name=options["organisation_name"] or code, kind="other", now=moment
            )
            title = options["title"] or " + ".join(options["role"])
            position = organisations.open_position(
                organisation=organisation, title=title, roles=options["role"], now=moment
            )
            until = options["until"] or timezone.localdate(moment) + timedelta(days=365)
            organisations.give_mandate(
                position=position,
                account=account,
                valid_from=timezone.localdate(moment),
                valid_to=until + timedelta(days=1),
                now=moment,
            )
