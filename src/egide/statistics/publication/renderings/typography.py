"""The words of a letter set as French is set, wherever they stand in it; its codes and addresses left as they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from egide.core.typography import french_spaces

ADDRESSES = frozenset({"figure", "id", "kind", "code", "lineage"})


def typeset(part: Any, language: str) -> Any:
    """A copy of any JSON-like value with every text spaced for `language` (unchanged unless it is French).

    What stands under a key of `ADDRESSES` is left alone: it is compared or followed, not read.
    """
    if language != "fr":
        return part
    if isinstance(part, str):
        return french_spaces(part)
    if isinstance(part, Mapping):
        return {key: held if key in ADDRESSES else typeset(held, language) for key, held in part.items()}
    if isinstance(part, list | tuple):
        return [typeset(item, language) for item in part]
    return part
