"""`egide nearest_services --commune CODE --need housing --audience perpetrator --at 2026-11-21T03:10`: whom to turn to."""

import json
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from egide.field.directory.policies import ServiceRefused
from egide.field.directory.queries import Nearby, list_nearest
from egide.foundation.catalogue import UnknownEntry, get_territory
from egide.foundation.clock import now
from egide.foundation.legal.actions import entering_active
from egide.foundation.legal.policies import GateClosed
from egide.foundation.territories.queries import get_point
from egide.foundation.wings.entering import Subject


class Command(BaseCommand):
    """Exit 0 with the list, national lines first; 1 for a commune, a need or an audience that does not exist."""

    help = "List the services that are open at a moment, nearest first."

    def add_arguments(self, parser: CommandParser) -> None:
        """Read the words of the command."""
        parser.add_argument("--commune", required=True, help="code of the commune, 99003")
        parser.add_argument("--need", help="code of catalogue/nomenclatures/service-themes.yaml")
        parser.add_argument(
            "--audience", default="victim", help="code of catalogue/nomenclatures/service-audiences.yaml"
        )
        parser.add_argument("--at", type=_moment, help="2026-11-21T03:10, in the time of Paris; now by default")
        parser.add_argument("--limit", type=int, default=30)
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask, then tell."""
        at = options["at"] or now()
        try:
            get_territory(options["commune"])
            with entering_active("field", Subject.job("nearest_services")):
                point = get_point(options["commune"])
                found = list_nearest(
                    latitude=point.latitude if point else None, longitude=point.longitude if point else None,
                    audience=options["audience"], theme=options["need"], commune=options["commune"], at=at, now=now(),
                    limit=options["limit"],
                )  # fmt: skip
        except (ServiceRefused, UnknownEntry, GateClosed) as refusal:
            raise CommandError(str(refusal)) from refusal
        rows = [_row(each) for each in found]
        if options["json"]:
            exact = None if point is None else point.exact
            self.stdout.write(
                json.dumps({"at": at.isoformat(), "exact_point": exact, "services": rows}, ensure_ascii=False)
            )
            return
        for row in rows:
            far = "" if row["distance_km"] is None else f"{row['distance_km']} km"
            self.stdout.write(
                "\t".join((str(row["group"]), far, str(row["name"]), str(row["telephone"] or row["text_messages"])))
            )


def _row(near: Nearby) -> dict[str, object]:
    service = near.service
    return {
        "group": near.group.name.lower(), "distance_km": near.distance_km, "id": str(service.id), "name": service.name,
        "organisation": service.organisation, "telephone": service.telephone, "text_messages": service.text_messages,
        "place": near.place or service.commune_name, "distance_band": service.distance_band, "hours": service.hours,
        "doubtful": service.doubtful,
    }  # fmt: skip


def _moment(text: str) -> datetime:
    told = datetime.fromisoformat(text)
    return told if told.tzinfo else timezone.make_aware(told)
