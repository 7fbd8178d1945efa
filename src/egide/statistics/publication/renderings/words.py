"""The words the renderings add around a letter, in both languages, and how they write a date.

Lives here: titles of the annexes, names of the passport's lines, reasons for an absence, statuses. Not here: anything a
letter says (composition), the words of the pages (their own translations).
"""

from __future__ import annotations

from datetime import date

WORDS: dict[str, dict[str, str]] = {
    "letter": {"fr": "Lettre", "en": "Letter"},
    "number": {"fr": "n° ", "en": "no. "},
    "edition": {"fr": "Édition", "en": "Edition"},
    "fictional": {"fr": "Données fictives", "en": "Fictional data"},
    "fictional_notice": {
        "fr": "Données fictives : aucun chiffre de cette lettre ne décrit la réalité.",
        "en": "Fictional data: no figure in this letter describes reality.",
    },
    "unit": {"fr": "Unité", "en": "Unit"},
    "source": {"fr": "Source", "en": "Source"},
    "erratum": {"fr": "Erratum", "en": "Erratum"},
    "passports": {"fr": "Passeports des chiffres", "en": "Passports of the figures"},
    "passports_intro": {
        "fr": "Chaque chiffre de la lettre, dans l’ordre : ce qu’il compte, sur qui, où, quand et d’après qui.",
        "en": "Each figure of the letter, in order: what it counts, about whom, where, when and according to whom.",
    },
    "figure": {"fr": "Chiffre", "en": "Figure"},
    "printed": {"fr": "Imprimé", "en": "Printed"},
    "counts": {"fr": "Unité et population", "en": "Unit and population"},
    "population": {"fr": "Population", "en": "Population"},
    "geography": {"fr": "Territoire", "en": "Territory"},
    "facts": {"fr": "Période des faits", "en": "Period of the facts"},
    "record": {"fr": "Période d’enregistrement", "en": "Period of recording"},
    "where_when": {"fr": "Territoire et périodes", "en": "Territory and periods"},
    "facts_short": {"fr": "faits", "en": "facts"},
    "record_short": {"fr": "enregistrement", "en": "recording"},
    "producer": {"fr": "Producteur", "en": "Producer"},
    "source_status": {"fr": "Source, définition, statut", "en": "Source, definition, status"},
    "definition": {"fr": "Version de la définition", "en": "Version of the definition"},
    "definition_short": {"fr": "définition", "en": "definition"},
    "breaks": {"fr": "Ruptures franchies", "en": "Breaks crossed"},
    "no_break": {"fr": "aucune", "en": "none"},
    "status": {"fr": "Statut", "en": "Status"},
    "absence": {"fr": "Raison de l’absence", "en": "Reason for the absence"},
    "code": {"fr": "Code", "en": "Code"},
    "lineage": {"fr": "Livraisons d’origine", "en": "Deliveries it comes from"},
    "deliveries": {"fr": "Livraisons d’où viennent les chiffres", "en": "Deliveries the figures come from"},
    "delivery": {"fr": "Livraison", "en": "Delivery"},
    "delivery_short": {"fr": "livraison", "en": "delivery"},
    "deliveries_short": {"fr": "livraisons", "en": "deliveries"},
    "file": {"fr": "Fichier", "en": "File"},
    "vintage": {"fr": "Millésime", "en": "Vintage"},
    "vintage_of": {"fr": "millésime", "en": "vintage"},
    "hash": {"fr": "Empreinte SHA-256", "en": "SHA-256 hash"},
    "figures_count": {"fr": "Chiffres", "en": "Figures"},
    "no_source": {"fr": "aucune source publiée", "en": "no published source"},
    "none": {"fr": "sans objet", "en": "not applicable"},
    "skip": {"fr": "Aller au texte de la lettre", "en": "Skip to the letter"},
    "back": {"fr": "Revenir au début de la lettre", "en": "Back to the beginning of the letter"},
}

ABSENCES: dict[str, dict[str, str]] = {
    "UNKNOWN": {"fr": "inconnu", "en": "unknown"},
    "NOT_ASKED": {"fr": "non demandé", "en": "not asked"},
    "NOT_APPLICABLE": {"fr": "sans objet", "en": "not applicable"},
    "REFUSED": {"fr": "refus de réponse", "en": "answer refused"},
    "SUPPRESSED": {"fr": "secret statistique", "en": "suppressed for confidentiality"},
    "NOT_PUBLISHED": {"fr": "non publié", "en": "not published"},
}

# Letters of the SDMX code list CL_OBS_STATUS; a letter that is not here is printed as it is.
STATUSES: dict[str, dict[str, str]] = {
    "A": {"fr": "normal", "en": "normal"},
    "B": {"fr": "rupture de série", "en": "break in series"},
    "D": {"fr": "définition différente", "en": "definition differs"},
    "E": {"fr": "estimé", "en": "estimated"},
    "F": {"fr": "prévision", "en": "forecast"},
    "I": {"fr": "imputé", "en": "imputed"},
    "L": {"fr": "manquant, non collecté", "en": "missing, not collected"},
    "M": {"fr": "manquant, n’existe pas", "en": "missing, cannot exist"},
    "O": {"fr": "manquant", "en": "missing"},
    "P": {"fr": "provisoire", "en": "provisional"},
    "Q": {"fr": "masqué", "en": "suppressed"},
    "U": {"fr": "fiabilité faible", "en": "low reliability"},
}

MONTHS = {
    "fr": [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}


def words_in(language: str) -> dict[str, str]:
    """Every word of `WORDS` in `language` ("fr" or "en"). Raises ValueError for another language."""
    if language not in MONTHS:
        raise ValueError(f"A letter is rendered in fr or en; {language!r} was asked: ask for one of the two.")
    return {key: both[language] for key, both in WORDS.items()}


def day_of(dated: date | str) -> date:
    """The day of a letter, given as a date or as ISO text (a time after the day is ignored)."""
    return date.fromisoformat(dated[:10]) if isinstance(dated, str) else dated


def long_date(day: date, language: str) -> str:
    """25 novembre 2022, 1er mars 2022; 25 November 2022."""
    number = "1er" if (language, day.day) == ("fr", 1) else str(day.day)
    return f"{number}\N{NO-BREAK SPACE}{MONTHS[language][day.month - 1]} {day.year}"
