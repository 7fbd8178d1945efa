"""What a liaison sheet carries: the items of its form that she agreed to, and no more unless she agreed to more.

What lives here: the rule. What does not: the items and forms (catalogue), the values (field), the document.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass


@dataclass(frozen=True)
class SheetForm:
    """A form of sheet: the items it proposes, in their order, and the purpose and recipients it is made for."""

    code: str
    items: tuple[str, ...]
    purpose: str
    recipients: frozenset[str]


def sheet_items(form: SheetForm, consented: Set[str], sections: Mapping[str, str]) -> tuple[str, ...]:
    """The items of the sheet, the form's own first, then those she added, in the order of `sections`.

    `consented`: codes of sections or of single items; `sections`: every item -> its section. Agreement to a section opens
    the form's items of that section, or the whole section when the form proposes nothing of it; any other item needs to be
    agreed to by name. Nothing she did not agree to is ever listed.
    """
    proposed = {sections[item] for item in form.items}
    own = [item for item in form.items if item in consented or sections[item] in consented]
    more = [
        item
        for item, section in sections.items()
        if item not in form.items and (item in consented or (section in consented and section not in proposed))
    ]
    return (*own, *more)


def sheet_sections(form: SheetForm, sections: Mapping[str, str]) -> tuple[str, ...]:
    """The sections a form asks agreement for, once each."""
    return tuple(dict.fromkeys(sections[item] for item in form.items))
