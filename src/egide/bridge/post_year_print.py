"""A post-year in lines of words: every share with its base, and what rounding leaves told as rounding, never as cases (Z15)."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from babel.numbers import format_decimal

from egide.foundation.catalogue import Text, get_nomenclature, get_territory

from .cells import UNLISTED
from .post_year import Breakdown, PostYear, rounded

_WORDS = {
    "title": Text("{name}, {year} : {n} postes", "{name}, {year}: {n} posts"),
    "fictional": Text("Services et personnes inventés", "Invented services and persons"),
    "actions": Text(
        "Actions : {n}, dont {m} transmissions pour un enfant en danger", "Actions: {n}, of which {m} reports of a child in danger"
    ),
    "cases": Text("Dossiers ouverts : {n}", "New case files: {n}"),
    "interviews": Text("Entretiens : {n}", "Interviews: {n}"),
    "persons": Text("Personnes reçues : {n}", "Persons received: {n}"),
    "categories": Text("Pour qui (base : {n} dossiers)", "For whom (base: {n} case files)"),
    "sexes": Text("Sexe (base : {n} personnes reçues)", "Sex (base: {n} persons received)"),
    "origins": Text("Origine (base : {n} dossiers)", "Origin (base: {n} case files)"),
    "reasons": Text(
        "Motifs (base : {n} dossiers ; {m} motifs, un dossier peut en avoir plusieurs : les parts ne s’additionnent pas)",
        "Reasons (base: {n} case files; {m} reasons, a file may have several: the shares do not add up)",
    ),
    "part": Text("  {label} : {n}, soit {percent} %", "  {label}: {n}, that is {percent}%"),
    UNLISTED: Text("hors liste", "not in the list"),
    "rounding": Text("{m} % : indéterminé ou arrondi ; aucun cas n’est ajouté", "{m}%: undetermined or rounding; no case is added"),
    "means": Text(
        "Par poste : {actions} actions, {cases} dossiers ouverts, {persons} personnes reçues, {reports} transmissions pour un enfant",
        "Per post: {actions} actions, {cases} new case files, {persons} persons received, {reports} child reports",
    ),
    "per-person": Text("Actions par personne reçue : {mean}", "Actions per person received: {mean}"),
}  # fmt: skip


def print_post_year(year: PostYear, language: str) -> list[str]:
    """The lines of a post-year in a language ("fr", "en")."""
    means = {"actions": year.actions, "cases": year.new_cases, "persons": year.persons, "reports": year.child_reports}
    return [
        _say("title", language, name=get_territory(year.territory).name, year=year.year, n=year.posts),
        *([_say("fictional", language)] if year.fictional else []),
        _say("actions", language, n=year.actions, m=year.child_reports),
        _say("cases", language, n=year.new_cases),
        _say("interviews", language, n=year.interviews),
        _say("persons", language, n=year.persons),
        *_breakdown("categories", "case-categories", year.categories, language),
        *_breakdown("sexes", "sex", year.sexes, language),
        *_breakdown("reasons", "case-reasons", year.reasons, language),
        *_breakdown("origins", "case-origins", year.origins, language),
        _say("means", language, **{word: _mean(year.per_post(count), 1, language) for word, count in means.items()}),
        _say("per-person", language, mean=_mean(year.actions_per_person, 2, language)),
    ]


def _breakdown(word: str, nomenclature: str, whole: Breakdown, language: str) -> Iterator[str]:
    yield print_base(word, whole, language)
    codes = get_nomenclature(nomenclature).codes
    for part in whole.parts:
        label = label_of(codes, part.code)
        percent = "–" if part.percent is None else str(part.percent)
        yield _say("part", language, label=label.get(language), n=part.count, percent=percent)
    if whole.rounding:
        yield f"  {rounding_words(whole.rounding, language)}"


def print_base(word: str, whole: Breakdown, language: str) -> str:
    """The title of a breakdown ("categories", "sexes", "origins", "reasons") with the base of its shares."""
    return _say(word, language, n=whole.base, m=whole.tags)


def label_of(codes: Mapping[str, Any], code: str) -> Text:
    """The words of a code of a nomenclature, or that the list does not have it."""
    return codes[code].label if code in codes else _WORDS[UNLISTED]


def rounding_words(percent: int, language: str) -> str:
    """What is said of the percents that a partition lacks: nothing is added to make one hundred (AT-01, Z15)."""
    return _say("rounding", language, m=percent)


def _mean(value: Fraction | None, places: int, language: str) -> str:
    if value is None:
        return "–"
    return str(format_decimal(rounded(value, places), format=f"#,##0.{'0' * places}", locale=language))


def _say(word: str, language: str, **values: int | str) -> str:
    plain = {k: format_decimal(v, locale=language) if isinstance(v, int) else v for k, v in values.items()}
    return _WORDS[word].get(language).format(**plain)
