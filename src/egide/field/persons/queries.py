"""The only reads of persons beside their files: how one may be reached."""

from .models import Person, SafeContact


def get_safe_contact(person: Person) -> SafeContact | None:
    """The safe contact in force, or None: then nobody writes or calls (Z05)."""
    return SafeContact.objects.filter(person=person, withdrawn_at__isnull=True).first()
