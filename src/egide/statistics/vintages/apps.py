"""The room of vintages: only the statistics wing signs, and a signature is added, never changed."""

from egide.foundation.wings.rooms import APPEND, RoomConfig


class VintagesConfig(RoomConfig):
    """A signed reason stays; another opinion is another signature."""

    name = "egide.statistics.vintages"
    label = "statistics_vintages"
    verbose_name = "vintages"
    rights = {"SignedReason": {"statistics": APPEND}}
