"""`egide check_transmission FILE`: everything wrong in an SDMX file before it leaves, by line."""

import argparse
import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from egide.methods.sdmx import Unreadable
from egide.methods.sdmx.checking import lines_of
from egide.statistics.publication.transmission import check_file


class Command(BaseCommand):
    """Exit 0 when the file may leave, warnings or not; 1 when it may not; 2 for a word misused."""

    help = "Check an SDMX file (ML 2.1 or 3.0, CSV, JSON 2.0) before it is sent."

    def add_arguments(self, parser: CommandParser) -> None:
        """Read the words of the command."""
        parser.add_argument("file", type=_file)
        parser.add_argument(
            "--structure", type=_file, help="its structure message; structure-X.xml beside figures-X is found"
        )
        parser.add_argument("--json", action="store_true", help="answer for a script")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, then tell every fault by its line."""
        file: Path = options["file"]
        try:
            verdict = check_file(file, options["structure"])
        except Unreadable as error:
            raise CommandError(str(error)) from error
        told = {
            "file": file.name, "format": verdict.format, "observations": verdict.observations,
            "may_leave": verdict.may_leave, "faults": lines_of(verdict),
        }  # fmt: skip
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        else:
            self.stdout.write(f"{file.name}: {verdict.format}, {verdict.observations} observations.")
            for fault in verdict.faults:
                self.stdout.write(f"  line {fault.line}, {fault.severity} of {fault.check}: {fault.sentence}")
        if not verdict.may_leave:
            errors = sum(fault.severity == "error" for fault in verdict.faults)
            raise CommandError(f"{file.name} may not leave: {errors} to correct.")


def _file(text: str) -> Path:
    path = Path(text)
    if not path.is_file():
        raise argparse.ArgumentTypeError(f"there is no file {text}")
    return path
