"""Checks of sample/: the margins of the fictional country, each written once, a share being a share.

Lives here: what the schema cannot see. Not here: how the country is drawn from them (`egide.sample`).
"""

from __future__ import annotations

from collections.abc import Iterator

from egide.foundation.catalogue.checking.holdings import Entry, Holdings
from egide.foundation.catalogue.checking.problems import Problem


def check_margins(entry: Entry, _held: Holdings) -> Iterator[Problem]:
    """A margin is written once; a share lies between 0 and 1, a count is whole."""
    seen: set[str] = set()
    for index, margin in enumerate(entry.content["margins"]):
        code = margin["code"]
        if code in seen:
            yield entry.problem(("margins", index), f"the margin {code!r} is written twice", "keep one, or rename it")
        seen.add(code)
        if margin["kind"] == "share" and margin["value"] >= 1:
            what = f"the share {code!r} is {margin['value']}"
            yield entry.problem(("margins", index, "value"), what, "write 0.86 for 86 %")
        if margin["kind"] == "count" and margin["value"] != int(margin["value"]):
            what = f"the count {code!r} is {margin['value']}"
            yield entry.problem(("margins", index, "value"), what, "write a whole number, or `kind: share`")
