"""Suspects and convicted persons: who, of those complained about, the prosecutors handle and the courts convict.

Lives here: one row for each author, complaint and stage. Not here: the counting of persons (`producers`).
"""

import numpy as np
import pyarrow as pa

from . import design
from .country import list_communes
from .design import BANDS, KINDS
from .margins import Margins
from .people import NOBODY, SEXES, People, bands_of, coded
from .recording import COMPLAINT, Reports
from .streams import Stream
from .violence import STRANGER, Violence

STAGES = ("suspect", "convicted")


def draw_justice(
    seed: int, block: int, people: People, violence: Violence, reports: Reports, margins: Margins
) -> pa.Table:
    """The rows of justice.parquet for one block; `subject_id` is the author's number, `year` that of the stage."""
    stream = Stream(seed, block, "justice")
    lodged = (reports.act == COMPLAINT) & (reports.original == NOBODY) & (violence.author[reports.row] != NOBODY)
    chosen = np.flatnonzero(lodged)
    row = reports.row[chosen]
    woman = people.male[violence.author[row]] == 0
    found = np.where(violence.relation[row] == STRANGER, design.STRANGER_FOUND, 1.0)
    year = reports.recorded[chosen].astype("datetime64[Y]").astype(np.int64) + 1970
    parts, chance = [], found * design.HANDLED
    for place, stage in enumerate(STAGES):
        relative = np.array([margins.women_per_man(kind, f"{stage}s" if place == 0 else stage) for kind in KINDS])
        passes = stream.uniform(len(row)) < np.minimum(
            design.CERTAIN, chance * np.where(woman, relative[violence.kind[row]], 1.0)
        )
        chosen, row, woman, year = chosen[passes], row[passes], woman[passes], year[passes]
        year = year + stream.happens(design.NEXT_YEAR, len(row))
        chance = np.full(len(row), design.CONVICTED)
        parts.append(_rows(place, row, year, reports.commune[chosen], people, violence))
    return pa.concat_tables(parts)


def _rows(
    stage: int, row: np.ndarray, year: np.ndarray, commune: np.ndarray, people: People, violence: Violence
) -> pa.Table:
    author = violence.author[row]
    departements = tuple(dict.fromkeys(each.departement for each in list_communes()))
    of_commune = np.array([departements.index(each.departement) for each in list_communes()])
    return pa.table(
        {
            "stage": coded(np.full(len(row), stage), STAGES),
            "victimisation_id": violence.numbers[row],
            "subject_id": author + people.first,
            "year": pa.array(year.astype(np.int16)),
            "departement": coded(of_commune[commune], departements),
            "sex": coded(people.male[author], SEXES),
            "age_band": coded(bands_of(np.maximum(18, people.age[author] + year - design.SURVEYED)), BANDS),
            "kind": coded(violence.kind[row], KINDS),
        }
    )
