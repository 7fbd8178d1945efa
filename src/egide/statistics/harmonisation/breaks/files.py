"""Read series from a CSV file: series,period,value, and where known territory, unit and kind (survey). No search here."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from egide.core.period import NotAPeriod, Period
from egide.methods.comparability.detection import NotDetectable, Series

NEEDED = ("series", "period", "value")
KNOWN = (*NEEDED, "territory", "unit", "kind")


class SeriesRefused(ValueError):
    """A file that cannot be read as series; the sentence says where and what to do."""


@dataclass(frozen=True)
class Row:
    """One line: the period, the value as written ("" when absent), the unit and whether it is a survey's estimate."""

    period: Period
    value: str
    unit: str
    line: int


@dataclass(frozen=True)
class Unsearched:
    """A series that was left aside, and why."""

    series: str
    reason: str


def read_series(path: Path) -> tuple[tuple[Series, ...], tuple[Unsearched, ...]]:
    """Give the series of a file, and those that cannot be searched. Raises SeriesRefused for the file as a whole."""
    held: dict[tuple[str, str, bool], list[Row]] = {}
    for key, row in _rows(path):
        held.setdefault(key, []).append(row)
    if not held:
        raise SeriesRefused(_("%(file)s holds no row: check the export.") % {"file": path.name})
    read, aside = [], []
    for (territory, code, survey), rows in held.items():
        try:
            read.append(_series(territory, code, survey, rows))
        except NotDetectable as error:
            aside.append(Unsearched(f"{territory}:{code}" if territory else code, str(error)))
    return tuple(read), tuple(aside)


def _rows(path: Path) -> Iterator[tuple[tuple[str, str, bool], Row]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise SeriesRefused(_("%(file)s is not in UTF-8: save it in that encoding.") % {"file": path.name}) from error
    lines = text.splitlines()
    separator = ";" if lines and ";" in lines[0] else ","
    reader = csv.DictReader(io.StringIO(text), delimiter=separator)
    names = [name.strip().lower() for name in reader.fieldnames or ()]
    if missing := [name for name in NEEDED if name not in names]:
        raise SeriesRefused(
            _("%(file)s lacks the columns %(missing)s: its first line names series, period and value.")
            % {"file": path.name, "missing": ", ".join(missing)}
        )
    reader.fieldnames = names
    for plain in reader:
        yield _row({name: (plain.get(name) or "").strip() for name in KNOWN}, reader.line_num, path.name)


def _row(plain: dict[str, str], line: int, file: str) -> tuple[tuple[str, str, bool], Row]:
    territory, colon, code = plain["series"].rpartition(":")
    try:
        period = Period.parse(plain["period"])
    except NotAPeriod as error:
        raise SeriesRefused(
            _("%(file)s, line %(line)s: “%(period)s” is not a period; write 2022, 2022-Q1 or 2022-01.")
            % {"file": file, "line": line, "period": plain["period"]}
        ) from error
    key = (plain["territory"] or (territory if colon else ""), code, plain["kind"] == "survey")
    return key, Row(period, plain["value"], plain["unit"], line)


def _series(territory: str, code: str, survey: bool, rows: Iterable[Row]) -> Series:
    ordered = sorted(rows, key=lambda row: row.period)
    while ordered and not ordered[0].value:
        ordered.pop(0)
    while ordered and not ordered[-1].value:
        ordered.pop()
    units = tuple(row.unit for row in ordered)
    values = tuple(_value(code, row) for row in ordered)
    return Series(
        code, tuple(row.period for row in ordered), values, territory, units if all(units) else (), survey=survey
    )


def _value(code: str, row: Row) -> float:
    try:
        return float(row.value.replace(",", "."))
    except ValueError as error:
        what = f"“{row.value}”" if row.value else "nothing"
        raise NotDetectable(
            f"The series {code} holds {what} in {row.period} (line {row.line}): an absent value is not a zero. Give it, or "
            "cut the series there."
        ) from error
