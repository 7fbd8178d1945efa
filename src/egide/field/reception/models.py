"""A station's dots, rooms and tickets, and what is counted of them.

A ticket is a number of one day: it has no column for a name, a reason, a dot or a file, and it is deleted at midnight. What
stays is counted by day: arrivals, dots touched, delays in minutes.
"""

import uuid
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from egide.foundation.organisations.models import Organisation


class Station(models.Model):
    """A station that receives people. `screen_hash` is that of the address of its waiting screen."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="+")
    alert_after_days = models.PositiveSmallIntegerField(_("days without use before an alert"), default=30)
    screen_hash = models.CharField(max_length=64, null=True, blank=True, unique=True)
    set_up_at = models.DateTimeField()
    set_up_by = models.UUIDField()


class Dot(models.Model):
    """What a person touches to say it without a word. Its colour is configuration: red here, orange there, same way (AT-80)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="dots")
    colour = models.CharField(_("colour"), max_length=20)
    place = models.CharField(_("where it is"), max_length=80, blank=True)
    priority = models.BooleanField(_("priority and confidential"), default=True)
    placed_on = models.DateField(_("placed on"))
    last_used_on = models.DateField(_("last used on"), null=True, blank=True)
    retired_on = models.DateField(_("taken away on"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["station", "colour"], condition=Q(retired_on__isnull=True), name="one_dot_of_each_colour"
            )
        ]


class RoomKind(models.TextChoices):
    """The confidential room first; the social worker's office when it is taken."""

    CONFIDENTIAL = "CONFIDENTIAL", _("confidential room")
    OFFICE = "OFFICE", _("social worker’s office")


class Room(models.Model):
    """Where someone is heard without being overheard. `taken`: someone uses it for something else."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="rooms")
    name = models.CharField(_("name"), max_length=60)
    kind = models.CharField(_("kind"), max_length=12, choices=RoomKind.choices)
    taken = models.BooleanField(_("taken"), default=False)
    retired_on = models.DateField(null=True, blank=True)


class State(models.TextChoices):
    """Where a ticket stands. To leave is a choice, noted without a reason."""

    WAITING = "WAITING", pgettext_lazy("ticket", "waiting")
    CALLED = "CALLED", pgettext_lazy("ticket", "called")
    SEEN = "SEEN", pgettext_lazy("ticket", "with someone")
    DONE = "DONE", pgettext_lazy("ticket", "finished")
    LEFT = "LEFT", pgettext_lazy("ticket", "left")


LIVE: Any = (State.WAITING, State.CALLED, State.SEEN)


class Ticket(models.Model):
    """A number, how to receive it, and its hours; nothing else is known of who holds it. Deleted at midnight."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    number = models.PositiveSmallIntegerField(_("number"))
    priority = models.BooleanField(_("priority and confidential"), default=False)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    wishes = ArrayField(models.CharField(max_length=40), default=list, blank=True, verbose_name=_("wishes"))
    language = models.CharField(_("language of the interpreter"), max_length=10, blank=True)
    room = models.ForeignKey(Room, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    arrived_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["station", "day", "number"], name="one_ticket_of_each_number"),
            models.UniqueConstraint(
                fields=["room"], condition=Q(state__in=LIVE), name="one_ticket_in_a_room",
                violation_error_message=_("This room has just been taken: choose another one."),
            ),
        ]  # fmt: skip


class Tally(models.Model):
    """What is counted of one day, and the last number given."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    arrivals = models.PositiveIntegerField(default=0)
    priority = models.PositiveIntegerField(default=0)
    left_unseen = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["station", "day"], name="one_tally_of_each_day"),
            models.CheckConstraint(condition=Q(priority__lte=F("arrivals")), name="priority_is_among_arrivals"),
        ]


class DotDay(models.Model):
    """How many times a dot was touched on a day: kept apart from the tickets, so that no number says who touched it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="+")
    dot = models.ForeignKey(Dot, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    uses = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dot", "day"], name="one_count_of_each_dot_and_day")]


class Delay(models.Model):
    """Whole minutes from an arrival to the first person who received it; the day, never the hour nor the number."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    priority = models.BooleanField()
    minutes = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["station", "day"], name="delay_by_day")]
