"""A shelter, its sealed address, its places; a request for one; the practical exit of a file. No position is held anywhere."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from egide.field.casefiles.models import CaseFile
from egide.foundation.organisations.models import Organisation


class Shelter(models.Model):
    """A house that an organisation keeps. `band` is its distance from the network's public point, told once by its keeper.

    No coordinates and no commune: a band that does not change with who asks cannot be crossed with another (Z07).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=100)
    band = models.CharField(_("distance"), max_length=20)
    telephone = models.CharField(_("duty telephone"), max_length=20, blank=True)


class Address(models.Model):
    """Where a shelter is, encrypted: read by its keepers, and by the holder of a confirmed request while it is live (AT-83)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    shelter = models.OneToOneField(Shelter, on_delete=models.PROTECT, related_name="address")
    sealed = models.BinaryField()


class Place(models.Model):
    """A place that one household can have at a time. `tonight` is what its keeper says; whether it is free is computed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    shelter = models.ForeignKey(Shelter, on_delete=models.PROTECT, related_name="places")
    label = models.CharField(_("label"), max_length=60)
    kind = models.CharField(_("kind"), max_length=40)
    beds = models.PositiveSmallIntegerField(_("beds"))
    children = models.BooleanField(_("children welcome"), default=False)
    step_free = models.BooleanField(_("step-free"), default=False)
    pets = models.BooleanField(_("pets welcome"), default=False)
    tonight = models.BooleanField(_("open tonight"), default=True)
    told_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(beds__gt=0), name="place_has_a_bed", violation_error_message=_("A place has a bed.")
            ),
            models.UniqueConstraint(fields=["shelter", "label"], name="one_place_for_each_label"),
        ]


class State(models.TextChoices):
    """Where a request stands. A hold that nobody confirmed in two hours has lapsed: read from the clock, not written."""

    HELD = "HELD", pgettext_lazy("place", "held")
    CONFIRMED = "CONFIRMED", pgettext_lazy("place", "confirmed")
    ARRIVED = "ARRIVED", pgettext_lazy("place", "arrived")
    MOVED = "MOVED", pgettext_lazy("place", "left")
    REFUSED = "REFUSED", pgettext_lazy("place", "refused")
    CANCELLED = "CANCELLED", pgettext_lazy("place", "given back")


class Request(models.Model):
    """A place asked for a file, by the account that will hold the address. The shelter reads how many, never who.

    `number` is what is said on the telephone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="requests")
    number = models.CharField(_("number"), max_length=8)
    adults = models.PositiveSmallIntegerField(_("adults"), default=1)
    children = models.PositiveSmallIntegerField(_("children"), default=0)
    step_free = models.BooleanField(_("step-free needed"), default=False)
    pets = models.BooleanField(_("with a pet"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.HELD)
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    held_until = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    arrived_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(_("reason, or where to"), max_length=40, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["REFUSED", "MOVED"]) | ~Q(reason=""),
                name="ended_with_its_reason",
                violation_error_message=_("Say the reason, or where the person went."),
            )
        ]
        indexes = [
            models.Index(fields=["case"], name="request_by_case"),
            models.Index(fields=["place", "state"], name="request_by_place"),
        ]


class Look(models.Model):
    """One reading of the board by an account: a board that answers without end would tell the nights of a house."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.UUIDField()
    looked_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["account", "looked_at"], name="look_by_account")]


class StepState(models.TextChoices):
    """A line of the exit checklist: nobody spoke of it until someone says otherwise."""

    TO_DO = "TO_DO", pgettext_lazy("exit", "to do")
    DONE = "DONE", pgettext_lazy("exit", "done")
    NOT_WANTED = "NOT_WANTED", pgettext_lazy("exit", "not wanted")


class ExitStep(models.Model):
    """Where a file stands on one line of catalogue/nomenclatures/exit-checklist.yaml."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="+")
    item = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=StepState.choices)
    changed_at = models.DateTimeField()
    changed_by = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "item"], name="one_state_for_each_exit_step")]


class EscortState(models.TextChoices):
    """An escort is asked, then agreed or declined, then done."""

    ASKED = "ASKED", pgettext_lazy("escort", "asked")
    AGREED = "AGREED", pgettext_lazy("escort", "agreed")
    DECLINED = "DECLINED", pgettext_lazy("escort", "declined")
    DONE = "DONE", pgettext_lazy("escort", "done")


class Escort(models.Model):
    """Someone to go with her when she collects her belongings, asked of a station for a day and an hour."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="+")
    asked_of = models.CharField(_("asked of"), max_length=150)
    wanted_at = models.DateTimeField(_("wanted for"))
    state = models.CharField(_("state"), max_length=10, choices=EscortState.choices, default=EscortState.ASKED)
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["case"], name="escort_by_case")]
