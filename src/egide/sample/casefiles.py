"""Case files of social workers in stations: one row for each case, with its persons, interviews, actions and departures inside.

Lives here: for whom, why, where it stands. Who is in it and what is done is drawn in `casework`. Not here: the field's tables
(`loading` fills them).
"""

import numpy as np
import pyarrow as pa

from . import casework, design
from .casework import Cases
from .country import list_communes
from .design import KINDS, RECORDED
from .margins import Margins
from .people import NOBODY, People, coded
from .recording import COMPLAINT, Reports
from .streams import Bools, Ints, Stream
from .violence import FORMS, Violence, start_of

CATEGORIES = ("VICTIM", "OFFENDER", "THIRD_PARTY")
VICTIM, OFFENDER, THIRD_PARTY = range(3)
ANSWERS = ("YES", "NO", "UNKNOWN", "REFUSED", "NOT_ASKED", "NOT_APPLICABLE")
REASONS = ("domestic-violence", "vulnerability", "schooling", "housing")


def draw_cases(
    seed: int, block: int, size: int, people: People, violence: Violence, reports: Reports, margins: Margins
) -> pa.Table:
    """The rows of casefiles.parquet for one block."""
    stream = Stream(seed, block, "cases")
    cases = _draw(stream, size, people, violence, margins)
    work = casework.draw_work(Stream(seed, block, "casework"), cases, people, violence, margins)
    return _as_table(stream, Stream(seed, block, "case identifiers"), cases, work, people, violence, reports)


def _draw(stream: Stream, size: int, people: People, violence: Violence, margins: Margins) -> Cases:
    domestic, second, others = margins.reasons
    category = stream.choose(margins.shares("station-categories"), size)
    speaks = stream.happens(domestic, size)
    women = (
        margins.one("recorded-partner-women"),
        1 - margins.one("suspects-partner-men"),
        margins.women_third_parties,
    )
    male = ~stream.happens(np.array(women)[category], size)
    person, row = _find_persons(stream, category, speaks, male, people, violence)
    speaks = speaks & ((row != NOBODY) | (category == THIRD_PARTY))
    reason = 1 + stream.choose(others, size)
    reason = np.where(speaks & ~stream.happens(second, size), NOBODY, reason)
    year = np.full(size, RECORDED)
    opened = start_of(year) + stream.below(365, size).astype("timedelta64[D]")
    return Cases(
        category, speaks, reason, person, row, opened, 5 + stream.below(150, size), stream.choose(design.STATES, size)
    )


def _find_persons(
    stream: Stream, category: Ints, speaks: Bools, male: Bools, people: People, violence: Violence
) -> tuple[Ints, Ints]:
    """True victims and true authors where the case speaks of violence, each once; anyone of age for the rest."""
    size = len(category)
    person, row = np.full(size, NOBODY, dtype=np.int64), np.full(size, NOBODY, dtype=np.int64)
    partner = np.flatnonzero((violence.kind == KINDS.index("partner")) & (violence.year <= RECORDED))
    for role, column in ((VICTIM, violence.victim), (OFFENDER, violence.author)):
        rows = partner[stream.order(len(partner))]
        rows = rows[column[rows] != NOBODY]
        _persons, firsts = np.unique(column[rows], return_index=True)
        rows = rows[np.sort(firsts)]
        for sex in (0, 1):
            wanted = np.flatnonzero((category == role) & speaks & (male == bool(sex)))
            found = rows[people.male[column[rows]] == sex][: len(wanted)]
            row[wanted[: len(found)]] = found
            person[wanted[: len(found)]] = column[found]
    missing = person == NOBODY
    person[missing] = casework.anyone(stream, people, male)[missing]
    return person, row


def _as_table(
    stream: Stream,
    identifiers: Stream,
    cases: Cases,
    work: casework.Work,
    people: People,
    violence: Violence,
    reports: Reports,
) -> pa.Table:
    size, communes = len(cases), list_communes()
    of_commune = [each.departement for each in communes]
    words = identifiers.words(size)
    commune = people.commune[cases.person]
    stated = np.where(stream.happens(0.97, size), commune, len(communes))
    closed = cases.state == list(design.STATES).index("CLOSED")
    closed_on = cases.opened + cases.lasts.astype("timedelta64[D]")
    row = np.where(cases.row == NOBODY, NOBODY, cases.row + violence.first)
    return pa.table(
        {
            "case_id": casework.identifiers(words),
            "reference": pa.array(
                [f"{RECORDED % 100}-{bytes(each[-6:]).hex().upper()}" for each in words], pa.string()
            ),
            "departement": pa.array([of_commune[place] for place in commune.tolist()], pa.string()),
            "category": coded(cases.category, CATEGORIES).dictionary_decode(),
            "origin": coded(stream.choose(design.ORIGINS, size), tuple(design.ORIGINS)).dictionary_decode(),
            "reasons": pa.array(_reasons(cases), pa.list_(pa.string())),
            "violence_forms": pa.array(_forms(cases, violence), pa.list_(pa.string())),
            "commune": coded(stated, (*(each.code for each in communes), "")).dictionary_decode(),
            "state": coded(cases.state, tuple(design.STATES)).dictionary_decode(),
            "complaint": coded(_complaints(stream, cases, violence, reports), ANSWERS).dictionary_decode(),
            "opened_on": pa.array(cases.opened),
            "closed_on": pa.array(closed_on, mask=~closed),
            "closure_reason": coded(
                np.where(closed, stream.choose(design.CLOSURES, size), len(design.CLOSURES)), (*design.CLOSURES, "")
            ).dictionary_decode(),
            "truth_victimisation_id": pa.array(row, mask=row == NOBODY),
            "persons": casework.nest(size, work.persons),
            "interviews": casework.nest(size, work.interviews),
            "actions": casework.nest(size, work.actions),
            "episodes": casework.nest(size, work.episodes),
        }
    )


def _reasons(cases: Cases) -> list[list[str]]:
    return [
        ([REASONS[0]] if speaks else []) + ([REASONS[other]] if other != NOBODY else [])
        for speaks, other in zip(cases.violence.tolist(), cases.reason.tolist(), strict=True)
    ]


def _forms(cases: Cases, violence: Violence) -> list[list[str]]:
    """Of victims only: the form of the facts, and psychological violence where they went on."""
    found: list[list[str]] = []
    for category, row in zip(cases.category.tolist(), cases.row.tolist(), strict=True):
        known = category == VICTIM and row != NOBODY
        more = ["psychological"] if known and violence.incidents[row] > 3 else []
        found.append(list(dict.fromkeys([FORMS[violence.form[row]], *more])) if known else [])
    return found


def _complaints(stream: Stream, cases: Cases, violence: Violence, reports: Reports) -> Ints:
    """What is known of a complaint: the truth for victims, unless she would not say; not asked of the others."""
    size = len(cases)
    lodged = np.zeros(len(violence), dtype=bool)
    lodged[reports.row[reports.act == COMPLAINT]] = True
    by_person = np.unique(violence.victim[lodged])
    said = np.where(np.isin(cases.person, by_person), ANSWERS.index("YES"), ANSWERS.index("NO"))
    chance = stream.uniform(size)
    said = np.where(chance < 0.02, ANSWERS.index("REFUSED"), np.where(chance < 0.05, ANSWERS.index("UNKNOWN"), said))
    other = np.where(cases.category == OFFENDER, ANSWERS.index("NOT_APPLICABLE"), ANSWERS.index("NOT_ASKED"))
    return np.where((cases.category == VICTIM) & cases.violence, said, other)
