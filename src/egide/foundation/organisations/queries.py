"""The only reads: the roles an account holds at a moment, and through which mandates."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from .models import Mandate


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
