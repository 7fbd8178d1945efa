"""The room of sources: the statistics wing records meetings; everyone reads what a change of definition broke."""

from egide.foundation.wings.rooms import APPEND, READ, RoomConfig


class SourcesConfig(RoomConfig):
    """A meeting or a change of definition is added, never changed."""

    name = "egide.statistics.sources"
    label = "statistics_sources"
    verbose_name = "sources"
    rights = {
        "Meeting": {"statistics": APPEND},
        "DefinitionChange": {"statistics": APPEND, "public": READ},
    }
