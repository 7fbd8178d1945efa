"""The year of the posts of a territory, composed from cells: four counters, shares with their base, means per post (R32, AT-01).

Pure, but for `read_post_year`; how it is printed is in `post_year_print`. It hides nothing: it is for the posts and their
employer. What is published goes through the disclosure room, as every figure does.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from egide.statistics.collection.queries import list_accepted, read_accepted

from .cells import DIMENSIONS, SOURCE, CannotExtract, FieldCell


@dataclass(frozen=True)
class Part:
    """A code of a whole: how many, and the share of the base in whole percent; None where the base is zero."""

    code: str
    count: int
    percent: int | None


@dataclass(frozen=True)
class Breakdown:
    """Parts of a base. `multiple`: one of the base may stand under several codes, so the parts are tags, not a partition.

    `rounding` is what the printed percents lack of (or exceed) one hundred; it is always zero where nothing is partitioned.
    """

    base: int
    parts: tuple[Part, ...]
    multiple: bool = False

    @property
    def tags(self) -> int:
        """The sum of the parts, which is the base unless `multiple`."""
        return sum(part.count for part in self.parts)

    @property
    def rounding(self) -> int:
        """One hundred less the printed percents of a partition."""
        if self.multiple or not self.base:
            return 0
        return 100 - sum(part.percent or 0 for part in self.parts)


@dataclass(frozen=True)
class PostYear:
    """The year of the posts of one territory. A mean is None where it would divide by nothing."""

    territory: str
    year: str
    fictional: bool
    posts: int
    actions: int
    child_reports: int
    new_cases: int
    interviews: int
    persons: int
    categories: Breakdown
    sexes: Breakdown
    reasons: Breakdown
    origins: Breakdown
    kinds: tuple[tuple[str, int], ...]

    def per_post(self, count: int) -> Fraction | None:
        """How many of them a post, on average."""
        return Fraction(count, self.posts) if self.posts else None

    @property
    def actions_per_person(self) -> Fraction | None:
        """Actions for one person received, on average."""
        return Fraction(self.actions, self.persons) if self.persons else None


def compose_post_year(cells: Iterable[FieldCell], *, territory: str, year: str) -> PostYear:
    """The year of a territory from its cells. Raises CannotExtract when they hold no case, action or person of that year."""
    held = [cell for cell in cells if (cell.territory, cell.period) == (territory, year)]
    if not {"new-cases", "actions", "persons-received"} & {cell.measure for cell in held}:
        raise CannotExtract(f"No extract holds the year {year} of {territory}: extract it first, or name another.")
    cases, persons, kinds = _sum(held, "new-cases"), _sum(held, "persons-received"), _by(held, "actions", "action")
    return PostYear(
        territory=territory,
        year=year,
        fictional=any(cell.fictional for cell in held),
        posts=_sum(held, "posts"),
        actions=sum(kinds.values()),
        child_reports=kinds.get("child-report", 0),
        new_cases=cases,
        interviews=_sum(held, "interviews"),
        persons=persons,
        categories=_breakdown(cases, _by(held, "new-cases", "category")),
        sexes=_breakdown(persons, _by(held, "persons-received", "sex")),
        reasons=_breakdown(cases, _by(held, "case-reasons", "reason"), multiple=True),
        origins=_breakdown(cases, _by(held, "case-origins", "origin")),
        kinds=tuple(kinds.items()),
    )


def read_post_year(*, territory: str, year: str) -> PostYear:
    """The year of a territory from the latest delivery that holds it, unlisted codes included; inside the statistics wing.

    Raises CannotExtract when no delivery does.
    """
    for delivery in reversed(list_accepted(SOURCE)):
        rows = read_accepted(delivery).to_pylist()
        cells = [_cell(row) for row in rows if (row["territory"], row["period"]) == (territory, year)]
        if cells:
            return compose_post_year(cells, territory=territory, year=year)
    raise CannotExtract(f"No extract holds the year {year} of {territory}: extract it first, or name another.")


def _cell(row: Mapping[str, object]) -> FieldCell:
    codes = tuple(str(row[name]) for name in DIMENSIONS)
    measure, unit, territory, period = (str(row[name]) for name in ("measure", "unit", "territory", "period"))
    return FieldCell(measure, unit, territory, period, codes, row["fictional"] == "true", int(str(row["value"])))


def _sum(cells: Iterable[FieldCell], measure: str) -> int:
    return sum(cell.value for cell in cells if cell.measure == measure)


def _by(cells: Iterable[FieldCell], measure: str, dimension: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for cell in cells:
        if cell.measure == measure:
            counts[cell.code(dimension)] = counts.get(cell.code(dimension), 0) + cell.value
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _breakdown(base: int, counts: Mapping[str, int], *, multiple: bool = False) -> Breakdown:
    parts = (Part(code, count, _percent(count, base)) for code, count in counts.items() if count)
    return Breakdown(base, tuple(parts), multiple)


def _percent(count: int, base: int) -> int | None:
    return int(rounded(Fraction(100 * count, base), 0)) if base else None


def rounded(value: Fraction, places: int) -> Decimal:
    """A value to so many decimals, halves upwards."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
