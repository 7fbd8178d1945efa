"""The French standard data·inclusion v1, read and written; its own package says what is valid.

A file is a folder with structures.json and services.json, or one JSON file with both under these names. The name of a contact
person is never kept: this is a directory of services, not of persons.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from data_inclusion.schema import v1
from django.utils.text import slugify
from django.utils.translation import gettext as _
from pydantic import ValidationError

from egide.field.directory.models import Fee, Service
from egide.field.directory.notation import format_hours
from egide.field.directory.views import hours_of
from egide.foundation.catalogue import get_nomenclature

from .incoming import (
    VIOLENCE,
    Batch,
    ImportRefused,
    Incoming,
    Refused,
    read_hours,
    row_without_place,
    says_confidential,
    translated,
    without_place,
    words_for,
)

STANDARD = "data-inclusion"
OURS = "egide"
_FEES = {"gratuit": Fee.FREE, "payant": Fee.PAID}
_PERSONAL = ("contact_nom_prenom",)
_HELD_AS_SAID = (
    "publics", "thematiques", "type", "modes_accueil", "modes_mobilisation", "mobilisable_par", "nombre_semaines",
    "volume_horaire_hebdomadaire", "lien_source", "lien_mobilisation", "conditions_acces", "mobilisation_precisions",
)  # fmt: skip


def read(path: Path) -> Batch:
    """Read a file. A bad row is named and the rest goes on. Raises ImportRefused when it is not such a file."""
    structures, services = _lists(path)
    batch = Batch(STANDARD)
    known: dict[str, Mapping[str, Any]] = {}
    for number, row in enumerate(structures, start=1):
        if why := faults(v1.Structure, row):
            batch.refused.append(Refused(number, _name(row), why, _presentable(row)))
        else:
            known[row["id"]] = row
    for number, row in enumerate(services, start=1):
        read_one = read_row(number, row, known.get(row.get("structure_id", "")) if isinstance(row, dict) else None)
        (batch.rows if isinstance(read_one, Incoming) else batch.refused).append(read_one)  # type: ignore[arg-type]
    return batch


def read_row(number: int, row: Any, structure: Mapping[str, Any] | None) -> Incoming | Refused:
    """One service, with the structure that it names."""
    why = faults(v1.Service, row)
    if not why and structure is None:
        why = (_("its structure “%(id)s” is not in the file") % {"id": row["structure_id"]},)
    if why or structure is None:
        return Refused(number, _name(row), why, _presentable(row))
    told = {
        **{name: structure.get(name) for name in _PLACE},
        **{k: v for k, v in row.items() if v not in (None, "", [])},
    }
    described = _described(told, structure)
    kept = {"service": _presentable(row), "structure": _presentable(structure)}
    if says_confidential(
        row.get("nom"), row.get("description"), *(told.get(name) for name in ("adresse", "complement_adresse"))
    ):
        kept = row_without_place(kept, str(told.get("adresse") or ""))
        described = without_place(described)
    hours, note = read_hours(row.get("horaires_accueil") or structure.get("horaires_accueil") or "")
    code = slugify(row["structure_id"])[:60] or "structure"
    return Incoming(number, row["source"], row["id"], code, structure["nom"][:200], described, hours, note, kept)


def faults(model: Any, row: Any) -> tuple[str, ...]:
    """What the standard's own package says against a row, one sentence for each field; the values are not repeated."""
    try:
        model.model_validate(row)
    except ValidationError as error:
        found = (".".join(map(str, each["loc"])) + ": " + _why(each["type"]) for each in error.errors())
        return tuple(dict.fromkeys(found))
    return ()


def write(services: Iterable[Service]) -> dict[str, list[dict[str, Any]]]:
    """The lists of the standard: {"structures": […], "services": […]}, each row valid for the standard's package."""
    structures: dict[str, dict[str, Any]] = {}
    rows = []
    for service in services:
        structure = _structure_out(service)
        structures.setdefault(structure["id"], structure)
        rows.append(_service_out(service))
    return {"structures": list(structures.values()), "services": rows}


_PLACE = ("adresse", "complement_adresse", "code_postal", "code_insee", "commune", "latitude", "longitude")


