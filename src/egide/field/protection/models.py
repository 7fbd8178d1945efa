"""A measure as its order says it, its breaches, and each question that was asked. Nothing here stores “in force”."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from egide.field.casefiles.models import CaseFile, EntryKind
from egide.field.persons.answers import AnswerField
from egide.field.persons.models import Person


class Proof(models.TextChoices):
    """What was seen of the order. What is only told stays in the file and answers nobody."""

    SEEN = "SEEN", _("order seen")
    COPY = "COPY", _("copy held")
    TOLD = "TOLD", _("told, not seen")


class Measure(models.Model):
    """One measure of one court. Whether it is in force is asked of its dates on the day, `last_day` included.

    `protected_identity` and `defendant_identity` are keyed hashes of a name and a date of birth (identities.py): enough to
    answer who already knows whom they ask about, useless to anyone who browses. `area` is for the file only.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="measures")
    protected = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("measure"), max_length=40)
    court = models.CharField(_("court"), max_length=150)
    decided_on = models.DateField(_("decided on"))
    from_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"), null=True, blank=True)
    lifted_on = models.DateField(_("lifted on"), null=True, blank=True)
    forbidden = ArrayField(models.CharField(max_length=40), verbose_name=_("what is forbidden"))
    area = models.CharField(_("area"), max_length=300, blank=True)
    proof = models.CharField(_("proof"), max_length=6, choices=Proof.choices)
    protected_identity = models.CharField(max_length=64, blank=True)
    defendant_identity = models.CharField(max_length=64, blank=True)
    renews = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="renewal")
    noted_by = models.UUIDField()
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("from_day")),
                name="measure_ends_after_it_begins",
                violation_error_message=_("The last day of a measure does not come before its first day."),
            ),
            models.CheckConstraint(
                condition=Q(forbidden__len__gt=0),
                name="measure_says_what_is_forbidden",
                violation_error_message=_("Say what the measure forbids: it is all that a patrol will read."),
            ),
        ]
        indexes = [
            models.Index(fields=["case"], name="measure_by_case"),
            models.Index(fields=["protected_identity"], name="measure_by_protected"),
            models.Index(fields=["defendant_identity"], name="measure_by_defendant"),
        ]


class Breach(models.Model):
    """A measure was not respected: when, which of its prohibitions, observed or told."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="+")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="breaches")
    happened_at = models.DateTimeField(_("when"))
    acts = ArrayField(models.CharField(max_length=40), verbose_name=_("what was done"))
    nature = models.CharField(_("nature"), max_length=14, choices=EntryKind.choices[:2])
    police_told = AnswerField(_("the police or gendarmerie were told"))
    noted_by = models.UUIDField()
    noted_at = models.DateTimeField()


class Told(models.TextChoices):
    """What a question was answered. Who was excluded read the same words as who found nothing (X08)."""

    IN_FORCE = "IN_FORCE", _("a measure is in force")
    NOTHING = "NOTHING", _("nothing known in force")
    EXCLUDED = "EXCLUDED", _("nothing shown: excluded from the file")
    LIMITED = "LIMITED", _("too many questions: not answered")


class Consultation(models.Model):
    """One question about one identity, with its motive; one row for each file it touched, so that its team can read it.

    Written by the database function that answers, and by nothing else.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, null=True, related_name="+")
    question = models.UUIDField()
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    motive = models.CharField(_("motive"), max_length=40)
    told = models.CharField(_("answer"), max_length=10, choices=Told.choices)

    class Meta:
        indexes = [
            models.Index(fields=["asked_by", "asked_at"], name="consultation_by_account"),
            models.Index(fields=["case"], name="consultation_by_case"),
        ]
