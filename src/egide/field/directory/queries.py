"""The only reads of the directory. The position given is used in memory for one statement: never stored, never in the trail.

It is rounded to about a hundred metres before it reaches the database, so that not even the log of a failed statement says
where somebody stands. Distances are great circles: a river or a border may lie between, which the zone served tells better.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from egide.foundation.catalogue import UnknownEntry, get_territory

from .hours import Hours, Interval, format_hours, next_opening, public_holidays
from .models import Opening, Service
from .policies import LOCAL_KM, check_codes, is_doubtful, verified_since, with_narrower


class NotFound(LookupError):
    """No such service."""


class Group(IntEnum):
    """In which order services are proposed: national lines of day and night, then near ones, then those at a distance."""

    NATIONAL = 0
    LOCAL = 1
    REMOTE = 2


@dataclass(frozen=True)
class ServiceView:
    """What a page may show of a service. `doubtful`: nobody verified it for twelve months (AT-13)."""

    id: UUID
    organisation_id: UUID
    organisation: str
    name: str
    description: str
    audiences: tuple[str, ...]
    themes: tuple[str, ...]
    languages: tuple[str, ...]
    access_modes: tuple[str, ...]
    access_note: str
    fee: str
    telephone: str
    text_messages: str
    email: str
    website: str
    address: str
    commune_name: str
    accessibility: str
    confidential_address: bool
    national: bool
    hours: str
    last_verified_on: date | None
    doubtful: bool
    opens_at: datetime | None


@dataclass(frozen=True)
class Nearby:
    """A service that is open at the moment asked for. `distance_km`: None without a position; `place`: a round's stop."""

    service: ServiceView
    group: Group
    distance_km: float | None
    place: str


@dataclass(frozen=True)
class MapPoint:
    """A service on a map: never one whose address is confidential."""

    id: UUID
    name: str
    latitude: float
    longitude: float
    doubtful: bool


# What suits; what is open then, and where it stands; how far; in which group. One statement, one pass over the directory.
_NEAREST = """
WITH suited AS (
  SELECT s.*, timezone(s.time_zone, %(at)s) AS there FROM field_directory_service s
  WHERE (s.retired_on IS NULL OR s.retired_on > %(today)s) AND s.audiences && %(audiences)s
    AND (%(themes)s::varchar[] IS NULL OR s.themes && %(themes)s OR (s.national AND 'emergency' = ANY (s.themes)))
), answering AS (
  SELECT s.id, s.name, s.always_open, s.national, s.themes, s.zone, coalesce(o.place, '') AS place,
    'remote-session' = ANY (s.access_modes) OR s.national AS remote,
    radians(coalesce(o.latitude, s.latitude)) AS latitude, radians(coalesce(o.longitude, s.longitude)) AS longitude
  FROM suited s LEFT JOIN LATERAL (
    SELECT * FROM field_directory_opening o WHERE o.service_id = s.id AND NOT s.always_open
      AND o.weekday = extract(isodow FROM s.there)
      AND extract(hour FROM s.there) * 60 + extract(minute FROM s.there) >= o.from_minute
      AND extract(hour FROM s.there) * 60 + extract(minute FROM s.there) < o.to_minute
    ORDER BY o.from_minute LIMIT 1
  ) o ON true
  WHERE s.always_open OR (o.id IS NOT NULL AND NOT (s.closed_on_holidays AND s.there::date = ANY (%(holidays)s)))
), measured AS (
  SELECT *, power(sin((latitude - radians(%(latitude)s::float8)) / 2), 2)
    + cos(latitude) * cos(radians(%(latitude)s::float8)) * power(sin((longitude - radians(%(longitude)s::float8)) / 2), 2) AS half
  FROM answering
), placed AS (
  SELECT *, CASE WHEN half IS NOT NULL THEN 12742 * asin(sqrt(least(1, half))) END AS km FROM measured
), grouped AS (
  SELECT *, CASE WHEN national AND always_open THEN 0 WHEN remote THEN 2 ELSE 1 END AS rank FROM placed
)
SELECT id, rank, km, place FROM grouped
WHERE rank <> 1 OR CASE WHEN %(served)s::varchar[] IS NOT NULL AND zone <> '{}' THEN zone && %(served)s ELSE km <= %(local)s END
ORDER BY rank, NOT (rank = 0 AND 'emergency' = ANY (themes)), CASE WHEN rank = 1 THEN km END NULLS LAST, name, id
LIMIT %(limit)s
"""


