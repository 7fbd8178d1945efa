"""The only writes: propose the breaks of a source's last delivery, sign what one of them is. A proposal alone changes no figure."""

import hashlib
import json
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.forms.models import model_to_dict
from django.utils.translation import gettext as _

from egide.foundation.audit.actions import record
from egide.foundation.catalogue import get_source
from egide.methods.comparability.detection import NEAR
from egide.statistics.collection.queries import list_accepted
from egide.statistics.harmonisation.harmonise import harmonise

from . import permissions
from .models import BreakProposal, BreakSignature, Decision
from .proposing import CALENDAR, Proposal, search
from .tables import code_of, series_of
from .telling import plain_evidence


class BreakRefused(ValueError):
    """Nothing was proposed or signed; the sentence says why and what to do."""


@transaction.atomic
def propose_breaks(*, source: str, by: str, now: datetime) -> list[BreakProposal]:
    """Search the last accepted delivery of a source and keep what is new. Raises NotAllowed, BreakRefused, UnknownEntry.

    Where the source has series of its whole scope, only those are searched; the others are evidence (a territory of one force).
    """
    permissions.check_may_sign(by, now)
    definition = get_source(source)
    deliveries = list_accepted(source)
    if not deliveries:
        raise BreakRefused(_("No delivery of this source is accepted: deposit one, then search it."))
    read = series_of(harmonise(deliveries[-1]))
    whole = definition.scope.territory
    only = whole if any(each.territory == whole for each in read.series) else None
    found = search(read.series, only=only)
    kept = [
        _kept(source, deliveries[-1].id, read.dimensions, proposal, now)
        for proposal in found.proposals
        if not _known(source, proposal)
    ]
    record(
        "BREAKS_SEARCHED", subject=("delivery", deliveries[-1].id), at=now,
        detail={"by": by, "searched": len(found.searched), "found": len(found.proposals), "new": len(kept)},
    )  # fmt: skip
    return kept


@transaction.atomic
def sign_break(*, proposal: UUID, decision: str, words: str, by: str, now: datetime) -> BreakSignature:
    """Sign that a proposed break is an artefact, a real change or none, with a reason. Raises NotAllowed, BreakRefused.

    From then on no growth is computed across a signed artefact without a back-cast; a later signature replaces this one.
    """
    permissions.check_may_sign(by, now)
    found = BreakProposal.objects.filter(id=proposal).first()
    if found is None:
        raise BreakRefused(_("This proposal does not exist."))
    if decision not in Decision.values:
        raise BreakRefused(_("Choose one of the three: artefact of recording, real change, no break."))
    if not words.strip():
        raise BreakRefused(_("Say what the decision rests on: it is signed with its reason."))
    signature = BreakSignature(
        proposal=found, decision=decision, words=words.strip()[:1000], fingerprint=fingerprint(found),
        signed_at=now, signed_by=by,
    )  # fmt: skip
    signature.save(force_insert=True)
    record(
        "BREAK_SIGNED", subject=("break", found.id), at=now,
        detail={"by": by, "decision": decision, "proposed": found.verdict, "fingerprint": signature.fingerprint},
    )  # fmt: skip
    return signature


def fingerprint(proposal: BreakProposal) -> str:
    """Hash what is read when one signs: the whole proposal, its evidence and its series."""
    plain = {**model_to_dict(proposal), "id": proposal.id, "proposed_at": proposal.proposed_at}
    return hashlib.sha256(json.dumps(plain, sort_keys=True, default=str).encode()).hexdigest()


def _known(source: str, proposal: Proposal) -> bool:
    """Say whether a break of this series is already proposed at this date, give or take what the search can tell apart."""
    series = proposal.series
    reach = NEAR[series.per_year]
    around = series.periods[max(0, proposal.shift.index - reach) : proposal.shift.index + reach + 1]
    return BreakProposal.objects.filter(source=source, key=str(series), at__in=[str(each) for each in around]).exists()


def _kept(source: str, delivery: UUID, dimensions: tuple[str, ...], proposal: Proposal, now: datetime) -> BreakProposal:
    shift, series = proposal.shift, proposal.series
    kept = BreakProposal(
        source=source, delivery=delivery, key=str(series), territory=series.territory, at=str(shift.at), place=shift.index,
        series=dict(zip(dimensions, code_of(series.code), strict=True)),
        size=shift.size, low=shift.low, high=shift.high, statistic=shift.statistic, critical=shift.critical, window=shift.side,
        verdict=proposal.verdict.kind, strength=proposal.verdict.strength, calendar=CALENDAR, proposed_at=now,
        evidence=[plain_evidence(each) for each in proposal.evidence],
        values=[[str(period), value] for period, value in zip(series.periods, series.values, strict=True)],
    )  # fmt: skip
    kept.save(force_insert=True)
    return kept
