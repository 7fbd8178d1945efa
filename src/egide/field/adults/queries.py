"""The only reads of reports: those of a file, the one asked for, those whose authority is silent, and to whom one may report."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from egide.field.casefiles.models import CaseFile
from egide.field.directory.models import Service
from egide.field.referrals.models import State
from egide.field.referrals.states import FAILED
from egide.foundation.catalogue import get_liaison_form, recipient_in_law

from .law import REPORT
from .models import Report
from .policies import OUTCOME_WITHIN, RECEIPT_WITHIN


class NotFound(LookupError):
    """No such report in the files that this subject may open."""


def list_reports(case: CaseFile) -> QuerySet[Report]:
    """The reports of a file, latest first."""
    return Report.objects.filter(case=case).select_related("case", "referral__recipient").order_by("-written_at")


def get_report(case: CaseFile, id: UUID) -> Report:
    """A report of this file. Raises NotFound."""
    found = list_reports(case).filter(id=id).select_related("person", "follows__referral").first()
    if found is None:
        raise NotFound(_("There is no such report in this file."))
    return found


def list_to_pursue(*, now: datetime) -> QuerySet[Report]:
    """The reports of the subject's files that wait for one's own hand: unsent, silent past the delay, refused, or to be told."""
    silent = Q(referral__state=State.SENT, referral__sent_at__lte=now - RECEIPT_WITHIN)
    slow = Q(
        referral__sent_at__lte=now - OUTCOME_WITHIN,
        referral__state__in=(State.RECEIVED, State.ACCEPTED, State.CONTACT_MADE),
    )
    waiting = Q(referral__state__in=(State.DRAFT, *FAILED)) | silent | slow | ~Q(outcome="")
    found = Report.objects.filter(waiting, closed_at__isnull=True)
    return found.select_related("case", "referral").order_by("written_at")


def list_authorities() -> list[tuple[str, Service]]:
    """Each service of the directory that may be told of an adult unable to protect herself: (to whom in law, the service)."""
    last = get_liaison_form(REPORT).sheet.recipients
    found = Service.objects.select_related("organisation").order_by("name")
    told = [(recipient_in_law(each.themes, each.organisation.kind), each) for each in found]
    return [(recipient, each) for recipient, each in told if recipient in last]
