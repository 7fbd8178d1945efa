"""Events, the keys that open their details, and the seals that chain them."""

import uuid

from django.db import models


class SubjectKey(models.Model):
    """The key, wrapped by the installation's, that opens the details about one subject; shredding it closes them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject_kind = models.CharField(max_length=50)
    subject_id = models.CharField(max_length=100)
    wrapped = models.BinaryField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject_kind", "subject_id"], name="one_key_for_each_subject")]
        indexes = [models.Index(fields=["subject_id"], name="audit_key_by_subject")]


class Event(models.Model):
    """One thing done or read. Written only by the database function `audit_record`, never changed."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    code = models.CharField(max_length=60)
    wing = models.CharField(max_length=40)
    actor_kind = models.CharField(max_length=20)
    actor = models.CharField(max_length=100)
    subject_kind = models.CharField(max_length=50)
    subject_id = models.CharField(max_length=100)
    key_id = models.UUIDField()
    detail = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="audit_by_subject")]


class Seal(models.Model):
    """One sealed batch: its digest covers the digest before it and the hash of each of its events."""

    id = models.BigAutoField(primary_key=True)
    sealed_at = models.DateTimeField()
    previous = models.BinaryField()
    digest = models.BinaryField()


class SealedEvent(models.Model):
    """The hash of an event at the moment of its seal. No foreign key to the event: a removed event must leave a hole."""

    event_id = models.BigIntegerField(primary_key=True)
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="events")
    digest = models.BinaryField()
