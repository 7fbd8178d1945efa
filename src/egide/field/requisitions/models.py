"""A requisition and what it asks for. Documents and data are required, never testimony: an item has no room for a story."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from egide.field.casefiles.models import CaseFile


class Quality(models.TextChoices):
    """Who requires."""

    PROSECUTOR = "PROSECUTOR", _("public prosecutor")
    JUDICIAL_OFFICER = "JUDICIAL_OFFICER", _("judicial police officer")


class Check(models.TextChoices):
    """How the identity of whoever requires was checked; never by the number that the requisition itself gives."""

    CALLED_BACK = "CALLED_BACK", _("called back through the switchboard of the service")
    MET = "MET", _("met, with the professional card")
    OFFICIAL_ADDRESS = "OFFICIAL_ADDRESS", _("signed document, received from the official address")


class State(models.TextChoices):
    """Where a requisition stands."""

    RECEIVED = "RECEIVED", pgettext_lazy("requisition", "received, to be checked")
    CHECKED = "CHECKED", pgettext_lazy("requisition", "checked, to be answered")
    ANSWERED = "ANSWERED", pgettext_lazy("requisition", "answered")
    SET_ASIDE = "SET_ASIDE", pgettext_lazy("requisition", "set aside")


class Answer(models.TextChoices):
    """What is answered to one item. To refuse needs a legitimate ground of the list."""

    PENDING = "PENDING", pgettext_lazy("requisition", "no answer yet")
    HANDED = "HANDED", pgettext_lazy("requisition", "handed over")
    REFUSED = "REFUSED", pgettext_lazy("requisition", "not handed over, for a legitimate ground")
    NOT_HELD = "NOT_HELD", pgettext_lazy("requisition", "not held")


class Requisition(models.Model):
    """Who requires, under which article, for which inquiry, by when; what was checked, and when it was answered."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="requisitions")
    requirer = models.CharField(_("name"), max_length=120)
    quality = models.CharField(_("quality"), max_length=16, choices=Quality.choices)
    service = models.CharField(_("service"), max_length=160)
    article = models.CharField(_("article"), max_length=40)
    authorised = models.BooleanField(_("authorised by the prosecutor"), default=False)
    inquiry = models.CharField(_("number of the inquiry"), max_length=60)
    received_on = models.DateField(_("received"))
    due_on = models.DateField(_("answer before"), null=True, blank=True)
    received_by = models.UUIDField()
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.RECEIVED)
    check_way = models.CharField(_("how it was checked"), max_length=16, choices=Check.choices, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.UUIDField(null=True, blank=True)
    set_aside_because = models.CharField(_("why it is set aside"), max_length=300, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(due_on__gte=F("received_on")), name="requisition_due_after_received",
                violation_error_message=_("The day of the answer comes before the day of the requisition."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("CHECKED", "ANSWERED")) | (~Q(check_way="") & Q(checked_at__isnull=False)),
                name="requisition_checked_before_answered",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["case", "received_on"], name="requisition_by_case")]


class Item(models.Model):
    """One thing asked for, and what was answered to it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="+")
    requisition = models.ForeignKey(Requisition, on_delete=models.PROTECT, related_name="items")
    place = models.PositiveSmallIntegerField()
    asked = models.CharField(_("asked"), max_length=300)
    answer = models.CharField(_("answer"), max_length=8, choices=Answer.choices, default=Answer.PENDING)
    ground = models.CharField(_("ground"), max_length=40, blank=True)
    words = models.CharField(_("documents handed over, or reasons"), max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["requisition", "place"], name="one_item_of_each_place"),
            models.CheckConstraint(condition=~Q(answer="REFUSED") | ~Q(ground=""), name="item_refused_on_a_ground"),
            models.CheckConstraint(condition=~Q(answer="HANDED") | ~Q(words=""), name="item_handed_says_what"),
        ]
