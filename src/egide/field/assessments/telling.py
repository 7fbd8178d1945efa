"""How a telling joins those that were kept before it: each keeps its source and, for a child, of whom it speaks.

Lives here: the shape of one stored answer. Not here: what tellings say together (methods), nor who may write (actions).
"""

from collections.abc import Mapping
from typing import Any

from egide.core.missing import Missing
from egide.methods.danger import Factor, Told, gather, read_value, write_value

Stored = dict[str, Any]
KEPT = ("value", "source", "about", "expires_on", "words", "at")


def join(factor: Factor, stored: Mapping[str, Any] | None, told: Mapping[str, Any]) -> Stored | None:
    """The stored answer with one telling more; it takes the place of what the same source said of the same child.

    A safety factor has one telling, whose proof it carries. "Not asked" takes a telling back. None: nothing is left.
    """
    entry = {key: told[key] for key in KEPT if told.get(key)}
    before = [] if factor.proven else [each for each in list_tellings(stored) if _who(each) != _who(entry)]
    entries = [*before, entry] if entry.get("value", Missing.NOT_ASKED.value) != Missing.NOT_ASKED.value else before
    if not entries:
        return None
    value = write_value(
        gather(
            factor, [Told(read_value(each["value"]), each.get("source", ""), each.get("about", "")) for each in entries]
        )
    )
    bearer = next((each for each in entries if each["value"] == value), entries[-1])
    return {
        **{key: bearer[key] for key in ("source", "expires_on", "words") if key in bearer},
        "value": value,
        "told": entries,
    }


def list_tellings(stored: Mapping[str, Any] | None) -> list[Stored]:
    """What was told of one factor, each telling apart, in the order in which it was written."""
    if not stored:
        return []
    return list(stored["told"]) if "told" in stored else [{key: stored[key] for key in KEPT if stored.get(key)}]


def telling_of(stored: Mapping[str, Any] | None, source: str, about: str = "") -> Stored:
    """What one source said of one child, or of nobody in particular; empty when it said nothing."""
    return next((each for each in list_tellings(stored) if _who(each) == (source, about)), {})


def _who(entry: Mapping[str, Any]) -> tuple[str, str]:
    return entry.get("source", ""), entry.get("about", "")
