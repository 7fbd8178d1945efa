"""Reference metadata of the sources of a letter, by the concepts of ESMS (Euro SDMX Metadata Structure): `metadata-<edition>.json`.

Lives here: which concept each part of the inventory answers. A concept that the inventory does not answer is there with no
text, so that a reader sees what is not known. Not here: the inventory itself (catalogue/sources).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from egide.foundation.catalogue import Source, Text, get_territory

# The concepts, in ESMS's order: number, id, name in French and English.
CONCEPTS: tuple[tuple[str, str, str, str], ...] = (
    ("1", "CONTACT", "Contact", "Contact"),
    ("2", "META_UPDATE", "Mise à jour des métadonnées", "Metadata update"),
    ("3.1", "DATA_DESCR", "Description des données", "Data description"),
    ("3.2", "CLASS_SYSTEM", "Nomenclatures", "Classification system"),
    ("3.3", "COVERAGE_SECTOR", "Champ sectoriel", "Sector coverage"),
    ("3.4", "STAT_CONC_DEF", "Concepts et définitions", "Statistical concepts and definitions"),
    ("3.5", "STAT_UNIT", "Unité statistique", "Statistical unit"),
    ("3.6", "STAT_POP", "Population statistique", "Statistical population"),
    ("3.7", "REF_AREA", "Zone de référence", "Reference area"),
    ("3.8", "COVERAGE_TIME", "Couverture temporelle", "Time coverage"),
    ("3.9", "BASE_PER", "Période de base", "Base period"),
    ("4", "UNIT_MEASURE", "Unité de mesure", "Unit of measure"),
    ("5", "REF_PERIOD", "Période de référence", "Reference period"),
    ("6.1", "INST_MAN_LA_OA", "Base légale", "Legal acts and other agreements"),
    ("6.2", "INST_MAN_SHAR", "Partage des données", "Data sharing"),
    ("7.1", "CONF_POLICY", "Règles de confidentialité", "Confidentiality - policy"),
    ("7.2", "CONF_DATA_TR", "Traitement de la confidentialité", "Confidentiality - data treatment"),
    ("8.1", "REL_CAL_POLICY", "Calendrier de diffusion", "Release calendar"),
    ("8.3", "REL_POL_US_AC", "Accès des utilisateurs", "User access"),
    ("9", "FREQ_DISS", "Fréquence de diffusion", "Frequency of dissemination"),
    ("10", "ACCESSIBILITY_CLARITY", "Accessibilité et clarté", "Accessibility and clarity"),
    ("11.2", "QUALITY_ASSMNT", "Évaluation de la qualité", "Quality assessment"),
    ("12.3", "COMPLETENESS", "Complétude", "Completeness"),
    ("13.1", "ACCURACY_OVERALL", "Précision", "Overall accuracy"),
    ("14.1", "TIMELINESS", "Délai de publication", "Timeliness"),
    ("14.2", "PUNCTUALITY", "Ponctualité", "Punctuality"),
    ("15.1", "COMPAR_GEO", "Comparabilité géographique", "Comparability - geographical"),
    ("15.2", "COMPAR_TIME", "Comparabilité dans le temps", "Comparability - over time"),
    ("15.3", "COHER_X_DOM", "Cohérence avec d’autres domaines", "Coherence - cross domain"),
    ("16", "COST_BURDEN", "Coût et charge", "Cost and burden"),
    ("17.1", "REV_POLICY", "Règles de révision", "Data revision - policy"),
    ("17.2", "REV_PRACTICE", "Révisions", "Data revision - practice"),
    ("18.1", "SOURCE_TYPE", "Données de base", "Source data"),
    ("18.2", "FREQ_COLL", "Fréquence de collecte", "Frequency of data collection"),
    ("18.4", "DATA_VALIDATION", "Validation", "Data validation"),
    ("19", "COMMENT_DSET", "Commentaire", "Comment"),
)
_FREQUENCIES = {
    "yearly": ("annuelle", "yearly"),
    "quarterly": ("trimestrielle", "quarterly"),
    "monthly": ("mensuelle", "monthly"),
    "weekly": ("hebdomadaire", "weekly"),
}
_VALIDATED = Text(
    "À l’arrivée : en-tête, encodage, codes, clés répétées, totaux déclarés ; ce qui n’entre pas est listé et compté.",
    "On arrival: header, encoding, codes, repeated keys, declared totals; what does not enter is listed and counted.",
)
_REVISED = Text(
    "Une livraison corrigée remplace la précédente sans l’effacer ; toute lettre publiée reste, avec son erratum.",
    "A corrected delivery supersedes the former one and does not erase it; a published letter stays, with its erratum.",
)
_TREATED = Text(
    "Les tableaux d’une publication sont protégés ensemble, puis attaqués par un contrôle indépendant avant de sortir.",
    "The tables of a release are protected together, then attacked by an independent audit before they leave.",
)


def render_metadata(sources: Iterable[Source]) -> bytes:
    """One report for each source, in the order of their codes; UTF-8 JSON."""
    reports = [report_of(source) for source in sorted(sources, key=lambda source: source.code)]
    return (json.dumps({"standard": "ESMS 2.0", "reports": reports}, ensure_ascii=False, indent=1) + "\n").encode()


def report_of(source: Source) -> dict[str, Any]:
    """The concepts of one source, each with its text in both languages, or null where the inventory does not say."""
    told = _told(source)
    return {
        "source": source.code,
        "version": source.version,
        "fictional": source.fictional,
        "attributes": [
            {"number": number, "id": name, "title": {"fr": fr, "en": en}, "text": _plain(told.get(name))}
            for number, name, fr, en in CONCEPTS
        ],
    }


def _told(source: Source) -> dict[str, Text | None]:
    often = Text(*_FREQUENCIES.get(source.frequency, (source.frequency, source.frequency)))
    lists = sorted({column.nomenclature for column in source.columns if column.nomenclature})
    return {
        "CONTACT": source.producer.label,
        "META_UPDATE": _same(source.valid_from.isoformat()),
        "DATA_DESCR": source.label,
        "CLASS_SYSTEM": _same(", ".join(lists)) if lists else None,
        "STAT_CONC_DEF": _reasons(source),
        "STAT_POP": source.scope.population,
        "REF_AREA": _same(get_territory(source.scope.territory).name),
        "INST_MAN_LA_OA": source.legal_basis,
        "CONF_POLICY": _same(source.disclosure),
        "CONF_DATA_TR": _TREATED,
        "REL_POL_US_AC": source.licence,
        "FREQ_DISS": often,
        "QUALITY_ASSMNT": source.quality,
        "COMPLETENESS": source.scope.note,
        "TIMELINESS": source.lag,
        "COMPAR_TIME": _breaks(source),
        "REV_POLICY": _REVISED,
        "REV_PRACTICE": _redefinitions(source),
        "FREQ_COLL": often,
        "DATA_VALIDATION": _VALIDATED,
        "COMMENT_DSET": Text("Données inventées.", "Invented data.") if source.fictional else None,
    }


def _reasons(source: Source) -> Text | None:
    """What the source cannot measure: part of the definition of what it does."""
    return _lines([Text(f"{e.concept} : {e.reason.fr}", f"{e.concept}: {e.reason.en}") for e in source.not_measurable])


def _breaks(source: Source) -> Text | None:
    return _lines(
        [
            Text(f"{_series(b.series)}, {b.at} : {b.cause.fr}", f"{_series(b.series)}, {b.at}: {b.cause.en}")
            for b in source.breaks
        ]
    )


def _redefinitions(source: Source) -> Text | None:
    return _lines(
        [
            Text(f"{_series(r.series)}, {r.vintage} : {r.cause.fr}", f"{_series(r.series)}, {r.vintage}: {r.cause.en}")
            for r in source.redefinitions
        ]
    )


def _series(series: Any) -> str:
    return ", ".join(f"{name} {code}" for name, code in series.items()) or "*"


def _lines(texts: Sequence[Text]) -> Text | None:
    return Text(" ; ".join(t.fr for t in texts), "; ".join(t.en for t in texts)) if texts else None


def _same(text: str) -> Text:
    return Text(text, text)


def _plain(text: Text | None) -> dict[str, str] | None:
    return {"fr": text.fr, "en": text.en} if text else None
