"""The international standard of human services data (HSDS 3), read and written as one JSON list of whole services.

Codes of the house travel as attributes with their own taxonomies, so that nothing is lost between two houses. Schedules are
those of an ordinary week and of dated closings; an address that is confidential has no location.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils.text import slugify
from django.utils.translation import gettext as _

from egide.field.directory.hours import DAY, Hours, Interval, weekly
from egide.field.directory.models import Fee, Service
from egide.field.directory.notation import DAYS, format_hours
from egide.field.directory.views import hours_of
from egide.foundation.catalogue import get_nomenclature

from .incoming import (
    Batch,
    ImportRefused,
    Incoming,
    Refused,
    read_hours,
    row_without_place,
    says_confidential,
    without_place,
)

STANDARD = "hsds"
_TAXONOMIES = {"audiences": "service-audiences", "themes": "service-themes", "access_modes": "service-access"}
_TELEPHONE = re.compile(r"^[+0-9][0-9 .()/-]{1,18}$")


def read(path: Path) -> Batch:
    """Read a list of services, or a page of one. A bad row is named. Raises ImportRefused when it is not such a file."""
    try:
        found = json.loads(((path / "services.json") if path.is_dir() else path).read_bytes())
    except (OSError, ValueError) as error:
        raise ImportRefused(
            _("%(file)s is not JSON: HSDS is read as a list of services.") % {"file": path.name}
        ) from error
    if isinstance(found, dict):
        found = found.get("contents") or found.get("services") or ([found] if "organization" in found else None)
    if not isinstance(found, list):
        raise ImportRefused(_("%(file)s holds no list of services in the standard HSDS.") % {"file": path.name})
    batch = Batch(STANDARD)
    for number, row in enumerate(found, start=1):
        one = read_row(number, row)
        (batch.rows if isinstance(one, Incoming) else batch.refused).append(one)  # type: ignore[arg-type]
    return batch


def read_row(number: int, row: Any) -> Incoming | Refused:
    """One service, with its organisation inside."""
    if not isinstance(row, dict):
        return Refused(number, "", (_("is not a service"),), {"row": str(row)[:500]})
    why = tuple(_faults(row))
    location = _location(row)
    secret = says_confidential(row.get("name"), row.get("description"), row.get("alert"))
    kept = row_without_place(row, _street(location)) if secret else {k: v for k, v in row.items() if k != "contacts"}
    if why:
        return Refused(number, str(row.get("id") or "")[:210], why, kept)
    described = _described(row, location)
    hours, note = _hours(row)
    organisation = row["organization"]
    if secret:
        described = without_place(described)
    code = slugify(f"hsds-{organisation['id']}")[:60]
    return Incoming(number, "hsds", str(row["id"]), code, str(organisation["name"])[:200], described, hours, note, kept)


def write(services: Iterable[Service]) -> dict[str, list[dict[str, Any]]]:
    """{"services": […]}: each whole, with its organisation, hours, languages, place and codes."""
    return {"services": [_out(service) for service in services]}


def _faults(row: Mapping[str, Any]) -> Iterator[str]:
    for name in ("id", "name", "status"):
        if not row.get(name):
            yield f"{name}: " + _("is missing")
    organisation = row.get("organization")
    if not isinstance(organisation, dict) or not organisation.get("id") or not organisation.get("name"):
        yield "organization: " + _("is missing")
    if row.get("status") not in (None, "active"):
        yield "status: " + _("the service is not active")
    location = _location(row)
    for name, most in (("latitude", 90), ("longitude", 180)):
        degrees = location.get(name)
        if degrees is not None and not (isinstance(degrees, int | float) and -most <= degrees <= most):
            yield f"location.{name}: " + _("is not on Earth")


def _described(row: Mapping[str, Any], location: Mapping[str, Any]) -> dict[str, Any]:
    place = (location.get("addresses") or [{}])[0]
    codes = {name: _codes(row, taxonomy) for name, taxonomy in _TAXONOMIES.items()}
    phones = {
        kind: [
            number
            for each in row.get("phones") or []
            if (each.get("type") == "text") == (kind == "text")
            and _TELEPHONE.match(number := str(each.get("number") or "").strip('" '))
        ]
        for kind in ("voice", "text")
    }
    return {
        "name": row["name"][:150], "description": row.get("description") or "", **codes, "audiences": codes["audiences"] or ["all"],
        "audience_note": (row.get("eligibility_description") or "")[:300], "access_note": (row.get("application_process") or "")[:500],
        "languages": [each["code"] for each in row.get("languages") or [] if each.get("code")],
        "fee": Fee.FREE if row.get("fees_description") == "gratuit" else Fee.UNKNOWN if not row.get("fees_description") else Fee.PAID,
        "fee_note": "" if row.get("fees_description") == "gratuit" else (row.get("fees_description") or "")[:300],
        "telephone": next(iter(phones["voice"]), ""), "sms": next(iter(phones["text"]), ""), "email": row.get("email") or "",
        "website": row.get("url") or "", "address": (place.get("address_1") or "")[:200],
        "address_detail": (place.get("address_2") or "")[:200], "postal_code": str(place.get("postal_code") or "")[:5],
        "commune_name": (place.get("city") or "")[:100], "latitude": location.get("latitude"), "longitude": location.get("longitude"),
        "zone": [each["extent"] for each in row.get("service_areas") or [] if re.fullmatch(r"france|\w{2,5}", each.get("extent") or "")],
    }  # fmt: skip


def _codes(row: Mapping[str, Any], taxonomy: str) -> list[str]:
    known = get_nomenclature(taxonomy).codes
    terms = [each.get("taxonomy_term") or {} for each in row.get("attributes") or []]
    return [term["code"] for term in terms if term.get("taxonomy") == taxonomy and term.get("code") in known]


def _location(row: Mapping[str, Any]) -> dict[str, Any]:
    found = row.get("service_at_locations") or []
    return found[0].get("location") or {} if found and isinstance(found[0], dict) else {}


def _street(location: Mapping[str, Any]) -> str:
    return str(((location.get("addresses") or [{}])[0]).get("address_1") or "")


def _hours(row: Mapping[str, Any]) -> tuple[Hours, str]:
    """Hours from the notation when the sender wrote it, else from weekly schedules; anything else stays in words."""
    schedules = row.get("schedules") or []
    for each in schedules:
        if str(each.get("notes") or "").startswith("opening_hours="):
            return read_hours(each["notes"].removeprefix("opening_hours="))
    intervals, words = [], []
    for each in schedules:
        days = [DAYS.index(day.title()) + 1 for day in (each.get("byday") or "").split(",") if day.title() in DAYS[:7]]
        if (
            each.get("freq") == "WEEKLY"
            and days
            and not (each.keys() & {"valid_to", "until", "count", "byweekno", "bymonthday"})
        ):
            start, end = (_minute(each.get(name)) for name in ("opens_at", "closes_at"))
            if start is not None and end is not None and start != end:
                intervals += [Interval(day, start, end if end > start else end + DAY) for day in days]
                continue
        words.append(str(each.get("description") or ""))
    note = " ".join(filter(None, words))[:300]
    return (weekly(intervals), note) if intervals and not words else (Hours(), note)


def _minute(text: Any) -> int | None:
    found = re.match(r"^(\d\d):(\d\d)", str(text or ""))
    return int(found[1]) * 60 + int(found[2]) if found and int(found[1]) < 24 and int(found[2]) < 60 else None


def _out(service: Service) -> dict[str, Any]:
    row = {
        "id": str(service.id), "name": service.name, "description": service.description, "url": service.website,
        "email": service.email, "status": "active", "application_process": service.access_note,
        "fees_description": "gratuit" if service.fee == Fee.FREE else service.fee_note or ("payant" if service.fee == Fee.PAID else ""),
        "eligibility_description": service.audience_note,
        "assured_date": str(service.last_verified_on) if service.last_verified_on else None,
        "last_modified": f"{service.updated_on}T00:00:00Z",
        "organization": {"id": str(service.organisation_id), "name": service.organisation.name, "description": service.organisation.name},
        "phones": [
            {"id": _id(service, kind), "number": number, "type": kind}
            for kind, number in (("voice", service.telephone), ("text", service.sms)) if number
        ],
        "languages": [{"id": _id(service, "language", code), "code": code, "name": code} for code in service.languages],
        "service_areas": [{"id": _id(service, "zone", code), "name": code, "extent": code, "extent_type": "text"} for code in service.zone],
        "schedules": _schedules(service), "service_at_locations": _locations(service), "attributes": _attributes(service),
    }  # fmt: skip
    return {name: value for name, value in row.items() if value not in (None, "", [])}


def _schedules(service: Service) -> list[dict[str, Any]]:
    """The exact notation in the notes of the first; beside it, each weekly span for those who read no notation."""
    hours = hours_of(service, service.openings.all())
    text = format_hours(hours)
    if not text:
        return []
    spans = [
        (",".join(DAYS[day - 1].upper() for day in rule.weekdays if day <= 7), start, end)
        for rule in hours.rules if not rule.dates and rule.nth is None and any(day <= 7 for day in rule.weekdays)
        for start, end in rule.spans
    ] or [("MO,TU,WE,TH,FR,SA,SU", 0, DAY)] * hours.always  # fmt: skip
    found = [
        {
            "id": _id(service, "schedule", str(place)), "freq": "WEEKLY", "wkst": "MO", "byday": days, "opens_at": _clock(start),
            "closes_at": _clock(end), "description": text,
        }
        for place, (days, start, end) in enumerate(spans)
    ] or [{"id": _id(service, "schedule", ""), "description": text}]  # fmt: skip
    found[0]["notes"] = f"opening_hours={text}"
    return found


def _clock(minute: int) -> str:
    return f"{minute % DAY // 60:02}:{minute % 60:02}:00"


def _locations(service: Service) -> list[dict[str, Any]]:
    if service.confidential_address or not (service.address or service.commune_name or service.latitude is not None):
        return []
    address = {
        "id": _id(service, "address"), "address_1": service.address, "address_2": service.address_detail, "city": service.commune_name,
        "postal_code": service.postal_code, "country": "FR", "address_type": "physical",
    }  # fmt: skip
    location: dict[str, Any] = {
        "id": _id(service, "location"),
        "location_type": "physical",
        "addresses": [_full(address)],
    }
    if service.latitude is not None:
        location |= {"latitude": service.latitude, "longitude": service.longitude}
    if service.accessibility:
        location["accessibility"] = [{"id": _id(service, "accessibility"), "description": service.accessibility}]
    return [{"id": _id(service, "at"), "location": location}]


def _attributes(service: Service) -> list[dict[str, Any]]:
    found = []
    for name, taxonomy in _TAXONOMIES.items():
        entries = get_nomenclature(taxonomy).codes
        for code in getattr(service, name):
            term = {"id": str(uuid5(NAMESPACE_URL, f"{taxonomy}:{code}")), "code": code, "name": entries[code].label.fr}
            found.append({
                "id": _id(service, taxonomy, code), "link_entity": "service", "value": code,
                "taxonomy_term": {**term, "description": entries[code].label.fr, "taxonomy": taxonomy, "language": "fra"},
            })  # fmt: skip
    return found


def _full(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value}


def _id(service: Service, *words: str) -> str:
    """The same identifier at each export, so that a reader sees what changed."""
    return str(uuid5(UUID(str(service.id)), ":".join(words)))
