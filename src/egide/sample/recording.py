"""What is told and to whom: complaints, log entries, contacts with associations, with their delays, doubles and slips.

Lives here: reports about victims, each linked to the truth. Not here: suspects (`justice`), what producers make of the reports
(`producers`).
"""

from dataclasses import dataclass, fields

import numpy as np
import pyarrow as pa

from . import design
from .country import list_associations, list_communes
from .design import BANDS, KINDS
from .margins import Margins
from .names import FAMILY_NAMES, GIVEN_NAMES, misspell
from .people import NOBODY, SEXES, People, bands_of, coded
from .streams import Bools, Dates, Floats, Ints, Stream
from .violence import FORMS, RELATIONS, Violence, start_of

LISTS = ("police", "gendarmerie", "association")
POLICE, GENDARMERIE, ASSOCIATION = range(3)
ACTS = ("complaint", "log-entry", "contact")
COMPLAINT, LOG_ENTRY, CONTACT = range(3)
DAY = "timedelta64[D]"


@dataclass(frozen=True)
class Reports:
    """Reports of one block, as columns.

    `row` is a place in its violence, `original` a place here or NOBODY, `slip` below 0 for a name well written; an unknown age or
    relationship is NOBODY.
    """

    row: Ints
    list: Ints
    act: Ints
    recorded: Dates
    known: Dates
    commune: Ints
    association: Ints
    original: Ints
    slip: Floats
    band: Ints
    relation: Ints

    def __len__(self) -> int:
        return len(self.row)


@dataclass(frozen=True)
class Told:
    """For each row of the violence: whether a complaint is ever lodged, and how many years after; whether anything was told."""

    complaint: Bools
    entry: Bools
    delay: Ints


def draw_told(seed: int, block: int, people: People, violence: Violence, margins: Margins) -> Told:
    """Decide which facts are told to the police or the gendarmerie."""
    size, stream = len(violence), Stream(seed, block, "told")
    rates = np.array([margins.complaint(kind) for kind in KINDS])
    lodges = rates[violence.kind, people.male[violence.victim]]
    chance = stream.uniform(size)
    complaint = chance < lodges
    entry = ~complaint & (chance < lodges * (1 + margins.told_without))
    return Told(complaint, entry, stream.choose(margins.delays, size))


def draw_reports(seed: int, block: int, people: People, violence: Violence, told: Told) -> Reports:
    """Every report about one block, doubles included, in the order: complaints, entries, contacts, then doubles."""
    stream = Stream(seed, block, "reports")
    firsts = [
        _with_a_force(stream, np.flatnonzero(told.complaint), COMPLAINT, people, violence, told),
        _with_a_force(stream, np.flatnonzero(told.entry), LOG_ENTRY, people, violence, told),
        _with_associations(stream, people, violence, told),
    ]
    first = _join(firsts)
    doubles = [_doubles(stream, first, same_force) for same_force in (True, False)]
    return _join([first, *doubles])


def _join(parts: list[Reports]) -> Reports:
    return Reports(*(np.concatenate([getattr(part, each.name) for part in parts]) for each in fields(Reports)))


def _with_a_force(stream: Stream, rows: Ints, act: int, people: People, violence: Violence, told: Told) -> Reports:
    """A report to the force of the place, at times to the other or elsewhere."""
    size = len(rows)
    year, facts = violence.year[rows], violence.days()[rows]
    at_once = told.delay[rows] == 0
    begins = np.where(at_once, facts, start_of(year + told.delay[rows]))
    ends = np.where(at_once, start_of(year + 1), start_of(year + told.delay[rows] + 1))
    recorded = begins + np.floor(stream.uniform(size) * (ends - begins).astype(np.int64)).astype(DAY)
    commune = _commune(stream, people.commune[violence.victim[rows]])
    force = np.array([LISTS.index(each.force) for each in list_communes()])[commune]
    force = np.where(stream.happens(design.OTHER_FORCE, size), POLICE + GENDARMERIE - force, force)
    return _report(stream, rows, force, act, recorded, commune, np.full(size, NOBODY), people, violence)


def _with_associations(stream: Stream, people: People, violence: Violence, told: Told) -> Reports:
    """A contact with an association of the département, likelier for those who told; some go to both."""
    chances = np.where(told.complaint | told.entry, design.ASSOCIATION["told"], design.ASSOCIATION["silent"])
    rows = np.flatnonzero(stream.uniform(len(violence)) < chances)
    second = rows[stream.happens(design.SECOND_ASSOCIATION, len(rows))]
    which = stream.below(2, len(rows))
    other = 1 - which[np.searchsorted(rows, second)]
    rows, which = np.concatenate([rows, second]), np.concatenate([which, other])
    size = len(rows)
    facts = violence.days()[rows]
    left = (start_of(violence.year[rows] + 1) - facts).astype(np.int64)
    recorded = facts + np.floor(stream.uniform(size) * left).astype(DAY)
    commune = people.commune[violence.victim[rows]]
    codes = [departement for _code, departement in list_associations()]
    firsts = np.array([codes.index(each.departement) for each in list_communes()])
    lists = np.full(size, ASSOCIATION)
    return _report(stream, rows, lists, CONTACT, recorded, commune, firsts[commune] + which, people, violence)


