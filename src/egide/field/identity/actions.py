"""The only writes on joins: put two records of one person together, and separate them again."""

import json
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from egide.field.casefiles.permissions import check_may
from egide.field.persons.models import Person
from egide.field.persons.queries import get_safe_contact
from egide.foundation.audit.actions import record

from .models import Join


class JoinRefused(ValueError):
    """The two records cannot be joined, or separated."""


@transaction.atomic
def join_persons(*, kept: UUID, absorbed: UUID, by: UUID, now: datetime) -> Join:
    """Move everything of `absorbed` to `kept`, in files that the account may all open. Raises NotAllowed, JoinRefused.

    Nothing of the records themselves is overwritten. Two safe contacts are never chosen between by a machine.
    """
    check_may(by, "R01", "N", now)
    persons = {person.id: person for person in Person.objects.filter(id__in=[kept, absorbed])}
    if len(persons) == 2 and all(get_safe_contact(person) for person in persons.values()):
        raise JoinRefused(
            _("Both records have a safe contact: ask the person which one is safe, withdraw the other, then join.")
        )
    moved = _move("SELECT join_persons(%s, %s)", [kept, absorbed])
    join = Join(person_id=kept, absorbed_id=absorbed, moved=moved, joined_at=now, joined_by=by)
    join.full_clean(exclude=["absorbed"], validate_unique=False, validate_constraints=False)
    join.save(force_insert=True)
    for person in (kept, absorbed):
        record("PERSONS_JOINED", subject=("person", person), detail={"join": str(join.id)}, at=now)
    return join


@transaction.atomic
def separate_persons(*, join: UUID, by: UUID, now: datetime) -> Join:
    """Undo a join: both records are again what they were, what was added since stays with the one kept. Raises JoinRefused."""
    check_may(by, "R01", "N", now)
    found = Join.objects.filter(id=join, undone_at__isnull=True).first()
    if found is None:
        raise JoinRefused(_("There is no such join to undo."))
    _move("SELECT separate_persons(%s)", [found.id])
    found.undone_at, found.undone_by = now, by
    found.save(update_fields=["undone_at", "undone_by"])
    for person in (found.person_id, found.absorbed_id):
        record("PERSONS_SEPARATED", subject=("person", person), detail={"join": str(found.id)}, at=now)
    return found


def _move(statement: str, told: list[UUID]) -> dict[str, object]:
    refusal = _("These two records cannot be joined or separated.")
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, told)
            [moved] = cursor.fetchone()
    except IntegrityError as clash:
        raise JoinRefused(refusal) from clash
    if moved is None:
        raise JoinRefused(refusal)
    found: dict[str, object] = json.loads(moved) if isinstance(moved, str) else moved
    return found
