"""The survey: who is drawn, who answers, with which weight, and what they declare of the year before.

Lives here: sampling, response and weights. Not here: estimators, which are scored against the truth and live with the methods.

Design: each adult is drawn independently, women more often than men; response depends on sex and age only; weights bring the
respondents of each stratum to its adults (post-stratification), on the finest partition where each stratum has enough answers.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from . import design
from .country import list_communes
from .design import BANDS, KINDS, SURVEYED, Size
from .people import NOBODY, SEXES, People, bands_of, coded
from .recording import COMPLAINT, Reports
from .streams import Bools, Ints, Stream
from .violence import Violence

AGE_GROUPS = ("Y18-34", "Y35-54", "Y_GE55")
ENOUGH = 5
SURVEY_ENDS = np.datetime64(f"{SURVEYED + 2}-01-01")
PARTITIONS = (("departement", "sex", "age_group"), ("sex", "age_group"), ("sex",))
ANSWERS = ("YES", "NO", "REFUSED", "NOT_APPLICABLE")


@dataclass(frozen=True)
class Wave:
    """One block's respondents, and its adults by stratum of the finest partition (département, sex, age group)."""

    answers: pa.Table
    adults: np.ndarray


def age_groups(age: Ints) -> Ints:
    """The place of each adult in AGE_GROUPS."""
    return np.searchsorted((35, 55), age, side="right")


def known_by_survey(people: People, violence: Violence, reports: Reports, kind: int) -> tuple[Bools, Bools]:
    """For each person: a victim of the surveyed year, and having lodged a complaint for it before the survey ends."""
    asked = (violence.kind == kind) & (violence.year == SURVEYED)
    victim, lodged = np.zeros(len(people), dtype=bool), np.zeros(len(people), dtype=bool)
    victim[violence.victim[asked]] = True
    seen = (reports.act == COMPLAINT) & (reports.original == NOBODY) & (reports.recorded < SURVEY_ENDS)
    rows = reports.row[seen]
    lodged[violence.victim[rows[asked[rows]]]] = True
    return victim, lodged


def draw_wave(seed: int, block: int, size: Size, people: People, violence: Violence, reports: Reports) -> Wave:
    """Draw and ask the adults of one block."""
    stream = Stream(seed, block, "survey")
    departements = tuple(dict.fromkeys(each.departement for each in list_communes()))
    of_commune = np.array([departements.index(each.departement) for each in list_communes()])
    group = age_groups(people.age)
    places = (of_commune[people.commune], people.male, group)
    shape = (len(departements), len(SEXES), len(AGE_GROUPS))
    adults = np.zeros(shape, dtype=np.int64)
    np.add.at(adults, tuple(place[people.adult] for place in places), 1)
    for_men = size.surveyed_per_thousand / 1000 * 2 / (1 + design.WOMEN_SURVEYED)
    drawn = np.where(people.male == 1, for_men, min(1.0, for_men * design.WOMEN_SURVEYED))
    answers = np.array([design.RESPONSE[sex] for sex in SEXES])[people.male, group]
    who = np.flatnonzero(people.adult & stream.happens(drawn, len(people)) & stream.happens(answers, len(people)))
    columns = {
        "departement": coded(places[0][who], departements).dictionary_decode(),
        "sex": coded(people.male[who], SEXES).dictionary_decode(),
        "age_group": coded(group[who], AGE_GROUPS).dictionary_decode(),
        "age_band": coded(bands_of(people.age[who]), BANDS).dictionary_decode(),
    }
    for place, kind in enumerate(KINDS):
        victim, lodged = known_by_survey(people, violence, reports, place)
        columns[f"{kind}_violence"] = coded(np.where(victim[who], 0, 1), ANSWERS).dictionary_decode()
        said = np.where(stream.happens(design.REFUSED, len(who)), 2, np.where(lodged[who], 0, 1))
        columns[f"{kind}_complaint"] = coded(np.where(victim[who], said, 3), ANSWERS).dictionary_decode()
    return Wave(pa.table(columns), adults)


def weigh(waves: list[Wave]) -> pa.Table:
    """The survey file: respondents numbered afresh, with their stratum, its adults and answers, and their weight."""
    answers = pa.concat_tables([wave.answers for wave in waves])
    adults = np.sum([wave.adults for wave in waves], axis=0)
    codes = {
        "departement": tuple(dict.fromkeys(each.departement for each in list_communes())),
        "sex": SEXES,
        "age_group": AGE_GROUPS,
    }
    places = {name: _places(answers[name], labels) for name, labels in codes.items()}
    for partition in PARTITIONS:
        stratum, held = _strata(partition, codes, places, adults)
        answered = np.bincount(stratum, minlength=len(held))
        if partition == PARTITIONS[-1] or (answered[held > 0] >= ENOUGH).all():
            break
    weight = held[stratum] / np.maximum(1, answered)[stratum]
    names = [" ".join(parts) for parts in _labels(partition, codes)]
    added = {
        "respondent": pa.array(np.arange(1, answers.num_rows + 1)),
        "wave": pa.array(np.full(answers.num_rows, SURVEYED + 1)),
        "stratum": coded(stratum, tuple(names)).dictionary_decode(),
        "stratum_adults": pa.array(held[stratum]),
        "stratum_answers": pa.array(answered[stratum]),
        "weight": pa.array(np.round(weight, 6)),
    }
    return pa.table({**added, **{name: answers[name] for name in answers.column_names}})


def _places(column: pa.ChunkedArray, labels: tuple[str, ...]) -> Ints:
    order = {label: place for place, label in enumerate(labels)}
    return np.array([order[value] for value in column.to_pylist()], dtype=np.int64)


def _strata(
    partition: tuple[str, ...], codes: dict[str, tuple[str, ...]], places: dict[str, Ints], adults: np.ndarray
) -> tuple[Ints, Ints]:
    """The stratum of each respondent, and the adults of each stratum."""
    shape = tuple(len(codes[name]) for name in partition)
    stratum = np.ravel_multi_index(tuple(places[name] for name in partition), shape)
    dropped = tuple(axis for axis, name in enumerate(codes) if name not in partition)
    return stratum.astype(np.int64), adults.sum(axis=dropped).reshape(-1)


def _labels(partition: tuple[str, ...], codes: dict[str, tuple[str, ...]]) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = [()]
    for name in partition:
        found = [(*before, label) for before in found for label in codes[name]]
    return found
