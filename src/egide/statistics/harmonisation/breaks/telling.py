"""What a search found as plain data and as a statement of its own errors. Not here: the search, nor the pages."""

from typing import Any

from django.utils.translation import gettext as _

from egide.methods.comparability.detection import FALSE_ALARMS, Evidence

from .proposing import Proposal, Search
from .words import LEANS, STRENGTHS, VERDICTS, percent, sentence


def as_plain(found: Search, calendar: str | None) -> dict[str, Any]:
    """Give the whole search as plain data: parameters, error rates, breaks with their evidence, series left aside."""
    return {
        "calendar": calendar,
        "searched": len(found.searched),
        "false_alarm": [
            {
                "noise": each.noise,
                "length": each.length,
                "per_year": each.per_year,
                "runs": each.runs,
                "rate": each.rate,
            }
            for each in FALSE_ALARMS
        ],
        "statement": statement(found),
        "breaks": [plain_proposal(each, calendar) for each in found.proposals],
        "not_searched": [{"series": each.series, "reason": each.reason} for each in found.unsearched],
    }


def plain_proposal(proposal: Proposal, calendar: str | None) -> dict[str, Any]:
    """Give one proposal as plain data, its sentences in the reader's language."""
    shift, verdict = proposal.shift, proposal.verdict
    return {
        "series": str(proposal.series), "code": proposal.series.code, "territory": proposal.series.territory,
        "period": str(shift.at), "size": round(shift.size, 4), "low": round(shift.low, 4), "high": round(shift.high, 4),
        "size_text": percent(shift.size), "statistic": round(shift.statistic, 2), "critical": shift.critical,
        "window": shift.side, "verdict": verdict.kind, "strength": verdict.strength,
        "verdict_text": f"{VERDICTS[verdict.kind]} ({STRENGTHS[verdict.strength]})",
        "evidence": [
            {**plain_evidence(each), "sentence": sentence(plain_evidence(each), calendar), "leans": str(LEANS[each.lean])}
            for each in proposal.evidence
        ],
    }  # fmt: skip


def plain_evidence(evidence: Evidence) -> dict[str, Any]:
    """Give one piece of evidence as plain data, without a sentence: what is kept with a proposal."""
    return {
        "kind": evidence.kind, "seen": evidence.seen, "lean": evidence.lean, "weight": evidence.weight,
        "facts": dict(evidence.facts),
    }  # fmt: skip


def statement(found: Search) -> str:
    """Say how many series were searched, how often the search errs, and that a person decides."""
    searched = _("Series searched: %(number)s. Breaks proposed: %(breaks)s.") % {
        "breaks": len(found.proposals), "number": len(found.searched),
    }  # fmt: skip
    return f"{searched} {errors()}"


def errors() -> str:
    """Say how often the search errs, as measured, and what it cannot see."""
    rates = [each.rate for each in FALSE_ALARMS]
    return _(
        "Of a hundred series without any break, %(least)s to %(most)s get one wrongly, by how strongly the months hang "
        "together. A break within two years of either end of a monthly series cannot be seen. A statistician decides."
    ) % {"least": round(min(rates) * 100), "most": round(max(rates) * 100)}
