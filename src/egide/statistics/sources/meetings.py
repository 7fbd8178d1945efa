"""The only reads of the working group: its meetings by year against the four that are due, and the breaks they opened."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from egide.foundation.catalogue import Break, Text, get_nomenclature

from .models import DefinitionChange, Meeting

A_YEAR = 4  # "meets every 3 months"


@dataclass(frozen=True)
class MeetingView:
    """A meeting as a page shows it."""

    id: UUID
    held_on: date
    subject: str
    producers: tuple[Text, ...]
    changes: tuple[tuple[str, str, Text], ...]


@dataclass(frozen=True)
class Year:
    """The meetings of a year, and the quarters gone by, or under way, that had none."""

    year: int
    meetings: tuple[MeetingView, ...]
    without: tuple[int, ...]

    @property
    def held(self) -> int:
        """How many were held, of A_YEAR."""
        return len(self.meetings)


def get_year(year: int, *, today: date) -> Year:
    """The working group's year (AT-74): four meetings, one a quarter. A quarter to come is not missing."""
    meetings = tuple(_view(each) for each in Meeting.objects.filter(held_on__year=year).order_by("held_on"))
    begun = [quarter for quarter in range(1, A_YEAR + 1) if date(year, 3 * quarter - 2, 1) <= today]
    held = {(each.held_on.month + 2) // 3 for each in meetings}
    return Year(year, meetings, tuple(quarter for quarter in begun if quarter not in held))


def get_meeting(id: UUID) -> Meeting | None:
    """One meeting, to record a change on it."""
    return Meeting.objects.filter(id=id).first()


def declared_breaks(source: str) -> tuple[Break, ...]:
    """The breaks that the changes of definition of a source opened, as the catalogue's own are read."""
    changes = DefinitionChange.objects.filter(source=source).order_by("at", "recorded_at")
    return tuple(Break(change.series, change.at, "declared", Text(change.cause, change.cause_en)) for change in changes)


def _view(meeting: Meeting) -> MeetingView:
    known = get_nomenclature("producers").codes
    producers = tuple(known[code].label for code in meeting.producers if code in known)
    changes = tuple(
        (each.source, each.at, Text(each.cause, each.cause_en)) for each in meeting.changes.order_by("recorded_at")
    )
    return MeetingView(meeting.id, meeting.held_on, meeting.subject, producers, changes)