def _lists(path: Path) -> tuple[list[Any], list[Any]]:
    try:
        if path.is_dir():
            found = [json.loads((path / f"{name}.json").read_bytes()) for name in ("structures", "services")]
        else:
            whole = json.loads(path.read_bytes())
            found = [whole["structures"], whole["services"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ImportRefused(
            _(
                "%(file)s is no directory in the standard data·inclusion: a JSON file, or a folder of two, with structures and services."
            )
            % {"file": path.name}
        ) from error
    if not all(isinstance(each, list) for each in found):
        raise ImportRefused(_("The structures and the services of %(file)s are not lists.") % {"file": path.name})
    return found[0], found[1]


def _described(told: Mapping[str, Any], structure: Mapping[str, Any]) -> dict[str, Any]:
    publics, themes = told.get("publics") or [], told.get("thematiques") or []
    audiences = translated("service-audiences", publics)
    if VIOLENCE in themes and "victim" not in audiences and "all" not in audiences:
        audiences = ["victim", *audiences]
    note = told.get("publics_precisions") or ("" if audiences else ", ".join(publics))
    return {
        "name": told["nom"], "description": told["description"], "kind": (translated("service-kinds", [told.get("type") or ""]) or [""])[0],
        "structure_id": told["structure_id"], "siret": structure.get("siret") or "", "audiences": audiences or ["all"],
        "audience_note": note[:300], "themes": translated("service-themes", themes), "access_modes": _access(told),
        "access_note": " ".join(filter(None, (told.get("mobilisation_precisions"), told.get("conditions_acces"))))[:500],
        "fee": _FEES.get(told.get("frais") or "", Fee.UNKNOWN), "fee_note": (told.get("frais_precisions") or "")[:300],
        "telephone": (told.get("telephone") or structure.get("telephone") or "")[:20],
        "email": told.get("courriel") or structure.get("courriel") or "", "website": (told.get("lien_mobilisation") or "")[:200],
        "address": (told.get("adresse") or "")[:200], "address_detail": (told.get("complement_adresse") or "")[:200],
        "postal_code": told.get("code_postal") or "", "commune": told.get("code_insee") or "",
        "commune_name": (told.get("commune") or "")[:100], "latitude": told.get("latitude"), "longitude": told.get("longitude"),
        "accessibility": (structure.get("accessibilite_lieu") or "")[:300], "zone": told.get("zone_eligibilite") or [],
        "imported": {name: told[name] for name in _HELD_AS_SAID if told.get(name)},
    }  # fmt: skip


def _access(told: Mapping[str, Any]) -> list[str]:
    said = [*(told.get("modes_accueil") or []), *(told.get("modes_mobilisation") or [])]
    only = told.get("mobilisable_par") == ["professionnels"]
    return translated("service-access", [*said, "professionnels"] if only else said)


def _service_out(service: Service) -> dict[str, Any]:
    heard = service.imported
    publics = words_for("service-audiences", service.audiences, heard.get("publics", []))
    reached = words_for(
        "service-access", service.access_modes, [*heard.get("modes_accueil", []), *heard.get("modes_mobilisation", [])]
    )
    names = get_nomenclature("service-audiences").codes
    row = {
        "source": service.source or OURS, "structure_id": structure_id(service), "id": service_id(service), "nom": service.name,
        "description": service.description if len(service.description) >= 5 else f"{service.name}.", "date_maj": str(service.updated_on),
        "type": next(iter(words_for("service-kinds", filter(None, [service.kind]), filter(None, [heard.get("type")]))), None),
        "thematiques": words_for("service-themes", service.themes, heard.get("thematiques", [])),
        "publics": [each for each in publics if each != "tous-publics"] or publics,
        "publics_precisions": service.audience_note
        or ("" if "publics" in heard else ", ".join(names[each].label.fr for each in service.audiences)),
        "frais": {Fee.FREE: "gratuit", Fee.PAID: "payant"}.get(Fee(service.fee)), "frais_precisions": service.fee_note,
        "modes_accueil": [each for each in reached if each in _values(v1.ModeAccueil)] or (["en-presentiel"] if service.address else []),
        "modes_mobilisation": [each for each in reached if each in _values(v1.ModeMobilisation)],
        "mobilisable_par": ["professionnels"] if "by-professional" in service.access_modes else heard.get("mobilisable_par"),
        "mobilisation_precisions": heard.get("mobilisation_precisions") or ("" if "conditions_acces" in heard else service.access_note),
        "telephone": service.telephone or service.sms, "courriel": service.email, "adresse": service.address,
        "complement_adresse": service.address_detail, "code_postal": service.postal_code, "code_insee": service.commune,
        "commune": service.commune_name, "latitude": service.latitude, "longitude": service.longitude,
        "zone_eligibilite": service.zone, "lien_mobilisation": service.website,
        "horaires_accueil": format_hours(hours_of(service, service.openings.all())) or service.hours_note,
        **{name: heard.get(name) for name in ("nombre_semaines", "volume_horaire_hebdomadaire", "lien_source", "conditions_acces")},
    }  # fmt: skip
    return {name: value for name, value in row.items() if value not in (None, "", [])}


def _structure_out(service: Service) -> dict[str, Any]:
    row = {
        "source": service.source or OURS, "id": structure_id(service), "nom": service.organisation.name[:150],
        "date_maj": str(service.updated_on), "siret": service.siret,
    }  # fmt: skip
    return {name: value for name, value in row.items() if value}


def service_id(service: Service) -> str:
    """The identifier under which others know a service."""
    return service.source_id if service.source and service.structure_id else f"{OURS}--{service.id}"


def structure_id(service: Service) -> str:
    """The identifier under which others know its organisation."""
    return service.structure_id or f"{OURS}--{service.organisation.code}"


def _values(words: Any) -> set[str]:
    return {each.value for each in words}


def _presentable(row: Any) -> dict[str, Any]:
    """A row as it is kept aside: without the name of a person; without its place when it says that it is confidential."""
    if not isinstance(row, Mapping):
        return {"row": str(row)[:500]}
    kept = {name: value for name, value in row.items() if name not in _PERSONAL}
    texts = [str(row.get(name) or "") for name in ("nom", "description", "adresse", "complement_adresse")]
    return row_without_place(kept, str(row.get("adresse") or "")) if says_confidential(*texts) else kept


def _name(row: Any) -> str:
    return str(row.get("id") or "")[:210] if isinstance(row, Mapping) else ""


def _why(kind: str) -> str:
    """Why a value does not stand, in words; the package's own would repeat the value."""
    known = {
        "missing": _("is missing"),
        "enum": _("is not a word of the standard’s list"),
        "string_too_short": _("is too short"),
        "string_too_long": _("is too long"),
        "string_pattern_mismatch": _("is not written as the standard asks"),
        "url_parsing": _("is not an address of the web"),
    }
    if kind.startswith("date"):
        return _("is not a date")
    return known.get(kind, _("is not as the standard asks (%(kind)s)") % {"kind": kind})
