"""The only writes on the directory."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from egide.foundation.audit.actions import record
from egide.foundation.organisations.models import Organisation

from . import permissions, policies
from .hours import Hours, Rule
from .models import Opening, Service, Stop
from .sheet import ServiceSheet

_LISTS = {
    "audiences": "service-audiences",
    "themes": "service-themes",
    "access_modes": "service-access",
}


@transaction.atomic
def register_service(
    *, organisation: Organisation, name: str, audiences: Iterable[str], by: UUID | None, now: datetime, **described: Any
) -> Service:
    """Add a service. `described`: any other field of Service. Not yet verified, hence doubtful (AT-13). `by`: None for a command.

    Raises NotAllowed, ServiceRefused for an unknown code, ValidationError for what cannot stand.
    """
    permissions.check_may_write(by, organisation, now)
    service = Service(
        organisation=organisation, name=name, audiences=list(audiences), updated_on=timezone.localdate(now)
    )
    service.kept_by_hand = by is not None
    _describe(service, described)
    service.save(force_insert=True)
    record("SERVICE_REGISTERED", subject=("service", service.id), detail={"name": name}, at=now)
    return service


@transaction.atomic
def describe_service(*, service: Service, by: UUID | None, now: datetime, **described: Any) -> Service:
    """Change what the directory says of a service. Raises as `register_service`."""
    permissions.check_may_write(by, service.organisation, now)
    _describe(service, described)
    service.updated_on = timezone.localdate(now)
    service.kept_by_hand = service.kept_by_hand or by is not None
    service.save()
    record("SERVICE_DESCRIBED", subject=("service", service.id), detail={"fields": sorted(described)}, at=now)
    return service


@transaction.atomic
def set_hours(*, service: Service, hours: Hours, by: UUID | None, now: datetime, note: str = "") -> Service:
    """Replace the hours of a service; `note`: what the notation cannot say, in words. The stops of its rounds stay."""
    permissions.check_may_write(by, service.organisation, now)
    service.always_open, service.closed_on_holidays = hours.always, hours.closed_on_holidays
    service.updated_on, service.hours_note = timezone.localdate(now), note
    service.kept_by_hand = service.kept_by_hand or by is not None
    service.save(update_fields=["always_open", "closed_on_holidays", "updated_on", "hours_note", "kept_by_hand"])
    Opening.objects.filter(service=service).delete()
    lines = [
        Opening(service=service, rank=rank, adds=rule.adds, from_minute=start, to_minute=end, **_days(rule))
        for rank, rule in enumerate(hours.rules)
        for start, end in rule.spans or ((None, None),)
    ]
    for line in lines:
        line.full_clean()
    Opening.objects.bulk_create(lines)
    record("SERVICE_HOURS_SET", subject=("service", service.id), at=now)
    return service


@transaction.atomic
def add_round(
    *,
    service: Service,
    rule: Rule,
    place: str,
    latitude: float,
    longitude: float,
    by: UUID,
    now: datetime,
    commune: str = "",
) -> list[Stop]:
    """Add a stop of an itinerant service: where it stands on the days of a rule, one row for each of its spans."""
    permissions.check_may_write(by, service.organisation, now)
    if service.confidential_address:
        raise policies.ServiceRefused(_("A confidential address is not written in the directory: leave it blank."))
    stops = [
        Stop(
            service=service, from_minute=start, to_minute=end, place=place, commune=commune, latitude=latitude,
            longitude=longitude, **_days(rule),
        )
        for start, end in rule.spans
    ]  # fmt: skip
    for stop in stops:
        stop.full_clean()
        stop.save(force_insert=True)
    record("SERVICE_ROUND_ADDED", subject=("service", service.id), at=now)
    return stops


@transaction.atomic
def remove_stop(*, service: Service, stop: str, by: UUID, now: datetime) -> None:
    """Take one stop of a service away. Raises NotAllowed, ServiceRefused when it has no such stop."""
    permissions.check_may_write(by, service.organisation, now)
    found = next((each for each in Stop.objects.filter(service=service) if str(each.id) == stop), None)
    if found is None:
        raise policies.ServiceRefused(_("This stop is no longer in the rounds of the service."))
    found.delete()
    record("SERVICE_STOP_REMOVED", subject=("service", service.id), at=now)


@transaction.atomic
def clear_rounds(*, service: Service, by: UUID, now: datetime) -> None:
    """Take away every stop of a service, before its rounds are written again."""
    permissions.check_may_write(by, service.organisation, now)
    Stop.objects.filter(service=service).delete()
    record("SERVICE_ROUNDS_CLEARED", subject=("service", service.id), at=now)


@transaction.atomic
def tell_capacity(*, service: Service, places: int | None, by: UUID, now: datetime) -> Service:
    """Say how many places are free now; None: not known. It is shown on that day only. Raises ServiceRefused below zero."""
    permissions.check_may_write(by, service.organisation, now)
    if places is not None and places < 0:
        raise policies.ServiceRefused(_("There cannot be fewer than no places."))
    service.capacity, service.capacity_at = places, now
    service.save(update_fields=["capacity", "capacity_at"])
    record("SERVICE_CAPACITY_TOLD", subject=("service", service.id), at=now)
    return service


@transaction.atomic
def correct_service(*, service: Service, hours: Hours, by: UUID, now: datetime, **described: Any) -> Service:
    """Write what a call to the service corrected, and verify it on that day. Hours in words stay when none are given as data."""
    described_now = describe_service(service=service, by=by, now=now, **described)
    set_hours(service=described_now, hours=hours, by=by, now=now, note="" if hours.known else service.hours_note)
    return verify_service(service=described_now, on=timezone.localdate(now), by=by, now=now)


@transaction.atomic
def add_service(
    *,
    organisation: Organisation,
    hours: Hours,
    by: UUID,
    now: datetime,
    name: str,
    audiences: Iterable[str],
    **described: Any,
) -> Service:
    """Add a service with its hours, by hand. Raises as `register_service`."""
    made = register_service(organisation=organisation, name=name, audiences=audiences, by=by, now=now, **described)
    return set_hours(service=made, hours=hours, by=by, now=now)


@transaction.atomic
def rewrite_service(*, service: Service, hours: Hours, by: UUID, now: datetime, **described: Any) -> Service:
    """Write anew what the directory says, hours included; the verification stays as it was. Raises as `describe_service`."""
    if described.get("confidential_address") and Stop.objects.filter(service=service).exists():
        raise policies.ServiceRefused(
            _("A service with rounds has no confidential address: take its stops away first.")
        )
    rewritten = describe_service(service=service, by=by, now=now, **described)
    return set_hours(service=rewritten, hours=hours, by=by, now=now, note="" if hours.known else service.hours_note)


@transaction.atomic
def verify_service(*, service: Service, on: date, by: UUID, now: datetime) -> Service:
    """Note that someone called and that what the directory says is true on that day."""
    permissions.check_may_write(by, service.organisation, now)
    if on > timezone.localdate(now):
        raise policies.ServiceRefused(_("A verification is not dated in the future."))
    service.last_verified_on, service.verified_by, service.kept_by_hand = on, by, True
    service.save(update_fields=["last_verified_on", "verified_by", "kept_by_hand"])
    record("SERVICE_VERIFIED", subject=("service", service.id), detail={"on": str(on)}, at=now)
    return service


@transaction.atomic
def retire_service(*, service: Service, by: UUID, now: datetime) -> Service:
    """Take a service out of every list; referrals that went there still name it."""
    permissions.check_may_write(by, service.organisation, now)
    service.retired_on = timezone.localdate(now)
    service.save(update_fields=["retired_on"])
    record("SERVICE_RETIRED", subject=("service", service.id), at=now)
    return service


@transaction.atomic
def return_service(*, service: Service, by: UUID, now: datetime) -> Service:
    """Put back a service that was withdrawn, as it was. Raises ServiceRefused for one that was merged."""
    permissions.check_may_write(by, service.organisation, now)
    if service.merged_into_id:
        raise policies.ServiceRefused(_("This entry was merged into another: give the merge back instead."))
    service.retired_on = None
    service.save(update_fields=["retired_on"])
    record("SERVICE_RETURNED", subject=("service", service.id), at=now)
    return service


@transaction.atomic
def load_sheet(
    *, sheet: Iterable[ServiceSheet], organisations: Mapping[str, Organisation], by: UUID, now: datetime
) -> list[Service]:
    """Add the services of a sheet, or describe again those of the same source and identifier.

    `organisations`: by code, already registered by the foundation wing (`sheet.organisations_of`).
    """
    loaded = []
    for line in sheet:
        known = Service.objects.filter(source=line.source, source_id=line.source_id).first()
        if known:
            service = describe_service(service=known, by=by, now=now, **line.described)
        else:
            service = register_service(
                organisation=organisations[line.organisation_code], by=by, now=now, source=line.source,
                source_id=line.source_id, **line.described,
            )  # fmt: skip
        set_hours(service=service, hours=line.hours, by=by, now=now)
        clear_rounds(service=service, by=by, now=now)
        for stop in line.rounds:
            add_round(service=service, by=by, now=now, **stop)
        if verified := line.verified_on(timezone.localdate(now)):
            verify_service(service=service, on=verified, by=by, now=now)
        loaded.append(service)
    return loaded


def _days(rule: Rule) -> dict[str, Any]:
    dates = rule.dates
    return {
        "weekdays": list(rule.weekdays), "nth": rule.nth, "first_on": dates.first if dates else None,
        "last_on": dates.last if dates else None, "yearly": bool(dates and dates.yearly),
    }  # fmt: skip


def _describe(service: Service, described: Mapping[str, Any]) -> None:
    for name, told in described.items():
        Service._meta.get_field(name)
        setattr(service, name, told)
    for field, nomenclature in _LISTS.items():
        policies.check_codes(nomenclature, getattr(service, field))
    if service.kind:
        policies.check_codes("service-kinds", [service.kind])
    service.full_clean(validate_unique=False)
