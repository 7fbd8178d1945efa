"""The room of publication: the public reads what is published, by the database's own rule."""

from egide.foundation.wings.rooms import APPEND, READ, WRITE, RoomConfig


class PublicationConfig(RoomConfig):
    """A figure or an artefact is never changed; only a release moves, from draft to signed to published."""

    name = "egide.statistics.publication"
    label = "statistics_publication"
    verbose_name = "publication"
    rights = {
        "Release": {"statistics": WRITE, "public": READ},
        "Figure": {"statistics": APPEND, "public": READ},
        "Artefact": {"statistics": APPEND, "public": READ},
    }
