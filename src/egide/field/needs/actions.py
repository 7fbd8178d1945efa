"""The only writes on the needs board: one call for each tap."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from egide.field.casefiles.models import CaseFile
from egide.field.casefiles.permissions import check_may
from egide.foundation.audit.actions import record
from egide.foundation.catalogue import get_nomenclature

from .models import Need, NeedChange, State


class NeedRefused(ValueError):
    """The board cannot take this change."""


@transaction.atomic
def set_need(
    *, case: CaseFile, domain: str, to: State, by: UUID, now: datetime, outcome: str = "", wish: str = "", partner: str = "",
    due_on: date | None = None,
) -> Need:  # fmt: skip
    """Put a domain in a state. Raises NeedRefused for an unknown domain, green without an outcome, sent without a partner."""
    check_may(by, "R04", "N", now)
    if domain not in get_nomenclature("needs-domains").codes:
        raise NeedRefused(_("This is not a domain of the board."))
    if to == State.GREEN and not outcome.strip():
        raise NeedRefused(
            _("Green is done, with its outcome: write what was obtained. A letter sent is not an outcome.")
        )
    if to == State.RED_SENT and not partner.strip():
        raise NeedRefused(_("Say to which partner it was sent."))
    need = Need.objects.filter(case=case, domain=domain).first() or Need(case=case, domain=domain)
    before = need.state
    need.state, need.outcome = to, outcome if to == State.GREEN else ""
    kept = to in (State.RED, State.RED_SENT)  # a plan stays while the need is to do
    need.partner, need.due_on = partner or (need.partner if kept else ""), due_on or (need.due_on if kept else None)
    need.wish = wish or need.wish
    need.changed_at, need.changed_by = now, by
    need.save()
    NeedChange(case=case, domain=domain, before=before, after=to, changed_at=now, changed_by=by).save(force_insert=True)
    record("NEED_SET", subject=("case", case.id), detail={"domain": domain, "to": to}, at=now)
    return need


@transaction.atomic
def plan_need(
    *,
    case: CaseFile,
    domain: str,
    by: UUID,
    now: datetime,
    wish: str = "",
    partner: str = "",
    due_on: date | None = None,
) -> Need:
    """Write the person's wish and, for what is to do, one partner and one date. The state does not move. Raises NeedRefused."""
    check_may(by, "R04", "N", now)
    need = Need.objects.filter(case=case, domain=domain).first()
    if need is None or need.state not in (State.RED, State.RED_SENT):
        raise NeedRefused(_("A plan is made for what is to do: put this domain in red first."))
    need.wish, need.partner, need.due_on = wish, partner, due_on
    need.save(update_fields=["wish", "partner", "due_on"])
    record("NEED_PLANNED", subject=("case", case.id), detail={"domain": domain}, at=now)
    return need
