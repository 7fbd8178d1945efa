"""`egide compose_letter EDITION`: compose a release and, in a demonstration, sign it off and publish it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from egide.foundation.clock import now
from egide.foundation.legal.actions import entering_active
from egide.foundation.legal.policies import GateClosed
from egide.foundation.wings.entering import Subject
from egide.statistics.publication.actions import compose_release, publish_release, sign_release
from egide.statistics.publication.policies import ReleaseRefused


class Command(BaseCommand):
    """Two jobs with two names sign and compose, because one cannot do both."""

    help = "Compose a letter from the deliveries."

    def add_arguments(self, parser: CommandParser) -> None:
        """Read the words of the command."""
        parser.add_argument("edition", type=int)
        parser.add_argument("--publish", action="store_true", help="sign it off and publish it too (demonstration)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it in one transaction."""
        try:
            with entering_active("statistics", Subject.job("compose_letter")):
                release = compose_release(edition=options["edition"], by="job:composer", now=now())
                if options["publish"]:
                    sign_release(release_id=release.id, by="job:signatory", now=now())
                    release = publish_release(release_id=release.id, by="job:editor", now=now())
        except (ReleaseRefused, GateClosed) as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Letter {options['edition']}, revision {release.revision}: {release.state}.")
