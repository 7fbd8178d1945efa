"""Keys by which a name is found again: normalised, and phonetic for French ears. Pure functions over text.

Every key is stored and compared by equality only (trap 9): a mistyped name is found because the search asks for every
spelling one slip away, never because the database guesses.

The phonetic key is a small French adaptation of the Soundex idea (R. C. Russell, patent of 1918): letters that sound alike
share a digit, vowels fall after the first letter, doubled digits count once.
"""

import re
import unicodedata
from string import ascii_uppercase

_SOUNDS = (
    (r"GN", "N"), (r"PH", "F"), (r"SCH|CH|SH", "J"), (r"[EA]AU|AU", "O"), (r"AIN|EIN|IN", "1"), (r"EN|AN|EM|AM", "2"),
    (r"ON|OM", "3"), (r"QU?", "K"), (r"C(?=[EIY])", "S"), (r"C", "K"), (r"G(?=[EIY])", "J"), (r"[WV]", "V"), (r"[ZX]", "S"),
    (r"Y", "I"), (r"H", ""), (r"(?<=.)[AEIOU]", ""), (r"(.)\1+", r"\1"), (r"(?<=.)[TDSE]$", ""),
)  # fmt: skip


PARTICLES = frozenset({"D", "DE", "DU", "DES"})
ARTICLES = frozenset({"L", "LA", "LE", "LES"})
JOINED = ("DELA", "DES", "DU", "DE", "D")
LEAST = 5  # a slip in a shorter name would find too many others


def stored_keys(given: str, family: str) -> dict[str, str]:
    """Every key of a name, by the column that stores it."""
    first, last = part_keys(family)
    return {
        "name_key": name_key(given, family), "sound_key": sound_key(family), "family_key": family_key(family),
        "first_part_key": first, "last_part_key": last,
    }  # fmt: skip


def family_key(family: str) -> str:
    """The family name without its particle, in letters: "de La Tour", "Latour" and "LA TOUR" give "LATOUR"."""
    words = _words(family)
    while len(words) > 1 and words[0] in PARTICLES:
        words = words[1:]
    return "".join(words)


def part_keys(family: str) -> tuple[str, str]:
    """The first and the last name of a compound, ("MARTIN", "DUPONT") for "Martin-Dupont"; two blanks for a single one.

    A particle or an article is no name: "de La Tour" is single.
    """
    parts: list[str] = []
    bound = ""
    for word in _words(family):
        if word in PARTICLES | ARTICLES:
            bound = "" if word in PARTICLES else bound + word
        else:
            parts, bound = [*parts, bound + word], ""
    return (parts[0], parts[-1]) if len(parts) > 1 else ("", "")


def asked_keys(family: str) -> frozenset[str]:
    """Every key under which a family name may be stored: as typed, its particle joined or taken off."""
    typed, bare = "".join(_words(family)), family_key(family)
    shorn = {bare.removeprefix(joined) for joined in JOINED}
    return frozenset({typed, bare, *(key for key in shorn if len(key) >= LEAST)} - {""})


def one_slip_away(key: str) -> frozenset[str]:
    """The spellings one slip from a key: a letter left out, doubled by another, exchanged, or two letters crossed.

    The edits are those of F. J. Damerau (1964). A key shorter than five letters has none.
    """
    if len(key) < LEAST:
        return frozenset()
    cuts = [(key[:place], key[place:]) for place in range(len(key) + 1)]
    left_out = {head + tail[1:] for head, tail in cuts if tail}
    crossed = {head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1}
    exchanged = {head + letter + tail[1:] for head, tail in cuts if tail for letter in ascii_uppercase}
    added = {head + letter + tail for head, tail in cuts for letter in ascii_uppercase}
    return frozenset((left_out | crossed | exchanged | added) - {key})


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


def _words(text: str) -> list[str]:
    plain = "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))
    return re.findall(r"[A-Z]+", plain.upper().replace("Œ", "OE").replace("Æ", "AE"))
