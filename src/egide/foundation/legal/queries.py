"""The only reads of local routes: the protocols of the catalogue, with the days when someone here switched them off (AT-16)."""

from dataclasses import replace
from datetime import timedelta

from django.db.models import QuerySet

from egide.foundation.catalogue import list_protocols
from egide.methods.secrecy import Protocol, Suspension, Words

from .models import RouteSuspension


def list_routes() -> list[Protocol]:
    """Every protocol, by code, closed on the days that the catalogue and the network's coordinator say."""
    written: dict[str, list[Suspension]] = {}
    for row in RouteSuspension.objects.order_by("since", "written_at"):
        written.setdefault(row.protocol, []).append(_suspension(row))
    return [replace(each, suspensions=(*each.suspensions, *written.get(each.code, ()))) for each in list_protocols()]


def get_suspension(protocol: str) -> RouteSuspension | None:
    """The suspension written here that still closes a protocol, or None."""
    return RouteSuspension.objects.filter(protocol=protocol, resumed_on__isnull=True).first()


def list_suspensions(protocol: str) -> QuerySet[RouteSuspension]:
    """Every suspension written here of a protocol, latest first: the history is kept."""
    return RouteSuspension.objects.filter(protocol=protocol).order_by("-written_at")


def _suspension(row: RouteSuspension) -> Suspension:
    last = row.resumed_on - timedelta(days=1) if row.resumed_on else None
    return Suspension(row.since, last, Words(row.decided_by, row.decided_by), Words(row.reason, row.reason))
