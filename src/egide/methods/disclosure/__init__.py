"""Disclosure control of linked tables: primary rules, cheapest secondary suppression, and an independent audit.

Publication accepts a table only with the certificate of `audit`. Everything here is pure: no database, no clock, no
settings.
"""

from egide.methods.disclosure.audit import CellBounds, Certificate, DisclosureTooTight, audit, release_digest
from egide.methods.disclosure.model import Equation, Hierarchy, InconsistentTable, Key, TableModel, Value
from egide.methods.disclosure.pattern import Pattern, printed
from egide.methods.disclosure.rules import (
    Contribution,
    DominanceRule,
    Primary,
    Profile,
    Requirement,
    RuleMisused,
    Share,
    ThresholdRule,
    WholeRange,
    find_primary,
)
from egide.methods.disclosure.search import Budget
from egide.methods.disclosure.suppress import CannotProtect, protect

__all__ = [
    "Budget",
    "CannotProtect",
    "CellBounds",
    "Certificate",
    "Contribution",
    "DisclosureTooTight",
    "DominanceRule",
    "Equation",
    "Hierarchy",
    "InconsistentTable",
    "Key",
    "Pattern",
    "Primary",
    "Profile",
    "Requirement",
    "RuleMisused",
    "Share",
    "TableModel",
    "ThresholdRule",
    "Value",
    "WholeRange",
    "audit",
    "find_primary",
    "printed",
    "protect",
    "release_digest",
]
