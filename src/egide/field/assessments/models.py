"""Assessments, what they set going (reviews, tasks), and what is told outside them. No sum exists anywhere."""

import uuid

from django.contrib.postgres.fields import ArrayField
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
    """A grid filled in at a moment by an assessor; `answers` maps a factor to {value, source, expires_on, words, told}.

    `told` keeps each telling of a factor apart where several sources, or several children, are asked.
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


class Reason(models.TextChoices):
    """Why a situation is to be looked at again."""

    CLOCK = "CLOCK", _("its date has come")
    REMINDER = "REMINDER", _("an assessment is not finished")
    EVENT = "EVENT", _("something happened")


class Review(models.Model):
    """A moment by which a situation is looked at again. It closes by an assessment that is decided, never by itself.

    `event` is one of the grid's events; `happened_on` is empty when the day is not known.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="reviews")
    assessment = models.ForeignKey(DangerAssessment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=8, choices=Reason.choices)
    event = models.CharField(max_length=40, blank=True)
    happened_on = models.DateField(_("day it happened"), null=True, blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.UUIDField()
    due_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(DangerAssessment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reason=Reason.EVENT, event__gt="") | (~Q(reason=Reason.EVENT) & Q(event="")),
                name="an_event_is_named",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_by__isnull=False),
                name="a_review_closes_by_an_assessment",
            ),
        ]
        indexes = [models.Index(fields=["case", "closed_at", "due_at"], name="review_by_case")]


class Task(models.Model):
    """Something a decided level, or an assessment made in the crisis, sets going. Its words are those of the grid.

    `owner` is an owner of the grid: a role, or whoever assessed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="tasks")
    assessment = models.ForeignKey(DangerAssessment, on_delete=models.PROTECT, related_name="tasks")
    code = models.CharField(max_length=40)
    owner = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.UUIDField(null=True, blank=True)
    outcome = models.CharField(_("what came of it"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "code"], name="one_task_of_a_kind"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | (Q(done_by__isnull=False) & ~Q(outcome="")),
                name="done_with_an_outcome",
                violation_error_message=_("Say what came of it: done, or why it was not."),
            ),
        ]
        indexes = [models.Index(fields=["case", "done_at", "due_at"], name="task_by_case")]


class Route(models.TextChoices):
    """How someone reaches the form they fill alone."""

    LINK = "LINK", _("by a link and a code")
    HERE = "HERE", _("on the device of the service")


class AloneForm(models.Model):
    """A part of the grid that the person fills alone. Only hashes of its link and code are kept.

    `private` is the answer to the first question, on the device; without a yes no other question is shown. `answers` are
    saved page by page and never shown again by the link.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="+")
    grid = models.CharField(max_length=40)
    grid_version = models.CharField(max_length=20)
    route = models.CharField(max_length=4, choices=Route.choices)
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    token_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=64, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    open_until = models.DateTimeField(null=True, blank=True)
    private = models.CharField(max_length=14, blank=True)
    answers = models.JSONField(default=dict)
    saved_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answers={}) | Q(private="YES"),
                name="no_answer_from_a_shared_device",
                violation_error_message=_("Nothing is asked on a device that others can read."),
            ),
        ]


class ShortNote(models.Model):
    """The twelve lines of the first minutes; `marks` maps a line to {way, grade}, `words` are hers. No level is decided."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="+")
    form_version = models.CharField(max_length=20)
    marks = models.JSONField(default=dict)
    words = models.CharField(_("their words"), max_length=300, blank=True)
    written_at = models.DateTimeField()
    written_by = models.UUIDField()


class OfficialReading(models.Model):
    """A form of 23 numbered questions, read by number: `answers` by number, `red` the numbers of the red ones, no text."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="+")
    profile_version = models.CharField(max_length=20)
    red = ArrayField(models.CharField(max_length=4))
    answers = models.JSONField(default=dict)
    filled_on = models.DateField(_("day the form was filled"))
    written_at = models.DateTimeField()
    written_by = models.UUIDField()
