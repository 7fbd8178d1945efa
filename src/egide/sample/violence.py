"""What happened: the known truth, one row for each victim, kind of violence and year.

Lives here: who suffers what, when, from whom. Not here: who is told of it (`recording`). A survey and a register will see
parts of these rows; nothing but the tests of later methods reads them whole.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from .design import (
    AGAIN,
    KINDS,
    OUTSIDE_FAMILY,
    REPEATED,
    RISKS,
    SAME_AUTHOR,
    SAME_SEX,
    SEXUAL_BY_MEN,
    SURVEYED,
    YEARS,
    YOUNGEST,
)
from .margins import Margins
from .people import NOBODY, People, bands_of, coded
from .streams import Bools, Dates, Floats, Ints, Stream

RELATIONS = ("spouse", "cohabitant", "ex-partner", "dating", "family", *OUTSIDE_FAMILY)
FORMS = ("physical", "sexual", "psychological", "rape", "sexual-assault")
STRANGER = RELATIONS.index("stranger")


@dataclass(frozen=True)
class Violence:
    """Columns of one block. `victim` and `author` are places in its people; `day` counts from 1 January of `year`."""

    first: int
    victim: Ints
    author: Ints
    kind: Ints
    year: Ints
    day: Ints
    incidents: Ints
    relation: Ints
    form: Ints

    def __len__(self) -> int:
        return len(self.victim)

    @property
    def numbers(self) -> Ints:
        """The number of each row in the whole country."""
        return np.arange(self.first, self.first + len(self), dtype=np.int64)

    def days(self) -> Dates:
        """The date of the last facts of the year."""
        return start_of(self.year) + self.day.astype("timedelta64[D]")


def start_of(year: Ints) -> Dates:
    """1 January of each year, as dates."""
    return (year - 1970).astype("datetime64[Y]").astype("datetime64[D]")


def draw_violence(seed: int, block: int, first: int, people: People, margins: Margins) -> Violence:
    """Draw every year of every kind for one block of people; rows are in the order of victims, then years."""
    drawn = [_draw_kind(Stream(seed, block, kind), place, people, margins) for place, kind in enumerate(KINDS)]
    columns = {name: np.concatenate([part[name] for part in drawn]) for name in drawn[0]}
    order = np.lexsort((columns["kind"], columns["year"], columns["victim"]))
    return Violence(first, **{name: column[order] for name, column in columns.items()})


def yearly_risk(kind: str, people: People, margins: Margins) -> Floats:
    """Each person's chance to be a victim in a year; adults of each sex have the published prevalence on average."""
    risks = np.array(RISKS[kind], dtype=np.float64)
    by_sex = []
    for shares, prevalence in zip(margins.ages, margins.prevalence(kind), strict=True):
        adults = np.array(shares[2:])
        by_sex.append(risks * prevalence * adults.sum() / (adults * risks[2:]).sum())
    return np.stack(by_sex)[people.male, bands_of(people.age)]


def _draw_kind(stream: Stream, place: int, people: People, margins: Margins) -> dict[str, Ints]:
    kind = KINDS[place]
    victim, year = _draw_years(stream, kind, people, yearly_risk(kind, people, margins))
    size = len(victim)
    persons, of_row = np.unique(victim, return_inverse=True)
    relation = _draw_relations(stream, kind, len(persons), margins)
    author = _draw_authors(stream, kind, people, persons, relation)
    names = margins.shares(f"recorded-{kind}-forms")
    form = np.array([FORMS.index(name) for name in names])[stream.choose(names, size)]
    return {
        "victim": victim,
        "author": author[of_row],
        "kind": np.full(size, place, dtype=np.int64),
        "year": year,
        "day": stream.below(365, size),
        "incidents": 1 + stream.repeats(REPEATED[kind], size),
        "relation": relation[of_row],
        "form": form,
    }


def _draw_years(stream: Stream, kind: str, people: People, risk: Floats) -> tuple[Ints, Ints]:
    """Year after year: some begin, some go on, so that the share of victims stays what it is."""
    begins = risk * (1 - AGAIN[kind]) / (1 - risk)
    suffers: Bools = stream.uniform(len(people)) < risk
    victims, years = [], []
    for year in YEARS:
        if year != YEARS[0]:
            suffers = stream.uniform(len(people)) < np.where(suffers, AGAIN[kind], begins)
        old_enough = people.age + year - SURVEYED >= YOUNGEST[kind]
        found = np.flatnonzero(suffers & old_enough)
        victims.append(found)
        years.append(np.full(len(found), year, dtype=np.int64))
    return np.concatenate(victims).astype(np.int64), np.concatenate(years)


def _draw_relations(stream: Stream, kind: str, size: int, margins: Margins) -> Ints:
    if kind == "partner":
        names = margins.shares("recorded-partner-relations")
    else:
        places = margins.shares("recorded-sexual-places")
        names = {"family": places["family"], **{k: places["outside"] * v for k, v in OUTSIDE_FAMILY.items()}}
    return np.array([RELATIONS.index(name) for name in names])[stream.choose(names, size)]


def _draw_authors(stream: Stream, kind: str, people: People, persons: Ints, relation: Ints) -> Ints:
    """The one she lives with where there is one and the relationship says so; else an adult who is not herself."""
    size = len(persons)
    alike = (people.male[persons] == 1) == stream.happens(SAME_SEX, size)
    male = alike if kind == "partner" else stream.happens(SEXUAL_BY_MEN, size)
    author = np.full(size, NOBODY, dtype=np.int64)
    for sex in (0, 1):
        adults = np.flatnonzero(people.adult & (people.male == sex))
        adults = adults[stream.order(len(adults))]
        wanted = male == bool(sex)
        if len(adults) > 1:
            place = np.floor(_crowd(stream.uniform(size)) * len(adults)).astype(np.int64)
            place = np.where(adults[place] == persons, (place + 1) % len(adults), place)
            author = np.where(wanted, adults[place], author)
    lives_with = people.partner[persons]
    current = (kind == "partner") & (lives_with != NOBODY) & (relation < RELATIONS.index("ex-partner"))
    return np.where(current, lives_with, author)


def _crowd(chance: Floats) -> Floats:
    """Press numbers of [0, 1) towards 0 by products alone, whose last digit no machine disputes."""
    pressed = chance
    for _turn in range(SAME_AUTHOR - 1):
        pressed = pressed * chance
    return pressed


def as_table(violence: Violence, people: People) -> pa.Table:
    """The rows of victimisations.parquet."""
    author = violence.author + people.first
    return pa.table(
        {
            "victimisation_id": violence.numbers,
            "victim_id": violence.victim + people.first,
            "author_id": pa.array(author, mask=violence.author == NOBODY),
            "kind": coded(violence.kind, KINDS),
            "year": pa.array(violence.year.astype(np.int16)),
            "last_on": pa.array(violence.days()),
            "incidents": pa.array(violence.incidents.astype(np.int16)),
            "relationship": coded(violence.relation, RELATIONS),
            "form": coded(violence.form, FORMS),
        }
    )
