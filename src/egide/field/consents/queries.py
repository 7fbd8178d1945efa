"""The only reads of consents and grounds: what stands, and what has ended."""

from uuid import UUID

from django.db.models import QuerySet

from egide.field.persons.models import Person

from .models import Consent, Ground


def list_consents(person: Person) -> QuerySet[Consent]:
    """Every consent of a person, latest first, ended ones included."""
    return Consent.objects.filter(person=person).select_related("recipient").order_by("-given_on", "id")


def get_consent(person: Person, id: UUID) -> Consent | None:
    """One consent of a person, or None."""
    return Consent.objects.filter(person=person, id=id).select_related("recipient").first()


def list_grounds(person: Person) -> QuerySet[Ground]:
    """Every share without consent, with its article, latest first."""
    return Ground.objects.filter(person=person).select_related("recipient").order_by("-decided_at")
