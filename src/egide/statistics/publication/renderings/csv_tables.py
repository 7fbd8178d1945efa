"""The figures as a table a spreadsheet or a program reads: `figures-<edition>.csv`.

Lives here: the columns and how each cell is written. Not here: the numbers as a page prints them.

UTF-8 without a byte-order mark: RFC 4180 and the media type know none, and a program that does not expect it reads the
first column's name with three stray bytes in front. Lines end in CRLF, fields are quoted when they must be (RFC 4180).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from egide.statistics.publication.renderings.annex import break_words
from egide.statistics.publication.renderings.passports import Plain, check_passports

COLUMNS = (
    "code",
    "label_fr",
    "label_en",
    "value",
    "absence",
    "unit",
    "population",
    "geography",
    "facts_period",
    "record_period",
    "source",
    "definition_version",
    "status",
    "breaks_crossed",
    "vintage",
)
SEVERAL = " | "
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def render_csv(figures: Sequence[Plain]) -> bytes:
    """One row per figure, in the order given. Unit, geography and source are codes; population is in French.

    A figure without a value leaves `value` empty and names the reason in `absence` (SUPPRESSED, NOT_PUBLISHED...);
    zero is written 0. Several breaks or vintages are separated by " | ". Raises NoPassport.
    """
    check_passports(figures)
    text = io.StringIO(newline="")
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    rows.writerows([neutral(cell) for cell in _cells(figure)] for figure in figures)
    return text.getvalue().encode()


def neutral(cell: str | int | float | None) -> str | int | float | None:
    """A cell no spreadsheet will run: a text that would begin a formula gets an apostrophe in front.

    Numbers are left alone, negative ones too, and so is a text that is nothing but a number.
    """
    if not isinstance(cell, str) or not cell.startswith(FORMULA_STARTS) or _is_negative_number(cell):
        return cell
    return f"'{cell}"


def _is_negative_number(cell: str) -> bool:
    whole, _, decimals = cell.removeprefix("-").partition(".")
    return cell.startswith("-") and (whole + decimals).isascii() and (whole + decimals).isdigit()


def _cells(figure: Plain) -> Iterator[str | int | float | None]:
    passport = figure["passport"]
    yield figure["code"]
    yield figure["label"]["fr"]
    yield figure["label"]["en"]
    yield passport["value"]
    yield passport["absence"]
    yield passport["unit"]["code"]
    yield passport["population"]["fr"]
    yield passport["geography"]["code"]
    yield passport["facts_period"]
    yield passport["record_period"]
    yield (passport["source"] or {}).get("code")
    yield passport["definition_version"]
    yield passport["status"]
    yield SEVERAL.join(break_words(item, "fr") for item in passport["breaks_crossed"])
    yield SEVERAL.join(sorted({str(item["vintage"]) for item in passport["lineage"] or ()}))
