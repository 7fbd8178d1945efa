"""Why a value is absent. What lives here: the six reasons; not how they are printed (pages) or coded (catalogue).

"No" and zero are answers, hence never here.
"""

from enum import Enum


class Missing(Enum):
    """The reason for which an answer or a cell has no value; each differs from the others, from "no" and from zero."""

    UNKNOWN = "UNKNOWN"
    NOT_ASKED = "NOT_ASKED"
    NOT_APPLICABLE = "NOT_APPLICABLE"
    REFUSED = "REFUSED"
    SUPPRESSED = "SUPPRESSED"
    NOT_PUBLISHED = "NOT_PUBLISHED"
