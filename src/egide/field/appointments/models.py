"""An appointment: a moment, a neutral place, what became of it. There is no column for why someone did not come."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from egide.field.casefiles.models import CaseFile


class State(models.TextChoices):
    """What became of it. Neither not to come nor to cancel has a reason: it is not a fault."""

    PLANNED = "PLANNED", pgettext_lazy("appointment", "planned")
    HELD = "HELD", pgettext_lazy("appointment", "held")
    MOVED = "MOVED", pgettext_lazy("appointment", "moved")
    CANCELLED = "CANCELLED", pgettext_lazy("appointment", "cancelled")
    NOT_COME = "NOT_COME", pgettext_lazy("appointment", "did not take place")


class Appointment(models.Model):
    """A moment agreed with the person. `place` names no service; `moved_to` is the moment that took the place of this one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="appointments")
    at = models.DateTimeField(_("when"))
    place = models.CharField(_("place"), max_length=100, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.PLANNED)
    planned_at = models.DateTimeField()
    planned_by = models.UUIDField()
    settled_at = models.DateTimeField(null=True, blank=True)
    moved_to = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "at"], name="appointment_by_moment")]
