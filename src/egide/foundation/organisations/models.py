"""Facts and constraints: an organisation has positions, a position has roles, a mandate seats an account on it."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Organisation(models.Model):
    """A body that employs or hosts: station, association, statistical service."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=40)
    fictional = models.BooleanField(_("fictional"), default=False)

    def __str__(self) -> str:
        return self.name


class Position(models.Model):
    """A seat with its roles, whoever sits there. Roles are codes of catalogue/nomenclatures/roles.yaml."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="positions")
    title = models.CharField(_("title"), max_length=150)
    roles = ArrayField(models.CharField(max_length=40), verbose_name=_("roles"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "title"], name="one_position_for_each_title")]

    def __str__(self) -> str:
        return f"{self.title}, {self.organisation.name}"


class Mandate(models.Model):
    """An account holds a position in [valid_from, valid_to); a revocation ends it the same minute."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="mandates")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="mandates")
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    revoked_because = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__gt=F("valid_from")),
                name="mandate_ends_after_it_begins",
                violation_error_message=_("A mandate ends after the day it begins."),
            )
        ]
