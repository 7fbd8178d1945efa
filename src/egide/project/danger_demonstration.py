"""What the demonstration shows of danger: an invented assessment of the first file, an event, and what it set going."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from egide.field.assessments.actions import answer_factors, decide_level, start_assessment, write_own_level
from egide.field.assessments.following.actions import record_event

TOLD: tuple[dict[str, dict[str, Any]], ...] = (
    {
        "V01": {"value": "NO", "source": "victim"}, "V02": {"value": "YES", "source": "victim"},
        "V04": {"value": "YES", "source": "victim"}, "P10": {"value": "YES", "source": "victim"},
        "P03": {"value": "REFUSED", "source": "victim"}, "S06": {"value": "UNKNOWN", "source": "victim"},
        "C02": {"value": "YES", "source": "victim", "about": "child-1"},
    },
    {"P10": {"value": "UNKNOWN", "source": "third-party"}, "C02": {"value": "NO", "source": "victim", "about": "child-2"}},
)  # fmt: skip


def load_danger(case: Any, by: UUID, at: datetime) -> None:
    """Assess the file in calm, with two sources and two children, decide a level, and note that he knows of the separation."""
    found = start_assessment(case=case, moment="calm", by=by, trained=True, now=at)
    until = (at + timedelta(days=45)).date().isoformat()
    for told in (*TOLD, {"F08": {"value": "YES", "source": "victim", "expires_on": until}}):
        answer_factors(assessment=found, answers=told, now=at)
    write_own_level(assessment=found, level="MEDIUM", by=by, now=at)
    decide_level(assessment=found, level="MEDIUM", by=by, now=at)
    record_event(case=case, event="separation", by=by, now=at)
