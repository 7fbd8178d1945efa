"""The letters after a refused complaint. Not here: the law they quote (law/), nor the page they are printed on."""

from __future__ import annotations

from dataclasses import dataclass

from egide.foundation.catalogue.entries import Text


@dataclass(frozen=True)
class RefusalLetter:
    """A letter that someone may send when a station refused her complaint.

    `paragraphs` may name {place}, {day}, {reason} and {words}; `articles` are names of articles, read in the version of the day.
    """

    code: str
    version: str
    label: Text
    addressee: Text
    subject: Text
    paragraphs: tuple[Text, ...]
    articles: tuple[str, ...]
    source: Text
    to_verify: bool
