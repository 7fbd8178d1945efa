"""When a report may be written, sent, answered, told of: her agreement first, the text of the day, and no way that reaches the author.

The delays are a proposal for the field experts; none of them is in a text.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from egide.field.casefiles.policies import MoveRefused
from egide.field.persons.answers import Answer
from egide.foundation.catalogue import get_nomenclature

from . import law
from .models import Agreement, Report
from .states import Step, step_of

RECEIPT_WITHIN = timedelta(days=3)
OUTCOME_WITHIN = timedelta(days=30)
UNREPRESENTED = frozenset({"none", "unknown"})
FACTS_IN = {law.REPORT: "danger", law.HELP: "rights"}
IDENTITY = "identity"
NOT_COMPETENT = "not-competent"
SERVED = frozenset({"help-in-place", "legal-protection", "inquiry", "sheltered", "already-known"})


class ReportRefused(MoveRefused):
    """What was asked of a report cannot be done."""


def check_code(nomenclature: str, code: str) -> None:
    """Raise ReportRefused for a code that the list does not have, or that only heads others."""
    codes = get_nomenclature(nomenclature).codes
    if code not in codes or any(each.parent == code for each in codes.values()):
        raise ReportRefused(_("“%(code)s” is not in the list “%(list)s”.") % {"code": code, "list": nomenclature})


def check_incapacities(codes: Iterable[str]) -> None:
    """Raise ReportRefused unless it is said what leaves the person unable: a woman who is beaten is not, for that, unable."""
    found = list(codes)
    if not found:
        raise ReportRefused(
            _(
                "Say what leaves the person unable to protect themselves. Violence alone does not: an adult who is able decides."
            )
        )
    for code in found:
        check_code("adult-incapacities", code)


def check_agreement(agreement: Agreement, *, impossible_because: str, words: str, informed: str) -> None:
    """Raise ReportRefused unless agreement was sought, or its impossibility is recorded with its ground (R07)."""
    if agreement == Agreement.IMPOSSIBLE:
        check_code("adult-agreement-impossible", impossible_because)
    elif impossible_because:
        raise ReportRefused(_("Agreement was asked: no reason why it was impossible is kept."))
    if not words.strip():
        raise ReportRefused(_("Say how agreement was sought: when, how, and what the answer was."))
    if not informed.strip():
        raise ReportRefused(_("Say how the person was informed, or what informing would have exposed the person to."))


def sections_to_tell(violence: str, wanted: Iterable[str]) -> tuple[str, ...]:
    """What the sheet carries: who it is about and the facts, always; the rest of the form only when ticked, nothing else."""
    offered, form = law.sections_of(violence), law.form_of(violence)
    carried = {IDENTITY, FACTS_IN[form], *wanted}
    outside = sorted(carried - {*offered, FACTS_IN[form]})
    if outside:
        raise ReportRefused(_("This sheet does not carry: %(sections)s.") % {"sections": ", ".join(outside)})
    return tuple(dict.fromkeys([IDENTITY, FACTS_IN[form], *(code for code in offered if code in carried)]))


def check_follows(before: Report | None, recipient: str, now: datetime) -> None:
    """Raise ReportRefused unless the report before stayed without a receipt or came to nothing, and this one goes elsewhere."""
    if before is None:
        return
    if not may_follow(before, now):
        raise ReportRefused(_("The report before this one is on its way: wait for its receipt, or call."))
    if before.referral.recipient_kind == recipient:
        raise ReportRefused(_("Take another route: this authority already has the report before this one."))


def check_outcome(report: Report, outcome: str, on: date, now: datetime) -> None:
    """Raise ReportRefused for an outcome of nothing, of no list, or of a day that has not come."""
    check_code("adult-report-outcomes", outcome)
    if step_of(report) is Step.WRITTEN:
        raise ReportRefused(_("Nothing was sent: there is no outcome yet."))
    if report.outcome:
        raise ReportRefused(_("What came of this report is already noted."))
    if not timezone.localdate(report.referral.sent_at) <= on <= timezone.localdate(now):
        raise ReportRefused(_("The day of the outcome is between the day the report was sent and today."))


def check_telling(report: Report, way: str, words: str) -> None:
    """Raise ReportRefused for a way by which the news would reach the alleged perpetrator, or for a silence without its reason.

    No way of the list is a letter or a call at home: where the alleged perpetrator lives there, or might, none exists.
    """
    check_code("adult-telling-ways", way)
    if step_of(report) is not Step.TO_TELL:
        raise ReportRefused(_("Note first what came of the report."))
    if way == "representative":
        check_representative(report)
    if way == "not-told" and not words.strip():
        raise ReportRefused(_("Say why nothing is told."))


def check_representative(report: Report) -> None:
    """Raise ReportRefused unless someone represents the person who is certainly not the alleged perpetrator."""
    if report.representation in UNREPRESENTED:
        raise ReportRefused(_("Nobody is known to represent the person."))
    if report.represented_by_alleged != Answer.NO:
        raise ReportRefused(
            _("It is not excluded that the alleged perpetrator represents the person: tell nothing that way.")
        )


def may_follow(report: Report, now: datetime) -> bool:
    """Whether another route may be taken: refused, lapsed, not competent, or no receipt in time."""
    step = step_of(report)
    return step is Step.SILENT or report.outcome == NOT_COMPETENT or is_late(report, now)


def is_late(report: Report, now: datetime) -> bool:
    """Whether the receipt, or then the outcome, is overdue."""
    due = due_at(report)
    return due is not None and due <= now


def due_at(report: Report) -> datetime | None:
    """When the next word of the authority is awaited; None when nothing is."""
    step, sent = step_of(report), report.referral.sent_at
    if sent is None or step not in (Step.SENT, Step.RECEIVED):
        return None
    within: timedelta = RECEIPT_WITHIN if step is Step.SENT else OUTCOME_WITHIN
    return sent + within
