"""What a statement said, kept as it was handed over: days and what was done, by codes. It has no room for a word of anybody."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from egide.field.casefiles.models import CaseFile
from egide.field.persons.models import Person


class Asked(models.TextChoices):
    """How the person asked for it; nobody else can."""

    ORAL = "ORAL", _("by voice, to whoever writes it")
    WRITTEN = "WRITTEN", _("in writing, kept in the file")


class Attestation(models.Model):
    """`sessions`: [{on: "2026-11-03", kind: "interview"}], in order of time; `number`: its place in the file."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="attestations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    asked_on = models.DateField(_("asked for on"))
    asked = models.CharField(_("how it was asked for"), max_length=8, choices=Asked.choices)
    sessions = models.JSONField()
    made_on = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="one_statement_of_each_number"),
            models.CheckConstraint(condition=Q(asked_on__lte=F("made_on")), name="asked_for_before_it_is_made"),
        ]
