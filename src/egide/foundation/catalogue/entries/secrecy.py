"""What the files about secrecy become besides the decision table, whose shapes are those of `egide.methods.secrecy`.

Lives here: sections of consent, liaison forms. Not here: the table, the protocols (methods), reading (`parsing.secrecy`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from egide.foundation.catalogue.entries import NomenclatureCode, Text
from egide.methods.secrecy import SheetForm


@dataclass(frozen=True)
class Sections:
    """The sections of consent, and the items of forms with the section each belongs to, in the order of the file."""

    sections: Mapping[str, NomenclatureCode]
    items: Mapping[str, NomenclatureCode]

    def section_of(self) -> dict[str, str]:
        """Every item -> its section."""
        return {code: str(item.parent) for code, item in self.items.items()}


@dataclass(frozen=True)
class LiaisonForm:
    """A form of liaison sheet: who writes it, to whom, why, and the items it proposes (AT-15).

    `senders` empty: any status. `about`: whom it is about, in the words of the secrecy table ("adult", "minor").
    `asks_reply`: the sheet names a day by which an answer is wanted.
    """

    code: str
    version: str
    label: Text
    valid_from: date
    valid_to: date | None
    senders: frozenset[str]
    about: str
    asks_reply: bool
    sheet: SheetForm
    source: Text
    to_verify: bool
