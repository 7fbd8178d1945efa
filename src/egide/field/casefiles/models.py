"""Facts and constraints of a case file. Every row names its case, so that one wall protects them all."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from egide.field.persons.answers import AnswerField
from egide.field.persons.models import Person
from egide.foundation.organisations.models import Organisation


class State(models.TextChoices):
    """Where the support stands (R01)."""

    SIGNALLED = "SIGNALLED", _("signalled")
    CONTACT_TRIED = "CONTACT_TRIED", _("contact tried")
    FIRST_INTERVIEW = "FIRST_INTERVIEW", _("first interview")
    UNDER_SUPPORT = "UNDER_SUPPORT", _("under support")
    HANDED_OVER = "HANDED_OVER", _("handed over")
    CLOSED = "CLOSED", _("closed")
    REOPENED = "REOPENED", _("reopened")


class Category(models.TextChoices):
    """For whom the file is opened: victims, offenders and third parties alike (R01)."""

    VICTIM = "VICTIM", _("victim")
    OFFENDER = "OFFENDER", _("alleged perpetrator")
    THIRD_PARTY = "THIRD_PARTY", _("third party")


class CaseFile(models.Model):
    """One situation followed by one service. `commune` may be anywhere: no territory is refused (AT-02)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(_("reference"), max_length=20, unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    category = models.CharField(_("category"), max_length=12, choices=Category.choices)
    origin = models.CharField(_("how she came"), max_length=20)
    reasons = ArrayField(models.CharField(max_length=40), default=list, blank=True, verbose_name=_("reasons"))
    violence_forms = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    commune = models.CharField(_("commune"), max_length=5, blank=True)
    state = models.CharField(_("state"), max_length=16, choices=State.choices, default=State.SIGNALLED)
    complaint = AnswerField(_("complaint lodged"))
    opened_on = models.DateField(_("opened"))
    opened_by = models.UUIDField()
    closed_on = models.DateField(_("closed"), null=True, blank=True)
    closure_reason = models.CharField(_("reason of the closure"), max_length=40, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=State.CLOSED) | (~Q(closure_reason="") & Q(closed_on__isnull=False)),
                name="closed_with_a_reason",
                violation_error_message=_("A file is closed on a day and for a reason."),
            )
        ]
        indexes = [models.Index(fields=["organisation", "opened_on"], name="case_by_service")]


class TeamMember(models.Model):
    """An account works on a file in [since, until)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="team")
    account = models.UUIDField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "account"], condition=Q(until__isnull=True), name="one_seat_in_a_team"
            )
        ]
        indexes = [models.Index(fields=["account", "case"], name="team_by_account")]


class Exclusion(models.Model):
    """An account, or everyone of an organisation, who must never know that the file exists (X08)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="exclusions")
    account = models.UUIDField(null=True, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    because = models.CharField(_("reason"), max_length=200)
    decided_by = models.UUIDField()
    decided_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(account__isnull=False) | Q(organisation__isnull=False), name="exclusion_names_someone"
            )
        ]


class RoleKind(models.TextChoices):
    """What someone is in a situation: a role, not a kind of person."""

    VICTIM = "VICTIM", _("victim")
    PERPETRATOR = "PERPETRATOR", _("alleged perpetrator")
    CHILD = "CHILD", _("child")
    WITNESS = "WITNESS", _("witness")
    RELATIVE = "RELATIVE", _("relative")
    THIRD_PARTY = "THIRD_PARTY", _("third party")


class Role(models.Model):
    """A person stands in a file under a role; `concerned` marks the one for whom the file is opened."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="roles")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="roles")
    kind = models.CharField(max_length=12, choices=RoleKind.choices)
    concerned = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "person", "kind"], name="one_role_of_each_kind")]


class Episode(models.Model):
    """A time of leaving and, perhaps, of returning: a fact without judgement (AT-03)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="episodes")
    left_on = models.DateField(_("left on"))
    returned_on = models.DateField(_("returned on"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(returned_on__isnull=True) | Q(returned_on__gte=F("left_on")),
                name="return_follows_leaving",
                violation_error_message=_("A return comes after the day of leaving."),
            )
        ]


class Interview(models.Model):
    """Someone was met or heard."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="interviews")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    held_at = models.DateTimeField(_("held"))
    minutes = models.PositiveIntegerField(_("minutes"))
    held_by = models.UUIDField()


class Action(models.Model):
    """Something done: typed, dated, timed. Kinds are codes of catalogue/nomenclatures/action-kinds.yaml."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="actions")
    kind = models.CharField(_("kind"), max_length=40)
    done_at = models.DateTimeField(_("done"))
    minutes = models.PositiveIntegerField(_("minutes"))
    done_by = models.UUIDField()

    class Meta:
        indexes = [models.Index(fields=["case", "done_at"], name="action_by_case")]


class EntryKind(models.TextChoices):
    """A fact and an opinion are different things (X10)."""

    FACT_OBSERVED = "FACT_OBSERVED", _("fact observed")
    FACT_TOLD = "FACT_TOLD", _("fact told")
    OPINION = "OPINION", _("professional opinion")


class Entry(models.Model):
    """Words kept in one section of a file, with their purpose (X10). A partner reads the sections consented to, no other."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="entries")
    section = models.CharField(_("section"), max_length=40)
    purpose = models.CharField(_("purpose"), max_length=60)
    kind = models.CharField(_("nature"), max_length=14, choices=EntryKind.choices)
    text = models.TextField(_("text"))
    written_at = models.DateTimeField()
    written_by = models.UUIDField()

    class Meta:
        indexes = [models.Index(fields=["case", "section"], name="entry_by_section")]
