"""`egide detect_breaks FILE`: where series break, and whether a tool or the world moved them. Nothing is decided or kept."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from egide.foundation.catalogue import UnknownEntry
from egide.statistics.harmonisation.breaks.files import SeriesRefused, read_series
from egide.statistics.harmonisation.breaks.proposing import Search, search
from egide.statistics.harmonisation.breaks.telling import as_plain, statement


class Command(BaseCommand):
    """Exit 0 with the proposals, even none; 1 when the file cannot be read as series; 2 for a wrong use."""

    help = "Find the breaks of the series of a CSV file (series,period,value) and propose a verdict with its evidence."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Read the words of the command."""
        parser.add_argument(
            "file",
            type=Path,
            help="CSV with the columns series,period,value and, where known, territory, unit, kind (survey)",
        )
        parser.add_argument("--calendar", default="france", help="file of catalogue/recording, or none")
        parser.add_argument("--language", default="fr", choices=["fr", "en"], help="language of the sentences")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, search, tell."""
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"There is no file {path}.", returncode=2)
        calendar = None if options["calendar"] == "none" else options["calendar"]
        with translation.override(options["language"]):
            try:
                series, unread = read_series(path)
                found = search(series, calendar=calendar)
            except SeriesRefused as refusal:
                raise CommandError(str(refusal)) from refusal
            except UnknownEntry as refusal:
                raise CommandError(str(refusal), returncode=2) from refusal
            found = Search(found.searched, found.proposals, (*unread, *found.unsearched))
            if not found.searched:
                raise CommandError(" ".join(each.reason for each in found.unsearched))
            self._tell(found, calendar, as_json=options["json"])

    def _tell(self, found: Search, calendar: str | None, *, as_json: bool) -> None:
        plain = as_plain(found, calendar)
        if as_json:
            self.stdout.write(json.dumps(plain, ensure_ascii=False, indent=1))
            return
        for each in plain["breaks"]:
            self.stdout.write(f"{each['series']}\t{each['period']}\t{each['size_text']}\t{each['verdict_text']}")
            for evidence in each["evidence"]:
                self.stdout.write(f"  {evidence['sentence']}")
        for left in plain["not_searched"]:
            self.stdout.write(f"{left['series']}: {left['reason']}")
        self.stdout.write(statement(found))
