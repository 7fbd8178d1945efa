"""A note, its versions, and what each version says.

A note has no name, no address, no coordinates, no offence and no complaint: there is no column for them. The versions are
receipts without content, which the officer keeps; the content leaves the officer's eyes once the unit has received it.
"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from egide.foundation.organisations.models import Organisation


class Note(models.Model):
    """One intervention. Its identifier is drawn on the device. `seen_at`: the social worker has seen it, a bare fact."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("police or gendarmerie unit")
    )
    written_by = models.UUIDField()
    arrived_at = models.DateTimeField()
    held_on = models.DateField(_("day of the intervention"))
    received_at = models.DateTimeField(null=True, blank=True)
    received_by = models.UUIDField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["recipient", "arrived_at"], name="note_by_recipient"),
            models.Index(fields=["written_by", "arrived_at"], name="note_by_writer"),
            models.Index(fields=["held_on"], name="note_by_day"),
        ]

    @property
    def reference(self) -> str:
        """How the note is called on a page and over the telephone: it tells nothing."""
        return str(self.id)[:8].upper()


class Version(models.Model):
    """The receipt of one sending: its key is the one that the device drew, so that a second sending is the same row.

    `bases` are the versions it was written from; a version that nobody wrote from stands. Two that stand are a conflict,
    and both are kept. `beside`: it arrived beside another one. `digest`: of what was sent, to know the same sending again.
    """

    key = models.UUIDField(primary_key=True, editable=False)
    note = models.ForeignKey(Note, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    bases = ArrayField(models.UUIDField(), default=list, blank=True)
    beside = models.BooleanField(default=False)
    digest = models.CharField(max_length=64)
    arrived_at = models.DateTimeField()
    written_by = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["note", "number"], name="one_version_of_each_number")]


class Content(models.Model):
    """What a version says: a kind of place, an hour, roles, the twelve lines, two kinds of words, what was done, who was called."""

    version = models.OneToOneField(Version, on_delete=models.PROTECT, primary_key=True, related_name="content")
    form_version = models.CharField(max_length=20)
    place = models.CharField(_("kind of place"), max_length=40)
    held_at = models.DateTimeField(_("hour of the intervention"))
    present = ArrayField(models.CharField(max_length=40), default=list, blank=True, verbose_name=_("people present"))
    marks = models.JSONField(default=dict, blank=True)
    observed = models.CharField(_("what was observed"), max_length=600, blank=True)
    told = models.CharField(_("what was told"), max_length=600, blank=True)
    actions = ArrayField(models.CharField(max_length=40), default=list, blank=True, verbose_name=_("what was done"))
    called = ArrayField(models.CharField(max_length=40), default=list, blank=True, verbose_name=_("who was called"))
