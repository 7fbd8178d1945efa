"""`egide write_letter EDITION --out DIR`: write the files of the published letter to a folder."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from egide.foundation.wings.entering import PUBLIC, entering
from egide.statistics.publication.queries import NotFound, get_artefact, get_release


class Command(BaseCommand):
    """Reads as the public does, so it writes nothing that is under embargo."""

    help = "Write the files of a published letter."

    def add_arguments(self, parser: CommandParser) -> None:
        """Read the words of the command."""
        parser.add_argument("edition", type=int)
        parser.add_argument("--out", type=Path, required=True, help="folder that receives the files")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write each file beside its name, then rename it."""
        edition, folder = options["edition"], options["out"]
        folder.mkdir(parents=True, exist_ok=True)
        try:
            with entering("public", PUBLIC):
                for summary in get_release(edition).artefacts:
                    partial = folder / f"{summary.name}.partial"
                    partial.write_bytes(get_artefact(edition, None, summary.name).content)
                    partial.replace(folder / summary.name)
                    self.stdout.write(str(folder / summary.name))
        except NotFound as missing:
            raise CommandError(str(missing)) from missing