def _commune(stream: Stream, lived_in: Ints) -> Ints:
    elsewhere = stream.choose([each.share for each in list_communes()], len(lived_in))
    return np.where(stream.happens(design.ELSEWHERE, len(lived_in)), elsewhere, lived_in)


def _report(
    stream: Stream, rows: Ints, lists: Ints, act: int, recorded: Dates, commune: Ints, association: Ints,
    people: People, violence: Violence,
) -> Reports:  # fmt: skip
    size = len(rows)
    band = bands_of(np.maximum(0, people.age[violence.victim[rows]] + violence.year[rows] - design.SURVEYED))
    relation = violence.relation[rows]
    return Reports(
        rows, lists, np.full(size, act), recorded, _known(stream, recorded), commune, association,
        original=np.full(size, NOBODY), slip=np.full(size, -1.0),
        band=np.where(stream.happens(design.UNKNOWN_AGE, size), NOBODY, band),
        relation=np.where(stream.happens(design.UNKNOWN_RELATION, size), NOBODY, relation),
    )  # fmt: skip


def _known(stream: Stream, recorded: Dates) -> Dates:
    """The day the report reaches the base: within weeks, for some within months."""
    size = len(recorded)
    within = np.where(stream.happens(design.LATE, size), design.LATE_DAYS, design.USUAL_DAYS)
    return recorded + stream.below(within, size).astype(DAY)


def _doubles(stream: Stream, first: Reports, same_force: bool) -> Reports:
    """Complaints written a second time, by the same force or by the other, half of them under a name misspelt."""
    lodged = np.flatnonzero(first.act == COMPLAINT)
    again = lodged[stream.happens(design.TWICE if same_force else design.BOTH_FORCES, len(lodged))]
    size = len(again)
    force = first.list[again] if same_force else POLICE + GENDARMERIE - first.list[again]
    recorded = first.recorded[again] + (1 + stream.below(45, size)).astype(DAY)
    slip = np.where(stream.happens(design.MISSPELT, size), stream.uniform(size), -1.0)
    return Reports(
        first.row[again], force, first.act[again], recorded, _known(stream, recorded), first.commune[again],
        first.association[again], again, slip, first.band[again], first.relation[again],
    )  # fmt: skip


def as_table(reports: Reports, first: int, people: People, violence: Violence) -> pa.Table:
    """The rows of recording.parquet: what each list holds, and, in the columns ending in _id, the truth."""
    communes, associations = list_communes(), list_associations()
    departements = tuple(dict.fromkeys(each.departement for each in communes))
    of_commune = np.array([departements.index(each.departement) for each in communes])
    victim = violence.victim[reports.row]
    original = reports.original + first
    return pa.table(
        {
            "recording_id": np.arange(first, first + len(reports), dtype=np.int64),
            "list": coded(reports.list, LISTS),
            "act": coded(reports.act, ACTS),
            "victimisation_id": violence.numbers[reports.row],
            "subject_id": victim + people.first,
            "original_id": pa.array(original, mask=reports.original == NOBODY),
            "association": coded(reports.association, tuple(code for code, _departement in associations)),
            "recorded_on": pa.array(reports.recorded),
            "known_on": pa.array(reports.known),
            "fact_year": pa.array(violence.year[reports.row].astype(np.int16)),
            "departement": coded(of_commune[reports.commune], departements),
            "commune": coded(reports.commune, tuple(each.code for each in communes)),
            "given_name": coded(people.given[victim], GIVEN_NAMES),
            "family_name": pa.array(_written(reports.slip, people.family[victim])),
            "birth_year": pa.array((design.SURVEYED - people.age[victim]).astype(np.int16)),
            "sex": coded(people.male[victim], SEXES),
            "age_band": coded(np.where(reports.band < 0, len(BANDS), reports.band), (*BANDS, "U")),
            "kind": coded(violence.kind[reports.row], KINDS),
            "relationship": coded(np.where(reports.relation < 0, len(RELATIONS), reports.relation), (*RELATIONS, "U")),
            "form": coded(violence.form[reports.row], FORMS),
        }
    )


def _written(slip: Floats, family: Ints) -> list[str]:
    return [
        misspell(FAMILY_NAMES[place], where) if where >= 0 else FAMILY_NAMES[place]
        for place, where in zip(family.tolist(), slip.tolist(), strict=True)
    ]
