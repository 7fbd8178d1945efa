"""A release of an edition, its figures with their passports, and the files that carry them."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a release stands."""

    DRAFT = "DRAFT", _("draft")
    SIGNED = "SIGNED", _("signed off")
    PUBLISHED = "PUBLISHED", _("published")


class Release(models.Model):
    """One composed letter. A correction is the next revision with an erratum, never an edit.

    `letter` maps a language to the composed blocks, frozen; `erratum` lists what differs from the revision before;
    `protected` is the hash of the protected table that every figure comes from.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    edition = models.IntegerField(_("edition"))
    revision = models.IntegerField(_("revision"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    protected = models.CharField(max_length=64)
    letter = models.JSONField()
    erratum = models.JSONField(default=list)
    lineage = models.JSONField(default=list)
    embargo_until = models.DateTimeField(_("embargo until"))
    built_at = models.DateTimeField(_("composed"))
    built_by = models.CharField(_("composed by"), max_length=100)
    signed_at = models.DateTimeField(_("signed off"), null=True)
    signed_by = models.CharField(_("signed off by"), max_length=100, blank=True)
    published_at = models.DateTimeField(_("published"), null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "revision"], name="one_release_for_each_revision"),
            models.CheckConstraint(
                condition=Q(signed_by="") | ~Q(signed_by=F("built_by")),
                name="signed_by_someone_else",
                violation_error_message=_("The one who composed a release cannot sign it off."),
            ),
            models.CheckConstraint(
                condition=~Q(state=State.PUBLISHED)
                | (Q(signed_at__isnull=False) & Q(published_at__gte=F("embargo_until"))),
                name="published_only_signed_and_after_embargo",
                violation_error_message=_("A release leaves only signed off and after its embargo."),
            ),
        ]


class Figure(models.Model):
    """A released cell: its value or the reason there is none, and its passport. No passport, no figure."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="figures")
    code = models.CharField(max_length=120)
    position = models.IntegerField()
    label = models.JSONField()
    printed = models.JSONField()
    definition = models.JSONField()
    passport = models.JSONField()
    vintages = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["release", "code"], name="one_figure_for_each_code"),
            models.CheckConstraint(
                condition=Q(passport__has_keys=["code", "unit", "source", "status", "lineage"]),
                name="no_passport_no_figure",
            ),
        ]


class Artefact(models.Model):
    """A file of a release, kept in the database so that no route passes around its embargo."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="artefacts")
    name = models.CharField(max_length=80)
    media_type = models.CharField(max_length=80)
    content = models.BinaryField()
    size = models.IntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "name"], name="one_artefact_for_each_name")]
