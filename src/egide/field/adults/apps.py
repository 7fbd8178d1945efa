"""The room of reports about vulnerable adults."""

from egide.foundation.wings.rooms import READ, RoomConfig

_MOVES = "outcome, outcome_on, told_way, told_words, told_at, closed_at"


class AdultsConfig(RoomConfig):
    """A report hangs on a file and is written once: only what came of it, and how the person was told, is added."""

    name = "egide.field.adults"
    label = "field_adults"
    verbose_name = "vulnerable adults"
    rights = {"Report": {"field": f"SELECT, INSERT, UPDATE ({_MOVES})", "keeper": READ}}
