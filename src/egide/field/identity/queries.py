"""The only reads of identity: records of one's own files that may be one person, joins, and collisions with others' files.

A collision is told to the owner of the earlier file only, by its month: neither who, nor where, nor anything of the other
file. Whoever opens the later one is told nothing, and an exclusion there silences it (X08, Z02).
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Count, QuerySet

from egide.field.persons.models import Person

from .models import Join


@dataclass(frozen=True)
class Collision:
    """Someone else wrote down, later, a person of the same name as the one of this file of mine; `month`: its first day."""

    case_id: UUID
    reference: str
    month: date


def list_twins() -> list[tuple[Person, ...]]:
    """Records of the subject's own files that bear exactly the same name, in groups."""
    named = Person.objects.exclude(given_name="").exclude(family_name="")
    twice = named.values("name_key").annotate(times=Count("id")).filter(times__gt=1).values_list("name_key", flat=True)
    groups: dict[str, list[Person]] = {}
    for person in named.filter(name_key__in=list(twice)).order_by("name_key", "id"):
        groups.setdefault(person.name_key, []).append(person)
    return [tuple(group) for group in groups.values()]


def list_joins() -> QuerySet[Join]:
    """The joins in force in the subject's own files, latest first."""
    return Join.objects.filter(undone_at__isnull=True).select_related("person").order_by("-joined_at")


def list_collisions() -> list[Collision]:
    """What the owner of a file is told of later entries elsewhere."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT case_id, reference, month FROM my_collisions() ORDER BY month DESC, reference")
        return [Collision(*row) for row in cursor.fetchall()]
