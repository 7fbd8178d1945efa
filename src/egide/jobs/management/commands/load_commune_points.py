"""`egide load_commune_points [FILE]`: where communes lie, from an official file, else from GeoNames."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from egide.foundation.clock import now
from egide.foundation.territories.actions import load_points
from egide.foundation.territories.points import GEONAMES, PointsUnreadable, geonames_points, read_points
from egide.foundation.wings.entering import Subject, entering


class Command(BaseCommand):
    """An official file replaces what is known; GeoNames only fills what no file said. Exit 1 for an unreadable file."""

    help = "Load one point for each commune."

    def add_arguments(self, parser: CommandParser) -> None:
        """Read the words of the command."""
        parser.add_argument("file", nargs="?", type=Path, help="CSV with code, lat, lon; without it, GeoNames")
        parser.add_argument("--json", action="store_true", help="the counts as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, then load."""
        path: Path | None = options["file"]
        try:
            points = read_points(path) if path else geonames_points()
        except PointsUnreadable as refusal:
            raise CommandError(str(refusal)) from refusal
        with entering("foundation", Subject.job("load_commune_points")):
            written = load_points(
                points=points, source=path.name if path else GEONAMES, now=now(), fill_only=path is None
            )
        if options["json"]:
            self.stdout.write(json.dumps({"written": written, "left_out": list(points.left_out)}))
            return
        self.stdout.write(f"{written} points written, {len(points.left_out)} lines left out")
        for why in points.left_out[:20]:
            self.stdout.write(f"  {why}")
