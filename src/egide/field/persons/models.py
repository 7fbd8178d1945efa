"""A person, and the safe way to reach her, if she has stated one."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .answers import AnswerField


class Person(models.Model):
    """A natural person in the files that know her; the same human being elsewhere is another row, never linked.

    `name_key`, `family_key`, the parts of a compound and `sound_key` are normalised and phonetic keys, compared by equality
    only: under row-level security a pattern would never use an index.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    given_name = models.CharField(_("given name"), max_length=100, blank=True)
    family_name = models.CharField(_("family name"), max_length=100, blank=True)
    name_key = models.CharField(max_length=210, blank=True, db_index=True)
    sound_key = models.CharField(max_length=60, blank=True, db_index=True)
    family_key = models.CharField(max_length=100, blank=True, default="", db_index=True)
    first_part_key = models.CharField(max_length=100, blank=True, default="", db_index=True)
    last_part_key = models.CharField(max_length=100, blank=True, default="", db_index=True)
    sex = models.CharField(_("sex"), max_length=1, default="U")
    age_band = models.CharField(_("age band"), max_length=8, default="U")
    language = models.CharField(_("language"), max_length=8, default="fr")
    needs_interpreter = AnswerField(_("needs an interpreter"))
    minor = AnswerField(_("is a minor"))
    unable_to_protect_herself = AnswerField(_("is unable to protect herself"))


class Channel(models.TextChoices):
    """The ways to reach a person."""

    CALL = "CALL", _("telephone call")
    SMS = "SMS", _("text message")
    EMAIL = "EMAIL", _("e-mail")
    LETTER = "LETTER", _("letter")
    RELAY = "RELAY", _("through someone she named")
    IN_PERSON = "IN_PERSON", _("in person only")


class SafeContact(models.Model):
    """The channel, the hours and the words she stated safe (X07). None in force: no outbound contact at all (Z05)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="safe_contacts")
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices)
    address = models.CharField(_("number or address"), max_length=200, blank=True)
    from_time = models.TimeField(_("from"))
    to_time = models.TimeField(_("until"))
    wording = models.CharField(_("what to say"), max_length=200, blank=True)
    stated_at = models.DateTimeField(_("stated"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_time__gt=F("from_time")),
                name="safe_hours_follow",
                violation_error_message=_("The safe hours end after they begin."),
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(withdrawn_at__isnull=True), name="one_safe_contact_in_force"
            ),
        ]
