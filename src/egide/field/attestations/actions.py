"""The only write on statements: one is made when the person asks for it, of days that are in her file and that she chose."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from egide.field.casefiles.models import CaseFile
from egide.field.casefiles.permissions import check_may
from egide.field.casefiles.policies import MoveRefused
from egide.field.casefiles.queries import get_concerned
from egide.foundation.audit.actions import record

from .models import Asked, Attestation
from .queries import list_sessions


class AttestationRefused(MoveRefused):
    """No statement can be made of this."""


@transaction.atomic
def make_attestation(
    *, case: CaseFile, asked: Asked, asked_on: date, sessions: Collection[str], read_again: bool, by: UUID, now: datetime
) -> Attestation:  # fmt: skip
    """Make a statement of the chosen days (codes of `list_sessions`). Nobody but the person may ask for it.

    Raises NotAllowed, AttestationRefused: asked for tomorrow, no day, a day that is not in the file, or not read to her.
    """
    check_may(by, "R06", "N", now)
    today, known = timezone.localdate(now), list_sessions(case)
    if asked_on > today:
        raise AttestationRefused(_("The day of the request has not come yet."))
    if not read_again:
        raise AttestationRefused(
            _("Read it over with the person first: what is handed to a court cannot be called back.")
        )
    unknown = sorted(set(sessions) - {each.code for each in known})
    if unknown or not sessions:
        raise AttestationRefused(_("Choose at least one day among those of the file: the statement says nothing else."))
    number = Attestation.objects.filter(case=case).count() + 1
    made = Attestation(
        case=case, person=get_concerned(case), number=number, asked_on=asked_on, asked=asked, made_on=today, made_at=now,
        made_by=by,
        sessions=[{"on": each.on.isoformat(), "kind": each.kind} for each in known if each.code in sessions],
    )  # fmt: skip
    made.save(force_insert=True)
    record("ATTESTATION_MADE", subject=("case", case.id), detail={"number": number, "asked": asked}, at=now)
    return made
