"""The only writes on shelters. No address ever stands in the trail, nor in a sentence of this room."""

import secrets
from datetime import datetime
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.utils.translation import gettext as _

from egide.field.casefiles.models import CaseFile
from egide.foundation.audit.actions import record
from egide.foundation.organisations.models import Organisation

from . import permissions, policies
from .models import Address, Escort, EscortState, ExitStep, Place, Request, Shelter, State, StepState
from .policies import PlaceRefused
from .sealing import seal, unseal
from .states import BY_HOLDER, BY_SHELTER, STAMPS

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # no letter that a voice takes for a figure


@transaction.atomic
def open_shelter(
    *, organisation: Organisation, name: str, band: str, address: str, by: UUID, now: datetime, telephone: str = ""
) -> Shelter:
    """Write down a house; its address is encrypted at once. Raises NotAllowed, PlaceRefused."""
    permissions.check_may_keep(by, organisation.id, now)
    policies.check_codes("distance-bands", [band])
    shelter = Shelter(organisation=organisation, name=name, band=band, telephone=telephone)
    shelter.full_clean(validate_unique=False)
    shelter.save(force_insert=True)
    Address(shelter=shelter, sealed=seal(address)).save(force_insert=True)
    record("SHELTER_OPENED", subject=("shelter", shelter.id), at=now)
    return shelter


@transaction.atomic
def add_place(
    *, shelter: Shelter, label: str, kind: str, beds: int, children: bool = False, step_free: bool = False, pets: bool = False,
    by: UUID, now: datetime,
) -> Place:  # fmt: skip
    """Add a place to a house, open tonight. Raises NotAllowed, PlaceRefused, ValidationError."""
    permissions.check_may_keep(by, shelter.organisation_id, now)
    policies.check_codes("shelter-kinds", [kind])
    place = Place(
        shelter=shelter,
        label=label,
        kind=kind,
        beds=beds,
        children=children,
        step_free=step_free,
        pets=pets,
        told_at=now,
    )
    place.full_clean()
    place.save(force_insert=True)
    record("PLACE_ADDED", subject=("shelter", shelter.id), detail={"place": str(place.id)}, at=now)
    return place


@transaction.atomic
def tell_tonight(*, place: Place, tonight: bool, by: UUID, now: datetime) -> Place:
    """Say whether a place is open tonight. Raises NotAllowed."""
    permissions.check_may_keep(by, place.shelter.organisation_id, now)
    place.tonight, place.told_at = tonight, now
    place.save(update_fields=["tonight", "told_at"])
    record("PLACE_TOLD", subject=("shelter", place.shelter_id), detail={"tonight": tonight}, at=now)
    return place


@transaction.atomic
def ask_for_place(
    *, case: CaseFile, place: UUID, adults: int, children: int, step_free: bool, pets: bool, by: UUID, now: datetime
) -> UUID:
    """Hold a place for two hours, if it is free at this very moment. Return the request. Raises NotAllowed, PlaceRefused."""
    permissions.check_may_ask(by, now)
    request, number = uuid4(), "".join(secrets.choice(_LETTERS) for _each in range(6))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT hold_place(%s::uuid, %s::uuid, %s::uuid, %s, %s::smallint, %s::smallint, %s, %s, %s)",
            [str(place), str(case.id), str(request), number, adults, children, step_free, pets, now],
        )
        refusal = cursor.fetchone()[0]
    if refusal:
        raise PlaceRefused(policies.REFUSALS[refusal]())
    record("PLACE_HELD", subject=("case", case.id), detail={"request": str(request)}, at=now)
    return request


@transaction.atomic
def answer_request(*, request: Request, to: State, by: UUID, now: datetime, reason: str = "") -> Request:
    """The shelter confirms, refuses with a reason, notes the arrival or the departure. Raises NotAllowed, PlaceRefused."""
    permissions.check_may_keep(by, request.place.shelter.organisation_id, now)
    if to not in BY_SHELTER:
        raise PlaceRefused(_("Only the person who asked for a place gives it back."))
    return _move(request, to, now, reason)


