"""A cell of counts of our own casework, the zeros that complete a set of cells, and the file that carries them.

Nothing here touches a database. What each measure is crossed by stands in MEASURES and, in SQL, in field/walls: a test
compares the two.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from egide.foundation.catalogue import Source, Territory, get_nomenclature, get_source, list_territories

SOURCE = "egide-field"
DIMENSIONS = ("category", "sex", "age", "origin", "reason", "action", "author", "station", "audience", "outcome")
NOT_APPLICABLE, UNLISTED, UNSTATED = "_Z", "unlisted", "unstated"
AS_FOUND = ("author", "station")  # whoever refers nobody may also not work in Égide: no zero is written in their name
SUMS = frozenset({"T"})  # codes of sex and age that are totals, so never a part
_STATION = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_IDENTIFIER = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}", re.IGNORECASE)


class CannotExtract(ValueError):
    """No extract can be made; the sentence says why and what to do."""


@dataclass(frozen=True)
class Measure:
    """What a measure counts and by which dimensions a year and a month of it are crossed; None: it has no months."""

    unit: str
    yearly: tuple[str, ...]
    monthly: tuple[str, ...] | None


_REFERRAL = ("author", "station", "audience", "outcome")
MEASURES: Mapping[str, Measure] = {
    "new-cases": Measure("case-file", ("category", "sex", "age"), ("category",)),
    "case-origins": Measure("case-file", ("origin",), ("origin",)),
    "case-reasons": Measure("case-reason", ("reason",), ("reason",)),
    "interviews": Measure("interview", ("sex", "age"), ()),
    "persons-received": Measure("person", ("sex", "age"), ()),
    "actions": Measure("action", ("action",), ("action",)),
    "posts": Measure("post", (), None),
    "police-referrals": Measure("police-referral", _REFERRAL, ("author",)),
    "municipal-referrals": Measure("municipal-referral", _REFERRAL, ("author",)),
    "service-referrals": Measure("service-referral", ("author", "audience", "outcome"), ("author",)),
}


@dataclass(frozen=True, order=True)
class FieldCell:
    """A count: what is counted, where, when, under which codes (DIMENSIONS, in order). Nothing in it points to a person."""

    measure: str
    unit: str
    territory: str
    period: str
    codes: tuple[str, ...]
    fictional: bool
    value: int

    def code(self, dimension: str) -> str:
        """The code of a dimension."""
        return self.codes[DIMENSIONS.index(dimension)]

    @property
    def yearly(self) -> bool:
        """Whether the cell is of a whole year, else of a month."""
        return len(self.period) == 4


def make_cell(measure: str, territory: str, period: str, codes: Mapping[str, str], fictional: bool, value: int) -> FieldCell:  # fmt: skip
    """A cell of a measure, the dimensions that it does not speak of filled in."""
    filled = tuple(codes.get(dimension) or NOT_APPLICABLE for dimension in DIMENSIONS)
    return FieldCell(measure, MEASURES[measure].unit, territory, period, filled, fictional, value)


def with_listed_codes(cells: Iterable[FieldCell]) -> list[FieldCell]:
    """The cells with every code that the catalogue does not list replaced by "unlisted", and those then alike added.

    A word that someone typed where a code was meant could say who is counted: it stays inside, its count does not vanish.
    Adding is sound because every measure adds up over its own dimensions.
    """
    lists = listed_codes(get_source(SOURCE))
    counts: Counter[FieldCell] = Counter()
    for cell in cells:
        codes = tuple(_listed(code, name, lists) for name, code in zip(DIMENSIONS, cell.codes, strict=True))
        counts[replace(cell, codes=codes, value=0)] += cell.value
    return [replace(cell, value=value) for cell, value in counts.items()]


def listed_codes(source: Source) -> dict[str, list[str]]:
    """The codes of each dimension that has a nomenclature, totals left out, in its order."""
    return {
        column.name: [code for code in get_nomenclature(column.nomenclature).codes if code not in SUMS]
        for column in source.columns
        if column.name in DIMENSIONS and column.nomenclature
    }


def _listed(code: str, dimension: str, lists: Mapping[str, Sequence[str]]) -> str:
    if code == NOT_APPLICABLE:
        return code
    if dimension in lists:
        return code if code in lists[dimension] else UNLISTED
    return code if _STATION.fullmatch(code) and not _IDENTIFIER.search(code) else UNLISTED


def with_zeros(cells: Sequence[FieldCell], periods: Iterable[str]) -> list[FieldCell]:
    """The cells, and a zero for each combination that nobody counted.

    Only where the measure is counted at least once in the territory: elsewhere nobody knows whether anyone would have
    counted, and silence is not a zero. Authors and stations are those that stand in the cells.
    """
    lists, periods = listed_codes(get_source(SOURCE)), tuple(periods)
    known = {replace(cell, value=0) for cell in cells}
    zeros: set[FieldCell] = set()
    for measure, territory, fictional in {(cell.measure, cell.territory, cell.fictional) for cell in cells}:
        here = [cell for cell in cells if (cell.measure, cell.territory) == (measure, territory)]
        for period in periods:
            for codes in _combinations(MEASURES[measure], here, period, lists):
                zeros.add(make_cell(measure, territory, period, codes, fictional, 0))
    return [*cells, *(zeros - known)]


def _combinations(
    measure: Measure, here: Sequence[FieldCell], period: str, lists: Mapping[str, Sequence[str]]
) -> Iterator[dict[str, str]]:
    crossed = measure.yearly if len(period) == 4 else measure.monthly
    if crossed is None:
        return
    found = [name for name in AS_FOUND if name in crossed]
    authors = {tuple(cell.code(name) for name in found) for cell in here if cell.yearly == (len(period) == 4)}
    free = [name for name in crossed if name not in AS_FOUND]
    for author, codes in product(sorted(authors) if found else [()], product(*(lists[name] for name in free))):
        yield {**dict(zip(found, author, strict=True)), **dict(zip(free, codes, strict=True))}


def check_cells(cells: Sequence[FieldCell]) -> None:
    """Raise CannotExtract where there is nothing, an unknown territory, or real and invented services in one territory."""
    if not cells:
        raise CannotExtract("Nothing was noted in these months: there is nothing to deliver. Choose other days.")
    known = {UNSTATED: False, **{each.code: each.fictional for each in _territories()}}
    if strange := sorted({cell.territory for cell in cells} - known.keys()):
        raise CannotExtract(
            f"The territories {', '.join(strange)} are not in the catalogue: add them, or correct departement_of()."
        )
    mixed = sorted({c.territory for c in cells if c.fictional} & {c.territory for c in cells if not c.fictional})
    if mixed:
        raise CannotExtract(
            f"Real and invented services work in the territories {', '.join(mixed)}: their counts would be mixed. "
            "Keep the demonstration in a database of its own."
        )
    if real := sorted({cell.territory for cell in cells if known[cell.territory] and not cell.fictional}):
        raise CannotExtract(
            f"Services said to be real work in the invented territory {', '.join(real)}: mark them as fictional."
        )


def _territories() -> list[Territory]:
    return [each for level in ("departement", "collectivity") for each in list_territories(level, fictional=True)]


def write_csv(cells: Iterable[FieldCell]) -> bytes:
    """The delivery: one line for each cell in a fixed order, so that the same cells give the same bytes.

    Raises CannotExtract when anything in it looks like an identifier: the last look before the door.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["measure", "unit", "territory", "period", *DIMENSIONS, "value", "fictional"])
    for cell in sorted(cells):
        fictional = "true" if cell.fictional else "false"
        writer.writerow([cell.measure, cell.unit, cell.territory, cell.period, *cell.codes, cell.value, fictional])
    if found := _IDENTIFIER.search(out.getvalue()):
        raise CannotExtract(f"The extract would hold what looks like an identifier ({found[0][:4]}…): it stays inside.")
    return out.getvalue().encode()
