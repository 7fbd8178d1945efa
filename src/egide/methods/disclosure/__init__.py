"""Disclosure control of linked tables: primary rules, cheapest secondary suppression, and an independent audit.

Publication accepts a table only with the certificate of `audit`. Everything here is pure: no database, no clock, no
settings.
"""

from egide.methods.disclosure.audit import CellBounds, Certificate, DisclosureTooTight, audit, release_digest
from egide.methods.disclosure.model import Equation, Hierarchy, InconsistentTable, Key, TableModel, Value, spell
from egide.methods.disclosure.pattern import Pattern, printed
from egide.methods.disclosure.rounding import round_controlled
from egide.methods.disclosure.rules import (
    Contribution,
    DominanceRule,
    GroupDisclosureRule,
    PPercentRule,
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
from egide.methods.disclosure.suppress import SOLVERS, CannotProtect, protect

__all__ = [
    "SOLVERS",
    "Budget",
    "CannotProtect",
    "CellBounds",
    "Certificate",
    "Contribution",
    "DisclosureTooTight",
    "DominanceRule",
    "Equation",
    "GroupDisclosureRule",
    "Hierarchy",
    "InconsistentTable",
    "Key",
    "PPercentRule",
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
    "round_controlled",
    "spell",
]
