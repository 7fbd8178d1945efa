"""A need of a file in one domain, its state, and the history of its changes. Red is not danger: it is only to do."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from egide.field.casefiles.models import CaseFile


class State(models.TextChoices):
    """Five states that a theme must tell apart without colour."""

    GREY = "GREY", _("not discussed")
    RED = "RED", _("to do")
    RED_SENT = "RED_SENT", _("to do, sent to a partner")
    GREEN = "GREEN", _("done")
    HATCHED = "HATCHED", _("not wanted or not applicable")


class Need(models.Model):
    """One domain of one file's board; a domain without a row is grey. Green needs an outcome; "sent" is not an outcome."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="needs")
    domain = models.CharField(_("domain"), max_length=40)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.GREY)
    outcome = models.CharField(_("outcome"), max_length=200, blank=True)
    wish = models.CharField(_("her wish"), max_length=200, blank=True)
    partner = models.CharField(_("partner"), max_length=200, blank=True)
    due_on = models.DateField(_("date"), null=True, blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "domain"], name="one_need_for_each_domain"),
            models.CheckConstraint(
                condition=~Q(state=State.GREEN) | ~Q(outcome=""),
                name="green_needs_an_outcome",
                violation_error_message=_("Green is done, with its outcome: write what was obtained."),
            ),
        ]


class NeedChange(models.Model):
    """A change of the board, for its history: what it was, what it became, when."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="+")
    domain = models.CharField(max_length=40)
    before = models.CharField(max_length=8, choices=State.choices)
    after = models.CharField(max_length=8, choices=State.choices)
    changed_at = models.DateTimeField()
    changed_by = models.UUIDField()
