"""Checking a whole catalogue: every problem, with its file, its line and its remedy.

Lives here: the order of the checks. Not here: the rules (`checking.shape`, `checking.tables`, `checking.sources`,
`checking.letters`, `checking.grids`, `checking.secrecy`), nor the command that prints them (`egide check_catalogue`, in jobs).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from egide.foundation.catalogue.checking.access import check_access
from egide.foundation.catalogue.checking.grids import check_grid
from egide.foundation.catalogue.checking.holdings import Entry, Holdings
from egide.foundation.catalogue.checking.inventory import check_concept, check_sheet
from egide.foundation.catalogue.checking.letters import check_indicator, check_letter
from egide.foundation.catalogue.checking.margins import check_margins
from egide.foundation.catalogue.checking.problems import Problem
from egide.foundation.catalogue.checking.recording import check_recording
from egide.foundation.catalogue.checking.refusals import check_refusal_letter
from egide.foundation.catalogue.checking.secrecy import (
    check_liaison_form,
    check_protocol,
    check_secrecy,
    check_sections,
    check_versions,
)
from egide.foundation.catalogue.checking.shape import check_document, read_or_explain
from egide.foundation.catalogue.checking.sources import (
    check_crosswalk,
    check_laws,
    check_nomenclature,
    check_profile,
    check_retention,
    check_source,
)
from egide.foundation.catalogue.checking.tables import check_crosswalk_rows, check_territories, read_territory_codes
from egide.foundation.catalogue.files import FOLDERS, schema, yaml_files

BETWEEN_FILES: dict[str, Callable[[Entry, Holdings], Iterator[Problem]]] = {
    "nomenclature": check_nomenclature,
    "source": check_source,
    "crosswalk": check_crosswalk,
    "disclosure": check_profile,
    "retention": check_retention,
    "inventory": check_sheet,
    "concept": check_concept,
    "indicator": check_indicator,
    "letter": check_letter,
    "grid": check_grid,
    "secrecy": check_secrecy,
    "protocol": check_protocol,
    "liaison-form": check_liaison_form,
    "refusal-letter": check_refusal_letter,
    "recording": check_recording,
    "margins": check_margins,
}


def check_catalogue(base: Path) -> list[Problem]:
    """Every problem of the catalogue in the folder `base`, sorted by file and line; an empty list means it is sound.

    A file that breaks its own schema is left out of the checks between files: mend it first.
    """
    if not (base / "schemas").is_dir():
        return [
            Problem(".", 1, f"{base} holds no catalogue", "give the folder that holds schemas/, or set EGIDE_CATALOGUE")
        ]
    schema.cache_clear()
    held = Holdings(base, territories=read_territory_codes(base))
    problems = list(_read_everything(held))
    for kind, check in BETWEEN_FILES.items():
        for entry in held.kind(kind).values():
            problems += check(entry, held)
    for entry in held.kind("crosswalk").values():
        problems += check_crosswalk_rows(entry, held)
    for entry in held.kind("territories").values():
        problems += check_territories(entry)
    for check_all in (check_laws, check_versions, check_sections, check_access):
        problems += check_all(held)
    problems += _check_strays(base)
    return sorted(set(problems))


def _read_everything(held: Holdings) -> Iterator[Problem]:
    for folder, kind in FOLDERS.items():
        for path in yaml_files(held.base, folder):
            read = read_or_explain(held.base, path)
            if isinstance(read, Problem):
                yield read
                continue
            found = list(check_document(held.base, read))
            yield from found
            if not found:
                held.by_kind.setdefault(kind, {})[path.stem] = Entry(held.base, read)


def _check_strays(base: Path) -> Iterator[Problem]:
    """A file ending in .yml, or in a folder nobody reads, would be ignored in silence."""
    for path in sorted(base.rglob("*.y*ml")):
        inside = path.relative_to(base)
        if (
            path.suffix == ".yml"
            or (len(inside.parts) == 2 and inside.parts[0] not in FOLDERS)
            or len(inside.parts) != 2
        ):
            remedy = f"end its name in .yaml and put it in one of: {', '.join(sorted(FOLDERS))}"
            yield Problem(inside.as_posix(), 1, "nobody reads this file", remedy)
