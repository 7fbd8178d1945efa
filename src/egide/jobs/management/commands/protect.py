"""`egide protect TABLE --rules FILE --out DIR`: hide the cells that must be, prove it, write what may leave."""

import json
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from egide.foundation.catalogue import UnknownEntry
from egide.methods.disclosure import SOLVERS, Budget, CannotProtect, DisclosureTooTight, InconsistentTable, RuleMisused
from egide.statistics.disclosure.files import Asked, protect_file
from egide.statistics.disclosure.tablefile import UnreadableTable


class Command(BaseCommand):
    """Exit 0 when a protected table is written with its audit; 1 with the sentence of the refusal, and nothing written."""

    help = "Protect a table of codes and values: hide, audit, write public/ and confidential/."

    def add_arguments(self, parser: CommandParser) -> None:
        """Read the words of the command."""
        parser.add_argument("table", type=Path, help="CSV or Parquet, one row a cell, margins included")
        parser.add_argument(
            "--rules", required=True, help="file of rules (YAML, JSON), or a code of catalogue/disclosure"
        )
        parser.add_argument(
            "--hierarchy", action="append", default=[], metavar="DIM=FILE",
            help="tree of a dimension: CSV, a column a level, coarse to fine",
        )  # fmt: skip
        parser.add_argument(
            "--weights", metavar="COL", help="column of what hiding each cell costs (default: its value)"
        )
        parser.add_argument(
            "--time-limit", type=float, metavar="S", help="seconds after which the best pattern is taken"
        )
        parser.add_argument("--solver", choices=["auto", *SOLVERS], default="auto")
        parser.add_argument("--out", type=Path, required=True, metavar="DIR")
        parser.add_argument("--json", action="store_true", help="print the whole report, hidden cells included")

    def handle(self, *args: Any, **options: Any) -> None:
        """Protect, then tell."""
        hierarchies = dict(_tree(text) for text in options["hierarchy"])
        for path in (options["table"], *hierarchies.values()):
            if not path.is_file():
                raise CommandError(f"There is no file {path}.", returncode=2)
        limit = options["time_limit"]
        if limit is not None and limit <= 0:
            raise CommandError("The time limit is in seconds, above zero.", returncode=2)
        asked = Asked(options["table"], options["rules"], hierarchies, options["weights"], options["solver"])
        try:
            report = protect_file(asked, options["out"], Budget(limit, time.monotonic) if limit else None)
        except (
            RuleMisused, UnreadableTable, InconsistentTable, CannotProtect, DisclosureTooTight, UnknownEntry,
        ) as refusal:  # fmt: skip
            raise CommandError(str(refusal)) from refusal
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
        else:
            self._tell(report, options["out"])

    def _tell(self, report: dict[str, Any], out: Path) -> None:
        proof = "proven cheapest" if report["proven_optimal"] else f"within {100 * report['gap']:.2f} % of the cheapest"
        self.stdout.write(
            f"{report['cells']} cells: {len(report['primary'])} sensitive, {len(report['secondary'])} hidden with them, "
            f"cost {report['cost']:,.3f} ({proof}). The audit found every one of them {report['audit']['verdict']}."
        )
        self.stdout.write(f"May leave: {out / 'public'}. Must stay: {out / 'confidential'}.")


def _tree(text: str) -> tuple[str, Path]:
    name, sign, path = text.partition("=")
    if not (name and sign and path):
        raise CommandError(f"--hierarchy takes DIM=FILE, not {text}.", returncode=2)
    return name, Path(path)
