"""A referral and the signed link that opens it. Codes are those of catalogue/nomenclatures/service-*.yaml."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from egide.field.casefiles.models import CaseFile
from egide.field.directory.models import Service
from egide.field.persons.answers import AnswerField
from egide.field.persons.models import Person
from egide.foundation.organisations.models import Organisation


class State(models.TextChoices):
    """Where a referral stands (R05, R06)."""

    DRAFT = "DRAFT", pgettext_lazy("referral", "draft")
    SENT = "SENT", pgettext_lazy("referral", "sent")
    RECEIVED = "RECEIVED", pgettext_lazy("referral", "received")
    ACCEPTED = "ACCEPTED", pgettext_lazy("referral", "accepted")
    REFUSED = "REFUSED", pgettext_lazy("referral", "refused")
    NO_CAPACITY = "NO_CAPACITY", _("no capacity")
    CONTACT_MADE = "CONTACT_MADE", _("contact made")
    CLOSED = "CLOSED", pgettext_lazy("referral", "closed")
    EXPIRED = "EXPIRED", _("lapsed without an answer")
    WITHDRAWN = "WITHDRAWN", pgettext_lazy("referral", "withdrawn")


class Audience(models.TextChoices):
    """To which services: the axis of indicators v (victims), vi (perpetrators) and vii (others)."""

    VICTIM = "VICTIM", _("services for victims")
    PERPETRATOR = "PERPETRATOR", _("services for perpetrators")
    OTHER = "OTHER", _("other services")


class Mode(models.TextChoices):
    """A number handed over is not an accompanied referral, and is never counted as one (R05)."""

    NUMBER_GIVEN = "NUMBER_GIVEN", _("number given")
    ACCOMPANIED = "ACCOMPANIED", _("accompanied")


class Referral(models.Model):
    """One person sent to one service by one body. What it may carry is written once and never widened.

    `author_body` is the body that referred, which the one who writes it down may only record (Z16). `service_name` stays
    as it was that day. `sections` are those it may carry; what it does carry is asked of her consents at each reading.
    `form`, `status` and `recipient_kind` are the question put to the law (codes of the catalogue); `route` is the local
    protocol it goes by, if any; `domain` is the square of the board that it answers.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="referrals")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    service_name = models.CharField(max_length=150)
    recipient = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    recipient_name = models.CharField(_("whom the code is told to"), max_length=150, blank=True)
    author = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    author_body = models.CharField(_("body that refers"), max_length=40)
    written_by = models.UUIDField()
    audience = models.CharField(_("to which services"), max_length=12, choices=Audience.choices)
    mode = models.CharField(_("how"), max_length=12, choices=Mode.choices)
    purpose = models.CharField(_("purpose"), max_length=60)
    form = models.CharField(_("form of the sheet"), max_length=60, default="liaison-sheet")
    status = models.CharField(_("in what capacity"), max_length=60, blank=True)
    recipient_kind = models.CharField(_("to whom, in law"), max_length=60, blank=True)
    route = models.CharField(_("local protocol"), max_length=60, blank=True)
    domain = models.CharField(_("need it answers"), max_length=40, blank=True)
    sections = ArrayField(models.CharField(max_length=40), default=list, blank=True, verbose_name=_("sections"))
    state = models.CharField(_("state"), max_length=14, choices=State.choices, default=State.DRAFT)
    offered_on = models.DateField(_("offered on"))
    agreed = AnswerField(_("she agrees to it"))
    drafted_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    reply_wanted_by = models.DateField(_("answer wanted by"), null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    reminded_again_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    contact_made_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    refusal_reason = models.CharField(_("reason of the refusal"), max_length=40, blank=True)
    outcome = models.CharField(_("outcome"), max_length=40, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=State.REFUSED) | ~Q(refusal_reason=""),
                name="refused_with_a_reason",
                violation_error_message=_("A service refuses for a reason of the list."),
            ),
            models.CheckConstraint(
                condition=~Q(state=State.CLOSED) | ~Q(outcome=""),
                name="closed_with_an_outcome",
                violation_error_message=_("A referral is closed by what came of it."),
            ),
            models.CheckConstraint(
                condition=Q(mode=Mode.ACCOMPANIED) | Q(sections__len=0),
                name="a_number_given_carries_nothing",
                violation_error_message=_("A number that is handed over carries no section of the file."),
            ),
        ]
        indexes = [
            models.Index(fields=["case", "drafted_at"], name="referral_by_case"),
            models.Index(fields=["person", "recipient"], name="referral_by_recipient"),
            models.Index(fields=["state", "sent_at"], name="referral_by_state"),
        ]


class Link(models.Model):
    """The way in for a recipient without an account: an address and a code told by telephone, both kept as hashes only.

    The code's hash is keyed by the installation, so that whoever holds this table alone cannot try codes against it.
    A code serves once and opens until `open_until`; five wrong ones close the link (Z06).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="+")
    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, related_name="link")
    token_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=64, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    open_until = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)


class Copy(models.Model):
    """A sheet taken away as a PDF: nothing can call paper back, so the trace says who must be asked to destroy it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="+")
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="copies")
    sections = ArrayField(models.CharField(max_length=40))
    taken_at = models.DateTimeField()
    taken_by = models.UUIDField()
    recalled_at = models.DateTimeField(null=True, blank=True)
