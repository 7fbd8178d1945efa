"""A break that the detector proposes, frozen with its evidence, and what a statistician signed about it."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Decision(models.TextChoices):
    """What a statistician signs. The first two are breaks of the register; the third says that there is none."""

    ARTEFACT = "ARTEFACT", _("artefact of recording")
    REAL = "REAL", _("real change")
    REJECTED = "REJECTED", _("no break")


class BreakProposal(models.Model):
    """A jump found in one series of one delivery.

    `series` maps each dimension to its code; `values` is the series as it was searched, [period, value] in order; `evidence`
    is plain data (`telling.plain_evidence`), worded again for each reader.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.CharField(_("source"), max_length=60)
    delivery = models.UUIDField()
    series = models.JSONField()
    key = models.CharField(max_length=300)
    territory = models.CharField(_("territory"), max_length=20, blank=True)
    at = models.CharField(_("from"), max_length=10)
    place = models.IntegerField()
    size = models.FloatField(_("size"))
    low = models.FloatField()
    high = models.FloatField()
    statistic = models.FloatField()
    critical = models.FloatField()
    window = models.IntegerField()
    verdict = models.CharField(_("proposed verdict"), max_length=20)
    strength = models.CharField(max_length=20)
    calendar = models.CharField(max_length=60, blank=True)
    evidence = models.JSONField(default=list)
    values = models.JSONField()
    proposed_at = models.DateTimeField(_("proposed"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "key", "at"], name="one_proposal_for_each_break"),
            models.CheckConstraint(
                condition=models.Q(verdict__in=["artefact", "real", "undetermined"]), name="known_proposed_verdict"
            ),
        ]


class BreakSignature(models.Model):
    """One decision on one proposal, by a person, with a reason; `fingerprint` is the hash of the proposal that was read."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.ForeignKey(BreakProposal, on_delete=models.PROTECT, related_name="signatures")
    decision = models.CharField(_("decision"), max_length=10, choices=Decision.choices)
    words = models.CharField(_("reason"), max_length=1000)
    fingerprint = models.CharField(max_length=64)
    signed_at = models.DateTimeField(_("signed"))
    signed_by = models.CharField(_("signed by"), max_length=100)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(decision__in=Decision.values), name="known_break_decision"),
            models.CheckConstraint(
                condition=~models.Q(words=""),
                name="a_break_is_signed_with_a_reason",
                violation_error_message=_("A decision on a break is signed with its reason."),
            ),
        ]
