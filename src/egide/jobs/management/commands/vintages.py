"""`egide vintages --source S --indicator I --year Y`: a figure as known on each date, and why it changed."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from egide.core.count import NotAdditive, UnlikeUnits
from egide.foundation.catalogue import UnknownEntry
from egide.foundation.legal.actions import entering_active
from egide.foundation.legal.policies import GateClosed
from egide.foundation.wings.entering import Subject
from egide.statistics.vintages.asked import UnknownSeries
from egide.statistics.vintages.queries import get_matrix, list_transitions
from egide.statistics.vintages.reports import matrix_report, transitions_report


class Command(BaseCommand):
    """Exit 0 when something is told, 1 when no delivery holds it, 2 when the source or the series is unknown."""

    help = "Show a figure as each vintage knew it, with the reason proposed or signed for each change."

    def add_arguments(self, parser: CommandParser) -> None:
        """Read the words of the command."""
        parser.add_argument("--source", required=True, help="code of catalogue/sources")
        parser.add_argument(
            "--indicator", default="", help="indicator, class of the source or its label; all when left out"
        )
        parser.add_argument("--year", required=True, help="year of the figures, 2022")
        parser.add_argument(
            "--territory", default="", help="code of a territory; the whole of the source when left out"
        )
        parser.add_argument("--json", action="store_true", help="as JSON")
        parser.add_argument("--language", default="fr", choices=["fr", "en"], help="language of the words")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, then tell."""
        if not (options["year"].isdigit() and len(options["year"]) == 4):
            raise CommandError(f"A year has four digits, and {options['year']} was given.", returncode=2)
        try:
            with entering_active("statistics", Subject.job("vintages")), translation.override(options["language"]):
                report = self._report(options)
                lines = _matrix_lines(report) if options["indicator"] else _transition_lines(report)
        except (UnknownEntry, UnknownSeries) as unknown:
            raise CommandError(str(unknown), returncode=2) from unknown
        except (NotAdditive, UnlikeUnits, GateClosed) as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(json.dumps(report, ensure_ascii=False, indent=1) if options["json"] else "\n".join(lines))
        if not (report["vintages"] if options["indicator"] else report["transitions"]):
            raise CommandError(f"No two deliveries of {options['source']} can be compared for {options['year']}.")

    def _report(self, options: dict[str, Any]) -> dict[str, Any]:
        source, year, territory = options["source"], options["year"], options["territory"]
        if not options["indicator"]:
            return transitions_report(list_transitions(source=source, year=year), source, year)
        return matrix_report(
            get_matrix(source=source, series=options["indicator"], territory=territory, year=year), year
        )


def _matrix_lines(report: dict[str, Any]) -> list[str]:
    lines = [f"{report['label']}, {report['territory']}, {report['year']} ({report['unit']})"]
    for each in report["vintages"]:
        value = each["words"] if each["value"] is None else str(each["value"])
        lines.append("  ".join(("", each["vintage"], str(value), each["file"], each["superseded_words"])).rstrip())
    for each in report["revisions"]:
        lines.append(f"  {each['from']} -> {each['to']}: {each['reason_label']}, {each['state_words']}")
        lines += [f"    - {item['words']}" for item in each["evidence"]]
    return lines


def _transition_lines(report: dict[str, Any]) -> list[str]:
    return [
        f"  {each['from']} -> {each['to']}: {each['moved']}/{each['cells']} "
        + json.dumps(each["reasons"], ensure_ascii=False)
        for each in report["transitions"]
    ]
