"""A consent, and a ground that stands without one; sections are codes of catalogue/nomenclatures/sections.yaml."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from egide.field.persons.models import Person
from egide.foundation.organisations.models import Organisation


class Proof(models.TextChoices):
    """How the consent can be shown."""

    SIGNED = "SIGNED", _("signed paper, kept in the file")
    ORAL = "ORAL", _("said before the one who explained")
    ELECTRONIC = "ELECTRONIC", _("confirmed by her own code")


class Consent(models.Model):
    """One person agrees that one organisation knows some sections, for one purpose, in [given_on, expires_on)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents")
    recipient = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(_("purpose"), max_length=60)
    sections = ArrayField(models.CharField(max_length=40), verbose_name=_("sections"))
    given_on = models.DateField(_("given on"))
    expires_on = models.DateField(_("expires on"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    explained_by = models.UUIDField(_("explained by"))
    language = models.CharField(_("language of the explanation"), max_length=8, default="fr")
    interpreter = models.BooleanField(_("with an interpreter"), default=False)
    proof = models.CharField(_("proof"), max_length=12, choices=Proof.choices)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_on__gt=F("given_on")),
                name="consent_ends_after_it_begins",
                violation_error_message=_("A consent ends after the day it is given."),
            ),
            models.CheckConstraint(
                condition=Q(sections__len__gt=0),
                name="consent_names_sections",
                violation_error_message=_("A consent names at least one section: nothing is shared by default."),
            ),
        ]


class Ground(models.Model):
    """A share without consent, with its article, its facts, the attempt to obtain agreement and who decided (R07)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="grounds")
    recipient = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    article = models.CharField(_("article of law"), max_length=60)
    sections = ArrayField(models.CharField(max_length=40), verbose_name=_("sections"))
    facts = models.TextField(_("facts"))
    agreement_sought = models.CharField(_("attempt to obtain agreement"), max_length=300)
    informed = models.CharField(_("information given to her"), max_length=300)
    decided_by = models.UUIDField(_("decided by"))
    decided_at = models.DateTimeField(_("decided"))
    expires_on = models.DateField(_("until"))
