"""The only reads: the roles an account holds at a moment, and through which mandates."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from .models import Mandate, Organisation


class UnknownOrganisation(LookupError):
    """No organisation has this code."""


def get_organisation(code: str) -> Organisation:
    """The organisation of a code. Raises UnknownOrganisation."""
    found = Organisation.objects.filter(code=code).first()
    if found is None:
        raise UnknownOrganisation(f"No organisation has the code {code}: look at the codes you registered.")
    return found


def list_mandates(*, account: UUID, now: datetime) -> QuerySet[Mandate]:
    """The mandates in force for an account at `now`."""
    day = timezone.localdate(now)
    return (
        Mandate.objects.filter(account_id=account, account__is_active=True, valid_from__lte=day, valid_to__gt=day)
        .filter(Q(revoked_at__isnull=True) | Q(revoked_at__gt=now))
        .select_related("position__organisation")
        .order_by("position__title")
    )


def list_roles(*, account: UUID, now: datetime) -> frozenset[str]:
    """The role codes an account holds at `now`."""
    return frozenset(role for mandate in list_mandates(account=account, now=now) for role in mandate.position.roles)


def list_workplaces(*, account: UUID, now: datetime) -> list[Organisation]:
    """The organisations where an account holds a position at `now`, each once."""
    found = [mandate.position.organisation for mandate in list_mandates(account=account, now=now)]
    return list({organisation.id: organisation for organisation in found}.values())


def list_colleagues(*, account: UUID, now: datetime) -> QuerySet[Mandate]:
    """The mandates in force of the others who hold a position in the same organisations."""
    day = timezone.localdate(now)
    places = [organisation.id for organisation in list_workplaces(account=account, now=now)]
    return (
        Mandate.objects.filter(position__organisation_id__in=places, account__is_active=True)
        .filter(Q(revoked_at__isnull=True) | Q(revoked_at__gt=now), valid_from__lte=day, valid_to__gt=day)
        .exclude(account_id=account)
        .select_related("account", "position")
        .order_by("account__name")
    )


def list_seats(*, organisation: UUID, now: datetime) -> QuerySet[Mandate]:
    """The mandates in force at an organisation: who sits there now, and on which position."""
    day = timezone.localdate(now)
    return (
        Mandate.objects.filter(position__organisation_id=organisation, account__is_active=True)
        .filter(Q(revoked_at__isnull=True) | Q(revoked_at__gt=now), valid_from__lte=day, valid_to__gt=day)
        .select_related("position")
        .order_by("account_id")
    )
