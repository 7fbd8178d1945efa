"""A service, the hours when it answers, the stops of its rounds; what was imported and kept aside; what was merged.

Codes are those of catalogue/nomenclatures/service-*.yaml. The names in brackets are those of the open schema data·inclusion
v1; what it says and the house has no column for stays in `imported`, and goes out again.
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


class Band(models.TextChoices):
    """How far a confidential place is from a public point: wide, told by the service, the same for whoever asks (Z07)."""

    UNDER_30 = "UNDER_30", _("less than 30 km")
    FROM_30_TO_80 = "FROM_30_TO_80", _("30 to 80 km")
    OVER_80 = "OVER_80", _("more than 80 km")


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
    hours_note = models.CharField(_("hours in words"), max_length=300, blank=True)  # hours that the notation cannot say
    public_point = models.CharField(_("public point"), max_length=100, blank=True)
    distance_band = models.CharField(_("distance"), max_length=15, choices=Band.choices, blank=True)
    capacity = models.PositiveSmallIntegerField(_("places free"), null=True, blank=True)
    capacity_at = models.DateTimeField(null=True, blank=True)
    imported = models.JSONField(default=dict, blank=True)
    kept_by_hand = models.BooleanField(default=False)  # a person wrote or verified it: no import replaces it
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    last_verified_on = models.DateField(_("last verified"), null=True, blank=True)
    verified_by = models.UUIDField(null=True, blank=True)
    updated_on = models.DateField(_("changed on"))  # (date_maj)
    retired_on = models.DateField(_("retired on"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(confidential_address=False)
                | Q(
                    address="",
                    address_detail="",
                    postal_code="",
                    commune="",
                    commune_name="",
                    latitude__isnull=True,
                    longitude__isnull=True,
                ),
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
                condition=Q(confidential_address=True) | Q(public_point="", distance_band=""),
                name="only_a_confidential_place_has_a_band",
                violation_error_message=_(
                    "A distance in bands is for a confidential address only; others have an address."
                ),
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


class Days(models.Model):
    """Which days a line of hours speaks of: see hours.Rule, whose fields these are."""

    weekdays = ArrayField(
        models.PositiveSmallIntegerField(), default=list, blank=True
    )  # 1 Monday … 7 Sunday, 8 holidays
    nth = models.SmallIntegerField(null=True, blank=True)
    first_on = models.DateField(null=True, blank=True)
    last_on = models.DateField(null=True, blank=True)
    yearly = models.BooleanField(default=False)

    class Meta:
        abstract = True


_DAYS_ARE_DAYS = (
    Q(weekdays__contained_by=[1, 2, 3, 4, 5, 6, 7, 8])
    & (Q(first_on__isnull=True, last_on__isnull=True) | Q(last_on__isnull=False, first_on__isnull=False))
    & (Q(nth__isnull=True) | Q(nth__range=(1, 5)) | Q(nth=-1))
)


class Opening(Days):
    """A span of a rule of hours, in minutes of the day it begins; both blank: closed on those days. A later `rank` wins."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="openings")
    rank = models.PositiveSmallIntegerField(default=0)
    adds = models.BooleanField(default=False)
    from_minute = models.PositiveSmallIntegerField(null=True, blank=True)
    to_minute = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(from_minute__isnull=True, to_minute__isnull=True)
                | Q(from_minute__lt=1440, to_minute__lte=2880, to_minute__gt=F("from_minute")),
                name="opening_begins_within_a_day",
                violation_error_message=_("Hours begin within one day, and end after they begin."),
            ),
            models.CheckConstraint(condition=_DAYS_ARE_DAYS, name="opening_has_days"),
        ]
        indexes = [models.Index(fields=["service", "rank"], name="opening_by_rank")]


class Stop(Days):
    """Where an itinerant service stands, on which days, from a minute to a minute."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="stops")
    from_minute = models.PositiveSmallIntegerField()
    to_minute = models.PositiveSmallIntegerField()
    place = models.CharField(_("place of the round"), max_length=150)
    commune = models.CharField(_("commune"), max_length=5, blank=True)
    latitude = models.FloatField()
    longitude = models.FloatField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(from_minute__lt=1440, to_minute__lte=2880, to_minute__gt=F("from_minute")),
                name="stop_begins_within_a_day",
                violation_error_message=_("Hours begin within one day, and end after they begin."),
            ),
            models.CheckConstraint(condition=_DAYS_ARE_DAYS, name="stop_has_days"),
            models.CheckConstraint(
                condition=Q(latitude__range=(-90, 90), longitude__range=(-180, 180)), name="stop_is_on_earth"
            ),
        ]


class Import(models.Model):
    """The receipt of a file: the same bytes give the same receipt, and nothing is written twice."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    standard = models.CharField(max_length=20)
    filename = models.CharField(max_length=150)
    sha256 = models.CharField(max_length=64, unique=True)
    imported_at = models.DateTimeField()
    read = models.PositiveIntegerField()
    added = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()
    same = models.PositiveIntegerField()


class Kept(models.TextChoices):
    """Why a row was kept aside."""

    REFUSED = "REFUSED", _("refused: the row is not as the standard says")
    WAITS = "WAITS", _("waits for a person: it would change what someone wrote or verified here")
    ACCEPTED = "ACCEPTED", _("accepted by a person")
    DISMISSED = "DISMISSED", _("dismissed by a person")


class KeptRow(models.Model):
    """A row of an import that was not applied. `row` is the row as it came, without its place where that is confidential."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    receipt = models.ForeignKey(Import, on_delete=models.PROTECT, related_name="kept")
    number = models.PositiveIntegerField()
    identifier = models.CharField(max_length=210, blank=True)
    state = models.CharField(max_length=10, choices=Kept.choices)
    why = ArrayField(models.TextField())
    row = models.JSONField()
    service = models.ForeignKey(Service, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_by = models.UUIDField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)


class Merge(models.Model):
    """Two entries said to be one service by a person, who can be proven wrong: `before` gives back what was filled in.

    `absorbed` left the lists; `apart` means that a person looked and that they are two.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kept = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    absorbed = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    apart = models.BooleanField(default=False)
    before = models.JSONField(default=dict, blank=True)
    after = models.JSONField(default=dict, blank=True)
    decided_at = models.DateTimeField()
    decided_by = models.UUIDField()
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("absorbed")), name="a_service_is_not_merged_with_itself")
        ]
