"""`egide audit_release DIR`: what an attacker makes of a folder that may leave, with every former edition."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from egide.methods.disclosure import DisclosureTooTight, InconsistentTable
from egide.statistics.disclosure.releases import ReleaseLeaks, audit_folder
from egide.statistics.disclosure.tablefile import UnreadableTable


class Command(BaseCommand):
    """Exit 0 when no hidden cell can be computed; 1 with the sentence that names the cell and the files."""

    help = "Attack a release folder: public/, former/<edition>/, and the needs of confidential/ if they are there."

    def add_arguments(self, parser: CommandParser) -> None:
        """Read the words of the command."""
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument("--json", action="store_true", help="print the interval of every hidden cell")

    def handle(self, *args: Any, **options: Any) -> None:
        """Attack, then tell."""
        folder: Path = options["folder"]
        if not folder.is_dir():
            raise CommandError(f"There is no folder {folder}.", returncode=2)
        try:
            report = audit_folder(folder)
        except (UnreadableTable, ReleaseLeaks, DisclosureTooTight, InconsistentTable) as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
        else:
            self.stdout.write(
                f"{len(report['files'])} files, {report['printed']} figures printed, {report['hidden']} hidden: "
                f"none of them can be computed ({report['judged_by']})."
            )
