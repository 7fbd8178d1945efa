"""What goes wrong when the catalogue is asked for something: sentences, not codes."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class CatalogueError(ValueError):
    """Something in the catalogue cannot be read; the sentence says the file, and what to do."""


class UnknownEntry(LookupError):
    """The catalogue has no such entry; the sentence names the nearest codes."""

    def __init__(self, kind: str, code: str, known: Iterable[str]) -> None:
        codes = sorted(known)
        near = difflib.get_close_matches(code, codes, n=3, cutoff=0.5) or codes[:5]
        hint = f"nearest codes: {', '.join(near)}" if near else "it has none yet"
        super().__init__(f"The catalogue has no {kind} {code!r}; {hint}. Correct the code, or add it to the catalogue.")
        self.kind, self.code = kind, code
