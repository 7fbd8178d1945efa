"""A request for a list of names, and what another account decided of it. The list itself is never stored."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from egide.foundation.organisations.models import Organisation


class Decision(models.TextChoices):
    """What the second account said."""

    APPROVED = "APPROVED", pgettext_lazy("export", "approved")
    REFUSED = "REFUSED", pgettext_lazy("export", "refused")


class Export(models.Model):
    """The list of one's own files with their names, for a motive; two people by a constraint of the database."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    because = models.CharField(_("what the list is for"), max_length=200)
    requested_by = models.UUIDField()
    requested_at = models.DateTimeField()
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    decided_by = models.UUIDField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_because = models.CharField(_("why"), max_length=200, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    fetched_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("requested_by")), name="export_takes_two"
            ),
            models.CheckConstraint(
                condition=Q(decision="") | (Q(decided_by__isnull=False) & ~Q(decided_because="")),
                name="export_decided_by_someone_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(fetched_at__isnull=True) | Q(decision=Decision.APPROVED),
                name="export_fetched_once_approved",
            ),
        ]
