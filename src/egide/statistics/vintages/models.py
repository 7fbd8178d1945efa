"""The reason that a person signed for a change between two deliveries, beside the one that was proposed."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reason(models.TextChoices):
    """Why a cell differs from the vintage before; the codes of `methods.revisions.Reason`."""

    NEW = "new", _("new")
    LATE_DATA = "late-data", _("late data")
    CORRECTION = "correction", _("correction")
    REQUALIFICATION = "requalification", _("requalification")
    RELOCATED = "relocated", _("relocated")
    REDEFINITION = "redefinition", _("redefinition")


class SignedReason(models.Model):
    """One signature. A second one on the same change is added and stands; the first stays readable.

    `before` and `after` are the two deliveries; `evidence` is what the proposal rested on, frozen as it was then.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.CharField(_("source"), max_length=60)
    series = models.CharField(_("series"), max_length=80)
    territory = models.CharField(_("territory"), max_length=20)
    period = models.CharField(_("period"), max_length=20)
    before = models.UUIDField()
    after = models.UUIDField()
    proposed = models.CharField(_("proposed reason"), max_length=20, choices=Reason.choices)
    evidence = models.JSONField(default=list)
    reason = models.CharField(_("signed reason"), max_length=20, choices=Reason.choices)
    words = models.CharField(_("in the words of who signs"), max_length=500, blank=True)
    signed_at = models.DateTimeField(_("signed"))
    signed_by = models.CharField(_("signed by"), max_length=100)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(reason__in=Reason.values, proposed__in=Reason.values), name="known_reason"
            ),
            models.CheckConstraint(
                condition=models.Q(reason=models.F("proposed")) | ~models.Q(words=""),
                name="another_reason_is_explained",
                violation_error_message=_("A reason other than the proposed one is explained in words."),
            ),
        ]
        indexes = [models.Index(fields=["source", "series", "territory", "period"], name="reason_by_cell")]
