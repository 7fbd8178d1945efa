"""A session of supervision: a moment, its kind, how long it took. No file, no person, no words: what was said is not here."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What the session is; who leads it is not kept."""

    SUPERVISION = "SUPERVISION", _("supervision, alone")
    GROUP = "GROUP", _("analysis of practice, in a group")
    PEERS = "PEERS", _("among colleagues")


class Session(models.Model):
    """One's own session. `minutes` is empty until it was held."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.UUIDField(editable=False)
    at = models.DateTimeField(_("when"))
    kind = models.CharField(_("kind"), max_length=11, choices=Kind.choices)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["account", "at"], name="session_of_account")]
