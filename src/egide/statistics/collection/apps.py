"""The room of deliveries: only the statistics wing touches it, and nobody removes one."""

from egide.foundation.wings.rooms import APPEND, RoomConfig


class CollectionConfig(RoomConfig):
    """A delivery is a receipt: it is added, never changed."""

    name = "egide.statistics.collection"
    label = "statistics_collection"
    verbose_name = "collection"
    rights = {"Delivery": {"statistics": APPEND}}
