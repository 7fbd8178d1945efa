"""The question put to the wizard: who I am, what I hold, to whom, why, on which day, and what she said.

What lives here: the facts that may change the answer, and their whole product. What does not: the table (`table`), the
answer (`decision`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import Enum
from functools import lru_cache
from itertools import product


class Person(Enum):
    """Whom the information is about.

    UNABLE: an adult whom age or a physical or mental incapacity leaves unable to protect herself. WEAKENED: an adult
    whom illness or pregnancy leaves so: CP 434-3 names her, CP 226-14 1° does not in so many words.
    """

    ADULT = "adult"
    MINOR = "minor"
    UNABLE = "unable"
    WEAKENED = "weakened"


class Violence(Enum):
    """What is established of the violence: none (or not known), within a couple present or past, or other."""

    NONE = "none"
    COUPLE = "couple"
    OTHER = "other"


class Consent(Enum):
    """What she said of this share. NOT_OBTAINED: she was asked and refused, withdrew, or could not answer."""

    NOT_SOUGHT = "not-sought"
    NOT_OBTAINED = "not-obtained"
    GIVEN = "given"


@dataclass(frozen=True)
class Situation:
    """What is established; what is unknown, refused or not asked stays at its default, and help stays possible.

    `danger_to_life`: her life, or another's, is in immediate danger. `control`: the perpetrator's control keeps her from
    protecting herself. `weapon`: a person who consults is dangerous and holds or wants a weapon. `subjection`: a state of
    psychological or physical subjection. `crime`: a crime that can still be prevented or limited, or may be repeated.
    """

    person: Person = Person.ADULT
    violence: Violence = Violence.NONE
    danger_to_life: bool = False
    control: bool = False
    weapon: bool = False
    subjection: bool = False
    crime: bool = False

    def facts(self) -> Mapping[str, str | bool]:
        """The facts by name, as a table's rows write them."""
        return _facts(self)


@lru_cache(maxsize=1024)
def _facts(situation: Situation) -> Mapping[str, str | bool]:
    found = {item.name: getattr(situation, item.name) for item in fields(situation)}
    return {name: value.value if isinstance(value, Enum) else value for name, value in found.items()}


FACTS: Mapping[str, tuple[str | bool, ...]] = {
    "person": tuple(value.value for value in Person),
    "violence": tuple(value.value for value in Violence),
    "danger_to_life": (False, True),
    "control": (False, True),
    "weapon": (False, True),
    "subjection": (False, True),
    "crime": (False, True),
}


def every_situation() -> Iterator[Situation]:
    """Every situation there is: the product of all the facts."""
    for person, violence, *flags in product(*FACTS.values()):
        yield Situation(Person(person), Violence(violence), *(bool(flag) for flag in flags))


@dataclass(frozen=True)
class Case:
    """One question.

    `status`, `recipient`, `purpose` are codes of the table. `sections`: the sections one would share (none: the question
    is put in general). `consent` and `consented`: what she said of this recipient and purpose, and the sections she
    agreed to. `done`: conditions already met, by code. `territory`: the département, for local protocols.
    """

    status: str
    recipient: str
    purpose: str
    on: date
    situation: Situation = Situation()
    consent: Consent = Consent.NOT_SOUGHT
    sections: tuple[str, ...] = ()
    consented: frozenset[str] = frozenset()
    done: frozenset[str] = field(default_factory=frozenset)
    territory: str | None = None
