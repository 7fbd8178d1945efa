"""The record of one processing purpose, as the register of processing activities asks for it."""

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
