"""What a note may say, and which of its versions stand. Nothing here qualifies an offence nor locates anyone."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from egide.core.missing import Missing
from egide.foundation.catalogue import get_nomenclature, get_short_form
from egide.methods.danger import AnswerRefused, Mark, ShortReading, Way, screen

from .models import Version

LISTS = {"present": "intervention-present", "actions": "intervention-actions", "called": "intervention-calls"}
WORDS = ("observed", "told")
LONGEST = 600
WAYS: dict[str, Way | Missing] = {**{way.value: way for way in Way}, Missing.UNKNOWN.value: Missing.UNKNOWN}
COORDINATES = re.compile(r"[+-]?\d{1,3}[.,]\d{4,}|\d{1,3}\s*°\s*\d{1,2}")
DEVICE_HOURS = 24
AHEAD = timedelta(minutes=10)


class NoteRefused(ValueError):
    """A note, or one of its moves, cannot be taken as it is."""


@dataclass(frozen=True)
class Told:
    """What one version says, checked. `held_at` is an aware moment; `marks` as the short form stores them."""

    place: str
    held_at: datetime
    present: tuple[str, ...]
    marks: dict[str, dict[str, str]]
    observed: str
    told: str
    actions: tuple[str, ...]
    called: tuple[str, ...]

    @property
    def digest(self) -> str:
        """A hash that tells the same sending from another."""
        plain = json.dumps(asdict(self), sort_keys=True, default=str, ensure_ascii=False)
        return hashlib.sha256(plain.encode()).hexdigest()


def read_told(plain: Mapping[str, Any], *, now: datetime) -> Told:
    """What a device or a form sends, checked line by line. Raises NoteRefused; a field the note has not is refused too."""
    unknown = set(plain) - {"place", "held_at", "marks", *LISTS, *WORDS}
    if unknown:
        named = ", ".join(sorted(unknown))
        raise NoteRefused(
            _("A note has no “%(fields)s”: it says what was seen and told, nothing else.") % {"fields": named}
        )
    [place] = _codes([plain.get("place", "")], "intervention-places")
    present, done, called = (_codes(plain.get(name, ()), nomenclature) for name, nomenclature in LISTS.items())
    observed, said = (_text(plain.get(name, "")) for name in WORDS)
    told = Told(
        place=place, held_at=_moment(plain.get("held_at"), now), present=present, marks=_marks(plain.get("marks", {})),
        observed=observed, told=said, actions=done, called=called,
    )  # fmt: skip
    read_marks(told.marks)
    return told


def read_marks(marks: Mapping[str, Mapping[str, str]]) -> ShortReading:
    """Call now because of which lines, or call back: the twelve lines decide that and no more. Raises NoteRefused."""
    try:
        plain = {code: Mark(WAYS[mark["way"]], mark.get("grade") or None) for code, mark in marks.items()}
        return screen(get_short_form().method, plain)
    except AnswerRefused as refused:
        raise NoteRefused(str(refused)) from refused
    except KeyError as unknown:
        raise NoteRefused(_("A line is observed, told or unknown, not %(way)s.") % {"way": unknown}) from unknown


def standing(versions: Iterable[Version]) -> list[Version]:
    """The versions that no other was written from, by number: one, or several side by side."""
    known = list(versions)
    left = {base for version in known for base in version.bases}
    return sorted((version for version in known if version.key not in left), key=lambda version: version.number)


def is_beside(versions: Iterable[Version], bases: Iterable[UUID]) -> bool:
    """Whether a new version written from `bases` leaves another one standing."""
    return bool({version.key for version in standing(versions)} - set(bases))


def wiped_at(received_at: datetime | None) -> datetime | None:
    """When the device forgets the note: 24 hours after the unit's receipt (AT-22)."""
    return received_at + timedelta(hours=DEVICE_HOURS) if received_at else None


def _codes(found: Any, nomenclature: str) -> tuple[str, ...]:
    known = get_nomenclature(nomenclature).codes
    if not isinstance(found, list | tuple):
        raise NoteRefused(_("“%(code)s” is not in the list “%(list)s”.") % {"code": found, "list": nomenclature})
    for code in found:
        if code not in known:
            raise NoteRefused(_("“%(code)s” is not in the list “%(list)s”.") % {"code": code, "list": nomenclature})
    return tuple(code for code in known if code in found)


def _text(found: Any) -> str:
    words = " ".join(str(found).split())
    if len(words) > LONGEST:
        raise NoteRefused(_("Shorten this: %(count)s signs at most.") % {"count": LONGEST})
    if COORDINATES.search(words):
        raise NoteRefused(_("Take the coordinates out: a note says a kind of place, never a position."))
    return words


def _moment(found: Any, now: datetime) -> datetime:
    try:
        moment = datetime.fromisoformat(str(found))
        if moment.tzinfo is None:
            raise ValueError
    except ValueError as unreadable:
        raise NoteRefused(_("Give the day and the hour of the intervention.")) from unreadable
    if moment > now + AHEAD:
        raise NoteRefused(_("The intervention cannot be later than now: check the day and the hour."))
    return moment.replace(second=0, microsecond=0)


def _marks(found: Any) -> dict[str, dict[str, str]]:
    if not isinstance(found, dict) or not all(isinstance(mark, dict) for mark in found.values()):
        raise NoteRefused(_("The twelve lines could not be read: mark them again."))
    kept = {code: {key: str(mark[key]) for key in ("way", "grade") if mark.get(key)} for code, mark in found.items()}
    return {code: mark for code, mark in kept.items() if mark}
