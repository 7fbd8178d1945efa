"""A table from anywhere, as cells and hierarchies: one row a cell, margins included, codes then figures.

Here lives the reading of the files that `egide protect` is given. What is hidden in them is decided elsewhere.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from egide.core.missing import Missing
from egide.methods.disclosure import Contribution, Hierarchy, Key, RuleMisused, Value, spell

VALUES = ("value", "obs_value", "tot", "total", "val", "valeur", "count", "n")
FREQUENCIES = ("n_obs", "nobs", "frequency", "freq", "contributors", "frequence")
LARGEST = ("max", "maximum", "largest", "max1")
FOLLOWING = ("max2", "second", "max3", "third")
TOTALS = ("total", "t", "_t", "ensemble", "ens", "all", "tot")
DELIMITERS = ",;\t|"


class UnreadableTable(ValueError):
    """The file is not a table of cells: the sentence says where and what to write instead."""


@dataclass(frozen=True)
class TableFile:
    """The cells of a file by their codes, in the order of the file, who stands behind them, and each one's weight."""

    dimensions: tuple[str, ...]
    cells: Mapping[Key, Value | Missing]
    contributions: Mapping[Key, Contribution]
    weights: Mapping[Key, float] | None

    def codes(self, axis: int) -> list[str]:
        """The codes of one dimension, in the order met."""
        return list(dict.fromkeys(key[axis] for key in self.cells))


def read_header(path: Path) -> list[str]:
    """The names of the columns. Raises UnreadableTable."""
    return _rows(path)[0]


def has_frequency(path: Path, columns: Mapping[str, str]) -> bool:
    """Whether the table says how many stand behind each cell."""
    header = read_header(path)
    return _named(header, columns, "frequency", FREQUENCIES) is not None


def read_table(
    path: Path, columns: Mapping[str, str], *, weights: str | None = None, dimensions: Sequence[str] = ()
) -> TableFile:
    """Read the cells of a CSV or Parquet file.

    columns: the names of value, frequency and maximum where the rules say them. Else known names are looked for, else
    the figures are the last columns: value, frequency, maximum. dimensions: columns known to hold codes.
    Raises UnreadableTable naming the line.
    """
    header, rows = _rows(path)
    value = _named(header, columns, "value", VALUES)
    frequency = _named(header, columns, "frequency", FREQUENCIES)
    largest = _named(header, columns, "maximum", LARGEST)
    following = [name for name in header if name.lower() in FOLLOWING]
    if value is None:
        value, frequency, largest = _trailing(path, header, rows, {*dimensions, *filter(None, [weights])})
    if weights is not None and weights not in header:
        raise UnreadableTable(f"{path.name} has no column {weights} for the weights: it has {', '.join(header)}.")
    figures = {value, frequency, largest, weights, *following}
    codes = [name for name in header if name not in figures]
    if missing := sorted(set(dimensions) - set(codes)):
        raise UnreadableTable(f"{path.name} has no column of codes {missing[0]}: it has {', '.join(codes)}.")
    cells: dict[Key, Value | Missing] = {}
    contributions: dict[Key, Contribution] = {}
    prices: dict[Key, float] = {}
    for number, row in enumerate(rows, start=2):
        key = tuple(row[name] for name in codes)
        if key in cells:
            raise UnreadableTable(f"Line {number} of {path.name}: cell {spell(key)} comes twice. Keep one.")
        cells[key] = _figure(row[value], value, number, path) if row[value] else Missing.UNKNOWN
        if frequency and row[frequency]:
            contributions[key] = Contribution(
                int(_figure(row[frequency], frequency, number, path)),
                float(_figure(row[largest], largest, number, path)) if largest and row[largest] else 0.0,
                tuple(float(_figure(row[name], name, number, path)) for name in following if row[name]),
            )
        if weights:
            prices[key] = float(_figure(row[weights], weights, number, path))
    return TableFile(tuple(codes), cells, contributions, prices or None)


def read_hierarchy(path: Path, dimension: str, table: TableFile, total: str | None) -> Hierarchy:
    """A dimension's tree from a file with one column a level, coarse to fine; the same code twice in a line is one level.

    The total, above the coarsest level, is `total`, else the only code of the table that the file does not name.
    Raises UnreadableTable for a code with two parents, or when nothing says which code is the total.
    """
    header, rows = _rows(path)
    parent: dict[str, str | None] = {}
    for number, row in enumerate(rows, start=2):
        line = [row[name] for name in header if row[name]]
        for high, low in [(None, line[0]), *pairwise(line)] if line else []:
            if high == low:
                continue
            if parent.setdefault(low, high) != high and not (high is None or low == line[0]):
                raise UnreadableTable(
                    f"Line {number} of {path.name}: {low} is a part of {high} here and of {parent[low]} above. Keep one."
                )
    axis = table.dimensions.index(dimension)
    above = [code for code in table.codes(axis) if code not in parent]
    if total is not None:
        above = [total]
    elif len(above) > 1:
        strange = ", ".join(code for code in above if code.lower() not in TOTALS)
        raise UnreadableTable(f"{path.name} does not place {strange} of the column {dimension}. Add a line for each.")
    tops = [code for code, high in parent.items() if high is None]
    if above and tops != above:
        parent |= dict.fromkeys(tops, above[0])
        parent[above[0]] = None
    return Hierarchy(dimension, parent)


