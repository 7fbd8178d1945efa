"""The people of the country: sex, age, commune, names, who lives with whom.

Lives here: one block of people, as columns. Not here: what happens to them (`violence`).
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from .country import list_communes
from .design import BANDS, IN_A_UNION, OLDEST, SAME_SEX, STARTS, SURVEYED
from .margins import Margins
from .names import FAMILY_NAMES, GIVEN_NAMES, draw_given_names
from .streams import Bools, Ints, Stream

SEXES = ("F", "M")
NOBODY = -1


@dataclass(frozen=True)
class People:
    """People of one block, as columns; the first bears the number `first` in the country.

    `male` is 0 or 1, `age` in completed years at the end of the surveyed year, `commune` a place in the list of communes,
    `partner` a place in this block or NOBODY.
    """

    first: int
    male: Ints
    age: Ints
    commune: Ints
    given: Ints
    family: Ints
    partner: Ints

    def __len__(self) -> int:
        return len(self.male)

    @property
    def adult(self) -> Bools:
        """Who is 18 or over at the end of the surveyed year."""
        return self.age >= 18

    @property
    def numbers(self) -> Ints:
        """The number of each person in the whole country."""
        return np.arange(self.first, self.first + len(self), dtype=np.int64)


def draw_people(seed: int, block: int, first: int, size: int, margins: Margins) -> People:
    """Draw `size` people of one block of one seed."""
    male = Stream(seed, block, "sex").happens(1 - margins.women, size).astype(np.int64)
    age = _draw_ages(Stream(seed, block, "ages"), male, margins)
    commune = Stream(seed, block, "communes").choose([each.share for each in list_communes()], size)
    partner = _pair(Stream(seed, block, "unions"), male, age)
    follows = (partner != NOBODY) & (partner < np.arange(size))
    commune[follows] = commune[partner[follows]]
    names = Stream(seed, block, "names")
    given = draw_given_names(names, male, SURVEYED - age)
    return People(first, male, age, commune, given, names.below(len(FAMILY_NAMES), size), partner)


def _draw_ages(stream: Stream, male: Ints, margins: Margins) -> Ints:
    """A band by sex, then a year in it; beyond 65 the years thin out towards the oldest."""
    size = len(male)
    women, men = (stream.choose(shares, size) for shares in margins.ages)
    band = np.where(male == 1, men, women)
    starts = np.array([*STARTS, OLDEST])
    inside = stream.uniform(size)
    inside = np.where(band == len(BANDS) - 1, 1 - np.sqrt(1 - inside), inside)
    found: Ints = starts[band] + np.floor(inside * (starts[band + 1] - starts[band])).astype(np.int64)
    return found


def bands_of(age: Ints) -> Ints:
    """The place of each age in BANDS."""
    return np.searchsorted(STARTS, age, side="right") - 1


def _pair(stream: Stream, male: Ints, age: Ints) -> Ints:
    """Couples of near ages, men on average two years older; some of one sex; whoever is left over stays alone."""
    size = len(male)
    seeking = stream.happens(np.array(IN_A_UNION)[bands_of(age)], size)
    same = stream.happens(SAME_SEX, size)
    rank = age - 2 * male + 8 * stream.uniform(size)
    partner = np.full(size, NOBODY, dtype=np.int64)
    women, men = ((_by_rank(seeking & ~same & (male == sex), rank)) for sex in (0, 1))
    couples = min(len(women), len(men))
    _marry(partner, women[:couples], men[:couples])
    for sex in (0, 1):
        alike = _by_rank(seeking & same & (male == sex), rank)
        half = len(alike) // 2
        _marry(partner, alike[0 : 2 * half : 2], alike[1 : 2 * half : 2])
    return partner


def _by_rank(chosen: Bools, rank: np.ndarray) -> Ints:
    places = np.flatnonzero(chosen)
    return places[np.argsort(rank[places], kind="stable")].astype(np.int64)


def _marry(partner: Ints, ones: Ints, others: Ints) -> None:
    partner[ones], partner[others] = others, ones


def coded(places: Ints, labels: tuple[str, ...]) -> pa.DictionaryArray:
    """Text stored as places in a list of labels; a negative place is a value that is not there."""
    indices = pa.array(places.astype(np.int32), mask=places < 0)
    return pa.DictionaryArray.from_arrays(indices, pa.array(labels))


def as_table(people: People) -> pa.Table:
    """The rows of people.parquet."""
    communes = list_communes()
    departements = tuple(dict.fromkeys(each.departement for each in communes))
    of_commune = np.array([departements.index(each.departement) for each in communes])
    partner = people.partner + people.first
    return pa.table(
        {
            "person_id": people.numbers,
            "sex": coded(people.male, SEXES),
            "birth_year": pa.array((SURVEYED - people.age).astype(np.int16)),
            "age_band": coded(bands_of(people.age), BANDS),
            "departement": coded(of_commune[people.commune], departements),
            "commune": coded(people.commune, tuple(each.code for each in communes)),
            "given_name": coded(people.given, GIVEN_NAMES),
            "family_name": coded(people.family, FAMILY_NAMES),
            "partner_id": pa.array(partner, mask=people.partner == NOBODY),
        }
    )
