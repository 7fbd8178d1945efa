"""A row of somebody else's directory in the words of the house, whichever standard it came in.

Codes are translated by the aliases of catalogue/nomenclatures/service-*.yaml. A row that says its address is confidential
loses its place here, before anything is compared, written or kept aside.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from egide.field.directory.hours import Hours
from egide.field.directory.notation import HoursUnreadable, parse_hours
from egide.foundation.catalogue import get_nomenclature

VIOLENCE = "famille--surmonter-conflits-separation-violence"
_SECRET = re.compile(
    r"adresse[^.;]{0,25}\b(confidentielle|secr[eè]te)|lieu[^.;]{0,15}\bsecret|confidential address", re.I
)
PLACE = ("address", "address_detail", "postal_code", "commune", "commune_name")


class ImportRefused(ValueError):
    """A file that is refused whole; nothing was written. The sentence says why and what to do."""


@dataclass(frozen=True)
class Refused:
    """A row that is not as its standard says: its number in the file, why, and the row itself."""

    number: int
    identifier: str
    why: tuple[str, ...]
    row: Mapping[str, Any]


@dataclass(frozen=True)
class Incoming:
    """A row that can be held: whose service, what is said of it (columns of Service), when it is open."""

    number: int
    source: str
    source_id: str
    organisation_code: str
    organisation_name: str
    described: Mapping[str, Any]
    hours: Hours
    hours_note: str
    row: Mapping[str, Any]


@dataclass
class Batch:
    """What a file holds."""

    standard: str
    rows: list[Incoming] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)

    @property
    def organisations(self) -> dict[str, str]:
        """Code -> name of each organisation named, for the foundation wing to register."""
        return {row.organisation_code: row.organisation_name for row in self.rows}


@lru_cache(maxsize=8)
def house_codes(nomenclature: str) -> Mapping[str, str]:
    """Word of a standard -> code of the house."""
    codes = get_nomenclature(nomenclature).codes
    return {alias.text: code for code, entry in codes.items() for alias in entry.aliases}


def translated(nomenclature: str, told: Iterable[str]) -> list[str]:
    """The codes of the house for these words, each once, in their order; words it does not know are left out."""
    known = house_codes(nomenclature)
    return list(dict.fromkeys(known[word] for word in told if word in known))


def words_for(nomenclature: str, codes: Iterable[str], heard: Iterable[str]) -> list[str]:
    """The words of the standard for codes of the house: those that were heard and still hold, then the first word of each code."""
    known, entries = house_codes(nomenclature), get_nomenclature(nomenclature).codes
    held = list(codes)
    kept = [word for word in heard if known.get(word, held[0] if held else None) in held]
    said = {known[word] for word in kept if word in known}
    for code in held:
        parent = entries[code].parent
        own = entries[code].aliases or (entries[parent].aliases if parent else ())
        if code not in said and own and own[0].text not in kept:
            kept.append(own[0].text)
    return kept


def read_hours(text: str) -> tuple[Hours, str]:
    """Hours and, where the notation cannot say them, the words they came in: such a service is never shown as open."""
    try:
        return parse_hours(text), ""
    except HoursUnreadable:
        return Hours(), text[:300]


def says_confidential(*texts: str | None) -> bool:
    """Whether a row says of itself that its place is secret."""
    return any(_SECRET.search(text) for text in texts if text)


def without_place(described: Mapping[str, Any]) -> dict[str, Any]:
    """What is said of a service less its place, also where its own words repeat the address."""
    street = str(described.get("address") or "")
    kept = {name: _without(value, street) for name, value in described.items()}
    kept.update(dict.fromkeys(PLACE, ""))
    return {**kept, "latitude": None, "longitude": None, "confidential_address": True}


def row_without_place(row: Any, street: str = "") -> Any:
    """A row as it came, less every value that says where: for what is kept aside."""
    if isinstance(row, Mapping):
        return {
            name: row_without_place(value, street)
            for name, value in row.items()
            if name not in _PLACE_NAMES and not name.startswith("adresse")
        }
    if isinstance(row, list):
        return [row_without_place(each, street) for each in row]
    return _without(row, street)


_PLACE_NAMES = {
    "complement_adresse", "code_postal", "code_insee", "commune", "latitude", "longitude", "addresses", "location", "locations",
    "service_at_locations", "address_1", "address_2", "contacts", "contact_nom_prenom", "contact_prenom_nom", "accessibilite_lieu",
}  # fmt: skip


def _without(value: Any, street: str) -> Any:
    """A text less an address that it repeats, whatever its capitals."""
    return re.sub(re.escape(street), "…", value, flags=re.I) if isinstance(value, str) and len(street) > 3 else value
