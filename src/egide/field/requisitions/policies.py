"""When a requisition may be answered, and what an answer must say. Who may act is casefiles.permissions (R01)."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from egide.foundation.catalogue import UnknownEntry, get_article, get_nomenclature

from .models import Answer, Item, Quality, Requisition, State

NEEDS_PROSECUTOR = "cpp-77-1-1"


class RequisitionRefused(ValueError):
    """The requisition cannot be handled so; the sentence says why and what to do."""


def list_articles(on: date) -> list[str]:
    """The articles of the list that are in force on a day."""
    return [code for code in get_nomenclature("requisition-articles").codes if _in_force(code, on)]


def check_article(article: str, on: date) -> None:
    """Raise RequisitionRefused for an article that lets nobody require on that day."""
    if article not in list_articles(on):
        raise RequisitionRefused(
            _("No text “%(article)s” lets anyone require on that day: read the article on the document.")
            % {"article": article}
        )


def check_power(requisition: Requisition) -> None:
    """Raise RequisitionRefused when whoever requires has not the power that the article asks for."""
    officer = requisition.quality == Quality.JUDICIAL_OFFICER
    if officer and requisition.article == NEEDS_PROSECUTOR and not requisition.authorised:
        raise RequisitionRefused(
            _(
                "In a preliminary inquiry, an officer requires only with the prosecutor’s authorisation: ask for it in writing, "
                "or set the requisition aside."
            )
        )


def check_stands(requisition: Requisition, *states: State) -> None:
    """Raise RequisitionRefused unless the requisition stands in one of these states."""
    if requisition.state not in states:
        raise RequisitionRefused(
            _("This requisition is “%(state)s”: this can no longer, or not yet, be done.")
            % {"state": State(requisition.state).label}
        )


def check_answer(answer: Answer, ground: str, words: str) -> None:
    """Raise RequisitionRefused for an answer that says too little, or a ground that is not of the list."""
    if answer == Answer.PENDING:
        raise RequisitionRefused(_("Choose what is answered to this item."))
    if answer == Answer.HANDED and not words.strip():
        raise RequisitionRefused(_("Say which document is handed over."))
    if answer == Answer.REFUSED and ground not in get_nomenclature("requisition-grounds").codes:
        raise RequisitionRefused(_("Say on which legitimate ground it is not handed over."))


def check_complete(items: Iterable[Item]) -> None:
    """Raise RequisitionRefused while an item has no answer: a requisition is answered whole."""
    pending = [str(item.place) for item in items if item.answer == Answer.PENDING]
    if pending:
        raise RequisitionRefused(
            _("Still without an answer: item %(items)s. Answer each item, if only that nothing is held.")
            % {"items": ", ".join(pending)}
        )


def _in_force(article: str, on: date) -> bool:
    try:
        get_article(article, on)
    except UnknownEntry:
        return False
    return True
