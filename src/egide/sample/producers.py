"""What producers make of the reports: the cells that police, gendarmerie, courts and associations would deliver.

Lives here: layouts, units, and the distortions that each producer adds; they are described in truth.json. Not here: their
reception. A cell that is not listed is a zero, save for an association that sent nothing: its figures are blank.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from . import design
from .country import list_associations
from .streams import Stream

INTIMATE = ("spouse", "cohabitant", "ex-partner", "dating")
CUTS = (design.FIRST_CUT, design.SECOND_CUT)
Cells = Counter[tuple[str, ...]]


@dataclass(frozen=True)
class Layout:
    """A delivery: its columns with the measure last, its separator, what a row counts, whom it covers, how it departs from truth."""

    columns: tuple[str, ...]
    separator: str
    unit: str
    coverage: str
    distortions: tuple[str, ...]


LAYOUTS: Mapping[str, Layout] = {
    "police": Layout(
        ("annee", "commune", "sexe", "age", "lien", "forme", "unite", "victimes"), ";", "victim",
        "complaints recorded by the police in the year, in its communes or brought to it from elsewhere; log entries are outside",
        ("complaints written twice by the police count twice", "reports that reach the base after the cut are missing",
         "unknown ages and relationships are U", "facts of earlier years are in the year of recording"),
    ),
    "gendarmerie": Layout(
        ("year", "departement", "sex", "age_band", "relationship", "form", "unit", "victims"), ",", "victim",
        "complaints recorded by the gendarmerie in the year; log entries are outside",
        ("sexes are written Femme and Homme", "every partner, past or present, is one code: intimate",
         "complaints written twice count twice", "reports that reach the base after the cut are missing"),
    ),
    "justice": Layout(
        ("annee", "niveau", "territoire", "etape", "infraction", "sexe", "age", "unite", "personnes"), ";", "suspect",
        "authors of complaints whom prosecutors handle (suspect) and courts convict (convicted) in the year",
        ("a person counts once a year in each territory: the country is not the sum of its départements",
         "a suspect of both kinds of violence counts under each"),
    ),
    "associations": Layout(
        ("annee", "association", "departement", "sexe", "unite", "personnes"), ";", "person",
        "persons whom each association received in the year; associations that sent no return are blank",
        ("a person received by two associations counts in each", "blank is not zero"),
    ),
}  # fmt: skip


def count_victims(reports: pa.Table, force: str, cut: date) -> Cells:
    """Rows that a force delivers at a cut, by cell of its layout."""
    kept = reports.filter(_delivered(reports, force, cut))
    territory = "commune" if force == "police" else "departement"
    names = [territory, "sex", "age_band", "relationship", "form"]
    cells: Cells = Counter(zip(*(kept[name].to_pylist() for name in names), strict=True))
    if force == "police":
        return cells
    merged: Cells = Counter()
    for (place, sex, band, relation, form), count in cells.items():
        word = "intimate" if relation in INTIMATE else relation
        merged[place, "Femme" if sex == "F" else "Homme", band, word, form] += count
    return merged


def _delivered(reports: pa.Table, force: str, cut: date) -> pa.Array:
    chosen = pc.and_(pc.equal(reports["list"], force), pc.equal(reports["act"], "complaint"))
    of_year = pc.equal(pc.year(reports["recorded_on"]), design.RECORDED)
    return pc.and_(pc.and_(chosen, of_year), pc.less_equal(reports["known_on"], pa.scalar(cut)))


def count_true_victims(reports: pa.Table, force: str) -> int:
    """Pairs of victim and offence truly recorded by a force in the year: each once, whenever they reach the base."""
    kept = reports.filter(_delivered(reports, force, date.max))
    return len(set(zip(kept["subject_id"].to_pylist(), kept["form"].to_pylist(), strict=True)))


def count_suspects(justice: pa.Table) -> Cells:
    """Persons of the year, each once in a territory and cell; the country beside its départements."""
    kept = justice.filter(pc.equal(justice["year"], design.RECORDED))
    names = ["departement", "stage", "kind", "sex", "age_band", "subject_id"]
    rows = set(zip(*(kept[name].to_pylist() for name in names), strict=True))
    local = {("departement", *row[:-1], row[-1]) for row in rows}
    country = {("country", "FICTION", *row[1:]) for row in rows}
    return Counter(row[:-1] for row in sorted(local | country))


def count_received(reports: pa.Table) -> Cells:
    """For each association: persons of the year (sex T), and women among them (F)."""
    of_year = pc.equal(pc.year(reports["recorded_on"]), design.RECORDED)
    kept = reports.filter(pc.and_(pc.equal(reports["list"], "association"), of_year))
    names = ("association", "subject_id", "sex")
    cells: Cells = Counter()
    for association, _person, sex in set(zip(*(kept[name].to_pylist() for name in names), strict=True)):
        cells[association, "persons"] += 1
        cells[association, "women"] += sex == "F"
    return cells


def list_returns(seed: int) -> list[str]:
    """The associations that send their return; one at least."""
    codes = [code for code, _departement in list_associations()]
    sends = Stream(seed, 0, "returns").happens(design.RETURNS, len(codes))
    return [code for code, sent in zip(codes, sends.tolist(), strict=True) if sent] or codes[:1]


def write_victims(force: str, cells: Cells) -> bytes:
    """The delivery of a force, its cells in order."""
    rows = (
        (design.RECORDED, *key, "victime" if force == "police" else "victim", count)
        for key, count in sorted(cells.items())
    )
    return _write(LAYOUTS[force], rows)


def write_suspects(cells: Cells) -> bytes:
    """The delivery of the courts: the unit is the stage's."""
    rows = ((design.RECORDED, *key, key[2], count) for key, count in sorted(cells.items()))
    return _write(LAYOUTS["justice"], rows)


def write_received(seed: int, cells: Cells) -> bytes:
    """The returns of the associations, blank where none was sent."""
    sent = set(list_returns(seed))
    rows = []
    for code, departement in list_associations():
        for sex, what in (("T", "persons"), ("F", "women")):
            rows.append((design.RECORDED, code, departement, sex, "person", cells[code, what] if code in sent else ""))
    return _write(LAYOUTS["associations"], rows)


def write_survey(survey: pa.Table) -> bytes:
    """The survey's file of respondents, without any number that leads to a person of the country."""
    columns = [np.asarray(column).tolist() for column in survey.columns]
    layout = Layout(tuple(survey.column_names), ";", "person", "", ())
    return _write(layout, zip(*columns, strict=True))


def _write(layout: Layout, rows: Iterable[tuple[Any, ...]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=layout.separator, lineterminator="\n")
    writer.writerow(layout.columns)
    writer.writerows(rows)
    return text.getvalue().encode()
