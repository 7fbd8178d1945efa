"""The only writes on requisitions: received, checked, set aside, answered item by item, then closed for good. All in the trail."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from egide.field.casefiles.models import CaseFile
from egide.field.casefiles.permissions import check_may
from egide.foundation.audit.actions import record

from . import policies
from .models import Answer, Check, Item, Quality, Requisition, State
from .policies import RequisitionRefused

ROW, LEVEL = "R01", "N"


@transaction.atomic
def receive_requisition(
    *, case: CaseFile, requirer: str, quality: Quality, service: str, article: str, inquiry: str, received_on: date,
    asked: Sequence[str], by: UUID, now: datetime, due_on: date | None = None, authorised: bool = False,
) -> Requisition:  # fmt: skip
    """Note a requisition and each thing it asks for. Nothing is answered before whoever requires is checked.

    Raises NotAllowed, RequisitionRefused for an article not in force that day, ValidationError.
    """
    check_may(by, ROW, LEVEL, now)
    policies.check_article(article, received_on)
    items = [words.strip() for words in asked if words.strip()]
    if not items:
        raise RequisitionRefused(_("Write what is asked for, one line for each thing."))
    if received_on > timezone.localdate(now):
        raise RequisitionRefused(_("This day has not come yet."))
    requisition = Requisition(
        case=case, requirer=requirer, quality=quality, service=service, article=article, inquiry=inquiry,
        received_on=received_on, due_on=due_on, authorised=authorised, received_by=by,
    )  # fmt: skip
    requisition.full_clean()
    requisition.save(force_insert=True)
    for place, words in enumerate(items, start=1):
        item = Item(case=case, requisition=requisition, place=place, asked=words)
        item.full_clean(validate_unique=False, validate_constraints=False)
        item.save(force_insert=True)
    _trace("REQUISITION_RECEIVED", requisition, now, article=article, items=len(items))
    return requisition


@transaction.atomic
def check_requirer(*, requisition: Requisition, way: Check, by: UUID, now: datetime) -> Requisition:
    """Say how the identity was checked. Raises RequisitionRefused when the article gives no such power."""
    check_may(by, ROW, LEVEL, now)
    policies.check_stands(requisition, State.RECEIVED)
    policies.check_power(requisition)
    requisition.state, requisition.check_way = State.CHECKED, way
    requisition.checked_at, requisition.checked_by = now, by
    requisition.save(update_fields=["state", "check_way", "checked_at", "checked_by"])
    _trace("REQUISITION_CHECKED", requisition, now, way=way)
    return requisition


@transaction.atomic
def set_aside(*, requisition: Requisition, because: str, by: UUID, now: datetime) -> Requisition:
    """Hand nothing over: whoever required could not be checked, or had no such power."""
    check_may(by, ROW, LEVEL, now)
    policies.check_stands(requisition, State.RECEIVED, State.CHECKED)
    if not because.strip():
        raise RequisitionRefused(_("Say why it is set aside."))
    requisition.state, requisition.set_aside_because = State.SET_ASIDE, because.strip()
    requisition.closed_at, requisition.closed_by = now, by
    requisition.save(update_fields=["state", "set_aside_because", "closed_at", "closed_by"])
    _trace("REQUISITION_SET_ASIDE", requisition, now)
    return requisition


@transaction.atomic
def answer_item(*, item: Item, answer: Answer, by: UUID, now: datetime, ground: str = "", words: str = "") -> Item:
    """Answer one item: handed over, not handed over on a ground of the list, or not held. Raises RequisitionRefused."""
    check_may(by, ROW, LEVEL, now)
    policies.check_stands(item.requisition, State.CHECKED)
    policies.check_answer(answer, ground, words)
    item.answer, item.words = answer, words.strip()
    item.ground = ground if answer == Answer.REFUSED else ""
    item.answered_at, item.answered_by = now, by
    item.save(update_fields=["answer", "words", "ground", "answered_at", "answered_by"])
    _trace("REQUISITION_ITEM_ANSWERED", item.requisition, now, place=item.place, answer=answer, ground=item.ground)
    return item


@transaction.atomic
def close_answer(*, requisition: Requisition, by: UUID, now: datetime) -> Requisition:
    """Close the answer once every item has one; it changes no more. Raises RequisitionRefused."""
    check_may(by, ROW, LEVEL, now)
    policies.check_stands(requisition, State.CHECKED)
    policies.check_complete(requisition.items.order_by("place"))
    requisition.state, requisition.closed_at, requisition.closed_by = State.ANSWERED, now, by
    requisition.save(update_fields=["state", "closed_at", "closed_by"])
    _trace("REQUISITION_ANSWERED", requisition, now)
    return requisition


def _trace(code: str, requisition: Requisition, now: datetime, **detail: object) -> None:
    record(code, subject=("case", requisition.case_id), detail={"requisition": str(requisition.id), **detail}, at=now)
