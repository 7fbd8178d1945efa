"""A service and the hours when it answers. Codes are those of catalogue/nomenclatures/service-*.yaml.

The names in brackets are those of the open schema data·inclusion v1, for a later import and export.
"""

import uuid
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from egide.foundation.organisations.models import Organisation


class Fee(models.TextChoices):
    """Whether the service is paid for (frais)."""

    FREE = "FREE", _("free of charge")
    PAID = "PAID", _("paid")
    UNKNOWN = "UNKNOWN", _("unknown")


def _codes(label: Any = None) -> Any:
    """A list of codes, or of languages; Any because django-stubs cannot follow a field made by a function."""
    return ArrayField(models.CharField(max_length=60), default=list, blank=True, verbose_name=label)


class Service(models.Model):
    """One thing an organisation offers to someone. A confidential address is not even held here: it cannot leak."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=60, blank=True)  # (source)
    source_id = models.CharField(max_length=150, blank=True)  # (id)
    structure_id = models.CharField(max_length=150, blank=True)  # (structure_id)
    siret = models.CharField(max_length=14, blank=True)  # (siret)
    name = models.CharField(_("name"), max_length=150)  # (nom)
    description = models.TextField(_("description"), blank=True)  # (description)
    kind = models.CharField(_("kind"), max_length=40, blank=True)  # (type)
    audiences = _codes(_("audiences"))  # (publics)
    audience_note = models.CharField(max_length=300, blank=True)  # (publics_precisions)
    themes = _codes(_("themes"))  # (thematiques)
    languages = _codes(_("languages"))
    access_modes = _codes(_("access"))  # (modes_accueil, modes_mobilisation, mobilisable_par)
    access_note = models.CharField(max_length=500, blank=True)  # (mobilisation_precisions, conditions_acces)
    fee = models.CharField(_("cost"), max_length=8, choices=Fee.choices, default=Fee.UNKNOWN)  # (frais)
    fee_note = models.CharField(max_length=300, blank=True)  # (frais_precisions)
    telephone = models.CharField(_("telephone"), max_length=20, blank=True)  # (telephone)
    sms = models.CharField(_("text messages"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)  # (courriel)
    website = models.URLField(_("site"), blank=True)  # (lien_source, site_web)
    address = models.CharField(_("address"), max_length=200, blank=True)  # (adresse)
    address_detail = models.CharField(max_length=200, blank=True)  # (complement_adresse)
    postal_code = models.CharField(max_length=5, blank=True)  # (code_postal)
    commune = models.CharField(_("commune"), max_length=5, blank=True)  # (code_insee)
    commune_name = models.CharField(max_length=100, blank=True)  # (commune)
    accessibility = models.CharField(_("accessibility"), max_length=300, blank=True)  # (accessibilite_lieu)
    latitude = models.FloatField(null=True, blank=True)  # (latitude)
    longitude = models.FloatField(null=True, blank=True)  # (longitude)
    confidential_address = models.BooleanField(_("confidential address"), default=False)
    zone = _codes(_("zone served"))  # (zone_eligibilite): communes, départements or "france"
    national = models.BooleanField(_("national"), default=False)
    always_open = models.BooleanField(_("day and night, every day"), default=False)
    closed_on_holidays = models.BooleanField(_("closed on public holidays"), default=True)
    time_zone = models.CharField(max_length=40, default="Europe/Paris")
    last_verified_on = models.DateField(_("last verified"), null=True, blank=True)
    verified_by = models.UUIDField(null=True, blank=True)
    updated_on = models.DateField(_("changed on"))  # (date_maj)
    retired_on = models.DateField(_("retired on"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(confidential_address=False)
                | Q(address="", address_detail="", latitude__isnull=True, longitude__isnull=True),
                name="confidential_address_is_not_held",
                violation_error_message=_("A confidential address is not written in the directory: leave it blank."),
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="position_is_on_earth",
                violation_error_message=_("A position has a latitude and a longitude, in degrees."),
            ),
            models.CheckConstraint(
                condition=Q(audiences__len__gt=0),
                name="service_says_for_whom",
                violation_error_message=_("Say for whom the service is."),
            ),
            models.UniqueConstraint(
                fields=["source", "source_id"], condition=~Q(source_id=""), name="one_service_for_each_source_id"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Opening(models.Model):
    """Open on one day of the week (1 Monday … 7 Sunday) from a minute to a minute; a round has its own place."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="openings")
    weekday = models.PositiveSmallIntegerField()
    from_minute = models.PositiveSmallIntegerField()
    to_minute = models.PositiveSmallIntegerField()
    place = models.CharField(_("place of the round"), max_length=150, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(weekday__range=(1, 7), to_minute__lte=1440, to_minute__gt=F("from_minute")),
                name="opening_is_within_a_day",
                violation_error_message=_("Hours lie within one day, and end after they begin."),
            )
        ]
        indexes = [models.Index(fields=["service", "weekday"], name="opening_by_service")]
