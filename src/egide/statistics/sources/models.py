"""The working group's meetings, and the changes of definition that they recorded: each opens a break."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Meeting(models.Model):
    """One meeting of the producers (R30: every three months). What was said is in its minutes, kept elsewhere."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    held_on = models.DateField(_("day of the meeting"), unique=True)
    subject = models.CharField(_("subject"), max_length=200)
    producers = models.JSONField(_("producers present"), default=list)
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = models.CharField(_("recorded by"), max_length=100)


class DefinitionChange(models.Model):
    """A producer changed what a series counts. It is read as a declared break: no growth crosses it (X13, AT-74).

    `series` is {column: code}, empty for the whole source; `at` the first period of the new definition (SDMX text).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="changes")
    source = models.CharField(_("source"), max_length=60)
    series = models.JSONField(_("series"), default=dict)
    at = models.CharField(_("first period of the new definition"), max_length=20)
    cause = models.CharField(_("what changed"), max_length=500)
    cause_en = models.CharField(_("what changed, in English"), max_length=500)
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = models.CharField(_("recorded by"), max_length=100)

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(cause="") & ~models.Q(at=""), name="change_is_told")]
        indexes = [models.Index(fields=["source"], name="change_by_source")]
