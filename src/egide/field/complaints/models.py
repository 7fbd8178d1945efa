"""A complaint as she lives it: her wish, what each station did, how far it is. The procedure itself is never held here.

Codes are those of catalogue/nomenclatures/{station-functions,complaint-refusal-reasons,complaint-steps,...}.yaml.
"""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from egide.field.casefiles.models import CaseFile, EntryKind
from egide.field.persons.answers import AnswerField
from egide.field.persons.models import Person
from egide.foundation.organisations.models import Organisation


class Wish(models.TextChoices):
    """What she wants, without pressure; she may change it at any moment."""

    NOT_YET = "NOT_YET", _("does not know yet")
    COMPLAINT = "COMPLAINT", _("lodge a complaint")
    STATEMENT = "STATEMENT", _("leave a written trace, without a complaint")
    NONE = "NONE", _("nothing for now")


class State(models.TextChoices):
    """Where it stands. To set it aside is her choice, never a failure; a written trace is not a complaint."""

    OPEN = "OPEN", pgettext_lazy("complaint", "being prepared")
    TAKEN = "TAKEN", pgettext_lazy("complaint", "taken")
    STATEMENT = "STATEMENT", pgettext_lazy("complaint", "written trace left")
    REFUSED = "REFUSED", pgettext_lazy("complaint", "refused by the station")
    DEFERRED = "DEFERRED", pgettext_lazy("complaint", "put off by the station")
    FORWARDED = "FORWARDED", pgettext_lazy("complaint", "forwarded")
    ASIDE = "ASIDE", pgettext_lazy("complaint", "set aside, as the person wishes")


class Complaint(models.Model):
    """One complaint, or the thought of one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="complaints")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    wish = models.CharField(_("wish"), max_length=10, choices=Wish.choices, default=Wish.NOT_YET)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    explained_at = models.DateTimeField(_("explained"), null=True, blank=True)
    accompaniment = models.CharField(_("who goes along"), max_length=40, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.UUIDField()

    class Meta:
        indexes = [models.Index(fields=["case", "noted_at"], name="complaint_by_case")]


class Outcome(models.TextChoices):
    """What the station did that day."""

    TAKEN = "TAKEN", _("complaint taken")
    STATEMENT = "STATEMENT", _("written trace only (log entry)")
    REFUSED = "REFUSED", _("complaint refused")
    DEFERRED = "DEFERRED", _("put off to another day")


class Attempt(models.Model):
    """She came to a station, anywhere. Who answered is a function, never a name; the words are as she reports them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="+")
    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="attempts")
    station = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    place = models.CharField(_("station"), max_length=150, blank=True)
    tried_on = models.DateField(_("day"))
    outcome = models.CharField(_("what was done"), max_length=10, choices=Outcome.choices)
    function = models.CharField(_("who answered, by function"), max_length=40, blank=True)
    words = models.CharField(_("words said"), max_length=500, blank=True)
    reason = models.CharField(_("reason given"), max_length=40, blank=True)
    receipt = AnswerField(_("receipt given"))
    copy = AnswerField(_("copy given"))
    come_back_on = models.DateField(_("put off to"), null=True, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.UUIDField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.REFUSED) | ~Q(reason=""),
                name="refused_for_a_stated_reason",
                violation_error_message=_("Say which reason was given; “none was said” is one of the list."),
            )
        ]
        indexes = [models.Index(fields=["station", "tried_on"], name="attempt_by_station")]


class Escalation(models.Model):
    """A refusal taken to the superiors; an answer is due within 24 hours of its opening (AT-81)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="+")
    attempt = models.OneToOneField(Attempt, on_delete=models.PROTECT, related_name="escalation")
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    told_to = models.CharField(_("who was told"), max_length=40, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(_("answer"), max_length=40, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(due_at__gt=F("opened_at")), name="escalation_has_a_clock"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | ~Q(outcome=""), name="escalation_ends_with_an_answer"
            ),
        ]


class StatusUpdate(models.Model):
    """One step of what became of it, of a list whose words she understands."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="+")
    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(_("step"), max_length=40)
    known_on = models.DateField(_("day"))
    noted_at = models.DateTimeField()
    noted_by = models.UUIDField()


class Certainty(models.TextChoices):
    """How she dates it. Memory under shock has no calendar: none of these is a defect."""

    UNKNOWN = "UNKNOWN", _("no date for now")
    EXACT = "EXACT", _("on that day, month or year")
    ABOUT = "ABOUT", _("about")
    BEFORE = "BEFORE", _("before")
    AFTER = "AFTER", _("after")
    BETWEEN = "BETWEEN", _("between two dates")


class Moment(models.Model):
    """One moment of the time line. Every column may stay empty (AT-90). Dates are periods: 2019, 2019-03, 2019-03-12."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="+")
    certainty = models.CharField(_("when"), max_length=8, choices=Certainty.choices, default=Certainty.UNKNOWN)
    earliest = models.CharField(_("date"), max_length=10, blank=True)
    latest = models.CharField(_("second date"), max_length=10, blank=True)
    landmark = models.CharField(_("landmark"), max_length=150, blank=True)
    kind = models.CharField(_("nature"), max_length=14, choices=EntryKind.choices, default=EntryKind.FACT_TOLD)
    text = models.TextField(_("what happened"), blank=True)
    place = models.CharField(_("place"), max_length=150, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.UUIDField()


class StatusLink(models.Model):
    """The address and the code by which she follows the steps, both kept as hashes only; ten wrong codes close it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="+")
    complaint = models.OneToOneField(Complaint, on_delete=models.PROTECT, related_name="link")
    token_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=64)
    attempts = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
