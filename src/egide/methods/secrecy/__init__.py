"""May this be told, by whom, to whom, why, and on which day: a decision table read on the law in force that day.

What lives here: the shapes of the table and of a question, the decision, the proof that the table is total, the content
of a liaison sheet. What does not: the table itself, the articles, the words for codes (catalogue), who was asked for
consent and when (field), the pages. The table is a working tool and no legal advice.
"""

from egide.methods.secrecy.case import FACTS, Case, Consent, Person, Situation, Violence
from egide.methods.secrecy.decision import Citation, Decision, Need, decide
from egide.methods.secrecy.sheet import SheetForm, sheet_items, sheet_sections
from egide.methods.secrecy.table import (
    Answer,
    Article,
    Condition,
    Protocol,
    Row,
    SecrecyError,
    Suspension,
    Table,
    Who,
    Words,
)
from egide.methods.secrecy.totality import Flaw, find_flaws, turning_days

__all__ = [
    "FACTS",
    "Answer",
    "Article",
    "Case",
    "Citation",
    "Condition",
    "Consent",
    "Decision",
    "Flaw",
    "Need",
    "Person",
    "Protocol",
    "Row",
    "SecrecyError",
    "SheetForm",
    "Situation",
    "Suspension",
    "Table",
    "Violence",
    "Who",
    "Words",
    "decide",
    "find_flaws",
    "sheet_items",
    "sheet_sections",
    "turning_days",
]
