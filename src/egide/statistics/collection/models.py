"""The receipt of a file: what came, from whom, what was found in it, where its bytes are kept."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Verdict(models.TextChoices):
    """What became of a delivery."""

    ACCEPTED = "ACCEPTED", _("accepted")
    ACCEPTED_IN_PART = "ACCEPTED_IN_PART", _("accepted in part")
    REFUSED = "REFUSED", _("refused")


class Delivery(models.Model):
    """One receipt of one file. A corrected file is a new delivery; none is ever overwritten.

    `vintage` is the day the producer's state of knowledge is dated, `findings` a list of `findings.Finding` as plain data,
    `sha256` names the bytes in the store.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.CharField(_("source"), max_length=60)
    source_version = models.CharField(_("version of the source"), max_length=20)
    dialect = models.CharField(_("layout"), max_length=40, blank=True)
    vintage = models.DateField(_("vintage"))
    filename = models.CharField(_("file"), max_length=255)
    sha256 = models.CharField(_("fingerprint"), max_length=64)
    size = models.BigIntegerField(_("size in bytes"))
    received_at = models.DateTimeField(_("received"))
    received_by = models.UUIDField(_("received by"), null=True)
    verdict = models.CharField(_("verdict"), max_length=20, choices=Verdict.choices)
    rows_read = models.BigIntegerField(_("rows read"))
    rows_accepted = models.BigIntegerField(_("rows accepted"))
    findings = models.JSONField(_("findings"), default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_version", "sha256"], name="one_receipt_for_the_same_bytes"
            ),
            models.CheckConstraint(condition=models.Q(verdict__in=Verdict.values), name="known_verdict"),
        ]
        indexes = [models.Index(fields=["source", "vintage"], name="delivery_by_vintage")]
