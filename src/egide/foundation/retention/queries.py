"""The only reads of visas and certificates."""

from datetime import date
from uuid import UUID

from django.db.models import Max, QuerySet

from .models import Certificate, Visa


def visas_until(rule: str) -> dict[UUID, date]:
    """For each organisation that has a visa under a rule, the last day it covers."""
    found = Visa.objects.filter(rule=rule).values("organisation_id").annotate(until=Max("due_until"))
    return {row["organisation_id"]: row["until"] for row in found}


def list_certificates() -> QuerySet[Certificate]:
    """Every certificate, latest first."""
    return Certificate.objects.order_by("-made_at", "id")
