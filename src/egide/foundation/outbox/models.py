"""A message on its way out. What it says and to whom is sealed, and erased the moment it leaves or is dropped."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Channel(models.TextChoices):
    """What the outbox can carry; a call, a letter or a relay is made by a person."""

    SMS = "SMS", _("text message")
    EMAIL = "EMAIL", _("e-mail")


class State(models.TextChoices):
    """Where a message stands. Held is the only state from which it can still go."""

    HELD = "HELD", pgettext_lazy("message", "held")
    SENT = "SENT", pgettext_lazy("message", "sent")
    DROPPED = "DROPPED", pgettext_lazy("message", "dropped")


class Reason(models.TextChoices):
    """Why a message was dropped."""

    CONTACT_CHANGED = "contact-changed", _("the safe contact has changed")
    CONTACT_WITHDRAWN = "contact-withdrawn", _("the safe contact was withdrawn")
    CONSENT_WITHDRAWN = "consent-withdrawn", _("the consent was withdrawn")
    NO_LONGER_NEEDED = "no-longer-needed", _("it is no longer needed")
    TOO_LATE = "too-late", _("its hours never came in time")
    NO_ADDRESS = "no-address", _("the account has no address")
    UNDELIVERABLE = "undeliverable", _("it could not be handed over")
    ERASED = "erased", _("the file was erased")


class Message(models.Model):
    """One message to one person or to one account.

    `key` is the sender's own name for it: queued twice, it exists once. `about` names what it depends on
    ("person:…", "referral:…"), first the one under which the trail keeps it: dropping a topic drops the message. `sealed`
    is the address and the words, encrypted; null for an account, whose address is read when the message leaves, and once
    it has left.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=120, unique=True)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    account = models.UUIDField(null=True, blank=True)
    sealed = models.BinaryField(null=True)
    about = ArrayField(models.CharField(max_length=60))
    from_time = models.TimeField(null=True, blank=True)
    to_time = models.TimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.HELD)
    queued_at = models.DateTimeField()
    not_before = models.DateTimeField()
    expires_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    settled_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=20, choices=Reason.choices, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(from_time__isnull=True, to_time__isnull=True) | Q(to_time__gt=F("from_time")),
                name="message_hours_follow",
            ),
            models.CheckConstraint(
                condition=Q(state=State.HELD) | Q(sealed__isnull=True), name="settled_message_says_nothing"
            ),
        ]
        indexes = [models.Index(fields=["not_before"], condition=Q(state=State.HELD), name="messages_held")]
