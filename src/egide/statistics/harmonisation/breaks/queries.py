"""The only reads: proposals as a page shows them, and the signed breaks that bind every growth."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from egide.foundation.catalogue import Break, Text, get_source

from .models import BreakProposal, BreakSignature, Decision
from .words import LEANS, STRENGTHS, VERDICTS, percent, sentence


class NotFound(LookupError):
    """No such proposal."""


@dataclass(frozen=True)
class EvidenceView:
    """One piece of evidence in the reader's language, and the side it leans to: artefact, real or silent."""

    sentence: str
    lean: str
    leans: str


@dataclass(frozen=True)
class SignatureView:
    """A decision with who signed it, when and why."""

    decision: str
    label: str
    words: str
    signed_at: datetime
    signed_by: str
    fingerprint: str


@dataclass(frozen=True)
class ProposalView:
    """A proposed break as a page shows it; `signatures` latest first, the first of which stands."""

    id: UUID
    source: str
    source_label: Text
    series: dict[str, str]
    territory: str
    at: str
    place: int
    size: str
    low: str
    high: str
    statistic: float
    critical: float
    window: int
    verdict: str
    verdict_label: str
    strength: str
    evidence: tuple[EvidenceView, ...]
    values: tuple[tuple[str, float], ...]
    proposed_at: datetime
    signatures: tuple[SignatureView, ...]


def list_proposals(source: str | None = None) -> list[ProposalView]:
    """Give every proposal, those nobody has signed first, then by date of the break, latest first."""
    found = BreakProposal.objects.prefetch_related("signatures").order_by("-at", "key", "id")
    views = [_view(each) for each in (found.filter(source=source) if source else found)]
    return sorted(views, key=lambda view: bool(view.signatures))


def get_proposal(id: UUID) -> ProposalView:
    """Give one proposal. Raises NotFound."""
    found = BreakProposal.objects.prefetch_related("signatures").filter(id=id).first()
    if found is None:
        raise NotFound(_("No proposed break has this number."))
    return _view(found)


def count_waiting() -> int:
    """Count the proposals that nobody has signed."""
    return BreakProposal.objects.filter(signatures__isnull=True).count()


def signed_breaks(source: str) -> tuple[Break, ...]:
    """Give the breaks of a source that stand signed, as the catalogue writes breaks; `series` names the territory too."""
    found = BreakProposal.objects.filter(source=source, signatures__isnull=False).prefetch_related("signatures")
    breaks = []
    for proposal in found.distinct().order_by("at", "key"):
        last = _signatures(proposal)[0]
        if last.decision != Decision.REJECTED:
            words = Text(fr=last.words, en=last.words)
            series = {**proposal.series, "territory": proposal.territory}
            breaks.append(
                Break(series, proposal.at, last.decision.lower(), words, f"{proposal.size * 100:+.0f} %", None)
            )
    return tuple(breaks)


def _signatures(proposal: BreakProposal) -> list[BreakSignature]:
    return sorted(proposal.signatures.all(), key=lambda each: (each.signed_at, str(each.id)), reverse=True)


def _view(found: BreakProposal) -> ProposalView:
    return ProposalView(
        id=found.id, source=found.source, source_label=get_source(found.source).label, series=found.series,
        territory=found.territory, at=found.at, place=found.place, size=percent(found.size), low=percent(found.low),
        high=percent(found.high), statistic=found.statistic, critical=found.critical, window=found.window,
        verdict=found.verdict, verdict_label=str(VERDICTS[found.verdict]), strength=str(STRENGTHS[found.strength]),
        evidence=tuple(_evidence(each, found.calendar) for each in found.evidence),
        values=tuple((period, value) for period, value in found.values), proposed_at=found.proposed_at,
        signatures=tuple(
            SignatureView(s.decision, str(Decision(s.decision).label), s.words, s.signed_at, s.signed_by, s.fingerprint)
            for s in _signatures(found)
        ),
    )  # fmt: skip


def _evidence(plain: dict[str, Any], calendar: str) -> EvidenceView:
    return EvidenceView(sentence(plain, calendar), plain["lean"], str(LEANS[plain["lean"]]))
