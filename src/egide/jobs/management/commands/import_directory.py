"""`egide import_directory FILE [--format data-inclusion|hsds]`: take in somebody else's directory of services."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from egide.field.directory.exchange.actions import READERS, digest_of, import_directory, read_directory
from egide.field.directory.exchange.incoming import ImportRefused
from egide.field.directory.exchange.queries import Receipt, get_receipt
from egide.foundation.clock import now
from egide.foundation.legal.actions import entering_active
from egide.foundation.legal.policies import GateClosed
from egide.foundation.organisations.actions import register_organisation
from egide.foundation.wings.entering import Subject, entering

JOB = Subject.job("import_directory")


class Command(BaseCommand):
    """Exit 0 when the file is taken in, whole or in part, or was already; 1 when it is refused whole."""

    help = "Import a directory of services; rows that are wrong or would replace a person's work are kept aside."

    def add_arguments(self, parser: CommandParser) -> None:
        """Read the words of the command."""
        parser.add_argument("file", type=Path, help="a JSON file, or a folder of them")
        parser.add_argument("--format", default="data-inclusion", choices=sorted(READERS))
        parser.add_argument("--language", default="fr", choices=["fr", "en"], help="language of the report")
        parser.add_argument("--json", action="store_true", help="the receipt as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, register the organisations, take in, tell the receipt."""
        path: Path = options["file"]
        if not path.exists():
            raise CommandError(f"There is no file {path}.")
        try:
            with translation.override(options["language"]):
                receipt = self._import(path, options["format"])
        except (ImportRefused, GateClosed) as refusal:
            raise CommandError(str(refusal)) from refusal
        self._tell(receipt, as_json=options["json"])

    def _import(self, path: Path, standard: str) -> Receipt:
        moment, batch = now(), read_directory(path, standard)
        with entering("foundation", JOB):
            known = {
                code: register_organisation(code=code, name=name, kind="other", now=moment)
                for code, name in batch.organisations.items()
            }
        with entering_active("field", JOB):
            made = import_directory(
                batch=batch, filename=path.name, sha256=digest_of(path), organisations=known, now=moment
            )
            return get_receipt(made.id)

    def _tell(self, receipt: Receipt, *, as_json: bool) -> None:
        counts = {name: getattr(receipt, name) for name in ("read", "added", "changed", "same")}
        kept: list[dict[str, Any]] = [
            {"row": each.number, "identifier": each.identifier, "state": each.state, "why": list(each.why)}
            for each in receipt.kept
        ]
        if as_json:
            self.stdout.write(json.dumps({"receipt": str(receipt.id), **counts, "kept": kept}, ensure_ascii=False))
            return
        self.stdout.write(
            f"{receipt.filename}: {', '.join(f'{name} {count}' for name, count in counts.items())}, {receipt.id}"
        )
        for each in kept:
            self.stdout.write(f"  {each['state']} {each['row']} {each['identifier']}: {'; '.join(each['why'])}")