@transaction.atomic
def follow_request(*, request: Request, to: State, by: UUID, now: datetime, reason: str = "") -> Request:
    """The team of the file gives the place back, or notes the arrival or the departure. Raises NotAllowed, PlaceRefused."""
    permissions.check_may_ask(by, now)
    if to not in BY_HOLDER:
        raise PlaceRefused(_("Only the shelter confirms or refuses a request."))
    return _move(request, to, now, reason)


@transaction.atomic
def read_address(*, request: Request, by: UUID, now: datetime) -> str:
    """Return the address, for the holder of a confirmed request and nobody else, colleagues included (AT-83).

    The reading is in the trail, the address is not. Raises PlaceRefused, always with the same sentence.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT shelter_of(%s)", [request.id])
        shelter = cursor.fetchone()[0]
    found = Address.objects.filter(shelter_id=shelter).first() if shelter and request.asked_by == by else None
    if found is None:
        raise PlaceRefused(_("The address is told to the person whose request is confirmed, and to nobody else."))
    record("SHELTER_ADDRESS_READ", subject=("case", request.case_id), detail={"request": str(request.id)}, at=now)
    return unseal(bytes(found.sealed))


@transaction.atomic
def set_step(*, case: CaseFile, item: str, state: StepState, by: UUID, now: datetime) -> ExitStep:
    """Note where a file stands on one line of the exit checklist. Raises NotAllowed, PlaceRefused."""
    permissions.check_may_ask(by, now)
    if item not in policies.list_items():
        raise PlaceRefused(_("This is not a line of the checklist."))
    step = ExitStep.objects.filter(case=case, item=item).first()
    if step is None:
        step = ExitStep(case=case, item=item, state=state, changed_at=now, changed_by=by)
        step.save(force_insert=True)
    else:
        step.state, step.changed_at, step.changed_by = state, now, by
        step.save(update_fields=["state", "changed_at", "changed_by"])
    record("EXIT_STEP_SET", subject=("case", case.id), detail={"item": item, "state": state}, at=now)
    return step


@transaction.atomic
def ask_escort(*, case: CaseFile, asked_of: str, wanted_at: datetime, by: UUID, now: datetime) -> Escort:
    """Note that an escort was asked of a station, for a day and an hour to come. Raises NotAllowed, PlaceRefused."""
    permissions.check_may_ask(by, now)
    if wanted_at <= now:
        raise PlaceRefused(_("An escort is asked for a moment to come."))
    escort = Escort(case=case, asked_of=asked_of, wanted_at=wanted_at, asked_at=now, asked_by=by)
    escort.full_clean()
    escort.save(force_insert=True)
    record("ESCORT_ASKED", subject=("case", case.id), at=now)
    return escort


@transaction.atomic
def answer_escort(*, escort: Escort, to: EscortState, by: UUID, now: datetime) -> Escort:
    """Note what the station answered, or that it was done. Raises NotAllowed, PlaceRefused."""
    permissions.check_may_ask(by, now)
    policies.check_escort(escort, to)
    escort.state, escort.answered_at = to, now
    escort.save(update_fields=["state", "answered_at"])
    record("ESCORT_ANSWERED", subject=("case", escort.case_id), detail={"to": to}, at=now)
    return escort


def _move(request: Request, to: State, now: datetime, reason: str) -> Request:
    policies.check_can_move(request, to, now)
    if to in (State.REFUSED, State.MOVED):
        policies.check_codes("shelter-refusals" if to == State.REFUSED else "shelter-departures", [reason])
    stamp = STAMPS.get(to, "ended_at")
    request.state, request.reason = to, reason
    setattr(request, stamp, now)
    moved = Request.objects.filter(id=request.id).update(state=to, reason=reason, **{stamp: now})
    if not moved:
        raise PlaceRefused(_("This request is not yours."))
    detail = {"request": str(request.id), "to": to, "reason": reason}
    record("PLACE_REQUEST_MOVED", subject=("place-request", request.id), detail=detail, at=now)
    return request