def list_nearest(
    *, latitude: float | None, longitude: float | None, audience: str, theme: str | None = None, at: datetime, now: datetime,
    commune: str = "", limit: int = 30,
) -> list[Nearby]:  # fmt: skip
    """Whom to turn to at the moment `at`: national lines of day and night first, then open services by distance (AT-12).

    Nothing that is closed is listed. Services that answer at a distance come last, so that a question about a perpetrator
    is answered where no local service exists (AT-14). A service is local when its zone has the `commune` (a code), or,
    when either is unknown, within policies.LOCAL_KM. Raises ServiceRefused for an unknown audience or theme.
    """
    check_codes("service-audiences", [audience])
    asked: dict[str, Any] = {
        "at": at, "today": timezone.localdate(now), "audiences": sorted({audience, "all"}), "local": LOCAL_KM, "limit": limit,
        "themes": with_narrower(theme) if theme else None, "holidays": _holidays(at), "served": _served(commune),
        "latitude": _rounded(latitude), "longitude": _rounded(longitude),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_NEAREST, asked)
        rows = cursor.fetchall()
    views = {view.id: view for view in _views(_with_openings().filter(id__in=[row[0] for row in rows]), at, now)}
    return [
        Nearby(views[id], Group(rank), None if km is None else round(km, 1), place)
        for id, rank, km, place in rows
        if id in views
    ]


def list_services(
    *, audience: str | None = None, theme: str | None = None, commune: str = "", at: datetime, now: datetime
) -> list[ServiceView]:
    """The directory, open or not, by name: `opens_at` says from when one is answered. Raises ServiceRefused."""
    return _views(_suited(audience, theme, commune, now), at, now)


def list_for_print(
    *, audience: str | None = None, theme: str | None = None, commune: str = "", now: datetime
) -> list[ServiceView]:
    """What may leave on paper: verified within twelve months (AT-13), and no service whose address is confidential."""
    trusted = _suited(audience, theme, commune, now).filter(
        confidential_address=False, last_verified_on__gte=verified_since(timezone.localdate(now))
    )
    return _views(trusted, now, now)


def list_for_map(*, audience: str | None = None, theme: str | None = None, now: datetime) -> list[MapPoint]:
    """The services that have a public position; a confidential one never has."""
    placed = _suited(audience, theme, "", now).filter(confidential_address=False, latitude__isnull=False)
    today = timezone.localdate(now)
    return [
        MapPoint(each.id, each.name, each.latitude, each.longitude, is_doubtful(each.last_verified_on, today))
        for each in placed
        if each.latitude is not None and each.longitude is not None
    ]


def get_service(id: UUID, *, at: datetime, now: datetime) -> ServiceView:
    """One service, retired or not. Raises NotFound."""
    found = _views(_with_openings().filter(id=id), at, now)
    if not found:
        raise NotFound(_("There is no such service."))
    return found[0]


def load_service(id: UUID) -> Service:
    """The row itself, for an action. Raises NotFound."""
    service = Service.objects.filter(id=id).select_related("organisation").first()
    if service is None:
        raise NotFound(_("There is no such service."))
    return service


def _suited(audience: str | None, theme: str | None, commune: str, now: datetime) -> QuerySet[Service]:
    services = _with_openings().filter(Q(retired_on__isnull=True) | Q(retired_on__gt=timezone.localdate(now)))
    if audience:
        check_codes("service-audiences", [audience])
        services = services.filter(audiences__overlap=[audience, "all"])
    if theme:
        services = services.filter(themes__overlap=with_narrower(theme))
    if served := _served(commune):
        services = services.filter(Q(zone__len=0) | Q(zone__overlap=served))
    return services.order_by("name", "id")


def _with_openings() -> QuerySet[Service]:
    hours = Prefetch("openings", queryset=Opening.objects.order_by("weekday", "from_minute"))
    return Service.objects.select_related("organisation").prefetch_related(hours)


def _views(services: Iterable[Service], at: datetime, now: datetime) -> list[ServiceView]:
    today = timezone.localdate(now)
    return [_view(service, at, today) for service in services]


def _view(service: Service, at: datetime, today: date) -> ServiceView:
    intervals = tuple(Interval(each.weekday, each.from_minute, each.to_minute) for each in service.openings.all())
    hours = Hours(service.always_open, intervals, service.closed_on_holidays)
    return ServiceView(
        service.id, service.organisation_id, service.organisation.name, service.name, service.description,
        tuple(service.audiences), tuple(service.themes), tuple(service.languages), tuple(service.access_modes),
        service.access_note, service.get_fee_display(), service.telephone, service.sms, service.email, service.website,
        service.address, service.commune_name, service.accessibility, service.confidential_address, service.national,
        format_hours(hours), service.last_verified_on, is_doubtful(service.last_verified_on, today),
        next_opening(hours, at, service.time_zone),
    )  # fmt: skip


def _served(commune: str) -> Sequence[str] | None:
    """The codes of a zone that hold a commune: itself, its département, the country; None when unknown: distance decides."""
    if not commune:
        return None
    held, code = ["france"], commune
    try:
        while code and code != "FR":
            code, place = get_territory(code).parent or "", code
            held.append(place)
    except UnknownEntry:
        return None
    return held


def _holidays(at: datetime) -> list[date]:
    return sorted(day for year in (at.year - 1, at.year, at.year + 1) for day in public_holidays(year))


def _rounded(degrees: float | None) -> float | None:
    return None if degrees is None else round(degrees, 3)
