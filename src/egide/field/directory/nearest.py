"""In which order services are proposed at a moment: pure functions on what may be shown, which a slow reference can check.

Lives here: groups, distances, what is open, what is local. Not here: reading rows (queries). A confidential place has no
position, so that where somebody stands changes nothing of what is said of it (Z07).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from .distance import Place, great_circle
from .hours import is_open
from .policies import LOCAL_KM
from .views import ServiceView, stop_hours


class Group(IntEnum):
    """In which order services are proposed: national lines of day and night, then near ones, then those at a distance."""

    NATIONAL = 0
    LOCAL = 1
    REMOTE = 2


@dataclass(frozen=True)
class Nearby:
    """A service that is open at the moment asked for. `distance_km`: None without a position; `place`: a round's stop."""

    service: ServiceView
    group: Group
    distance_km: float | None
    place: str


def rank_nearest(
    services: Iterable[ServiceView], *, at: datetime, here: Place | None, served: Sequence[str] | None
) -> list[Nearby]:
    """What is open at `at`, national lines of day and night first, then local ones by distance, then those at a distance.

    `served`: the codes that hold the asker's commune, None when it is unknown. Nothing that is closed is listed (AT-12).
    """
    found = [each for service in services for each in _answers(service, at, here) if _suits(each, served)]
    nearest: dict[object, Nearby] = {}
    for each in sorted(found, key=_order):
        nearest.setdefault(each.service.id, each)
    return sorted(nearest.values(), key=_order)


def _answers(service: ServiceView, at: datetime, here: Place | None) -> list[Nearby]:
    """The ways in which a service answers at a moment: from its own place, and from each stop where it stands then."""
    group = _group(service)
    own = (
        Place(service.latitude, service.longitude)
        if service.latitude is not None and service.longitude is not None
        else None
    )
    found = (
        [Nearby(service, group, _distance(here, own), "")] if is_open(service.schedule, at, service.time_zone) else []
    )
    for stop in service.stops:
        hours = stop_hours(stop, closed_on_holidays=service.schedule.closed_on_holidays)
        if is_open(hours, at, service.time_zone):
            found.append(Nearby(service, group, _distance(here, Place(stop.latitude, stop.longitude)), stop.place))
    return found


def _group(service: ServiceView) -> Group:
    if service.national and service.schedule.always:
        return Group.NATIONAL
    return Group.REMOTE if service.remote else Group.LOCAL


def _distance(here: Place | None, there: Place | None) -> float | None:
    return None if here is None or there is None else round(great_circle(here, there), 1)


def _suits(near: Nearby, served: Sequence[str] | None) -> bool:
    if near.group is not Group.LOCAL:
        return True
    if served is not None and near.service.zone:
        return not set(near.service.zone).isdisjoint(served)
    return near.distance_km is not None and near.distance_km <= LOCAL_KM


def _order(near: Nearby) -> tuple[int, bool, float, str, str]:
    """Emergency lines first among the national ones; what has no distance after what has one."""
    emergency = near.group is Group.NATIONAL and "emergency" in near.service.themes
    far = near.distance_km if near.group is Group.LOCAL and near.distance_km is not None else float("inf")
    return near.group, not emergency, far, near.service.name, str(near.service.id)
