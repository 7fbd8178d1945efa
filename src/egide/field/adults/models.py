"""A report: what was established, what was asked of the person, the text that carries it; its road is that of a referral.

Codes are those of catalogue/nomenclatures/adult-*.yaml; the two written facts are entries of the file, observed and told apart.
"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from egide.field.casefiles.models import CaseFile
from egide.field.persons.answers import AnswerField
from egide.field.persons.models import Person
from egide.field.referrals.models import Referral


class Agreement(models.TextChoices):
    """What the person said of the report; that it was impossible to ask is written with its reason."""

    GIVEN = "GIVEN", _("asked, and given")
    REFUSED = "REFUSED", _("asked, and refused")
    IMPOSSIBLE = "IMPOSSIBLE", _("it was impossible to ask")


class Report(models.Model):
    """One report to one authority. `follows` is the one that stayed without a receipt, or came to nothing, before it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="adult_reports")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, related_name="adult_report")
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    incapacities = ArrayField(models.CharField(max_length=40), verbose_name=_("what leaves the person unable"))
    violence = models.CharField(_("violence established"), max_length=10)
    life_in_danger = models.BooleanField(_("a life is in immediate danger"), default=False)
    lives_with = AnswerField(_("the alleged perpetrator lives there"))
    representation = models.CharField(_("measure of representation"), max_length=40)
    represented_by_alleged = AnswerField(_("the alleged perpetrator represents the person"))
    agreement = models.CharField(_("agreement"), max_length=10, choices=Agreement.choices)
    impossible_because = models.CharField(_("why it was impossible to ask"), max_length=40, blank=True)
    agreement_words = models.CharField(_("how agreement was sought"), max_length=300)
    informed = models.CharField(_("how the person was informed"), max_length=300)
    rule = models.CharField(max_length=60)
    answer = models.CharField(_("what the law says"), max_length=14)
    article = models.CharField(_("article of law"), max_length=60)
    written_at = models.DateTimeField()
    written_by = models.UUIDField()
    outcome = models.CharField(_("what came of it"), max_length=40, blank=True)
    outcome_on = models.DateField(_("known on"), null=True, blank=True)
    told_way = models.CharField(_("how the person was told"), max_length=40, blank=True)
    told_words = models.CharField(_("what was told, or why nothing was"), max_length=300, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(incapacities__len__gt=0), name="adult_report_says_why_unable"),
            models.CheckConstraint(
                condition=(Q(agreement=Agreement.IMPOSSIBLE) & ~Q(impossible_because=""))
                | (~Q(agreement=Agreement.IMPOSSIBLE) & Q(impossible_because="")),
                name="impossible_for_a_stated_reason",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | (~Q(outcome="") & ~Q(told_way="")),
                name="adult_loop_is_closed_whole",
            ),
        ]
        indexes = [models.Index(fields=["case", "written_at"], name="adult_report_by_case")]
