"""Inside a case file: the persons and their roles, interviews, actions, times of leaving and returning.

Lives here: the rows nested in each case; persons, cases, interviews and actions are four counts (AT-01). Not here: the case
itself (`casefiles`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from . import design
from .design import BANDS
from .margins import Margins
from .names import FAMILY_NAMES, GIVEN_NAMES, fictional_mobile
from .people import NOBODY, SEXES, People, bands_of, coded
from .streams import Bools, Dates, Ints, Stream
from .violence import Violence

ROLES = ("VICTIM", "PERPETRATOR", "THIRD_PARTY", "RELATIVE", "WITNESS", "CHILD")
CHANNELS = {"CALL": 50, "SMS": 30, "RELAY": 12, "IN_PERSON": 8}
Rows = tuple[Ints, Mapping[str, Any]]  # the case of each row, in order, and its columns


@dataclass(frozen=True)
class Cases:
    """For whom the cases of one block are opened, as columns.

    `person` is a place in its people, `row` in its violence or NOBODY; `reason` is the one beside domestic violence, or NOBODY.
    """

    category: Ints
    violence: Bools
    reason: Ints
    person: Ints
    row: Ints
    opened: Dates
    lasts: Ints
    state: Ints

    def __len__(self) -> int:
        return len(self.category)


@dataclass(frozen=True)
class Work:
    """What each case holds."""

    persons: Rows
    interviews: Rows
    actions: Rows
    episodes: Rows


@dataclass(frozen=True)
class Present:
    """Who stands in the cases: one row for each person and case, the person concerned first."""

    case: Ints
    person: Ints
    role: Ints
    concerned: Bools
    heard: Bools


def anyone(stream: Stream, people: People, male: Bools) -> Ints:
    """An adult of each wanted sex, whoever it is; of any age or sex where there is none."""
    found = stream.below(len(people), len(male))
    for sex in (0, 1):
        adults = np.flatnonzero(people.adult & (people.male == sex))
        wanted = np.flatnonzero(male == bool(sex))
        if len(adults):
            found[wanted] = adults[stream.below(len(adults), len(wanted))]
    return found


def draw_work(stream: Stream, cases: Cases, people: People, violence: Violence, margins: Margins) -> Work:
    """Draw what the cases hold."""
    present = _draw_present(stream, cases, people, violence, margins)
    return Work(
        (present.case, _describe_persons(stream, present, people)),
        _draw_interviews(stream, cases, present),
        _draw_actions(stream, cases, margins),
        _draw_episodes(stream, cases),
    )


def _draw_present(stream: Stream, cases: Cases, people: People, violence: Violence, margins: Margins) -> Present:
    every = np.arange(len(cases))
    parts = [(every, cases.person, np.array([0, 1, 2])[cases.category], True, True)]
    extra = margins.one("station-people") / margins.one("station-cases") - 1
    with_them = np.repeat(every, stream.repeats(extra / (1 + extra), len(cases)))
    male = ~stream.happens(margins.one("station-women"), len(with_them))
    kind = ROLES.index("RELATIVE") + stream.below(2, len(with_them))
    parts.append((with_them, anyone(stream, people, male), kind, False, True))
    named = np.flatnonzero(
        (cases.category == 0) & (cases.row != NOBODY) & stream.happens(design.NAMED_AUTHOR, len(cases))
    )
    named = named[violence.author[cases.row[named]] != NOBODY]
    parts.append((named, violence.author[cases.row[named]], np.full(len(named), 1), False, False))
    parts.append(_children(stream, cases, people))
    case = np.concatenate([part[0] for part in parts])
    order = np.argsort(case, kind="stable")
    flags = [np.concatenate([np.full(len(part[0]), part[place]) for part in parts])[order] for place in (3, 4)]
    columns = [np.concatenate([part[place] for part in parts])[order] for place in (1, 2)]
    return Present(case[order], columns[0], columns[1], flags[0], flags[1])


def _children(stream: Stream, cases: Cases, people: People) -> tuple[Ints, Ints, Ints, bool, bool]:
    minors = np.flatnonzero(~people.adult)
    with_children = np.flatnonzero(
        cases.violence & (cases.category != 1) & stream.happens(design.WITH_CHILDREN, len(cases))
    )
    if not len(minors):
        with_children = with_children[:0]
    case = np.repeat(with_children, 1 + stream.repeats(0.4, len(with_children), most=5))
    child = minors[stream.below(len(minors), len(case))] if len(case) else case
    return case, child, np.full(len(case), ROLES.index("CHILD")), False, False


def _describe_persons(stream: Stream, present: Present, people: People) -> dict[str, Any]:
    size, who = len(present.case), present.person
    reached = present.concerned & stream.happens(design.SAFE_CONTACT, size)
    channel = np.where(reached, stream.choose(CHANNELS, size), NOBODY)
    numbers = stream.below(10_000, size).tolist()
    rings = np.isin(channel, (0, 1)).tolist()
    begins = 8 + stream.below(9, size)
    return {
        "person_id": identifiers(stream.words(size)),
        "truth_person_id": pa.array(who + people.first),
        "given_name": coded(people.given[who], GIVEN_NAMES).dictionary_decode(),
        "family_name": coded(people.family[who], FAMILY_NAMES).dictionary_decode(),
        "sex": coded(people.male[who], SEXES).dictionary_decode(),
        "age_band": coded(bands_of(people.age[who] + 1), BANDS).dictionary_decode(),
        "minor": pa.array((people.age[who] < 17).tolist()),
        "language": coded(stream.choose(design.LANGUAGES, size), tuple(design.LANGUAGES)).dictionary_decode(),
        "role": coded(present.role, ROLES).dictionary_decode(),
        "concerned": pa.array(present.concerned),
        "interviewed": pa.array(present.heard),
        "channel": coded(channel, tuple(CHANNELS)).dictionary_decode(),
        "address": pa.array(
            [fictional_mobile(n) if ring else "" for n, ring in zip(numbers, rings, strict=True)], pa.string()
        ),
        "from_hour": pa.array(begins.astype(np.int8)),
        "to_hour": pa.array((begins + 2).astype(np.int8)),
    }


def _draw_interviews(stream: Stream, cases: Cases, present: Present) -> Rows:
    """One at least for each person received; `person` is the place of the person in her case."""
    starts = np.searchsorted(present.case, np.arange(len(cases)))
    heard = np.flatnonzero(present.heard)
    row = np.repeat(heard, 1 + stream.repeats(design.MORE_INTERVIEWS, len(heard)))
    case = present.case[row]
    return case, {
        "person": pa.array((row - starts[case]).astype(np.int16)),
        "held_at": pa.array(_moments(stream, cases, case)),
        "minutes": pa.array((20 + 5 * stream.below(15, len(row))).astype(np.int16)),
    }


def _draw_actions(stream: Stream, cases: Cases, margins: Margins) -> Rows:
    mean = margins.one("station-actions") / margins.one("station-cases")
    case = np.repeat(np.arange(len(cases)), 1 + stream.counts(mean - 1, len(cases)))
    reports = margins.one("station-child-reports") / margins.one("station-actions")
    kinds: dict[str, float] = dict(design.REPEAT_ACTIONS)
    kinds["child-report"] = reports / (1 - reports) * sum(kinds.values())
    return case, {
        "kind": coded(stream.choose(kinds, len(case)), tuple(kinds)).dictionary_decode(),
        "done_at": pa.array(_moments(stream, cases, case)),
        "minutes": pa.array((5 + 5 * stream.below(17, len(case))).astype(np.int16)),
    }


def _moments(stream: Stream, cases: Cases, case: Ints) -> Dates:
    """A working hour of one of the days the support lasts, in UTC."""
    day = cases.opened[case] + stream.below(cases.lasts[case], len(case)).astype("timedelta64[D]")
    return day.astype("datetime64[s]") + (8 * 3600 + 900 * stream.below(36, len(case))).astype("timedelta64[s]")


def _draw_episodes(stream: Stream, cases: Cases) -> Rows:
    """Times she left and returned before the file was opened, one after the other; after the last she may not have returned."""
    left = np.flatnonzero((cases.category == 0) & (cases.row != NOBODY) & stream.happens(design.LEFT_HOME, len(cases)))
    times = 1 + stream.repeats(0.55, len(left), most=7)
    case = np.repeat(left, times)
    back = np.concatenate([np.arange(count, 0, -1) for count in times]) if len(times) else case
    left_on = cases.opened[case] - (40 * back + stream.below(10, len(case))).astype("timedelta64[D]")
    returned_on = left_on + (1 + stream.below(25, len(case))).astype("timedelta64[D]")
    away = (back == 1) & stream.happens(0.5, len(case))
    return case, {"left_on": pa.array(left_on), "returned_on": pa.array(returned_on, mask=away)}


def identifiers(words: np.ndarray) -> pa.Array:
    """Sixteen bytes a row, as a column."""
    return pa.FixedSizeBinaryArray.from_buffers(pa.binary(16), len(words), [None, pa.py_buffer(words.tobytes())])


def nest(size: int, rows: Rows) -> pa.ListArray:
    """The rows of each case, as one column of lists."""
    case, columns = rows
    offsets = np.concatenate([[0], np.cumsum(np.bincount(case, minlength=size))]).astype(np.int32)
    return pa.ListArray.from_arrays(
        pa.array(offsets), pa.StructArray.from_arrays(list(columns.values()), names=list(columns))
    )
