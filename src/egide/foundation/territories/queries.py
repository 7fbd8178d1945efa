"""The only reads of the points, and communes found by the name that somebody types."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Avg

from egide.core.plain import plain
from egide.foundation.catalogue import Territory, UnknownEntry, get_territory, list_territories

from .models import CommunePoint


@dataclass(frozen=True)
class Point:
    """Where a commune lies. `exact` is false when only its département's middle is known; `source` names the file."""

    latitude: float
    longitude: float
    exact: bool
    source: str


def get_point(code: str) -> Point | None:
    """The point of a commune, else the middle of the known points of its département, else None."""
    known = CommunePoint.objects.filter(code=code).first()
    if known:
        return Point(known.latitude, known.longitude, True, known.source)
    try:
        around = get_territory(code).parent or ""
    except UnknownEntry:
        return None
    middle = CommunePoint.objects.filter(code__startswith=around).aggregate(Avg("latitude"), Avg("longitude"))
    if not around or middle["latitude__avg"] is None:
        return None
    return Point(middle["latitude__avg"], middle["longitude__avg"], False, "")


def find_communes(text: str) -> list[Territory]:
    """The communes of this code or this name, whatever its accents; several may bear a name. [] when none does."""
    asked = text.strip()
    try:
        found = get_territory(asked.upper())
    except UnknownEntry:
        return [get_territory(code) for code in _by_name().get(plain(asked), ())]
    return [found] if found.level == "commune" else []


@lru_cache(maxsize=1)
def _by_name() -> Mapping[str, tuple[str, ...]]:
    named: dict[str, list[str]] = defaultdict(list)
    for each in list_territories("commune", fictional=True):
        named[plain(each.name)].append(each.code)
    return {name: tuple(codes) for name, codes in named.items()}
