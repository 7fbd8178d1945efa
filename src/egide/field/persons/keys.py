"""Keys by which a name is found again: normalised, and phonetic for French ears. Pure functions over text.

The phonetic key is a small French adaptation of the Soundex idea (R. C. Russell, patent of 1918): letters that sound alike
share a digit, vowels fall after the first letter, doubled digits count once.
"""

import re
import unicodedata

_SOUNDS = (
    (r"GN", "N"), (r"PH", "F"), (r"SCH|CH|SH", "J"), (r"[EA]AU|AU", "O"), (r"AIN|EIN|IN", "1"), (r"EN|AN|EM|AM", "2"),
    (r"ON|OM", "3"), (r"QU?", "K"), (r"C(?=[EIY])", "S"), (r"C", "K"), (r"G(?=[EIY])", "J"), (r"[WV]", "V"), (r"[ZX]", "S"),
    (r"Y", "I"), (r"H", ""), (r"(?<=.)[AEIOU]", ""), (r"(.)\1+", r"\1"), (r"(?<=.)[TDSE]$", ""),
)  # fmt: skip


def name_key(given: str, family: str) -> str:
    """Letters only, without accents, capitals: "Éloïse Le-Goff" and "eloise legoff" give the same key."""
    return f"{_letters(family)} {_letters(given)}".strip()


def sound_key(family: str) -> str:
    """How a family name sounds, so that "Lefèvre" and "Lefebvre" are not far, "Kadi" and "Cady" equal."""
    text = _letters(family)
    for pattern, sound in _SOUNDS:
        text = re.sub(pattern, sound, text)
    return text


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text)
    return re.sub(r"[^A-Z]", "", plain.upper())
