"""The room of the needs board."""

from egide.foundation.wings.rooms import APPEND, READ, WRITE, RoomConfig


class NeedsConfig(RoomConfig):
    """The board shows the present; each change stays in its history."""

    name = "egide.field.needs"
    label = "field_needs"
    verbose_name = "needs"
    rights = {
        "Need": {"field": WRITE, "keeper": f"{READ}, UPDATE (state, partner, changed_at, changed_by)"},
        "NeedChange": {"field": APPEND, "keeper": APPEND},
    }
