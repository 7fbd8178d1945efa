"""A sheet of facts on the alleged perpetrator's part. It has no name, no address and no file: the reference is told by telephone."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from egide.foundation.organisations.models import Organisation


class SourceSheet(models.Model):
    """`told` maps a factor of the perpetrator part to {value, source, words}; the author never learns what became of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("service that assesses danger")
    )
    grid = models.CharField(max_length=40)
    grid_version = models.CharField(max_length=20)
    source = models.CharField(_("how it is known"), max_length=20)
    told = models.JSONField()
    facts_on = models.DateField(_("day of the facts"))
    written_by = models.UUIDField()
    written_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True, blank=True)
    received_by = models.UUIDField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["recipient", "written_at"], name="source_by_recipient"),
            models.Index(fields=["facts_on"], name="source_by_day"),
        ]

    @property
    def reference(self) -> str:
        """How the sheet is called over the telephone: it tells nothing."""
        return str(self.id)[:8].upper()
