"""Why a figure changed from one vintage to the next: a reason proposed from the two series, with its evidence.

Lives here: the reading of two vintages. Not here: the deliveries, nor the signature: a person signs, whatever is proposed.
"""

from .proposing import DEFINED_AGAIN, MIRRORED, WIDELY, propose, propose_parts
from .series import Evidence, Pair, Proposal, Reason, Series, Value

__all__ = [
    "DEFINED_AGAIN", "MIRRORED", "WIDELY", "Evidence", "Pair", "Proposal", "Reason", "Series", "Value", "propose",
    "propose_parts",
]  # fmt: skip
