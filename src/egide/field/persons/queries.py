"""The only reads of persons beside their files: how one may be reached."""

from collections.abc import Iterable
from uuid import UUID

from .models import Person, SafeContact


def get_safe_contact(person: Person) -> SafeContact | None:
    """The safe contact in force, or None: then nobody writes or calls (Z05)."""
    return SafeContact.objects.filter(person=person, withdrawn_at__isnull=True).first()


def list_safe_contacts(persons: Iterable[Person]) -> dict[UUID, SafeContact]:
    """The safe contacts in force of several persons, by person; whoever is absent has stated none."""
    stated = SafeContact.objects.filter(person__in=[person.id for person in persons], withdrawn_at__isnull=True)
    return {contact.person_id: contact for contact in stated}
