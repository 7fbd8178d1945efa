"""The join of two records of one person, with what was moved, so that it can be undone to the letter."""

import uuid

from django.db import models
from django.db.models import F, Q

from egide.field.persons.models import Person


class Join(models.Model):
    """`absorbed` is the same human being as `person`: its rows were moved, itself is kept untouched, out of every file.

    `moved`: the rows that now point to `person`, by table and column; and those taken out because `person` already had the
    like, whole.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="joins")
    absorbed = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    moved = models.JSONField()
    joined_at = models.DateTimeField()
    joined_by = models.UUIDField()
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(person=F("absorbed")), name="join_of_two_records"),
            models.UniqueConstraint(
                fields=["absorbed"], condition=Q(undone_at__isnull=True), name="absorbed_once_at_a_time"
            ),
        ]
