"""The record of one processing purpose, as the register asks for it; and the days when a local route is switched off."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

GATED = ("field", "programmes", "investigation", "vigilance", "statistics", "protection")


class ProcessingRecord(models.Model):
    """What must be named before a module runs. Blank until known; `activated_at` is set only by the gate."""

    module = models.CharField(_("module"), max_length=40, primary_key=True)
    controller = models.CharField(_("controller"), max_length=200, blank=True)
    act = models.CharField(_("legal act"), max_length=200, blank=True)
    dpia_reference = models.CharField(_("impact assessment (DPIA)"), max_length=200, blank=True)
    dpia_date = models.DateField(_("date of the impact assessment"), null=True, blank=True)
    dpo = models.CharField(_("data protection officer"), max_length=200, blank=True)
    retention_rule = models.CharField(_("retention rule"), max_length=60, blank=True)
    fictional = models.BooleanField(_("fictional"), default=False)
    activated_at = models.DateTimeField(_("active since"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(activated_at__isnull=True)
                | (
                    models.Q(dpia_date__isnull=False)
                    & ~models.Q(controller="")
                    & ~models.Q(act="")
                    & ~models.Q(dpia_reference="")
                    & ~models.Q(dpo="")
                    & ~models.Q(retention_rule="")
                ),
                name="active_only_with_its_act",
                violation_error_message=_("A module runs only once its legal record is complete."),
            )
        ]


class RouteSuspension(models.Model):
    """A local protocol of the catalogue switched off from a day, and on again from another: written once, kept for good (AT-16)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    protocol = models.CharField(_("local protocol"), max_length=60)
    since = models.DateField(_("switched off from"))
    decided_by = models.CharField(_("who decided"), max_length=200)
    reason = models.CharField(_("why"), max_length=300)
    written_by = models.UUIDField()
    written_at = models.DateTimeField()
    resumed_on = models.DateField(_("open again from"), null=True, blank=True)
    resumed_by = models.UUIDField(null=True, blank=True)
    resumed_at = models.DateTimeField(null=True, blank=True)
    resumed_because = models.CharField(_("why it opens again"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["protocol"], condition=models.Q(resumed_on__isnull=True), name="a_route_is_switched_off_once"
            ),
        ]
