"""One assessment: the grid's version with its answers, her own level, the suggestion, the decision. No sum exists anywhere."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from egide.field.casefiles.models import CaseFile
from egide.methods.danger import Level


class State(models.TextChoices):
    """Where an assessment stands. An interrupted one stays open: it never blocks an action."""

    OPEN = "OPEN", _("being filled in")
    COMPARED = "COMPARED", _("own level written, suggestion shown")
    AWAITING_SECOND_LOOK = "AWAITING_SECOND_LOOK", _("waiting for a second look")
    DECIDED = "DECIDED", _("decided")


LEVELS = [
    (Level.NOT_ASSESSED.value, _("not assessed")),
    (Level.VIGILANCE.value, _("vigilance")),
    (Level.MEDIUM.value, _("medium")),
    (Level.HIGH.value, _("high")),
    (Level.IMMEDIATE.value, _("immediate")),
]


class DangerAssessment(models.Model):
    """A grid filled in at a moment by an assessor; `answers` maps a factor to {value, source, expires_on}.

    `suggestion` is what the rules gave, with the rules that fired; it stays empty until the assessor's own level is
    written, by a constraint of the database.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="assessments")
    grid = models.CharField(max_length=40)
    grid_version = models.CharField(max_length=20)
    moment = models.CharField(_("moment"), max_length=20)
    assessor = models.UUIDField()
    assessor_trained = models.BooleanField(_("assessor trained"), default=False)
    started_at = models.DateTimeField(_("started"))
    answers = models.JSONField(default=dict)
    state = models.CharField(max_length=22, choices=State.choices, default=State.OPEN)
    own_level = models.CharField(_("own level"), max_length=14, choices=LEVELS, blank=True)
    own_level_at = models.DateTimeField(null=True, blank=True)
    suggestion = models.JSONField(null=True, blank=True)
    decided_level = models.CharField(_("decided level"), max_length=14, choices=LEVELS, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    second_look_by = models.UUIDField(null=True, blank=True)
    second_look_level = models.CharField(max_length=14, choices=LEVELS, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    review_at = models.DateTimeField(_("next review"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(suggestion__isnull=True) | (~Q(own_level="") & Q(own_level_at__isnull=False)),
                name="own_level_before_suggestion",
                violation_error_message=_("Write your own level before the suggestion is shown."),
            ),
            models.CheckConstraint(
                condition=~Q(state=State.DECIDED)
                | (~Q(decided_level="") & Q(decided_at__isnull=False) & Q(suggestion__isnull=False)),
                name="decided_in_full",
            ),
            models.CheckConstraint(
                condition=Q(second_look_by__isnull=True) | ~Q(second_look_by=models.F("assessor")),
                name="second_look_by_another",
                violation_error_message=_("The second look is someone else's."),
            ),
        ]
