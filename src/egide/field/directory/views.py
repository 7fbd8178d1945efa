"""What pages, commands and files may show of a service, in plain data. Not here: where rows come from (queries).

A confidential place is told by its distance band from a public point, the same words for whoever asks (Z07).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from .hours import Dates, Hours, Rule, next_opening
from .models import Days, Opening, Service, Stop
from .notation import format_hours
from .policies import is_doubtful


@dataclass(frozen=True)
class StopView:
    """A stop of a round: where, and when by a rule of its own."""

    rule: Rule
    place: str
    commune: str
    latitude: float
    longitude: float
    id: UUID | None = None


@dataclass(frozen=True)
class ServiceView:
    """What a page may show of a service. `doubtful`: nobody verified it for twelve months (AT-13).

    `opens_at`: from when it answers, at the moment asked; `capacity`: places free, None when nobody said so today.
    """

    id: UUID
    organisation_id: UUID
    organisation: str
    name: str
    description: str
    audiences: tuple[str, ...]
    themes: tuple[str, ...]
    languages: tuple[str, ...]
    access_modes: tuple[str, ...]
    access_note: str
    fee: str
    telephone: str
    text_messages: str
    email: str
    website: str
    address: str
    commune_name: str
    accessibility: str
    confidential_address: bool
    national: bool
    hours: str
    last_verified_on: date | None
    doubtful: bool
    opens_at: datetime | None
    schedule: Hours
    hours_note: str
    time_zone: str
    stops: tuple[StopView, ...]
    zone: tuple[str, ...]
    commune: str
    postal_code: str
    latitude: float | None
    longitude: float | None
    audience_note: str
    fee_note: str
    public_point: str
    distance_band: str
    capacity: int | None
    retired: bool

    @property
    def remote(self) -> bool:
        """Whether it answers wherever one is."""
        return self.national or "remote-session" in self.access_modes


def view_of(
    service: Service,
    organisation: str,
    openings: Iterable[Opening],
    stops: Iterable[Stop],
    *,
    at: datetime,
    today: date,
) -> ServiceView:
    """A service as it may be shown, at a moment."""
    hours = hours_of(service, openings)
    rounds = tuple(
        StopView(
            _rule(each, ((each.from_minute, each.to_minute),)),
            each.place,
            each.commune,
            each.latitude,
            each.longitude,
            each.id,
        )
        for each in stops
    )
    told_today = service.capacity_at and timezone.localdate(service.capacity_at) == today
    return ServiceView(
        service.id, service.organisation_id, organisation, service.name, service.description,
        tuple(service.audiences), tuple(service.themes), tuple(service.languages), tuple(service.access_modes),
        service.access_note, service.get_fee_display(), service.telephone, service.sms, service.email, service.website,
        service.address, service.commune_name, service.accessibility, service.confidential_address, service.national,
        format_hours(hours), service.last_verified_on, is_doubtful(service.last_verified_on, today),
        _opens_at(hours, rounds, at, service), hours, service.hours_note, service.time_zone, rounds, tuple(service.zone),
        service.commune, service.postal_code, service.latitude, service.longitude, service.audience_note, service.fee_note,
        service.public_point, service.get_distance_band_display() if service.distance_band else "",
        service.capacity if told_today else None, bool(service.retired_on and service.retired_on <= today),
    )  # fmt: skip


def hours_of(service: Service, openings: Iterable[Opening]) -> Hours:
    """The hours that a service's rows say."""
    return Hours(service.always_open, _rules(openings), service.closed_on_holidays)


def stop_hours(stop: StopView, *, closed_on_holidays: bool) -> Hours:
    """The hours of one stop."""
    return Hours(False, (stop.rule,), closed_on_holidays)


def _opens_at(hours: Hours, stops: tuple[StopView, ...], at: datetime, service: Service) -> datetime | None:
    each = [hours, *(stop_hours(stop, closed_on_holidays=service.closed_on_holidays) for stop in stops)]
    return min(filter(None, (next_opening(one, at, service.time_zone) for one in each)), default=None)


def _rules(openings: Iterable[Opening]) -> tuple[Rule, ...]:
    """Rows of the same rank are the spans of one rule."""
    ranks: dict[int, list[Opening]] = {}
    for each in openings:
        ranks.setdefault(each.rank, []).append(each)
    found = []
    for _rank, lines in sorted(ranks.items()):
        spans = sorted((line.from_minute, line.to_minute or 0) for line in lines if line.from_minute is not None)
        found.append(_rule(lines[0], tuple(spans), adds=lines[0].adds))
    return tuple(found)


def _rule(days: Days, spans: tuple[tuple[int, int], ...], *, adds: bool = False) -> Rule:
    dates = Dates(days.first_on, days.last_on, days.yearly) if days.first_on and days.last_on else None
    return Rule(tuple(days.weekdays), spans, dates, days.nth, adds)
