"""The archives' visa, and the certificate of a purge: counts, rules and days, nothing about anyone."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from egide.foundation.organisations.models import Organisation


class Visa(models.Model):
    """The archives agree that a public body destroys what fell due on or before a day (Z14)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    rule = models.CharField(_("retention rule"), max_length=60)
    due_until = models.DateField(_("for what fell due until"))
    reference = models.CharField(_("reference of the visa"), max_length=120)
    recorded_at = models.DateTimeField()


class Certificate(models.Model):
    """What one purge erased: rows by table, keys, files, messages; and what waits, and for what."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    made_at = models.DateTimeField()
    rule = models.CharField(max_length=60)
    rule_version = models.CharField(max_length=20)
    counts = models.JSONField()
    waiting = models.JSONField()
