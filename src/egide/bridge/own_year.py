"""The year of one worker, computed as the year of the posts is: the same four counters, the same bases, nothing forced to 100.

Pure: the counts come from the field's own function, inside the field. It hides nothing, because it is for who did the work.
"""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from egide.foundation.catalogue import get_nomenclature

from .cells import UNSTATED, make_cell
from .post_year import Breakdown, PostYear, compose_post_year
from .post_year_print import label_of, rounding_words

SHARES = (
    ("categories", "case-categories"), ("sexes", "sex"), ("reasons", "case-reasons"), ("origins", "case-origins"),
)  # fmt: skip
MULTIPLE = {
    "fr": "un dossier peut avoir plusieurs motifs : les parts ne s’additionnent pas",
    "en": "a file may have several reasons: the shares do not add up",
}


@dataclass(frozen=True)
class OwnCount:
    """A count of one's own year: what is counted, under which code of which dimension."""

    measure: str
    dimension: str
    code: str
    fictional: bool
    value: int


def compose_own_year(counts: Iterable[OwnCount], year: int) -> PostYear | None:
    """The year of one post from its counts; None when nothing was noted that year."""
    held = list(counts)
    if not held:
        return None
    fictional = any(each.fictional for each in held)
    cells = [
        make_cell(each.measure, UNSTATED, str(year), {each.dimension: each.code}, fictional, each.value)
        for each in held
    ]
    cells.append(make_cell("posts", UNSTATED, str(year), {}, fictional, 1))
    return compose_post_year(cells, territory=UNSTATED, year=str(year))


def write_return(year: PostYear, language: str) -> str:
    """The return as a table: what, which code, how many, on which base, which share; a line for what rounding leaves.

    Semicolons and a byte-order mark, which the spreadsheets of the services open without a question.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(["mesure", "code", "libellé", "nombre", "base", "part en %", "remarque"] if language == "fr" else
                    ["measure", "code", "label", "count", "base", "share in %", "note"])  # fmt: skip
    totals = {
        "persons": year.persons,
        "new-cases": year.new_cases,
        "interviews": year.interviews,
        "actions": year.actions,
    }
    writer.writerows([measure, "", "", count, "", "", ""] for measure, count in totals.items())
    for name, nomenclature in SHARES:
        _write_breakdown(writer, name, nomenclature, getattr(year, name), language)
    known = get_nomenclature("action-kinds").codes
    writer.writerows(
        ["kinds", code, label_of(known, code).get(language), count, "", "", ""] for code, count in year.kinds
    )
    return "\ufeff" + out.getvalue()


def _write_breakdown(writer: Any, name: str, nomenclature: str, whole: Breakdown, language: str) -> None:
    codes = get_nomenclature(nomenclature).codes
    note = MULTIPLE[language] if whole.multiple else ""
    for part in whole.parts:
        label = label_of(codes, part.code).get(language)
        writer.writerow(
            [name, part.code, label, part.count, whole.base, "" if part.percent is None else part.percent, note]
        )
    if whole.rounding:
        writer.writerow([name, "", rounding_words(whole.rounding, language), "", whole.base, whole.rounding, ""])
