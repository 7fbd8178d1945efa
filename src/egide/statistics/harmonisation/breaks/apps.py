"""The room of breaks: only the statistics wing proposes and signs, and neither a proposal nor a signature is ever changed."""

from egide.foundation.wings.rooms import APPEND, RoomConfig


class BreaksConfig(RoomConfig):
    """Another opinion is another signature; the last one stands, all stay readable."""

    name = "egide.statistics.harmonisation.breaks"
    label = "statistics_breaks"
    verbose_name = "breaks"
    rights = {"BreakProposal": {"statistics": APPEND}, "BreakSignature": {"statistics": APPEND}}