def guess_hierarchy(dimension: str, table: TableFile, total: str | None) -> Hierarchy:
    """A dimension of one level: its total is named so, or is the only code that equals the sum of the others."""
    axis = table.dimensions.index(dimension)
    codes = table.codes(axis)
    if total is not None and total not in codes:
        raise RuleMisused(f"The rules say {total} is the total of {dimension}, but the table has no such code.")
    named = [code for code in codes if code.lower() in TOTALS]
    chosen = total or (named[0] if len(named) == 1 else None) or _summing(table, axis, codes)
    if chosen is None and len(codes) > 1:
        raise UnreadableTable(
            f"Nothing says which code of {dimension} is the total, and none equals the sum of the others. "
            f"Give totals: {{{dimension}: …}} in the rules, or a hierarchy."
        )
    return Hierarchy.flat(dimension, chosen or codes[0], [code for code in codes if code != (chosen or codes[0])])


def _summing(table: TableFile, axis: int, codes: Sequence[str]) -> str | None:
    sums = dict.fromkeys(codes, 0.0)
    for key, value in table.cells.items():
        sums[key[axis]] += 0.0 if isinstance(value, Missing) else float(value)
    whole = sum(sums.values())
    found = [code for code, value in sums.items() if abs(2 * value - whole) <= 1e-9 * max(whole, 1.0)]
    return found[0] if len(found) == 1 else None


def _rows(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    if path.suffix == ".parquet":
        return _parquet(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableTable(
            f"{path.name} is not UTF-8 ({error.reason} at byte {error.start}). Save it so."
        ) from error
    first = text.partition("\n")[0]
    reader = csv.reader(text.splitlines(), delimiter=max(DELIMITERS, key=first.count))
    lines = [[field.strip() for field in line] for line in reader if line]
    if len(lines) < 2:
        raise UnreadableTable(f"{path.name} has no row. Give one row a cell under a line of column names.")
    header = lines[0]
    for number, line in enumerate(lines[1:], start=2):
        if len(line) != len(header):
            raise UnreadableTable(f"Line {number} of {path.name} has {len(line)} fields for {len(header)} columns.")
    return header, [dict(zip(header, line, strict=True)) for line in lines[1:]]


def _parquet(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    from pyarrow import ArrowInvalid, parquet

    try:
        table = parquet.read_table(path)
    except ArrowInvalid as error:
        raise UnreadableTable(f"{path.name} is not a Parquet file. Write it again.") from error
    rows = [{name: "" if v is None else str(v) for name, v in row.items()} for row in table.to_pylist()]
    return list(table.column_names), rows


def _named(header: Sequence[str], columns: Mapping[str, str], role: str, known: Sequence[str]) -> str | None:
    if role in columns:
        if columns[role] not in header:
            raise UnreadableTable(
                f"The rules read {role} in the column {columns[role]}, which the table does not have."
            )
        return columns[role]
    lowered = {name.lower(): name for name in header}
    return next((lowered[name] for name in known if name in lowered), None)


def _trailing(
    path: Path, header: Sequence[str], rows: Sequence[Mapping[str, str]], taken: set[str]
) -> tuple[str, str | None, str | None]:
    figures: list[str] = []
    for name in reversed([name for name in header if name not in taken]):
        if not all(_is_figure(row[name]) for row in rows):
            break
        figures.insert(0, name)
    if not figures:
        raise UnreadableTable(f"No column of {path.name} holds figures. Name it value, or say columns: {{value: …}}.")
    if len(figures) == len(header) - len(taken & set(header)):
        figures = figures[-1:]
    value, frequency, largest = (*figures, None, None)[:3]
    return str(value), frequency, largest


def _is_figure(text: str) -> bool:
    try:
        float(text.replace(",", ".") or 0)
    except ValueError:
        return False
    return True


def _figure(text: str, column: str, number: int, path: Path) -> Value:
    plain = text.replace(" ", "").replace("\u202f", "").replace("\xa0", "").replace(",", ".")
    try:
        return int(plain) if plain.lstrip("+-").isdigit() else float(plain)
    except ValueError:
        raise UnreadableTable(f"Line {number} of {path.name}: {text} in {column} is no figure.") from None
