"""The return of one's own year on paper, as tagged PDF/UA-1 from `own_year.typ`: the same counts and bases as on its page.

Lives here: what the paper says, in both languages. Not here: the counts (own_year, post_year), who may take it (the page).
"""

from datetime import date
from pathlib import Path
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal

from egide.foundation.catalogue import Text, get_nomenclature
from egide.foundation.documents import draw_pdf

from .own_year import SHARES
from .post_year import Breakdown, PostYear
from .post_year_print import label_of, print_base, rounding_words

LAYOUT = Path(__file__).with_name("own_year.typ")
_WORDS = {
    "title": Text("Bilan de l’année {year}", "Return of the year {year}"),
    "so-far": Text("Bilan de l’année {year}, arrêté au {day}", "Return of the year {year}, up to {day}"),
    "drawn": Text("Établi le {day}", "Drawn up on {day}"),
    "fictional": Text("Services et personnes inventés", "Invented services and persons"),
    "for": Text("Pour vous et votre employeur", "For you and your employer"),
    "persons": Text("Personnes reçues", "Persons received"),
    "cases": Text("Dossiers ouverts", "Files opened"),
    "interviews": Text("Entretiens", "Interviews"),
    "actions": Text("Actions", "Actions"),
    "reports": Text("dont {n} transmissions pour un enfant en danger", "of which {n} reports of a child in danger"),
    "apart": Text(
        "Personnes, dossiers, entretiens et actions sont quatre comptes différents : ils ne s’additionnent jamais.",
        "Persons, files, interviews and actions are four different counts: they never add up.",
    ),
    "small": Text(
        "Les petits nombres ne sont pas masqués ici. Un dossier effacé depuis n’est plus compté.",
        "Small numbers are not hidden here. A file erased since is no longer counted.",
    ),
    "kinds": Text("Actions, par nature", "Actions, by kind"),
    "count": Text("Nombre", "Count"),
    "share": Text("Part", "Share"),
    "percent": Text("{n} %", "{n}%"),
}  # fmt: skip


def draw_return(year: PostYear, language: str, *, whose: str, drawn_on: date) -> bytes:
    """The return in "fr" or "en". `whose`: the name and the service that the account goes by; no person received is named."""
    day = str(format_date(drawn_on, format="long", locale="fr_FR" if language == "fr" else "en_GB"))
    over = int(year.year) < drawn_on.year
    content = {
        "language": language,
        "fictional": year.fictional,
        "date": {"year": drawn_on.year, "month": drawn_on.month, "day": drawn_on.day},
        "whose": whose,
        "words": {
            "title": _say("title" if over else "so-far", language, year=year.year, day=day),
            "drawn": _say("drawn", language, day=day),
            **{word: _say(word, language) for word in ("fictional", "for", "apart", "small", "count", "share")},
        },
        "counters": _counters(year, language),
        "tables": [*_shares(year, language), *_kinds(year, language)],
    }
    return draw_pdf(LAYOUT, content, dated=drawn_on)


def _counters(year: PostYear, language: str) -> list[dict[str, str]]:
    counted = {"persons": year.persons, "cases": year.new_cases, "interviews": year.interviews, "actions": year.actions}
    reports = _say("reports", language, n=year.child_reports) if year.child_reports else ""
    return [
        {
            "label": _say(word, language),
            "count": _number(count, language),
            "note": reports if word == "actions" else "",
        }
        for word, count in counted.items()
    ]


def _shares(year: PostYear, language: str) -> list[dict[str, Any]]:
    found = [(name, nomenclature, getattr(year, name)) for name, nomenclature in SHARES]
    return [_table(name, nomenclature, whole, language) for name, nomenclature, whole in found if whole.parts]


def _table(name: str, nomenclature: str, whole: Breakdown, language: str) -> dict[str, Any]:
    codes = get_nomenclature(nomenclature).codes
    rows = [
        [label_of(codes, part.code).get(language), _number(part.count, language), _percent(part.percent, language)]
        for part in whole.parts
    ]
    note = rounding_words(whole.rounding, language) if whole.rounding else ""
    return {"caption": print_base(name, whole, language), "shares": True, "rows": rows, "note": note}


def _kinds(year: PostYear, language: str) -> list[dict[str, Any]]:
    known = get_nomenclature("action-kinds").codes
    rows = [[label_of(known, code).get(language), _number(count, language)] for code, count in year.kinds]
    return [{"caption": _say("kinds", language), "shares": False, "rows": rows, "note": ""}] if rows else []


def _percent(value: int | None, language: str) -> str:
    return "–" if value is None else _say("percent", language, n=value)


def _number(value: int, language: str) -> str:
    return str(format_decimal(value, locale=language))


def _say(word: str, language: str, **values: int | str) -> str:
    plain = {name: _number(value, language) if isinstance(value, int) else value for name, value in values.items()}
    return _WORDS[word].get(language).format(**plain)
