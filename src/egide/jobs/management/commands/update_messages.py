"""Keep the languages of the pages: find the sentences, update each catalogue, compile it."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from egide.jobs import wording


class Command(BaseCommand):
    """Update and compile the catalogues; --check changes no translation and fails on the first gap."""

    help = "Find every sentence marked for translation, update the catalogue of each language and compile it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare --check and --compile."""
        parser.add_argument(
            "--check", action="store_true", help="compile, then fail if a sentence lacks its translation"
        )
        parser.add_argument("--compile", action="store_true", help="compile only, without looking for new sentences")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do what was asked, and say it."""
        gaps = 0
        for language in wording.LANGUAGES:
            path = wording.catalogue_of(language)
            if not options["check"] and not options["compile"]:
                wording.update(path, language)
            wording.compile_words(path, language)
            wrong = [] if options["compile"] else wording.faults(path, language)
            for fault in wrong:
                self.stderr.write(fault)
            if wrong:
                self.stderr.write(f"{len(wrong)} sentences to translate or mend in {path}.")
            gaps += len(wrong)
        if gaps and options["check"]:
            sys.exit(1)
