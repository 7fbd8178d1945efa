"""`egide access_matrix --out FILE`: writes the table of the proofs, for a lawyer (.md) or for a sheet (.csv). No rule lives here."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from egide.foundation.catalogue.proofs import list_proofs, proofs_as_csv, proofs_as_markdown


class Command(BaseCommand):
    """Writes who sees what, in which situation."""

    help = "Write the table of the proofs: who sees what, in which situation. FILE ends in .md or .csv."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to write, in which language, and whether to answer in JSON."""
        parser.add_argument(
            "--out", required=True, type=Path, help="the file to write: .md to be read, .csv to be filtered"
        )
        parser.add_argument("--language", choices=("fr", "en"), default="fr", help="of the .md file (default: fr)")
        parser.add_argument("--json", action="store_true", help="answer in JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file; exit 1 for another ending or a folder that is absent."""
        out: Path = options["out"]
        if out.suffix not in (".md", ".csv"):
            raise CommandError(f"{out} ends neither in .md nor in .csv: choose one.", returncode=1)
        if not out.parent.is_dir():
            raise CommandError(f"The folder {out.parent} does not exist: make it first.", returncode=1)
        text = proofs_as_csv() if out.suffix == ".csv" else proofs_as_markdown(options["language"])
        out.write_text(text, encoding="utf-8")
        proofs = list_proofs()
        told = {"file": str(out), "situations": len(proofs), "lines": sum(len(each.roles) or 1 for each in proofs)}
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        else:
            self.stdout.write("{file}: {situations} situations, {lines} lines of positions.".format(**told))
