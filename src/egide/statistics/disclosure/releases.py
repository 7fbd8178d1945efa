"""The attack on a folder that is about to leave, or has left: all its files together, and all former editions.

Layout: public/structure.json (the trees of the dimensions, as `protect` writes it) and any number of CSV, SDMX-CSV or
SDMX-ML files beside it; former/<edition>/ with the same inside, for what is already out; confidential/certificate.json,
if there, says how much doubt each sensitive cell needs. What was published cannot be taken back: a cell that any file
prints, now or before, is known.
"""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from egide.methods.disclosure import DisclosureTooTight, Hierarchy, Key, Primary, Requirement, Value, spell
from egide.methods.disclosure.attacking import SLACK, Reader
from egide.methods.disclosure.audit import judge
from egide.methods.disclosure.reading import readable_sums

from .printedfile import Printed, read_printed
from .tablefile import UnreadableTable

SUFFIXES = (".csv", ".xml")


class ReleaseLeaks(ValueError):
    """What the files say together gives a hidden cell away: the sentence says which files and which cell."""


@dataclass(frozen=True)
class _Structure:
    trees: Mapping[str, Mapping[str, str | None]]
    whole: bool
    floor: float


def audit_folder(folder: Path) -> dict[str, Any]:
    """What an attacker makes of every hidden cell from all that the folder and its former editions print.

    Raises UnreadableTable, ReleaseLeaks when a file prints what another hides, DisclosureTooTight when sums do.
    """
    public = folder / "public" if (folder / "public").is_dir() else folder
    structure = _structure(public)
    now = _printed(public, structure)
    if not now:
        raise UnreadableTable(f"{public} has no table of {', '.join(structure.trees)}. Put CSV or SDMX files in it.")
    before = [
        Printed(f"former/{path.parent.name}/{path.name}", each.figures, each.hidden)
        for path, each in _former(folder, structure)
    ]
    shown, hidden = _together([*now, *before])
    sums = readable_sums({*shown, *hidden}, [Hierarchy(name, tree) for name, tree in structure.trees.items()], ())
    known = Reader(shown, sorted(hidden), sums, floor=structure.floor, whole=structure.whole).intervals()
    needs = _needs(folder)
    _judge_all(known, needs)
    return {
        "verdict": "protected",
        "files": [each.name for each in (*now, *before)],
        "printed": len(shown),
        "hidden": len(hidden),
        "judged_by": "certificate" if needs else "exact recomputation only",
        "intervals": [
            {"cell": list(key), "low": low, "high": None if math.isinf(high) else high}
            for key, (low, high) in sorted(known.items())
        ],
    }


def _structure(public: Path) -> _Structure:
    path = public / "structure.json"
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
        return _Structure(plain["dimensions"], bool(plain.get("whole_numbers", True)), float(plain.get("floor", 0)))
    except FileNotFoundError as error:
        raise UnreadableTable(
            f"{public} has no structure.json: without the trees of the dimensions no sum can be tried. "
            'Write {"dimensions": {"sex": {"T": null, "F": "T", "M": "T"}}}.'
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadableTable(f"{path} cannot be read ({error}). Write it as `egide protect` does.") from error


def _printed(public: Path, structure: _Structure) -> list[Printed]:
    paths = sorted(path for path in public.iterdir() if path.suffix in SUFFIXES)
    return [each for path in paths if (each := read_printed(path, structure.trees)) is not None]


def _former(folder: Path, structure: _Structure) -> Iterable[tuple[Path, Printed]]:
    for path in sorted(path for path in folder.glob("former/**/*") if path.suffix in SUFFIXES):
        if "confidential" not in path.parts and (found := read_printed(path, structure.trees)) is not None:
            yield path, found


def _together(files: Sequence[Printed]) -> tuple[dict[Key, Value], set[Key]]:
    """Every figure that some file prints, and every cell that all of them hide."""
    shown: dict[Key, Value] = {}
    by: dict[Key, str] = {}
    for each in files:
        for key, value in each.figures.items():
            # A revision prints another figure: the newer files come first, and theirs is the one that adds up.
            shown.setdefault(key, value)
            by.setdefault(key, each.name)
    hidden: set[Key] = set()
    for each in files:
        for key in sorted(each.hidden):
            if key in shown:
                raise ReleaseLeaks(
                    f"Cell {spell(key)} is hidden in {each.name} but {by[key]} prints {shown[key]}. "
                    "Hide it everywhere; what a former edition printed cannot be hidden any more."
                )
            hidden.add(key)
    return shown, hidden


def _needs(folder: Path) -> dict[Key, tuple[Value, Primary]]:
    path = folder / "confidential" / "certificate.json"
    if not path.is_file():
        return {}
    found = {}
    for each in json.loads(path.read_text(encoding="utf-8")).get("needs", ()):
        need = Requirement(each["lower"], each["upper"], each["width"])
        found[tuple(each["cell"])] = each["value"], Primary(tuple(each["cell"]), "sensitive", need)
    return found


def _judge_all(known: Mapping[Key, tuple[float, float]], needs: Mapping[Key, tuple[Value, Primary]]) -> None:
    for key, (low, high) in sorted(known.items()):
        if key in needs:
            value, cell = needs[key]
            judge(key, (low, high), cell, value)
        elif high - low <= SLACK * max(1.0, abs(low)):
            raise DisclosureTooTight(key, low, high, "hidden", "nobody may know it")
    for key in sorted(set(needs) - set(known)):
        raise ReleaseLeaks(f"Cell {spell(key)} is sensitive but no file hides it: is this the right folder?")
