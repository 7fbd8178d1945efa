"""The only writes on exports: ask, decide, fetch."""

import csv
import io
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from egide.field.casefiles.permissions import check_may
from egide.field.casefiles.queries import list_cases, list_concerned
from egide.foundation.audit.actions import record
from egide.foundation.organisations.models import Organisation
from egide.foundation.organisations.queries import list_workplaces

from .models import Decision, Export

LIVES = timedelta(hours=24)
COLUMNS = ("reference", "given_name", "family_name", "category", "state", "opened_on")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class ExportRefused(PermissionError):
    """The list is not given; the sentence says why."""


@transaction.atomic
def request_export(*, organisation: Organisation, because: str, by: UUID, now: datetime) -> Export:
    """Ask for the list of one's own files, for a motive. Raises NotAllowed, ExportRefused."""
    check_may(by, "R01", "N", now)
    if organisation.id not in {place.id for place in list_workplaces(account=by, now=now)}:
        raise ExportRefused(_("You can ask for a list only where you hold a position."))
    if not because.strip():
        raise ExportRefused(_("Say what the list is for: whoever approves it decides on that."))
    export = Export(organisation=organisation, because=because.strip(), requested_by=by, requested_at=now)
    export.save(force_insert=True)
    record("EXPORT_REQUESTED", subject=("export", export.id), detail={"because": export.because}, at=now)
    return export


@transaction.atomic
def decide_export(*, export: UUID, decision: Decision, because: str, by: UUID, now: datetime) -> Export:
    """Approve or refuse someone else's request, with a motive; an approved list can be fetched once, for a day.

    Raises NotAllowed, ExportRefused.
    """
    check_may(by, "R01", "N", now)
    found = Export.objects.select_for_update(of=("self",)).filter(id=export, decision="").first()
    if found is None:
        raise ExportRefused(_("There is no such request to decide."))
    if found.requested_by == by:
        raise ExportRefused(_("Someone else decides: a list of names takes two people."))
    if not because.strip():
        raise ExportRefused(_("Say why: the motive stays in the trail."))
    found.decision, found.decided_by, found.decided_at, found.decided_because = decision, by, now, because.strip()
    found.expires_at = now + LIVES if decision == Decision.APPROVED else None
    found.save(update_fields=["decision", "decided_by", "decided_at", "decided_because", "expires_at"])
    record(f"EXPORT_{decision}", subject=("export", found.id), detail={"because": found.decided_because}, at=now)
    return found


@transaction.atomic
def fetch_export(*, export: UUID, by: UUID, now: datetime) -> bytes:
    """The list, once, to whoever asked for it, as CSV: one's own files as the wall shows them now; nothing is kept.

    Raises NotAllowed, ExportRefused.
    """
    check_may(by, "R01", "N", now)
    ready = Export.objects.filter(id=export, requested_by=by, decision=Decision.APPROVED, expires_at__gt=now)
    if ready.filter(fetched_at__isnull=True).update(fetched_at=now) != 1:
        raise ExportRefused(_("This list cannot be fetched: not approved, too old, or fetched already. Ask again."))
    cases = list(list_cases(open_only=False))
    people = list_concerned(cases)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for case in cases:
        person = people.get(case.id)
        names = (person.given_name, person.family_name) if person else ("", "")
        writer.writerow(map(_inert, (case.reference, *names, case.category, case.state, case.opened_on.isoformat())))
    record("EXPORT_FETCHED", subject=("export", export), detail={"files": len(cases)}, at=now)
    return out.getvalue().encode("utf-8-sig")


def _inert(cell: str) -> str:
    """A cell that no spreadsheet runs as a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
