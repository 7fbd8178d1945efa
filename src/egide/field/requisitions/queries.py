"""The only reads of requisitions: those of a file, those that wait, and the answer as it is printed."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils import timezone

from egide.field.casefiles.models import CaseFile
from egide.foundation.accounts.queries import list_names
from egide.foundation.audit.actions import record
from egide.foundation.catalogue import Text, get_article, get_nomenclature

from .models import Answer, Check, Item, Quality, Requisition, State
from .policies import check_stands

WAITING = (State.RECEIVED, State.CHECKED)


@dataclass(frozen=True)
class AnswerLine:
    """One item of an answer: its place, what was asked, what is answered."""

    place: int
    asked: str
    answer: Answer
    ground: Text | None
    words: str


@dataclass(frozen=True)
class AnswerSheet:
    """What the printed answer says; it names nobody but who asked and who answers."""

    author: str
    signed_by: str
    fictional: bool
    requirer: str
    quality: Quality
    service: str
    article: str
    inquiry: str
    received_on: date
    checked_on: date
    check: Check
    answered_on: date
    lines: tuple[AnswerLine, ...]


def list_requisitions(case: CaseFile) -> QuerySet[Requisition]:
    """The requisitions of a file, latest first."""
    return Requisition.objects.filter(case=case).order_by("-received_on", "-id")


def get_requisition(case: CaseFile, id: UUID) -> Requisition | None:
    """A requisition of this file, or None."""
    return Requisition.objects.filter(case=case, id=id).first()


def list_items(requisition: Requisition) -> QuerySet[Item]:
    """What a requisition asks for, in order."""
    return Item.objects.filter(requisition=requisition).select_related("requisition").order_by("place")


def list_waiting() -> QuerySet[Requisition]:
    """The requisitions of the subject's files that wait for a check or an answer, the nearest day first."""
    waiting = Requisition.objects.filter(state__in=WAITING).select_related("case")
    return waiting.order_by(F("due_on").asc(nulls_last=True), "received_on", "id")


def list_closed() -> QuerySet[Requisition]:
    """The requisitions of the subject's files that were answered or set aside, latest first."""
    return Requisition.objects.exclude(state__in=WAITING).select_related("case").order_by("-closed_at")


def make_answer(*, requisition: Requisition, now: datetime) -> AnswerSheet:
    """The answer to print; its printing is in the trail. Raises RequisitionRefused before it is closed."""
    check_stands(requisition, State.ANSWERED)
    subject = ("case", requisition.case_id)
    record("REQUISITION_PRINTED", subject=subject, detail={"requisition": str(requisition.id)}, at=now)
    author = requisition.case.organisation
    return AnswerSheet(
        author=author.name,
        signed_by=list_names([str(requisition.closed_by)]).get(str(requisition.closed_by), ""),
        fictional=author.fictional,
        requirer=requisition.requirer,
        quality=Quality(requisition.quality),
        service=requisition.service,
        article=get_article(requisition.article, requisition.received_on).ref,
        inquiry=requisition.inquiry,
        received_on=requisition.received_on,
        checked_on=timezone.localdate(requisition.checked_at),
        check=Check(requisition.check_way),
        answered_on=timezone.localdate(requisition.closed_at),
        lines=tuple(_line(item) for item in list_items(requisition)),
    )


def _line(item: Item) -> AnswerLine:
    grounds = get_nomenclature("requisition-grounds").codes
    ground = grounds[item.ground].label if item.ground else None
    return AnswerLine(item.place, item.asked, Answer(item.answer), ground, item.words)


def get_item(requisition: Requisition, id: UUID) -> Item | None:
    """An item of this requisition, or None."""
    return list_items(requisition).filter(id=id).first()
