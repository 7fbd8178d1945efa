"""How values become words in the language of the page: dates, numbers, sizes, texts written in both languages.

Lives here: the typography of each language. Not here: the words themselves (locale/) nor a figure's printed form,
which is frozen with its release.
"""

from datetime import date, datetime
from typing import Any

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from egide.core.typography import set_in_french

NO_BREAK, NARROW = "\u00a0", "\u202f"


def language() -> str:
    """The language of the page: "fr" or "en"; on a safety page also "ar" or "uk"."""
    return (get_language() or "fr")[:2]


def words(text: Any) -> str:
    """A text of the catalogue ({fr, en}, or an object with both) in the page's language; anything else as it is.

    The safety languages say it as they say any sentence, from its English; without it, the French stays.
    """
    if text is None:
        return ""
    if isinstance(text, dict) and ("fr" in text or "en" in text):
        return _in_language(str(text.get("fr") or text.get("en") or ""), str(text.get("en") or text.get("fr") or ""))
    if hasattr(text, "fr") and hasattr(text, "en"):
        return _in_language(str(text.fr), str(text.en))
    return str(text)


def _in_language(french: str, english: str) -> str:
    if language() == "fr":
        return _spaced(french)
    if language() == "en":
        return english
    said = _(english) if english else ""
    return french if said == english else said


def _spaced(text: str) -> str:
    """French signs never begin a line: whoever edits the catalogue types plain spaces."""
    return set_in_french(text) if language() == "fr" else text


def _locale() -> str:
    return "en_GB" if language() == "en" else language()


def day(value: date | str | None) -> str:
    """A date in full: « 1er novembre 2022 », "1 November 2022"; no-break spaces inside."""
    if not value:
        return ""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    if isinstance(value, datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    text = str(format_date(value, "d MMMM y", locale=_locale()))
    if language() == "fr" and text.startswith("1 "):
        text = "1er" + text[1:]
    return text.replace(" ", NO_BREAK)


def month(value: str) -> str:
    """A month in words: « janvier 2012 » for "2012-01"; a text that is no month stays as it is."""
    try:
        first = date.fromisoformat(f"{value}-01")
    except ValueError:
        return value
    return str(format_date(first, "MMMM y", locale=_locale())).replace(" ", NO_BREAK)


def moment(value: datetime | str | None) -> str:
    """A day and an hour, in the time of Paris: « 25 novembre 2022 à 9 h 00 »."""
    if not value:
        return ""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    if language() == "fr":
        hour = f"{local.hour}{NO_BREAK}h{NO_BREAK}{local.minute:02d}"
        return f"{day(local)} à {hour}"
    comma = "، " if language() == "ar" else ", "
    return f"{day(local)}{comma}{format_datetime(local, 'HH:mm', locale='en_GB')}"


def whole(value: int | None) -> str:
    """A count of things of ours (rows, files), never a figure of a letter."""
    return "" if value is None else str(format_decimal(value, locale=_locale()))


def size(value: int | None) -> str:
    """A number of bytes, in the unit that keeps it short."""
    if value is None:
        return ""
    units = [_("bytes"), _("kB"), _("MB"), _("GB")]
    amount, step = float(value), 0
    while amount >= 1000 and step < len(units) - 1:
        amount, step = amount / 1000, step + 1
    shown = format_decimal(round(amount, 1 if step and amount < 100 else 0), locale=_locale())
    return f"{shown}{NO_BREAK}{units[step]}"


def joined(values: Any) -> str:
    """Texts one after the other, as the language joins them."""
    return ", ".join(words(value) for value in values)
