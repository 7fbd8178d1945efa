"""A child of a file, and what is written of that one child. Codes are those of catalogue/nomenclatures/child-*.yaml."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from egide.field.casefiles.models import CaseFile, EntryKind, Role
from egide.field.persons.answers import AnswerField


class Child(models.Model):
    """The part of one child: `role` says who, in which file. Every answer may stay unknown; none is guessed from a sibling's."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="children")
    role = models.OneToOneField(Role, on_delete=models.PROTECT, related_name="child")
    age = models.CharField(_("age"), max_length=10, default="unknown")
    home = models.CharField(_("where the child lives"), max_length=20, default="unknown")
    authority = models.CharField(_("parental authority"), max_length=20, default="unknown")
    visits = models.CharField(_("visits of the alleged perpetrator"), max_length=20, default="unknown")
    safe_tonight = AnswerField(_("safe tonight"))
    listened_to = AnswerField(_("listened to alone by a professional"))
    seen_by_doctor = AnswerField(_("seen by a doctor"))
    school_knows = AnswerField(_("the school knows whom to call"))
    written_at = models.DateTimeField()
    written_by = models.UUIDField()

    class Meta:
        indexes = [models.Index(fields=["case"], name="child_by_case")]


class Word(models.Model):
    """Something observed of one child, told by them or of them, or thought of: three different things (X10)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(CaseFile, on_delete=models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="words")
    kind = models.CharField(_("nature"), max_length=14, choices=EntryKind.choices)
    text = models.TextField(_("words"))
    written_at = models.DateTimeField()
    written_by = models.UUIDField()
