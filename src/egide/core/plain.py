"""Names compared as a reader compares them: without accents, capitals or hyphens. Not here: phonetics, nor a person's name."""

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "Œ": "oe", "Æ": "ae", "ß": "ss"})


def plain(text: str) -> str:
    """The letters and digits of a text in small letters, one space between words: "L’Haÿ-les-Roses" is "l hay les roses"."""
    letters = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    kept = "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()
    return " ".join(re.findall(r"[^\W_]+", kept))
