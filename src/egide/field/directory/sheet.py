"""A sheet of services, one a line, as a network hands it over: read and checked, written by `actions.load_sheet`.

Columns: see src/egide/sample/services.csv. Lists are separated by spaces; hours are in the notation of `hours`; rounds are
"days from-to place @latitude,longitude #commune", separated by "|". `verified_days_ago` dates a sample from the day it is
loaded.
"""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from .hours import Hours
from .notation import parse_hours

_LISTS = ("audiences", "themes", "languages", "access_modes", "zone")
_TEXTS = (
    "name", "description", "kind", "telephone", "sms", "email", "address", "postal_code", "commune", "commune_name",
    "access_note", "accessibility", "fee", "public_point", "distance_band",
)  # fmt: skip
_FLAGS = ("confidential_address", "national")
_STOP = re.compile(r"^(.*?\d\d:\d\d-\d\d:\d\d) (.+?) @(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)(?: #(\w{5}))?$")


class SheetUnreadable(ValueError):
    """A sheet that cannot be read; the sentence names the line and what is wrong."""


@dataclass(frozen=True)
class ServiceSheet:
    """One line: whose service, what is said of it, when it is open, how long ago it was verified."""

    organisation_code: str
    organisation_name: str
    organisation_kind: str
    fictional: bool
    source: str
    source_id: str
    described: Mapping[str, Any]
    hours: Hours
    rounds: tuple[Mapping[str, Any], ...] = ()
    verified_days_ago: int | None = None

    def verified_on(self, today: date) -> date | None:
        """The day of verification, or None when nobody verified it."""
        return None if self.verified_days_ago is None else today - timedelta(days=self.verified_days_ago)


def read_sheet(path: Path) -> list[ServiceSheet]:
    """Read a sheet of services. Raises SheetUnreadable with the number of the line."""
    with path.open(encoding="utf-8", newline="") as file:
        return [_line(row, number) for number, row in enumerate(csv.DictReader(file), start=2)]


def organisations_of(sheet: Iterable[ServiceSheet]) -> dict[str, tuple[str, str, bool]]:
    """Code -> (name, kind, fictional) of each organisation that a sheet names, for the foundation wing to register."""
    return {line.organisation_code: (line.organisation_name, line.organisation_kind, line.fictional) for line in sheet}


def _line(row: Mapping[str, str], number: int) -> ServiceSheet:
    try:
        described: dict[str, Any] = {name: row[name] for name in _TEXTS}
        described.update({name: row[name].split() for name in _LISTS})
        described.update({name: row[name] == "yes" for name in _FLAGS})
        described.update({name: float(row[name]) if row[name] else None for name in ("latitude", "longitude")})
        days = row["verified_days_ago"]
        return ServiceSheet(
            row["organisation_code"], row["organisation_name"], row["organisation_kind"], row["fictional"] == "yes",
            row["source"], row["source_id"], described, parse_hours(row["hours"]),
            tuple(_stop(each) for each in filter(None, row["rounds"].split("|"))), int(days) if days else None,
        )  # fmt: skip
    except (KeyError, ValueError, TypeError) as error:
        raise SheetUnreadable(
            _("Line %(number)s of the sheet of services: %(why)s") % {"number": number, "why": error}
        ) from error


def _stop(text: str) -> Mapping[str, Any]:
    found = _STOP.match(text.strip())
    if not found:
        raise ValueError(text)
    [rule] = parse_hours(found[1]).rules
    return {
        "rule": rule, "place": found[2], "latitude": float(found[3]), "longitude": float(found[4]), "commune": found[5] or "",
    }  # fmt: skip
