"""The only reads of shelters: a board without addresses, the requests of a file, those that come to a house, the exit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from egide.field.casefiles.models import CaseFile
from egide.foundation.organisations.queries import list_workplaces

from .models import Escort, ExitStep, Place, Request, Shelter


@dataclass(frozen=True)
class Offer:
    """A place on the board: what it is, how far from the public point, and whether it is free tonight. Never where."""

    place: UUID
    shelter: str
    kind: str
    band: str
    beds: int
    children: bool
    step_free: bool
    pets: bool
    free: bool


def get_board() -> list[Offer]:
    """Every place, for who may ask for one; nothing after thirty readings in an hour (Z07)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT place, shelter, kind, band, beds, children, step_free, pets, free FROM shelter_board()")
        return [Offer(*row) for row in cursor.fetchall()]


def list_requests(case: CaseFile) -> QuerySet[Request]:
    """The places asked for a file, latest first."""
    return Request.objects.filter(case=case).order_by("-asked_at")


def get_request(case: CaseFile, id: UUID) -> Request | None:
    """One request of a file, or None."""
    return Request.objects.filter(case=case, id=id).first()


def list_own_shelters(*, by: UUID, now: datetime) -> list[Shelter]:
    """The houses of the account's organisations, by name."""
    own = [each.id for each in list_workplaces(account=by, now=now)]
    return list(Shelter.objects.filter(organisation_id__in=own).order_by("name"))


def list_own_places() -> QuerySet[Place]:
    """The places that the subject's organisation keeps."""
    return Place.objects.select_related("shelter").order_by("shelter__name", "label")


def get_own_place(id: UUID) -> Place | None:
    """One of them, or None."""
    return list_own_places().filter(id=id).first()


def list_incoming() -> QuerySet[Request]:
    """The requests for the places that the subject's organisation keeps, latest first: how many people, never who."""
    return Request.objects.filter(place__isnull=False).select_related("place__shelter").order_by("-asked_at")


def get_incoming(id: UUID) -> Request | None:
    """One of them, or None."""
    return list_incoming().filter(id=id).first()


def get_exit(case: CaseFile) -> Mapping[str, ExitStep]:
    """Where a file stands on each line of the exit checklist that was spoken of."""
    return {step.item: step for step in ExitStep.objects.filter(case=case)}


def list_escorts(case: CaseFile) -> QuerySet[Escort]:
    """The escorts asked for a file, latest first."""
    return Escort.objects.filter(case=case).order_by("-asked_at")
