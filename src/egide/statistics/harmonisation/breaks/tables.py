"""From a harmonised table to its series: one for each combination of codes and territory. No search here."""

from collections import defaultdict
from dataclasses import dataclass

from egide.core.period import Period
from egide.methods.comparability.detection import NotDetectable, Series
from egide.statistics.harmonisation.harmonise import HarmonisedTable

from .files import Unsearched

BETWEEN = "|"  # between the codes of a series that has several dimensions


@dataclass(frozen=True)
class Read:
    """The series of a table, the names of the dimensions their codes follow, and what could not be a series."""

    series: tuple[Series, ...]
    dimensions: tuple[str, ...]
    aside: tuple[Unsearched, ...]


def series_of(harmonised: HarmonisedTable) -> Read:
    """Give the series of a table. One with a hole, or two values in one period, is set aside with its sentence."""
    table = harmonised.table
    dimensions = tuple(
        c.name for c in harmonised.source.columns if c.role == "dimension" and c.name in table.column_names
    )
    periods = {text: Period.parse(text) for text in set(table["period"].to_pylist())}
    held: dict[tuple[str, str], list[tuple[Period, float | None, str]]] = defaultdict(list)
    columns = [table[name].to_pylist() for name in (*dimensions, "territory", "period", "value", "unit")]
    for *codes, territory, period, value, unit in zip(*columns, strict=True):
        held[territory, BETWEEN.join(codes)].append((periods[period], value, unit))
    made, aside = [], []
    for (territory, code), rows in held.items():
        try:
            made.append(_series(territory, code, sorted(rows, key=lambda row: row[0])))
        except NotDetectable as error:
            aside.append(Unsearched(f"{territory}:{code}", str(error)))
    return Read(tuple(made), dimensions, tuple(aside))


def code_of(code: str) -> list[str]:
    """Give the codes, in the order of the dimensions, that a series' code was joined from."""
    return code.split(BETWEEN)


def _series(territory: str, code: str, rows: list[tuple[Period, float | None, str]]) -> Series:
    if any(value is None for _, value, _ in rows):
        raise NotDetectable(f"The series {territory}:{code} has absent values: a hole is not a zero.")
    units = tuple(unit for _, _, unit in rows)
    return Series(
        code, tuple(period for period, _, _ in rows), tuple(float(value or 0) for _, value, _ in rows), territory,
        units if len(set(units)) > 1 else (),
    )  # fmt: skip
