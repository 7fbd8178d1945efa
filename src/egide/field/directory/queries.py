"""The only reads of the directory. The position given is used in memory for one answer: never stored, never in the trail.

What reaches the database is a box of whole tenths of a degree around it, so that not even the log of a failed statement says
where somebody stands. The public reads through one function of the database, which knows neither confidential places nor
services that only a professional may call.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil, cos, floor, radians
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from egide.foundation.catalogue import UnknownEntry, get_territory
from egide.foundation.organisations.models import Organisation
from egide.foundation.organisations.queries import list_workplaces

from . import permissions
from .distance import KM_IN_A_DEGREE, Place
from .models import Opening, Service, Stop
from .nearest import Group, Nearby, rank_nearest
from .policies import LOCAL_KM, check_codes, is_doubtful, verified_since, with_narrower
from .views import ServiceView, view_of

__all__ = [
    "Group",
    "MapPoint",
    "Nearby",
    "NotFound",
    "ServiceView",
    "get_service",
    "list_nearest",
    "list_services",
    "load_service",
]


class NotFound(LookupError):
    """No such service."""


@dataclass(frozen=True)
class MapPoint:
    """A service on a map: never one whose address is confidential."""

    id: UUID
    name: str
    latitude: float
    longitude: float
    doubtful: bool


def list_nearest(
    *, latitude: float | None, longitude: float | None, audience: str, theme: str | None = None, at: datetime, now: datetime,
    commune: str = "", limit: int = 30, public: bool = False,
) -> list[Nearby]:  # fmt: skip
    """Whom to turn to at the moment `at`: national lines of day and night first, then open services by distance (AT-12).

    Nothing that is closed is listed. Services that answer at a distance come last, so that a question about a perpetrator
    is answered where no local service exists (AT-14). A service is local when its zone has the `commune` (a code), or,
    when either is unknown, within policies.LOCAL_KM. Raises ServiceRefused for an unknown audience or theme.
    """
    check_codes("service-audiences", [audience])
    themes = with_narrower(theme) if theme else None
    here = Place(latitude, longitude) if latitude is not None and longitude is not None else None
    served = served_by(commune)
    if public:
        views = [each for each in _public_views(at, now) if _is_about(each, audience, themes)]
    else:
        asked = _about(audience, themes, now).filter(_reachable(here, served))
        views = _views(asked, at, now)
    return rank_nearest(views, at=at, here=here, served=served)[:limit]


def list_services(
    *, audience: str | None = None, theme: str | None = None, commune: str = "", at: datetime, now: datetime,
    public: bool = False,
) -> list[ServiceView]:  # fmt: skip
    """The directory, open or not, by name: `opens_at` says from when one is answered. Raises ServiceRefused."""
    if not public:
        return _views(_suited(audience, theme, commune, now), at, now)
    if audience:
        check_codes("service-audiences", [audience])
    themes, served = with_narrower(theme) if theme else None, served_by(commune)
    return [
        each
        for each in _public_views(at, now)
        if (not audience or {audience, "all"} & set(each.audiences))
        and (not themes or set(themes) & set(each.themes))
        and (not served or not each.zone or set(served) & set(each.zone))
    ]


def list_for_print(
    *, audience: str | None = None, theme: str | None = None, commune: str = "", now: datetime, public: bool = False
) -> list[ServiceView]:
    """What may leave on paper: verified within twelve months (AT-13), and no service whose address is confidential."""
    found = list_services(audience=audience, theme=theme, commune=commune, at=now, now=now, public=public)
    return [each for each in found if not each.doubtful and not each.confidential_address]


def list_doubtful(*, now: datetime) -> list[ServiceView]:
    """The entries that nobody verified for twelve months (AT-13), those never verified first, then the oldest."""
    since = verified_since(timezone.localdate(now))
    old = _suited(None, None, "", now).filter(Q(last_verified_on__isnull=True) | Q(last_verified_on__lt=since))
    found = _views(old, now, now)
    return sorted(
        found,
        key=lambda each: (
            each.last_verified_on is not None,
            each.last_verified_on or timezone.localdate(now),
            each.name,
        ),
    )


def list_for_map(*, audience: str | None = None, theme: str | None = None, now: datetime) -> list[MapPoint]:
    """The services that have a public position; a confidential one never has."""
    placed = _suited(audience, theme, "", now).filter(confidential_address=False, latitude__isnull=False)
    today = timezone.localdate(now)
    return [
        MapPoint(each.id, each.name, each.latitude, each.longitude, is_doubtful(each.last_verified_on, today))
        for each in placed
        if each.latitude is not None and each.longitude is not None
    ]


def list_for_export(*, now: datetime) -> list[Service]:
    """The rows that may leave in a file, with their hours and stops; none whose address is confidential."""
    return list(_suited(None, None, "", now).filter(confidential_address=False))


def get_service(id: UUID, *, at: datetime, now: datetime, public: bool = False) -> ServiceView:
    """One service, retired or not. Raises NotFound."""
    found = _public_views(at, now, id) if public else _views(_with_openings().filter(id=id), at, now)
    if not found:
        raise NotFound(_("There is no such service."))
    return found[0]


def load_service(id: UUID) -> Service:
    """The row itself, for an action. Raises NotFound."""
    service = Service.objects.filter(id=id).select_related("organisation").first()
    if service is None:
        raise NotFound(_("There is no such service."))
    return service


def list_writable(*, by: UUID, now: datetime) -> list[Organisation]:
    """The organisations whose services the account may write, by name: all of them for who keeps the directory."""
    if permissions.is_keeper(by, now):
        return list(Organisation.objects.order_by("name"))
    return [each for each in list_workplaces(account=by, now=now) if permissions.may_write(by, each.id, now)]


def served_by(commune: str) -> Sequence[str] | None:
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


def _about(audience: str, themes: Sequence[str] | None, now: datetime) -> QuerySet[Service]:
    services = _in_use(now).filter(audiences__overlap=[audience, "all"])
    if themes:
        services = services.filter(Q(themes__overlap=themes) | Q(national=True, themes__contains=["emergency"]))
    return services


def _is_about(view: ServiceView, audience: str, themes: Sequence[str] | None) -> bool:
    """The same question on what the public may read."""
    if not {audience, "all"} & set(view.audiences):
        return False
    return not themes or bool(set(themes) & set(view.themes)) or (view.national and "emergency" in view.themes)


def _reachable(here: Place | None, served: Sequence[str] | None) -> Q:
    """What can be local or answers from afar; the rest of the country is not even read."""
    found = Q(national=True) | Q(access_modes__contains=["remote-session"]) | Q(stops__isnull=False)
    if served is not None:
        found |= Q(zone__overlap=served)
    if here is not None:
        tall = LOCAL_KM / KM_IN_A_DEGREE
        wide = tall / max(0.05, cos(radians(min(89.0, abs(here.latitude) + tall))))
        found |= Q(latitude__range=_box(here.latitude, tall), longitude__range=_box(here.longitude, wide))
    return found


def _box(middle: float, margin: float) -> tuple[float, float]:
    return floor((middle - margin) * 10 - 1) / 10, ceil((middle + margin) * 10 + 1) / 10


def _suited(audience: str | None, theme: str | None, commune: str, now: datetime) -> QuerySet[Service]:
    services = _in_use(now)
    if audience:
        check_codes("service-audiences", [audience])
        services = services.filter(audiences__overlap=[audience, "all"])
    if theme:
        services = services.filter(themes__overlap=with_narrower(theme))
    if served := served_by(commune):
        services = services.filter(Q(zone__len=0) | Q(zone__overlap=served))
    return services.order_by("name", "id")


def _in_use(now: datetime) -> QuerySet[Service]:
    return _with_openings().filter(Q(retired_on__isnull=True) | Q(retired_on__gt=timezone.localdate(now)))


def _with_openings() -> QuerySet[Service]:
    hours = Prefetch("openings", queryset=Opening.objects.order_by("rank", "from_minute"))
    rounds = Prefetch("stops", queryset=Stop.objects.order_by("first_on", "weekdays", "from_minute", "place"))
    return Service.objects.select_related("organisation").prefetch_related(hours, rounds)


def _views(services: Iterable[Service], at: datetime, now: datetime) -> list[ServiceView]:
    today = timezone.localdate(now)
    seen = {each.id: each for each in services}  # a service with several stops comes several times
    return [
        view_of(each, each.organisation.name, each.openings.all(), each.stops.all(), at=at, today=today)
        for each in seen.values()
    ]


def _public_views(at: datetime, now: datetime, id: UUID | None = None) -> list[ServiceView]:
    """What the public may read, by name: the rows that the database's function gives, set again as rows."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT service, organisation, openings, stops FROM public_services(%s) ORDER BY service->>'name'", [id]
        )
        rows = cursor.fetchall()
    today = timezone.localdate(now)
    return [
        view_of(
            _row(Service, service), organisation, [_row(Opening, each) for each in openings],
            [_row(Stop, each) for each in stops], at=at, today=today,
        )
        for service, organisation, openings, stops in map(_read, rows)
    ]  # fmt: skip


def _read(row: Sequence[Any]) -> Sequence[Any]:
    return [json.loads(each) if isinstance(each, str) and each[:1] in "[{" else each for each in row]


def _row(model: Any, told: dict[str, Any]) -> Any:
    """A row that is not in the database's hands: its values in the types of its columns."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return model(**{name: fields[name].to_python(value) for name, value in told.items() if name in fields})
