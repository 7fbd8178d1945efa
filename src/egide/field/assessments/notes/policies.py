"""How stored marks become the marks of the method."""

from collections.abc import Mapping

from egide.core.missing import Missing
from egide.field.assessments.policies import AssessmentRefused
from egide.methods.danger import Mark, Way

WAYS: dict[str, Way | Missing] = {**{way.value: way for way in Way}, Missing.UNKNOWN.value: Missing.UNKNOWN}


def read_marks(plain: Mapping[str, Mapping[str, str]]) -> dict[str, Mark]:
    """The marks of a note as the method takes them. Raises AssessmentRefused for another word."""
    try:
        return {code: Mark(WAYS[mark["way"]], mark.get("grade") or None) for code, mark in plain.items()}
    except KeyError as unknown:
        raise AssessmentRefused(f"A line is observed, told or unknown, not {unknown}.") from unknown
