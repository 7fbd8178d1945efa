"""What a calendar of recording must be: nomenclatures, codes and territories that exist; a code in one family only."""

from collections.abc import Iterator

from egide.foundation.catalogue.checking.holdings import Entry, Holdings
from egide.foundation.catalogue.checking.problems import Problem


def check_recording(entry: Entry, held: Holdings) -> Iterator[Problem]:
    """Each nomenclature, code and territory named is in the catalogue."""
    for index, change in enumerate(entry.content["changes"]):
        for name in change.get("of", ()):
            yield from entry.check_known(("changes", index), name, held.kind("nomenclature"), "the nomenclature")
    for index, control in enumerate(entry.content.get("controls", ())):
        yield from entry.check_known(("controls", index), control["territory"], held.territories, "the territory")
    seen: set[tuple[str, str]] = set()
    for index, family in enumerate(entry.content.get("families", ())):
        yield from entry.check_known(("families", index), family["of"], held.kind("nomenclature"), "the nomenclature")
        for code in family["codes"]:
            yield from entry.check_known(("families", index), code, held.codes(family["of"]), "the code")
            if (family["of"], code) in seen:
                yield entry.problem(
                    ("families", index), f"the code {code!r} is already in a family", "leave it in one of them"
                )
            seen.add((family["of"], code))
