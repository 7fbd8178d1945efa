"""The open-data package of a letter: what each file is, for a program (Table Schema, DCAT-AP), and its checksum.

Lives here: `datapackage.json`, `catalogue.jsonld`, `sha256sums.txt`. Not here: the files described. Addresses are relative:
a package is the same wherever it is copied to. No licence is named that a source does not state itself.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from egide.core.missing import Missing
from egide.foundation.catalogue import Source
from egide.statistics.publication.renderings.csv_tables import COLUMNS

Files = Mapping[str, tuple[str, bytes]]

_NUMBERS = {"value"}
_WORDS = {
    "code": ("Code du chiffre dans la lettre", "Code of the figure in the letter"),
    "label_fr": ("Libellé en français", "Label in French"),
    "label_en": ("Libellé en anglais", "Label in English"),
    "value": ("Valeur ; vide si elle est absente, jamais pour zéro", "Value; empty where absent, never for zero"),
    "absence": ("Pourquoi la valeur est absente", "Why the value is absent"),
    "unit": ("Unité de compte", "Counting unit"),
    "population": ("Population, en français", "Population, in French"),
    "geography": ("Code du territoire", "Code of the territory"),
    "facts_period": ("Période des faits", "Period of the facts"),
    "record_period": ("Période d’enregistrement", "Period of recording"),
    "source": ("Code de la source", "Code of the source"),
    "definition_version": ("Version de la définition", "Version of the definition"),
    "status": ("Statut SDMX de l’observation", "SDMX status of the observation"),
    "breaks_crossed": ("Ruptures de série traversées", "Breaks of series crossed"),
    "vintage": ("Millésimes des livraisons", "Vintages of the deliveries"),
}


def render_datapackage(files: Files, edition: int, sources: Sequence[Source], prepared: datetime) -> bytes:
    """`datapackage.json`: every file with its hash, and the Table Schema of the CSV (empty is missing; zero is 0)."""
    return _json(
        {
            "name": f"egide-letter-{edition}",
            "title": f"Chiffres de la lettre, édition {edition}",
            "profile": "data-package",
            "created": prepared.isoformat(),
            "sources": [_source(source) for source in sources],
            "resources": [_resource(name, *held) for name, held in sorted(files.items())],
        }
    )


def render_catalogue(files: Files, edition: int, sources: Sequence[Source], prepared: datetime) -> bytes:
    """`catalogue.jsonld`: the same as one dataset of DCAT-AP, each file a distribution with its checksum."""
    both = [(f"Chiffres de la lettre, édition {edition}", "fr"), (f"Figures of the letter, edition {edition}", "en")]
    said = [
        ("; ".join(source.label.fr for source in sources), "fr"),
        ("; ".join(source.label.en for source in sources), "en"),
    ]
    return _json(
        {
            "@context": {
                "dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/",
                "spdx": "http://spdx.org/rdf/terms#", "xsd": "http://www.w3.org/2001/XMLSchema#",
            },
            "@id": f"#letter-{edition}",
            "@type": "dcat:Dataset",
            "dct:title": [_said(*text) for text in both],
            "dct:description": [_said(*text) for text in said],
            "dct:issued": {"@type": "xsd:dateTime", "@value": prepared.isoformat()},
            "dcat:distribution": [_distribution(name, *held) for name, held in sorted(files.items())],
        }
    )  # fmt: skip


def render_checksums(files: Files) -> bytes:
    """`sha256sums.txt`, as `sha256sum --check` reads it."""
    return "".join(f"{_hash(content)}  {name}\n" for name, (_, content) in sorted(files.items())).encode()


def _resource(name: str, media: str, content: bytes) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": name.lower(), "path": name, "mediatype": media, "bytes": len(content), "hash": f"sha256:{_hash(content)}",
    }  # fmt: skip
    if media == "text/csv":
        told |= {"profile": "tabular-data-resource", "encoding": "utf-8", "schema": _schema()}
    return told


def _schema() -> dict[str, Any]:
    return {
        "fields": [
            {
                "name": name, "type": "number" if name in _NUMBERS else "string",
                "title": _WORDS[name][0], "description": _WORDS[name][1],
                **({"constraints": {"required": True, "unique": True}} if name == "code" else {}),
                **({"constraints": {"enum": [each.name for each in Missing]}} if name == "absence" else {}),
            }
            for name in COLUMNS
        ],
        "missingValues": [""],
        "primaryKey": ["code"],
    }  # fmt: skip


def _distribution(name: str, media: str, content: bytes) -> dict[str, Any]:
    return {
        "@type": "dcat:Distribution", "dct:title": name, "dcat:downloadURL": {"@id": name}, "dcat:mediaType": media,
        "dcat:byteSize": len(content),
        "spdx:checksum": {"@type": "spdx:Checksum", "spdx:algorithm": "sha256", "spdx:checksumValue": _hash(content)},
    }  # fmt: skip


def _source(source: Source) -> dict[str, str]:
    told = {"title": source.label.fr, "producer": source.producer.label.fr}
    return told | ({"licence": source.licence.fr} if source.licence else {})


def _said(text: str, language: str) -> dict[str, str]:
    return {"@language": language, "@value": text}


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _json(plain: Any) -> bytes:
    return (json.dumps(plain, ensure_ascii=False, indent=1) + "\n").encode()
