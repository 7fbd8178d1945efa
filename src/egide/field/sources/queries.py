"""The only reads of sheets: one's own with their receipt, those that one's service received, where they may be taken."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from egide.field.assessments.models import DangerAssessment, State
from egide.foundation.audit.actions import record
from egide.foundation.organisations.models import Organisation

from .models import SourceSheet
from .permissions import receiving_roles


class NotFound(LookupError):
    """No such sheet for this account."""


def list_assessing() -> QuerySet[Organisation]:
    """The services where someone assesses danger: public facts, no person among them."""
    roles = sorted(receiving_roles())
    return Organisation.objects.filter(positions__roles__overlap=roles).distinct().order_by("name")


def list_own(*, by: UUID) -> QuerySet[SourceSheet]:
    """The sheets that the account wrote, latest first."""
    return SourceSheet.objects.filter(written_by=by).select_related("recipient", "organisation").order_by("-written_at")


def list_received(*, by: UUID) -> QuerySet[SourceSheet]:
    """The sheets sent to the account's service, those without a receipt first."""
    sheets = SourceSheet.objects.exclude(written_by=by).select_related("recipient", "organisation")
    return sheets.order_by("received_at", "-written_at")


def get_sheet(id: UUID, *, now: datetime) -> SourceSheet:
    """One sheet, one's own or received; found or not, the reading is in the trail. Raises NotFound."""
    found = SourceSheet.objects.filter(id=id).select_related("recipient", "organisation").first()
    record("SOURCE_SHEET_READ" if found else "SOURCE_SHEET_ATTEMPTED", subject=("sheet", id), at=now)
    if found is None:
        raise NotFound(_("There is no such sheet."))
    return found


def list_open_assessments() -> QuerySet[DangerAssessment]:
    """The assessments of one's own files that are being filled in, latest first."""
    return DangerAssessment.objects.filter(state=State.OPEN).select_related("case").order_by("-started_at")
