"""How a figure is printed in each language: the producer's qualifier, the number in the language's digits, or the kind of absence."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from babel.numbers import format_decimal

from egide.core.missing import Missing
from egide.foundation.catalogue import get_nomenclature

LANGUAGES = ("fr", "en")
Number = int | Decimal | Fraction


def print_value(value: Number, *, kind: str, unit: str, qualifier: str, language: str) -> str:
    """A number as read in a sentence: "près de 1 200", "+2 %", "4,56"."""
    pattern = "#,##0.##" if value == int(value) or kind != "derived" else "#,##0.00"
    exact = Decimal(value.numerator) / Decimal(value.denominator) if isinstance(value, Fraction) else Decimal(value)
    number: str = format_decimal(exact, format=pattern, locale=language)
    if unit == "percent":
        number = f"{number}\u202f%" if language == "fr" else f"{number}%"
        if kind == "growth" and value > 0:
            number = f"+{number}"
    if qualifier in ("", "exact"):
        return number
    return f"{get_nomenclature('qualifiers').codes[qualifier].label.get(language)} {number}"


def print_absence(absence: Missing, words: Mapping[str, str] | None, language: str) -> str:
    """The words of an absence: the source's own where it has some (not published, not measurable), else the catalogue's."""
    if words and absence is Missing.NOT_PUBLISHED:
        return words[language]
    if absence is Missing.NOT_APPLICABLE and words:
        return {"fr": "non mesurable", "en": "not measurable"}[language]
    return get_nomenclature("missing").codes[absence.name].label.get(language)
